"""pip, in a process of its own; what it refuses is told in our words."""

from __future__ import annotations

import re
import subprocess

_ABSENT = re.compile(r"No matching distribution found for (?P<what>\S+)")
_ALTERED = re.compile(r"DO NOT MATCH THE HASHES[^\n]*\n +(?P<what>\S+)")
_REASONS = (
    (_ALTERED, "取到的 {what} 和锁定的哈希不同：安装包被换过，或者锁定的是另一个"),
    (_ABSENT, "取不到 {what}：网络不通，安装包的来源里没有，或者没有这个版本的 Python 能用的"),
)


def refusal(python: str, *words: str) -> str:
    """Run the pip of a Python; return why it did not do it, in half a sentence, or an empty string."""
    command = (python, "-m", "pip", words[0], "--quiet", "--disable-pip-version-check", *words[1:])
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    if not done.returncode:
        return ""
    said = f"{done.stdout}\n{done.stderr}"
    told = (reason.format(what=found["what"]) for pattern, reason in _REASONS if (found := pattern.search(said)))
    return next(told, f"pip 没有照办（退出状态 {done.returncode}）")
