"""Git repositories for tests: in a temporary folder, with fixed dates and authors, so that ids never vary."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
_CLEAN |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}


class Repository:
    """One repository; the same calls give the same commits anywhere."""

    def __init__(self, root: Path) -> None:
        """Make it, on the branch `main`, in a folder that need not be there yet."""
        root.mkdir(parents=True, exist_ok=True)
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "测试")
        self.git("config", "user.email", "test@example.org")

    def git(self, *words: str, **environment: str) -> str:
        """Run git and return what it prints."""
        command = ["git", "-C", str(self.root), "-c", "protocol.file.allow=always", *words]
        done = subprocess.run(command, env=_CLEAN | environment, capture_output=True, check=False)
        assert not done.returncode, done.stderr.decode()
        return done.stdout.decode().strip()

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file, making its folders."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def item(self, id_: str, content: str = "", folder: str = "") -> None:
        """Write an item of a few fields, and more or other ones given as `栏目: 值` lines."""
        fields = {"事项名称": f"对{id_}的处罚", "职权类型": "行政处罚", "状态": "有效"}
        fields |= dict(line.split(": ", 1) for line in content.splitlines())
        text = "".join(f"{name}: {value}\n" for name, value in fields.items())
        self.write(f"catalog/items/{folder}{id_}.yaml", text)

    def move(self, old: str, new: str) -> None:
        """Move a file, making the folders of its new place."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)

    def remove(self, path: str) -> None:
        """Remove a file."""
        (self.root / path).unlink()

    def commit(self, when: str, message: str = "改动", author: str = "甲") -> str:
        """Commit everything, at noon in China on a day or at a time with its zone; return the commit's id."""
        self.git("add", "--all")
        return self._recorded(when, author, "commit", "--quiet", "--allow-empty", f"--message={message}")

    def merge(self, branch: str, when: str, author: str = "甲") -> str:
        """Merge a branch with a commit of its own; return its id."""
        return self._recorded(when, author, "merge", "--quiet", "--no-ff", f"--message=合并 {branch}", branch)

    def revert(self, commit: str, when: str, author: str = "甲") -> str:
        """Undo a commit with another; return its id."""
        return self._recorded(when, author, "revert", "--no-edit", commit)

    def branch(self, name: str) -> None:
        """Begin a branch here and go on with it."""
        self.git("switch", "--quiet", "--create", name)

    def switch(self, name: str) -> None:
        """Go on with a branch."""
        self.git("switch", "--quiet", name)

    def shallow(self, root: Path, depth: int) -> Repository:
        """Clone the newest commits alone into another folder."""
        self.git("clone", "--quiet", f"--depth={depth}", f"file://{self.root}", str(root))
        return Repository(root)

    def _recorded(self, when: str, author: str, *words: str) -> str:
        time = when if "T" in when else f"{when}T12:00:00+08:00"
        roles = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER")
                 for part, value in (("NAME", author), ("EMAIL", "test@example.org"), ("DATE", time))}  # fmt: skip
        self.git(*words, **roles)
        return self.git("rev-parse", "HEAD")
