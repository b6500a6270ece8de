"""Names in letters: what ids and branches are called, by how a word is read where its signs stand."""

from __future__ import annotations

from slugify import slugify

_LONGEST = 120
"""Letters of an id: file systems take no name of more than 255 bytes."""


def spelt(words: str) -> str:
    """Return Chinese words in pinyin, as an id takes them: 广告法 → guang-gao-fa, 银行 → yin-hang."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 — its phrases take a tenth of a second, and few commands name

    return slugify(" ".join(lazy_pinyin(words)), max_length=_LONGEST, word_boundary=True)


def initials(words: str) -> str:
    """Return the first letter of each sign: 行政处罚 → xzcf."""
    return "".join(syllable[:1] for syllable in spelt(words).split("-"))
