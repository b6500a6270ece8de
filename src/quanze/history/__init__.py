"""What was recorded about every record: all its changes, from git, compared as plain documents.

A record is a file `catalog/<collection>/…/<id>.yaml`; it keeps its history when its folder changes. The
history follows the first parents of the branch: each entry is a step of what the branch said, a merge is told
once, on the day it was merged and with the authors of what it brought in, and all entries of a record together
lead from nothing to its newest version. `at` and `between` go by the same line, so they agree with it.

    history = read(Path("."), cache=Path(".cache"))
    history.records()["items", "xzcf-001"]      # its entries, newest first
    at(Path("."), "2026-05-01").documents       # every record as recorded by the end of that day
    between(Path("."), "v2023", "v2026")        # what differs in sum
"""

from quanze.history.entry import Entry, History, HistoryGap, Snapshot
from quanze.history.reading import at, between, read
from quanze.io.store import CACHE

__all__ = ["CACHE", "Entry", "History", "HistoryGap", "Snapshot", "at", "between", "read"]
