"""What the cells of a fee say: whether one is charged, how much, on what law."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.edit.importer.bases import basis
from quanze.edit.importer.words import fold, plain, says_nothing, simplified
from quanze.law.citation import BASIS
from quanze.law.fee import CHARGED, FEE, STANDARD, Fee

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.law.citation import Citation
    from quanze.register.catalog import Catalog

_ASKED = CHARGED + FEE
_LABEL = re.compile(
    rf"(?:\A|(?<=[\s；;。，,]))(?P<label>{_ASKED}|{FEE}(?:{BASIS}|{STANDARD})(?:[和及与、]?(?:{BASIS}|{STANDARD}))?|{BASIS}|{STANDARD})[：:]\s*"
)
"""What part of a fee is told next, in a cell of all or before the text of a column of one."""
_FREE = re.compile(
    r"(?:收费[：:])?(?:否|无(?:收费|偿)?|不(?:涉及|存在)?收(?:取)?(?:任何)?(?:费用?)?|(?:全程|一律)?免费(?:办理)?|零收费)(?=[\s，。；;,（(]|依据|\Z)"
)
_CHARGED = re.compile(r"(?:收费[：:])?(?:是|收费|收|有)[。；;]?\Z")
_AMOUNT = re.compile(r"[0-9一二三四五六七八九十百千万]\s*元|[%％‰]")
_UNSURE = re.compile("除外|以外|但|另|其中|停征|停止|暂停|暂缓|取消|免征|免收|不再")
_PAID = re.compile("费|收|征|标准|价|按")
_SAYS_YES = re.compile(r"\A(?:是[，,、；;。]?|收费[：:])")
_ON = re.compile(
    r"\A(?:[是收]?收?费?[，,、；;]?)(?:依据|根据|依照|按照?|执行)?[：:]?"
    r"|的?(?:等?(?:有关|相关)?规定)?(?:执行|收取|收费|征收|缴纳)?[。；;]?\Z"
)
"""What stands around the law of a fee and says no more: 按《…》第五条规定收取."""


def labelled(head: str, text: str) -> str:
    """Return the text of a column with what part of the fee its head says that it is, if it says one."""
    word = fold(head.rpartition("·")[2])
    parts = "".join(part for part in (BASIS, STANDARD) if part in word)
    label = _ASKED if CHARGED in word and not parts else f"{FEE}{parts}" if parts else ""
    return f"{label}：{text}" if label and text and (plain(text).startswith("无") or not says_nothing(text)) else text


def unlabelled(text: str) -> str:
    """Return a text without the label that it begins with."""
    found = _LABEL.match(text)
    return text[found.end() :] if found else text


def fee(text: str, catalog: Catalog) -> Fee:
    """Return what a text says of a fee: 无 is a statement here.

    Raises:
        ValueError: it says neither that there is one nor that there is none, or both.

    """
    charged: list[bool] = []
    standards: list[str] = []
    bases: dict[Citation, None] = {}
    parts = [*_parts(text)]
    for label, said in parts:
        if BASIS in label and STANDARD not in label and len(parts) > 1 and says_nothing(said):
            continue
        words = simplified(said)
        free, amount, unsure = _FREE.match(words), _AMOUNT.search(words), _UNSURE.search(words)
        if free and not amount and not unsure:
            charged += [False]
            continue
        if _CHARGED.match(words):
            charged += [True]
            continue
        cited = basis(_ON.sub("", words), catalog)
        whole = all(one.law and not one.unread for one in cited)
        if BASIS in label and STANDARD not in label and not amount:
            bases |= dict.fromkeys(cited if whole else basis(words, catalog))
            continue
        if not whole and (free or not (amount or (_PAID.search(words) and not unsure))):
            raise ValueError(f"看不出收不收费：「{plain(said)}」；请写「不收费」或者收费的标准")
        if whole or BASIS in label:
            bases |= dict.fromkeys(one._replace(unread="") for one in cited if one.law)
        if not whole:
            standards.append(re.sub(r"(?<!\s)\s*\n\s*", "", _SAYS_YES.sub("", said)))
    if False in charged and (True in charged or standards):
        raise ValueError(f"又说收费，又说不收费：「{plain(text)}」；请写「不收费」或者收费的标准")
    return Fee(charged=False not in charged, standard="；".join(standards), bases=tuple(bases))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is told, each with its label, empty for what has none."""
    found = [*_LABEL.finditer(text)]
    ends = [*(one.start() for one in found), len(text)]
    if before := text[: ends[0]].strip(" \n，,；;"):
        yield "", before
    for one, end in zip(found, ends[1:], strict=True):
        if said := text[one.end() : end].strip(" \n，,；;"):
            yield one["label"], said
