"""The reader of citations: the table of cases that the browser's reader holds too, and what is true of every text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from quanze.law.reader import KnownTitles, read

TABLE = json.loads(Path(__file__).with_name("citations.json").read_text("utf-8"))
NAMES = KnownTitles((key, names) for key, *names in TABLE["laws"])


def label(cited):
    """Return a citation as the table has it: 安全生产法@2021修正 97.0.3~5,7; ? the register lacks it, ! several."""
    law = cited.instrument
    name = {0: "?", 1: ""}.get(len(law.keys), "!") + law.name
    version = f"@{law.year}{law.event}" if law.year or law.event else ""
    levels = cited.levels[: cited.depth + 1]
    place = ".".join(",".join(map(_span, spans)) or "0" for spans in levels)
    words = [name + version, place, f"附件{cited.annex}" if cited.annex else "", "引" if cited.quoted else ""]
    return " ".join(filter(None, words))


def _span(span):
    return "~".join(str(number) + (f"-{sub}" if sub else "") for number, sub in dict.fromkeys(span))


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["text"][:40])
def test_the_table_of_cases(case):
    text = case["text"]
    reading = read(text, NAMES)
    assert [label(one) for one in reading.citations] == case["cites"]
    assert [text[start:end] for start, end in reading.refused] == case["refused"]
    assert [text[start:end] for start, end in reading.rest] == case["rest"]


HOSTILE = (
    "《",
    "《安全生产法》",
    "《安全生产法》（以下简称《安法》）",
    "第九十七条、",
    "第三条“",
    "第三条至",
    "中华人民共和国",
    "西安市消防条例第三条",
    "（（2021",
    "①",
    "1、",
    "该法第三条",
    "\n",
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_the_time_grows_with_the_text_alone(unit):
    def seconds(size):
        text = unit * (size // len(unit))
        begin = time.process_time()
        read(text, NAMES)
        return time.process_time() - begin

    seconds(1000)
    small, large = min(seconds(10_000) for _ in range(3)), min(seconds(80_000) for _ in range(2))
    assert large < 8 * 3 * small + 0.05
