"""What a citation is for, as the words around it say: 违反…规定 is a duty, 依据…处罚 a penalty provision."""

from __future__ import annotations

from quanze.law.reader.lexicon import DATA, pattern

_NEAR = 120
_DUTY: str = DATA["roles"]["duty"]
_CUES: tuple[str, ...] = tuple(DATA["roles"]["cues"])


def role(text: str, start: int, end: int) -> str:
    """Return 义务, 罚则, 程序 or 职权 for a citation at a place of a text; empty where its sentence says none."""
    sentence = pattern("role_sentence")
    before = sentence.split(text[max(0, start - _NEAR) : start])[-1]
    after = sentence.split(text[end : end + _NEAR], maxsplit=1)[0]
    verbs = list(pattern("role_verb").finditer(before))
    if verbs and verbs[-1][1]:
        return _DUTY
    cue = pattern("role_cue").search(after.split("违反", maxsplit=1)[0])
    return _CUES[(cue.lastindex or 1) - 1] if cue else ""
