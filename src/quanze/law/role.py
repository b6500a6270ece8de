"""What a citation is for, as the words around it say: 违反…规定 is a duty, 依据…处罚 a penalty provision."""

from __future__ import annotations

import re

_BEFORE, _AFTER = 120, 120
_SENTENCE = re.compile("[。；;!！?？\n]")
_VERB = re.compile(
    "(?P<义务>违反|违背|未遵守|不符合|未按照?|未落实|触犯|不履行|未履行)"
    "|(?P<据>依据|根据|依照|按照|适用|参照|援引|对照|(?<=[，,。；;])[依按据]|^[依按据])"
)
_CUES = re.compile(
    "(?P<程序>加处罚款|行政复议|复议|诉讼|起诉|听证|陈述|申辩|送达|强制执行|立案|告知|催告|回避|分期|缴纳|简易程序|集体讨论)"
    "|(?P<罚则>处罚|罚款|警告|吊销|没收|责令停|拘留|给予|处以|从重|从轻|减轻|不予|裁量|法律责任|罚则|怎么罚)"
    "|(?P<职权>检查|监督管理|查封|扣押|许可|审批|备案|职责|有权|职权)"
)


def role(text: str, start: int, end: int) -> str:
    """Return 义务, 罚则, 程序 or 职权 for a citation at a place of a text; empty where its sentence says none."""
    before = _SENTENCE.split(text[max(0, start - _BEFORE) : start])[-1]
    after = _SENTENCE.split(text[end : end + _AFTER], maxsplit=1)[0]
    verbs = [match.lastgroup for match in _VERB.finditer(before)]
    if verbs and verbs[-1] == "义务":
        return "义务"
    cue = _CUES.search(after.split("违反", maxsplit=1)[0])
    return (cue.lastgroup or "") if cue else ""
