"""What a file is that lies among records and is none: named for what made it, so that a clerk knows what to do."""

from __future__ import annotations

import re

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yaml")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])\..*", re.IGNORECASE)
_OF_YAML = re.compile(r"\.ya?ml", re.IGNORECASE)
_UNSAVED = re.compile(r"\..*\.sw[a-p]|.*~|#.*#")
"""What editors keep beside a file while it is open; it goes by itself."""
_COPY = "是复制出来的副本；请删去，或者另起编号"
_MERGED = "是合并冲突时留下的副本；请删去"
_LITTER = (
    (_DEVICE, "是 Windows 给设备留的名字，在那里打不开；请另起编号"),
    (re.compile(r"\._.*"), "是 macOS 拷贝文件时留下的附属文件，不是记录；请删去"),
    (re.compile(r"\.#.*"), "是编辑器的锁，同名的文件还没有保存；请保存后关闭"),
    (re.compile(r"\..*\.new"), "是 quanze 写到最后一步被强行停掉时留下的；请删去，再做一遍"),
    (re.compile(r"~\$.*"), "是 Office 打开文件时的临时文件；请关闭后删去"),
    (re.compile(r".*_(BACKUP|BASE|LOCAL|REMOTE)_[0-9]+\.ya?ml"), _MERGED),
    (re.compile(r".*\.(orig|rej|mine|r[0-9]+)"), _MERGED),
    (re.compile(r".*(副本|备份|拷贝|[Cc]opy|[(（][0-9]+[)）]).*"), _COPY),
    (re.compile(r".*\.(bak|old|tmp|backup)(\..*)?"), _COPY),
    (re.compile(r".*\.ya?ml\.[a-z0-9]+", re.IGNORECASE), "多了一层扩展名；请改成以 .yaml 结尾"),
)

_LEFT = re.compile(
    r".*~|#.*#|~\$.*|.*\.(bak|old|tmp|temp|backup|orig|rej|sw[a-p])|.*_(BACKUP|BASE|LOCAL|REMOTE)_[0-9]+\..*"
    r"|thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
"""What programs leave beside any file: a backup, a copy of a merge, what a desktop notes."""


def left_over(name: str) -> bool:
    """Tell whether a file is called like what a program left there, which nobody means to publish."""
    return _LEFT.fullmatch(name) is not None


def is_record(name: str) -> bool:
    """Tell whether a file is called like a record's."""
    return _ID.fullmatch(name) is not None and not _DEVICE.fullmatch(name)


def misnamed(name: str) -> str:
    """Return what is wrong with the name of a file that should be a record's; empty for one that is or cannot be."""
    if is_record(name) or not _OF_YAML.search(name) or _UNSAVED.fullmatch(name):
        return ""
    for pattern, what in _LITTER:
        if pattern.fullmatch(name):
            return f"「{name}」{what}"
    return f"文件名「{name}」不对；用小写英文字母、数字和短横线，扩展名 .yaml，如 xzcf-001.yaml"
