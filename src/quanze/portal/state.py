"""What the portal keeps of each source: the last state that was sound, and what was wrong the last time.

A folder: `objects/` holds the files by their SHA-256, `sources/<id>.json` says which of them are a source's. A source's
file is written last and at once, so that whatever breaks off leaves the state before.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field, replace
from threading import get_ident
from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.base.value import mapping, text
from quanze.io import writing
from quanze.io.file import given
from quanze.proof import manifest
from quanze.proof.log.publications import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path

OBJECTS, SOURCES, SHARDS = "objects", "sources", "shards"
WHOLE = "whole"
"""The file that says that a shard is, and what its files hold: it is written last."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a source's newest state was not taken."""

    kind: str
    said: str
    """One sentence."""
    at: str = ""
    """The day on which that was seen, where the portal was told a day."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is held of one source; without a manifest nothing was ever taken."""

    manifest: str = ""
    """The SHA-256 of its manifest.json."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of the files that were taken, by path."""
    commit: str = ""
    dated: str = ""
    demonstration: bool = False
    checkpoint: str = ""
    """The head of its publication log, as text; empty where it has none."""
    law_day: str = ""
    """The day on which its site looked at the law."""
    publications: int = 0
    signed: bool = False
    """Whether the head bears the signature of the key that was agreed."""
    code: str = ""
    """The unified social credit code of the bureau, as its data tells."""
    taken: str = ""
    """The day on which it was taken, where the portal was told a day."""
    trouble: Trouble | None = None

    @classmethod
    def of(cls, data: Mapping[str, object]) -> SourceState:
        """Return the state that a file holds; a TypeError where something is of another kind than was written."""
        usual = cls()
        for name, value in data.items():
            if name != "trouble" and type(value) is not type(getattr(usual, name, None)):
                raise TypeError(name)
        fields, trouble = {**data}, mapping(data.get("trouble"))
        fields["files"] = {path: text(digest) for path, digest in mapping(data.get("files")).items()}
        fields["trouble"] = Trouble(**{name: text(value) for name, value in trouble.items()}) if trouble else None
        return cls(**fields)  # type: ignore[arg-type]

    def troubled(self, kind: str, said: str, at: str) -> SourceState:
        """Return the state with what is wrong with the newest; trouble of the same kind keeps the day of its first."""
        known = self.trouble
        return (
            self
            if known and (known.kind, known.said) == (kind, said)
            else replace(self, trouble=Trouble(kind, said, at))
        )


class StateFolder:
    """The folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def recall(self, id_: str) -> SourceState:
        """Return what is held of a source; an empty state where nothing is.

        Raises:
            Fault: the file is not as it was written.

        """
        file = self.root / SOURCES / f"{id_}.json"
        try:
            state = SourceState.of({**json.loads(given(file))})
            _ = Checkpoint.of(state.checkpoint) if state.checkpoint else None
        except FileNotFoundError:
            return SourceState()
        except (ValueError, TypeError, RecursionError):
            raise Fault(f"门户的状态文件读不懂：{file}；被改动过，请从备份恢复，或者删去它重新取") from None
        return state

    def keep(self, id_: str, state: SourceState) -> None:
        """Write what is held of a source, where it is not there already."""
        file = self.root / SOURCES / f"{id_}.json"
        content = json.dumps(asdict(state), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            writing.write(file, content)

    def store(self, contents: Iterable[bytes]) -> None:
        """Write the files that are not there yet."""
        for content in contents:
            file = self._object(manifest.digest(content))
            if not file.is_file():
                # No waiting for the disk: what is read later is checked by its name.
                aside = file.with_name(f"{file.name}.{get_ident()}")
                try:
                    writing.write_new(aside, content)
                    aside.replace(file)
                except BaseException:
                    aside.unlink(missing_ok=True)
                    raise

    def contents(self, state: SourceState) -> dict[str, bytes]:
        """Return the files of a state by path.

        Raises:
            Fault: one is not there, or not what it was.

        """
        return {path: self._read(digest) for path, digest in state.files.items()}

    def shard(self, key: str) -> Path | None:
        """Return the folder with what was made of a state before; None where it was not, or is not as it was made."""
        folder = self.root / SHARDS / key
        try:
            made = json.loads(given(folder / WHOLE))
            sound = all(manifest.digest((folder / name).read_bytes()) == digest for name, digest in made.items())
        except (OSError, ValueError, AttributeError, RecursionError):
            return None
        return folder if sound else None

    def keep_shard(self, key: str, files: Mapping[str, bytes]) -> Path:
        """Keep what was made of a state, which can be made again at any time; return its folder."""
        folder = self.root / SHARDS / key
        for name, content in files.items():
            writing.write_new(folder / name, content)
        made = {name: manifest.digest(content) for name, content in files.items()}
        writing.write(folder / WHOLE, json.dumps(made).encode())
        return folder

    def all(self) -> list[SourceState]:
        """Return what is held of every source, of one that no portal.yaml names now too."""
        return [self.recall(file.stem) for file in sorted((self.root / SOURCES).glob("*.json"))]

    def sweep(self, shards: Container[str]) -> None:
        """Delete the files that no state names, and the shards that are not among those named."""
        kept = {digest for state in self.all() for digest in state.files.values()}
        for file in (self.root / OBJECTS).glob("*/*"):
            if file.name not in kept:
                file.unlink()
        for file in (self.root / SHARDS).glob("*"):
            if file.name not in shards:
                shutil.rmtree(file)

    def _read(self, digest: str) -> bytes:
        file = self._object(digest)
        content = file.read_bytes() if file.is_file() else b""
        if manifest.digest(content) != digest:
            raise Fault(
                f"门户存的文件被改动过或者不见了：{file}；请从备份恢复，或者删去 {SOURCES}/ 里那个机关的文件重新取"
            )
        return content

    def _object(self, digest: str) -> Path:
        return self.root / OBJECTS / digest[:2] / digest
