"""The bounds of a fine (罚款幅度)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.form.kinds.kind import Kind, ValueFault, escaped, in_lines
from quanze.law.fine import FINE, LOWER, SHARE, UPPER, Fine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quanze.form.kinds.kind import Field, Look, Lookup


def text(value: object, _field: Field, _look: Look) -> str:
    """Return the bounds as a statute writes them, after the condition on which they depend, or that it writes none."""
    return words(Fine.of(value))


def words(fine: Fine) -> str:
    """Return the bounds of a fine as a statute writes them, or that it writes none; empty where there is no fine."""
    return fine.text or ("条文没有写数额" if fine.unstated else "")


def _read(text: str, field: Field, _names: Lookup) -> None:
    raise ValueError(
        f"「{field.name}」不能从一格文字读入（{text[:20]}）；请导入后在记录里填写，或者先用固定值写「待核」"
    )


def _bounds(value: object) -> Iterator[ValueFault]:
    """Yield bounds that are the wrong way round, and a 0 where the article names none."""
    for measure, (least, most) in Fine.of(value).bounds.items():
        low, high = measure + LOWER, measure + UPPER
        if least is not None and most is not None and least > most:
            yield ValueFault(f"罚款的{low} {least:,} 高于{high} {most:,}；是不是写反了", f"/{low}")
        elif least == 0:
            yield ValueFault(f"罚款的{low}写了 0；条文没有写下限的，请删去「{low}」", f"/{low}", at_key=True)
        if most == 0 and not least:
            message = f"罚款的{high}写了 0；请照条文写上限，没有罚款的，删去「{FINE}」"
            yield ValueFault(message, f"/{high}", at_key=True)


def _percent(value: object) -> Iterator[ValueFault]:
    """Yield the first share that looks like a fraction of one."""
    for side, share in zip((LOWER, UPPER), Fine.of(value).share, strict=True):
        if share and 0 < share < 1:
            name, meant = SHARE + side, f"{share * 100:g}"
            message = f"{name}写了 {share:g}，是百分之{share:g}；如果条文写的是百分之{meant}，请写 {meant}"
            yield ValueFault(message, f"/{name}", "review")
            return


KIND = Kind(
    *("罚款幅度", text, escaped(text), _read, in_lines),
    faults={"fine-bounds": _bounds, "fine-percent": _percent},
    phrase=True,
)
