"""Inputs that nobody would write, in bulk: many of them in one register, one process, counted and measured.

`python -m tests.bulk records 1000000` checks so many records by everything that the check asks; `pages`, `forms`,
`lists`, `workbooks` and `texts` likewise. A round that raises, takes too long or too much memory ends the run and says
its seed; `once` runs it again.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import random
import resource
import signal
import tempfile
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from tests import golden, mutate
from tests.fuzz import CITING, DAY, slipped, text

from quanze.base.problem import Fault
from quanze.check.checking import check
from quanze.edit import cite, importer
from quanze.form import load_forms
from quanze.io import yaml
from quanze.register.catalog import ITEMS, LISTS
from quanze.site.publish import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quanze.check.checking import Checked

SECONDS = 5
"""So much CPU one round of inputs may take."""
BYTES = 1 << 30
"""So much memory the process may ever have."""
ROUND = 200
"""So many records or texts are one round."""


class Bulk:
    """A small register of many kinds of records, and the ways to try inputs on it."""

    def __init__(self, folder: Path) -> None:
        """Make the register."""
        self.root = golden.project(folder / "登记", golden.FAMILY)
        self.files = sorted((self.root / "catalog").glob("*/**/*.yaml"))
        self.sound = {path: path.read_bytes() for path in self.files}
        self.data = {path: yaml.read(content, "")[0] for path, content in self.sound.items()}
        self.schemas = {path: path.read_bytes() for path in sorted((self.root / "schema").glob("*.json"))}
        checked = check(self.root, DAY)
        self.catalog = checked.catalog
        self.forms_ = [path for path in self.schemas if path.name != "common.schema.json"]
        faulty = {self.root / one.path for one in checked.errors}
        self.good = [path for path in self.files if path not in faulty]

    def records(self, dice: random.Random) -> int:
        """Check a register with a round of records beside its own."""
        made = self._written(dice, self.files)
        check(self.root, DAY)
        _gone(made)
        return len(made)

    def lists(self, dice: random.Random) -> int:
        """Check a register with a round of list files beside its own."""
        made = self._written(dice, [path for path in self.files if path.parent.name == LISTS])
        check(self.root, DAY)
        _gone(made)
        return len(made)

    def pages(self, dice: random.Random) -> int:
        """Render the pages of those of a round that could be published."""
        made = self._written(dice, self.good, crossed=0.9)
        checked = check(self.root, DAY)
        while wrong := {self.root / one.path for one in checked.errors} & {*made}:
            _gone(wrong)
            checked = check(self.root, DAY)
        urls = {f"{path.parent.name}/{path.stem}/" for path in made if path.exists()}
        count = sum(len(job.make().body) > 0 for job in Site(checked.catalog, DAY).jobs() if job.url in urls)
        _gone(made)
        return count

    def forms(self, dice: random.Random) -> int:
        """Read a form of which some values are others; check records by it, now and then the whole register."""
        path = dice.choice(self.forms_)
        whole = self.schemas[path].decode()
        changed = json.dumps(mutate.record(json.loads(whole), dice), ensure_ascii=False)
        changed = slipped(dice, whole) if dice.random() < 0.2 else changed
        _refused(lambda: self._alone(path, changed))
        if dice.random() < 0.02:
            path.write_text(changed, "utf-8", "surrogatepass")
            _refused(lambda: check(self.root, DAY))
            path.write_bytes(self.schemas[path])
        return 1

    def _alone(self, path: Path, changed: str) -> None:
        """Read one form, and check the records of its collection by it."""
        beside = self.root.parent / "schema"
        beside.mkdir(exist_ok=True)
        common = path.with_name("common.schema.json")
        (beside / common.name).write_bytes(self.schemas[common])
        (beside / path.name).write_text(changed, "utf-8", "surrogatepass")
        try:
            name, read = next(iter(load_forms(beside).items()))
        finally:
            (beside / path.name).unlink()
        for file in self.files:
            if file.is_relative_to(self.root / "catalog" / name):
                read.validator.errors(self.data[file])

    def workbooks(self, dice: random.Random) -> int:
        """Plan the import of a workbook, whole or broken."""
        file = self.root.parent / "表.xlsx"
        file.write_bytes(_broken(dice, _book(dice)) if dice.random() < 0.5 else _book(dice))
        form = self.catalog.forms[ITEMS]
        wishes = importer.Wishes(importer.NONE, {}, dice.random() < 0.5, False, frozenset(), "")  # noqa: FBT003
        _refused(lambda: importer.plan(self.catalog, form, importer.read(file), DAY, wishes, ""))
        return 1

    def texts(self, dice: random.Random) -> int:
        """Look for citations in a round of texts, which stand below each other in one."""
        typed = "\n".join(text(dice) + dice.choice(CITING) + text(dice) for _ in range(ROUND))
        for one in cite(self.catalog, typed, DAY):
            _ = [entry.data() for entry in one.entries]
        return ROUND

    def _written(self, dice: random.Random, files: list[Path], crossed: float = 0.4) -> list[Path]:
        """Write a round of records beside those that they are like; some hold only values of others of their kind."""
        made = []
        for number in range(ROUND):
            path = dice.choice(files)
            file = path.with_name(f"{path.stem}-{number}.yaml")
            how = dice.random()
            if how > crossed + 0.9 * (1 - crossed):
                file.write_text(slipped(dice, self.sound[path].decode()), "utf-8", "surrogatepass")
            else:
                like = [self.data[one] for one in self.files if one.parent == path.parent]
                data = _crossed(self.data[path], like, dice)
                title = next(iter(data), "")
                data[title] = f"{data.get(title)}{number}"
                data = data if how < crossed else mutate.record(data, dice, 2)
                file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
            made.append(file)
        return made


def _gone(made: object) -> None:
    for path in made:
        path.unlink(missing_ok=True)


def _refused(work: Callable[[], Checked | object]) -> None:
    """Work, or be told in one sentence why not."""
    with suppress(Fault):
        work()


def _crossed(data: dict[str, object], like: list[dict[str, object]], dice: random.Random) -> dict[str, object]:
    """Return a record with some values of others of its kind, or without: most are still of the form."""
    whole = dict(data)
    for _ in range(dice.randrange(1, 5)):
        other = dice.choice(like)
        name = dice.choice(list(other))
        if dice.random() < 0.2:
            whole.pop(name, None)
        else:
            whole[name] = other[name]
    return whole


def _book(dice: random.Random) -> bytes:
    """Return a workbook with a head that means something, and cells that need not."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        for _ in range(dice.randrange(1, 3)):
            page = book.add_worksheet()
            head = ["序号", "事项名称", "职权类型", "实施依据", "行使主体", "备注", "责任事项", "追责情形"]
            dice.shuffle(head)
            for row in range(dice.randrange(1, 8)):
                for column, name in enumerate(head[: dice.randrange(1, 9)]):
                    page.write(row + dice.randrange(2), column, name if row == 0 else _cell(dice))
            if dice.random() < 0.3:
                first, last = sorted(dice.choices(range(9), k=2))
                if first < last:
                    page.merge_range(first, 0, last, dice.randrange(3), text(dice, 9))
    return held.getvalue()


def _cell(dice: random.Random) -> object:
    return dice.choice(
        (text(dice, 60), dice.choice(CITING), "行政处罚", dice.randrange(10**6), dice.random() * 1e18, True, "", "=1+1")
    )


def _broken(dice: random.Random, whole: bytes) -> bytes:
    """Return a workbook with a few bytes changed: of the archive, or of one of its parts."""
    if dice.random() < 0.3:
        return _flipped(dice, whole)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(held, "w") as new:
        chosen = dice.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _flipped(dice, content) if name == chosen else content)
    return held.getvalue()


def _flipped(dice: random.Random, whole: bytes) -> bytes:
    """Return bytes with some of them others, cut out or repeated."""
    for _ in range(dice.randrange(1, 4)):
        at, width = dice.randrange(len(whole) + 1), dice.randrange(1, 40)
        piece = dice.choice((b"", dice.randbytes(width), whole[at : at + width] * dice.randrange(1, 9)))
        whole = whole[:at] + piece + whole[at + width :]
    return whole


TARGETS = ("records", "pages", "forms", "lists", "workbooks", "texts")


def once(bulk: Bulk, name: str, seed: int) -> tuple[int, float]:
    """Try one round; return how many inputs it was, and its seconds of CPU."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        count = getattr(bulk, name)(random.Random(f"{name} {seed}"))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return count, time.process_time() - start


def _rounds(bulk: Bulk, name: str, most: int, seed: int) -> Iterator[tuple[int, float]]:
    done, longest = 0, 0.0
    while done < most:
        try:
            count, took = once(bulk, name, seed)
        except BaseException:
            print(f"{name}: seed {seed}, after {done} inputs", flush=True)  # noqa: T201
            raise
        done, longest, seed = done + count, max(longest, took), seed + 1
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        assert memory < BYTES, f"{name}: {memory >> 20} MB before seed {seed}"
        if seed % 100 == 0:
            gc.unfreeze()
            gc.collect()
            yield done, longest
    yield done, longest


def main() -> None:
    """Try so many inputs; say how far it is every hundred rounds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()

    def late(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS} s of CPU")

    os.cpu_count = lambda: 1  # one process: its time and memory are all there is
    signal.signal(signal.SIGPROF, late)
    with tempfile.TemporaryDirectory() as folder:
        bulk = Bulk(Path(folder))
        for done, longest in _rounds(bulk, asked.target, asked.count, asked.seed):
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            print(f"{asked.target}: {done} inputs, longest round {longest:.2f} s, {memory} MB", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
