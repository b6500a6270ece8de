"""Inputs that nobody would write, seeded: a quick run stands in the tests, `make fuzz` goes on as long as it is told.

A target gets a register of its own and a dice; what it runs ends with an exit code, in bounded time, and without a word
of Python. What it tried last lies in the register's folder, so that a finding can be looked at.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests import mutate
from tests.clerk import DAY, Clerk

from quanze.io import yaml

SECONDS = 10
"""So long one input may take; one that takes longer is a finding."""
LETTERS = (
    "条款项目第一二十百千万零〇之至、，。：；《》〈〉（）()「」“”法条例规定办法"
    "[]{}:-#&*!|>'\"%@`?,0９1甲 　\n\t\0\x1b\x85\u200b\u202e\ufeff\U00020000"
)
WORDS = (
    "check",
    "new",
    "import",
    "export",
    "diff",
    "history",
    "impact",
    "cite",
    "audit",
    "report",
    "law",
    "--at",
    "--root",
    "items",
)
CITING = ("", "《安全生产法》第九十七条", "依照该法第三条第（一）至（三）项")
NAMES = ("xzcf-001", "HEAD", "2026-13-01", "安全生产法", "-", "")


def text(dice: random.Random, most: int = 200) -> str:
    """Return a text of letters that mean something somewhere."""
    return "".join(dice.choice(LETTERS) for _ in range(dice.randrange(most)))


def slipped(dice: random.Random, whole: str) -> str:
    """Return a text with a few pieces cut out, repeated or put in."""
    for _ in range(dice.randrange(1, 4)):
        at, width = dice.randrange(len(whole) + 1), dice.randrange(1, 30)
        piece = dice.choice(["", text(dice, 8), whole[at : at + width] * dice.randrange(1, 50)])
        whole = whole[:at] + piece + whole[at + width :]
    return whole


class Targets:
    """What is tried, each on the same small register, which is put right again before every input."""

    def __init__(self, folder: Path) -> None:
        """Make the register."""
        self.clerk = Clerk(folder / "登记")
        self.sound = {path: path.read_bytes() for path in sorted(self.clerk.root.rglob("*")) if path.is_file()}
        self.records = [path for path in self.sound if path.suffix == ".yaml"]
        self.schemas = [path for path in self.sound if path.suffix == ".json"]

    def reset(self) -> None:
        """Put the register right."""
        for path in self.clerk.root.rglob("*"):
            if path.is_file() and path not in self.sound:
                path.unlink()
        for path, content in self.sound.items():
            if not path.is_file() or path.read_bytes() != content:
                path.write_bytes(content)

    def reader(self, dice: random.Random) -> int:
        """Read bytes as YAML: data or problems, never both, never a word of Python."""
        content = slipped(dice, self.sound[dice.choice(self.records)].decode()).encode("utf-8", "surrogatepass")
        data, problems = yaml.read(content, "x.yaml")
        assert (data is None) is bool(problems)
        return int(bool(problems))

    def slips(self, dice: random.Random) -> int:
        """Check a register with a file that a hand has slipped over."""
        path = dice.choice(self.records)
        path.write_text(slipped(dice, self.sound[path].decode()), "utf-8", "surrogatepass")
        return self._run("check", "--at", DAY)

    def values(self, dice: random.Random) -> int:
        """Check a register with a record of which some values are others."""
        path = dice.choice(self.records)
        data, _ = yaml.read(self.sound[path], "")
        path.write_text(json.dumps(mutate.record(data, dice), ensure_ascii=False), "utf-8")
        return self._run("check", "--at", DAY)

    def forms(self, dice: random.Random) -> int:
        """Check a register with a form of which some values are others."""
        path = dice.choice(self.schemas)
        path.write_text(json.dumps(mutate.record(json.loads(self.sound[path]), dice), ensure_ascii=False), "utf-8")
        return self._run("check", "--at", DAY)

    def texts(self, dice: random.Random) -> int:
        """Look for citations in a text."""
        typed = text(dice) + dice.choice(CITING) + text(dice)
        return self._run("cite", "-", "--at", DAY, typed=typed.encode("utf-8", "replace").decode())

    def tables(self, dice: random.Random) -> int:
        """Import a table."""
        rows = [["事项名称", "职权类型", text(dice, 8)]]
        rows += [[text(dice, 30) for _ in range(3)] for _ in range(dice.randrange(5))]
        table = self.clerk.root / "表.csv"
        content = "".join(",".join(row) + "\n" for row in rows).encode("utf-8", "replace")
        table.write_bytes(bytes(dice.choices(content, k=len(content))) if dice.random() < 0.2 else content)
        return self._run("import", str(table), "items", "--dry-run", "--at", DAY)

    def arguments(self, dice: random.Random) -> int:
        """Call a command with words that mean something somewhere."""
        words = [dice.choice([*WORDS, *NAMES, text(dice, 6)]) for _ in range(4)]
        if "-o" in words or "new" in words:
            return 0
        return self._run(*(word.replace("\0", "") for word in words), typed="甲")

    def _run(self, *words: str, typed: str | None = None) -> int:
        done = self.clerk(*words, typed=typed)
        told = done.out + done.err
        assert done.code in {0, 1, 2}, done
        assert "Traceback" not in told
        return done.code


TARGETS = ("reader", "slips", "values", "forms", "texts", "tables", "arguments")


def once(targets: Targets, name: str, seed: int) -> int:
    """Try one input; return the exit code."""
    targets.reset()
    start = time.process_time()
    code = getattr(targets, name)(random.Random(f"{name} {seed}"))
    assert time.process_time() - start < SECONDS, f"{name} {seed} took too long"
    return code


def main() -> None:
    """Try inputs until the time is over; say what came of them, or which seed it was that failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("targets", nargs="*", default=TARGETS)
    asked = parser.parse_args()
    end, seed, found = time.monotonic() + asked.seconds, asked.seed, Counter()
    with tempfile.TemporaryDirectory() as folder:
        targets = Targets(Path(folder))
        while time.monotonic() < end:
            for name in asked.targets:
                try:
                    found[name, once(targets, name, seed)] += 1
                except BaseException:
                    print(f"{name}: seed {seed}", flush=True)  # noqa: T201
                    raise
            seed += 1
    for (name, code), count in sorted(found.items()):
        print(f"{name}: exit {code}, {count} times")  # noqa: T201


if __name__ == "__main__":
    main()
