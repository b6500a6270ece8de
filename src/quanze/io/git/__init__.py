"""What git knows: commits, files as they were, who recorded what and when.

Only this package runs git. Every function takes the project's folder, which need not be the top of the
repository; paths are relative to it, with slashes. Whatever git refuses becomes a `Fault`.

Three dates are never confused: in force (in a record's data), published (in an adjustment or an edition) and
recorded. Only the last is told here: the committer's date, as a day in China (UTC+8) whatever time zone the
commit was made in. What was recorded on a day is the newest commit of the branch, by first parents, whose
committer date is not after the end of that day; so a merge counts on the day it was merged.
"""

from quanze.io.git.command import NoRepository
from quanze.io.git.files import blobs, dirty, files, held, left_out, since, unheld, worktree
from quanze.io.git.log import Commit, Touch, changed, contents, forward, last_changes, line, log, versions
from quanze.io.git.making import branches, commit_all, merge_file, newest_or_today, publish
from quanze.io.git.revisions import (
    after,
    beginnings,
    boundary,
    commit,
    common,
    fork,
    head,
    intact,
    is_ancestor,
    last_day,
    on_line,
    refs,
    resolve,
    tags,
    trunk,
)

__all__ = [
    "Commit",
    "NoRepository",
    "Touch",
    "after",
    "beginnings",
    "blobs",
    "boundary",
    "branches",
    "changed",
    "commit",
    "commit_all",
    "common",
    "contents",
    "dirty",
    "files",
    "fork",
    "forward",
    "head",
    "held",
    "intact",
    "is_ancestor",
    "last_changes",
    "last_day",
    "left_out",
    "line",
    "log",
    "merge_file",
    "newest_or_today",
    "on_line",
    "publish",
    "refs",
    "resolve",
    "since",
    "tags",
    "trunk",
    "unheld",
    "versions",
    "worktree",
]
