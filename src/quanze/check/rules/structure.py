"""Structure: the 款, 项 and 目 of a citation are there, and its numbers are those of the version that it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quanze.base.problem import Finding
from quanze.check.rules.cited import cited
from quanze.law.articlemap import fates
from quanze.law.citation import DUTY, PENALTY
from quanze.law.numerals import numeral
from quanze.law.places import ARTICLE, ITEM, PARAGRAPH, POINT, coded, decoded, parse_place
from quanze.register.exclusions import excluded, exclusions
from quanze.register.renewal import renewals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quanze.base.problem import Level
    from quanze.check.rules.cited import AlikeCitations
    from quanze.law.citation import Citation
    from quanze.law.outline import Outline
    from quanze.law.places import Place, Step
    from quanze.register.catalog import Catalog
    from quanze.register.exclusions import Exclusion
    from quanze.register.occurrences import Occurrence


def no_such_paragraph(catalog: Catalog, at: str) -> Iterator[Finding]:
    """所引的款须是那一条里有的（文件的「结构」登记的）。"""
    for alike, occurrence, step, outline in _lacking(catalog, at, PARAGRAPH):
        count = len(outline.articles[step.article])
        message = f"《{alike.instrument.short}》{_article(step)}只有 {count} 款，没有第{numeral(step.paragraph)}款"
        yield Finding(occurrence.record, f"{occurrence.pointer}/{PARAGRAPH}", message)


def no_such_item(catalog: Catalog, at: str) -> Iterator[Finding]:
    """所引的项、目须是那一条、那一款里有的（文件的「结构」登记的）。"""
    for alike, occurrence, step, outline in _lacking(catalog, at, ITEM, POINT):
        whole = step._replace(item=0, point=0)
        most = _items(outline, step)
        if outline.lacks(step.article, step.paragraph, step.item):
            if not most and step.paragraph:
                continue  # the rule below says so
            has = f"只有 {most} 项" if most else "没有分项"
            message = f"《{alike.instrument.short}》{whole}{has}，没有第{numeral(step.item)}项"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{ITEM}", message)
        else:
            message = f"《{alike.instrument.short}》{step._replace(point=0)}没有第{numeral(step.point)}目"
            yield Finding(occurrence.record, f"{occurrence.pointer}/{POINT}", message)


def paragraph_without_items(catalog: Catalog, at: str) -> Iterator[Finding]:
    """写明了款又写项的，那一款须是分项的；项在另一款里的，请改款。"""
    for alike, occurrence, step, outline in _lacking(catalog, at, ITEM):
        if not step.paragraph or _items(outline, step):
            continue
        holder = outline.holder(step.article, step.item)
        where = f"第{numeral(step.item)}项在第{numeral(holder)}款" if holder else "请核对款和项"
        message = f"《{alike.instrument.short}》{step._replace(item=0, point=0)}没有分项；{where}"
        yield Finding(occurrence.record, f"{occurrence.pointer}/{PARAGRAPH}", message)


def old_number(catalog: Catalog, at: str) -> Iterator[Finding]:
    """不写版本的依据，写现行版本的序号；现行版本里没有、或者对不上作用，而旧版本的这个序号已经移到别处的，是旧序号。

    现行版本里没有这一款、项的，以及作「罚则」引的，须改；其他的，以及只因现行的这一条登记为不列事项而看得出的，列为待复核。确实要引旧版本的，
    写明「版本」。
    """
    level: Level
    others = exclusions(catalog)
    for alike in cited(catalog, at):
        if alike.name or len(alike.instrument.versions) == 1:
            continue
        for occurrence in alike.occurrences:
            found = next(_old(alike, occurrence, others.get(alike.instrument.id, ())), None)
            if found:
                step, now, why, sure = found
                lacked = alike.version.outline and alike.version.outline.lacks(*step)
                level = "error" if sure and (lacked or occurrence.value.role == PENALTY) else "review"
                like = "像是" if sure else "可能是"
                message = (
                    f"《{alike.instrument.short}》{step}{like}旧版本的序号：{why}，"
                    f"旧版本的这一条现为{'、'.join(now)}；请改引，或者写明「版本」"
                )
                yield Finding(occurrence.record, f"{occurrence.pointer}/{ARTICLE}", message, level)


def _old(
    alike: AlikeCitations, occurrence: Occurrence[Citation], others: Sequence[Exclusion]
) -> Iterator[tuple[Step, tuple[str, ...], str, bool]]:
    """Yield (place, where the old place of that number is now, why it is taken for an old one, whether for sure)."""
    version, outline, role = alike.version, alike.version.outline, occurrence.value.role
    for step in occurrence.value.steps:
        now = fates(alike.instrument, _place(step))
        elsewhere = [place for place in map(parse_place, now) if place and place[0] != coded(step.article)]
        if not now or len(elsewhere) != len(now):
            continue
        missing = outline.lacks(*step) if outline else ""
        if missing in {PARAGRAPH, ITEM} and not any(_absent(outline, place) for place in elsewhere):
            yield step, now, f"{version.name}没有这一{missing}", True
        penal = version.penalty_articles
        if role == DUTY and step.article[0] in penal and not any(p[0] in penal for p in elsewhere):
            yield step, now, f"在{version.name}里它是罚则，这里的作用却是「{role}」", True
        if role in {"", PENALTY} and (reason := excluded(others, _place(step))):
            before = alike.instrument.before(version)
            ours = any(place[0] in penal and not excluded(others, place) for place in elsewhere)
            if ours and before and step.article[0] in before.penalty_articles:
                yield step, now, f"{version.name}的这一条登记为不列事项（{reason}）", False


def _absent(outline: Outline | None, place: Place) -> bool:
    return outline is not None and bool(outline.lacks(decoded(place[0]), place[1], place[2]))


def _place(step: Step) -> Place:
    return coded(step.article), step.paragraph, step.item


def _lacking(
    catalog: Catalog, at: str, *units: str
) -> Iterator[tuple[AlikeCitations, Occurrence[Citation], Step, Outline]]:
    """Yield the first place of each citation of which a unit is not there, unless it is told to be an old number."""
    told: set[tuple[str, str]] | None = None
    for alike in cited(catalog, at):
        outline = alike.version.outline
        for occurrence in alike.occurrences if outline else ():
            if outline is None or (occurrence.value.paragraph is None and occurrence.value.item is None):
                continue
            step = next((step for step in occurrence.value.steps if outline.lacks(*step) in units), None)
            if step is None:
                continue
            if told is None:
                told = _told(catalog, at)
            if (occurrence.record.path, occurrence.pointer) not in told:
                yield alike, occurrence, step, outline


def _told(catalog: Catalog, at: str) -> set[tuple[str, str]]:
    """Return (path, pointer) of the citations that another rule calls old."""
    moved = {(renewal.occurrence.record.path, renewal.occurrence.pointer) for renewal in renewals(catalog, at)}
    return moved | {
        (finding.record.path, finding.pointer.removesuffix(f"/{ARTICLE}")) for finding in old_number(catalog, at)
    }


def _items(outline: Outline, step: Step) -> int:
    """Return how many 项 the 款 has that a place names, or the article where it names none."""
    paragraphs = outline.articles[step.article]
    named = paragraphs[step.paragraph - 1 : step.paragraph] if step.paragraph else paragraphs
    return max((one.items for one in named), default=0)


def _article(step: Step) -> str:
    return str(step._replace(paragraph=0, item=0, point=0))


RULES = (no_such_paragraph, no_such_item, paragraph_without_items, old_number)
