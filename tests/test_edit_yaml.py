"""The YAML that the form in the browser makes, held against the reader of the check."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from copy import deepcopy

import pytest
from tests.project import ROOT

from quanze.io.yaml import marks, read

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(not NODE, reason="没有 node，跳过")
WORDS = (
    *[
        "电焊",
        "1",
        "007",
        "true",
        "～",
        "~",
        "null",
        "-3",
        "- 甲",
        "甲: 乙",
        "甲 # 乙",
        "#甲",
        "《安全生产法》",
        "“引号”",
        "'",
        "12345678901234567890",
        "1.50",
        "a:",
    ],
    *[
        "  甲",
        "{甲}",
        "[甲]",
        "&甲",
        "*甲",
        "!甲",
        ">",
        "%",
        "@",
        "?",
        "---",
        "…",
        "\\n",
        "\u3000甲",
        "=",
        "甲\n乙",
        "甲\n\n乙",
        "甲\t乙",
    ],
    '"',
    "|",
)


def ask(questions):
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in questions)
    done = subprocess.run(
        [NODE, ROOT / "tests/edits.mjs"], input=lines, capture_output=True, text=True, check=True, timeout=120
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def question(text, after, order=()):
    before, problems = read(text.encode(), "")
    assert not problems
    where = marks(text.encode())
    return {
        "text": text,
        "places": {"values": where.values, "keys": where.keys},
        "before": before,
        "after": after,
        "order": [*order],
    }


def files():
    own = sorted((ROOT / "examples/shili/register/catalog").rglob("*.yaml"))
    return sorted((ROOT / "tests/catalogs/base/catalog").rglob("*.yaml")) + own[::3]


def test_a_new_file_says_what_was_filled_in():
    whole = {f"栏目{n}": word for n, word in enumerate(WORDS)}
    nested = {
        "表": [*WORDS],
        "组": {"内": [{"甲": word, "乙": [word, {"丙": word}]} for word in WORDS]},
        "数": [1, 2.5, True, False],
    }
    for data, answer in zip(
        (whole, nested), ask([{"text": None, "after": one} for one in (whole, nested)]), strict=True
    ):
        said, problems = read(answer["text"].encode(), "")
        assert problems == ()
        assert said == data
        assert answer["text"].startswith("# 头\n")


def changed(data, rng):
    """Change one value somewhere: replace, remove, add, in fields and in lists."""
    here = data
    while True:
        inner = [
            one for one in (here.values() if isinstance(here, dict) else here) if isinstance(one, dict | list) and one
        ]
        if not inner or rng.random() < 0.3:
            break
        here = rng.choice(inner)
    kind, value = rng.choice(("replace", "remove", "add")), rng.choice((*WORDS, 7, 2.5, True))
    if isinstance(here, dict):
        name = rng.choice([*here])
        if kind == "add":
            here["新栏目"] = rng.choice((value, [value, "乙"], {"甲": value}, [{"甲": value, "乙": 1}]))
        elif kind == "remove" and (len(here) > 1):
            del here[name]
        else:
            here[name] = value
    elif kind == "add":
        here.insert(rng.randrange(len(here) + 1), deepcopy(rng.choice(here)) if rng.random() < 0.5 else value)
    elif kind == "remove" and len(here) > 1:
        del here[rng.randrange(len(here))]
    else:
        here[rng.randrange(len(here))] = value


def test_random_edits_read_back_as_exactly_that_edit():
    rng = random.Random(13)
    asked = []
    for path in files():
        text = path.read_text("utf-8")
        for _ in range(30):
            after = deepcopy(read(text.encode(), "")[0])
            for _ in range(rng.randint(1, 3)):
                changed(after, rng)
            asked.append(question(text, after, ["名称", "事项名称", "职权类型", "新栏目"]))
    answers = ask(asked)
    assert len(answers) > 1500
    for answer in answers:
        said, problems = read(answer["text"].encode(), "")
        assert problems == (), answer["text"]
        assert said == answer["now"], answer["text"]


TEXT = """# yaml-language-server: $schema=../x.json
# 一条说明
名称: 甲局 # 全称

# 电话单独核对过
电话: # 两部
  - 用途: 值班 # 全天
    号码: 0990-1234567 # 总机
  # 第二部
  - {用途: 咨询, 号码: 0990-7654321}
依据:
  - 依据文件: 甲法
    条: 3 # 旧第二条
    款: 1
范围: ["甲 # 乙", '｝}', 丁]  # 三处
负责: {姓: '王}', 职务: 股长} # 2026 年
备注: |-
  一行
  二行
"""
LONG = "长" * 99


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("电话", 0, "号码"), "0990-1111111", "号码: 0990-1234567 # 总机", "号码: 0990-1111111 # 总机"),
        (("名称",), "乙局", "名称: 甲局 # 全称", "名称: 乙局 # 全称"),
        (("依据", 0, "条"), 4, "条: 3 # 旧第二条", "条: 4 # 旧第二条"),
        (("电话", 1, "用途"), "投诉", "{用途: 咨询, 号码: 0990-7654321}", "{用途: 投诉, 号码: 0990-7654321}"),
        (("电话", 1, "用途"), "甲, [乙]", "{用途: 咨询,", '{用途: "甲, [乙]",'),
        (("电话", 1, "用途"), LONG, "- {用途: 咨询, 号码: 0990-7654321}", f"- 用途: {LONG}\n    号码: 0990-7654321"),
        (("范围", 0), "丙", "[\"甲 # 乙\", '｝}', 丁]  # 三处", '[丙, "｝}", 丁]  # 三处'),
        (("负责", "职务"), "科长", "{姓: '王}', 职务: 股长} # 2026 年", '{姓: "王}", 职务: 科长} # 2026 年'),
        (("备注",), "一句", "备注: |-\n  一行\n  二行", "备注: 一句"),
        (("依据", 0, "项"), 2, "    款: 1\n", "    款: 1\n    项: 2\n"),
    ],
)
def test_every_other_line_stays(path, value, old, new):
    after = deepcopy(read(TEXT.encode(), "")[0])
    here = after
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    (answer,) = ask([question(TEXT, after, ["条", "款", "项"])])
    assert answer["text"] == TEXT.replace(old, new)


def test_an_element_is_added_and_removed_where_it_stands():
    after = deepcopy(read(TEXT.encode(), "")[0])
    after["依据"].append({"依据文件": "乙法", "条": 9})
    del after["电话"][0]
    (answer,) = ask([question(TEXT, after)])
    assert "    款: 1\n  - 依据文件: 乙法\n    条: 9\n范围:" in answer["text"]
    assert "  # 第二部\n  - {用途: 咨询, 号码: 0990-7654321}\n" in answer["text"]
    assert "值班" not in answer["text"]
