"""Does an answer fit where it goes? The forms themselves are asked, so that the check takes what `init` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Fault
from quanze.edit.spelling import spelt
from quanze.edit.starter import package
from quanze.form import Validator, kinds
from quanze.form.words import UNVERIFIED
from quanze.io.yaml import read, write
from quanze.register.catalog import BODIES, LISTS
from quanze.register.litter import misnamed
from quanze.register.remedies import by_itself
from quanze.register.settings import HOST, URL
from quanze.register.tree import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.edit.starter.answers import NewRegister

_NOTHING = frozenset(
    {UNVERIFIED, "待定", "未定", "待补充", "未载明", "不适用", "不详", "未知", "暂无", "没有", "其他", "其它", "TODO"}
)
"""What people write where they have no name."""
_IN_NAMES = " ()（）·、—－-“”"


def refuse_unfit(answers: NewRegister) -> None:
    """Let pass answers that the check takes where they are written; a Fault names the option of the first other."""
    for option, said in _objections(answers):
        if said:
            raise Fault(f"{option}：{said}")


def _objections(answers: NewRegister) -> Iterator[tuple[str, str]]:
    """Yield (option, what the check would say of its answer where it is written, empty where it takes it)."""
    body, named = package.form(BODIES), package.form(BODIES).title_field
    for option, name in (("--bureau", answers.bureau), ("--government", answers.government)):
        if name or option == "--bureau":
            yield option, _refused(BODIES, named, name) or _unspelt(name) or _unnamed(name)
    for name in answers.lists:
        said = _refused(LISTS, package.form(LISTS).title_field, f"{answers.bureau}{name}")
        yield "--bureau", said and f"清单「{name}」的名称以机关名称开头：{said}"
    if answers.government not in {"", answers.bureau} and spelt(answers.government) == spelt(answers.bureau):
        yield "--government", f"「{answers.government}」与机关名称写成的编号一样；请写全称"
    if answers.government == answers.bureau and not by_itself(answers.level):
        yield "--government", f"{answers.level}机关不由自己复议；没有复议机关的写「无」"
    if answers.region:
        yield "--region", _refused(BODIES, body.role(kinds.REGION), answers.region)
    if answers.address:
        yield "--address", _refused(SITE, URL, answers.address)
    for name in answers.types:
        said = _refused(SITE, HOST, name)
        said = said.replace(f"「{HOST}」", "它") or _unnamed(name)
        yield "--type", said and f"职权类型「{name}」不对：{said}"


def _refused(collection: str, field: str, text: str) -> str:
    """Return what the check says of a text in a field; empty where it takes it."""
    _, faults = read(write({field: text}).encode(), "")
    if faults:
        return faults[0].message
    schema = package.form(collection).schema["properties"][field]
    return next((error.message for error in Validator({"properties": {field: schema}}).errors({field: text})), "")


def _unnamed(name: str) -> str:
    """Return why a text is no name of a body, or of a type of power; empty where it can be one."""
    if name in _NOTHING:
        return f"「{name}」不是名称；还不知道的不写，以后再补"
    sign = next((one for one in name if not one.isalnum() and one not in _IN_NAMES), "")
    return sign and f"「{name}」里的「{sign}」不是名称里的字；请写全称"


def _unspelt(name: str) -> str:
    """Return why no file can be called after a name; empty where one can."""
    id_ = spelt(name)
    return misnamed(f"{id_}.yaml") if id_ else f"「{name}」写不成编号；请用汉字或者字母写全称"
