"""What closes a table and is none of its items: notes, signatures, seals, days and what stands on each page.

A line of signatures takes several cells, with the signer's name or telephone beside its label: taken for the rest of
the last item, they would be published.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quanze.edit.importer.words import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOTE = re.compile(
    r"\A[\s（(【\[*※]*(?:注|备注|说明|填表说明|编制说明|填报说明)(?:[：:）)】\]\d一二三、.\s]|\Z)"
    r"|\A(?:填报|填表|制表|编制|审核|审批|报送|经办|复核|分管|主管|联系|负责|单位|日期|时间|盖章|签字|签章)[^：:]{0,8}[：:]"
    r"|\A[\-—－\s]*+(?:第\s*)?[0-9一二三四五六七八九十]+\s*页|\A共\s*[0-9]+\s*页|\A[（(]?(?:续表|接上表|接上页|转下页|续上表)"
    r"|\A[-—－]\s*[0-9]+\s*[-—－]\Z|\A（?(?:盖章|公章|签章|签字)）?\Z"
)
_PAGE_LINE = re.compile(
    r"[-—－–·~～]{1,3}\s{0,3}[0-9]{1,4}\s{0,3}[-—－–·~～]{1,3}|(?:第\s{0,3}[0-9一二三四五六七八九十百]{1,5}\s{0,3}页)?\s{0,3}[/，,、]?\s{0,3}"
    r"(?:[（(]?共\s{0,3}[0-9一二三四五六七八九十百]{1,5}\s{0,3}页[）)]?)?|[（(](?:续表|接上[表页]|转下页|续上表)[）)]"
)
"""What stands on each page and is nothing else, wherever it stands."""
_N = "0-9〇○零一二三四五六七八九十"
_DATED = re.compile(rf"\A[{_N}]{{2,4}}年[{_N}]{{1,3}}月(?:[{_N}]{{1,3}}日)?\Z")
_DAY = re.compile(
    rf"(?:(?:填报|填表|制表|编制|报送|签字|盖章)?(?:日期|时间)[：:]?)?"
    rf"(?:[{_N}_＿]*年[{_N}_＿]*月(?:[{_N}_＿]*日)?|20[0-9]{{2}}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}(?:00:00:00)?)\Z"
)
_SEAL = r"[（(](?:单位|部门|机关)?(?:盖章|公章|签章|签字|签名|印章)(?:处)?[）)]"
_ACT = (
    "填报|填表|制表|制作|编制|编写|审核|审批|审定|审查|报送|经办|复核|核对|校对|核稿|批准|签发|签收|接收|承办|录入|统计"
)
_SIGNER = (
    rf"(?:(?:单位|部门|科室|处室|股室|机构|机关|主要|分管|主管|直接|法定|法制|法规)*"
    rf"(?:{_ACT}|联系|联络|负责|责任|代表|分管|主管|主要)(?:人员?|员|领导|者)|(?:单位|局|委|厅|所|站|处|科)领导|(?:分管|主管)?副?(?:局长|主任)|[科处股所]长)"
)
_REACHED = r"(?:联系|办公|手机|固定|值班|监督|投诉|举报|咨询|服务)*(?:电话|手机|方式|传真|邮箱|电子邮箱)(?:号码)?"
_PERSON = re.compile(
    rf"{_SIGNER}(?:意见)?(?:签字|签名|签章|盖章)?(?:{_SEAL}|(?:[及和、]?{_REACHED})?[：:])|\S{{0,24}}{_SEAL}"
)
"""A label of somebody who signs, by its colon or the place for the seal."""
_LABEL = re.compile(
    rf"(?:{_PERSON.pattern})[：:]?|(?:{_SIGNER}|{_REACHED})(?:[：:]|\Z)|(?:{_ACT}|签字|签名|盖章|公章)[：:]"
    rf"|(?:{_ACT}|填表)?(?:单位|部门|日期|时间)[：:]|(?:盖章|公章|签章|签字)\Z"
    r"|(?:部门|单位|局|委|领导|主管部门|法制机构)?(?:审核|审批|审查|复核|主管部门|领导)意见(?:[：:]|\Z)"
)
_NUMBER = re.compile(r"[0-9０-９][0-9０-９\-－—()（）+/、,，转]{4,}\Z|\S+@\S+\Z")
_LONGEST, _SEVERAL = 24, 2


def notes_only(texts: Iterable[str]) -> bool:
    """Tell whether each text is a note, a signature, a day or what stands on each page."""
    return all(NOTE.search(text) or _DATED.match(text) for text in map(simplified, texts))


def page_line(text: str) -> bool:
    """Tell whether a text is a page's number or says that a table goes on: — 3 —, 第 3 页 共 9 页, （续表）."""
    return bool(text.strip()) and bool(_PAGE_LINE.fullmatch(simplified(text).strip()))


def signs(texts: Sequence[str]) -> bool:
    """Tell whether the texts of a row, from left to right, are a line of signatures: labels and what is beside them."""
    words = ["".join(simplified(text).split()) for text in texts]
    labels = [*map(_labels, words)]
    if not any(map(_PERSON.match, words)) and sum(labels) < _SEVERAL:
        return False
    beside = [False, *(label and bool(_LABEL.fullmatch(word)) for label, word in zip(labels, words, strict=True))]
    return all(
        label or _plain(word) or (left and _value(word))
        for word, label, left in zip(words, labels, beside, strict=False)
    )


def closes(text: str) -> bool:
    """Tell whether a text that stands alone can be what is left of a line of signatures: a seal, a day, a telephone."""
    word = "".join(simplified(text).split())
    return bool(_DAY.fullmatch(word)) or _labels(word)


def _labels(word: str) -> bool:
    """Tell whether a text is a label, with or without what it asks for."""
    found = _LABEL.match(word)
    if found is None:
        return False
    return found.end() == len(word) or (found[0][-1] in "：:" and _value(word[found.end() :]))


def _plain(word: str) -> bool:
    return bool(_DAY.fullmatch(word) or _NUMBER.match(word) or NOTE.search(word))


def _value(word: str) -> bool:
    """Tell whether a text may be what a label asks for: a name, a number, a day."""
    return len(word) <= _LONGEST and not re.search("[《》。；;]|第.{1,24}条", word)
