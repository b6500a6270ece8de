"""What `init` or the last upgrade wrote into a register: the common ancestor of the next merge."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.io.file import Unfit, content
from quanze.io.writing import write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PLACE = ".quanze.json"


@dataclass(frozen=True, slots=True)
class Written:
    """The version that wrote, the answers that it was given, and the text of every file that upgrades merge."""

    version: str
    answers: Mapping[str, object]
    files: Mapping[str, str]

    def save(self, root: Path) -> bool:
        """Keep it in a register, a line of a file a line, so that git tells what came; tell whether it is new."""
        files = {path: text.split("\n") for path, text in sorted(self.files.items())}
        whole = {"quanze": self.version, "answers": self.answers, "files": files}
        body = json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"
        file = root / PLACE
        new = not file.is_file() or file.read_bytes() != body
        write(file, body)
        return new

    @staticmethod
    def load(root: Path) -> Written:
        """Return what a register keeps; a Fault where it keeps nothing."""
        try:
            whole = json.loads(content(root / PLACE))
            files = {path: "\n".join(lines) for path, lines in whole["files"].items() if _inside(path)}
            return Written(str(whole["quanze"]), dict(whole["answers"]), files)
        except FileNotFoundError:
            raise Fault(f"没有 {PLACE}：这个清单不是 quanze init 建立的，升级时不知道哪些是自己改的") from None
        except Unfit as why:
            raise Fault(f"{PLACE} {why}") from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Fault(f"{PLACE} 读不懂；请从版本库里取回它原来的内容") from None


def _inside(path: str) -> bool:
    """Tell whether a path stays in the register: an upgrade removes what it names."""
    return not PurePosixPath(path).is_absolute() and ".." not in path.split("/") and "\\" not in path
