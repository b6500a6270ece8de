"""YAML text ↔ data: the dialect, its faults in a clerk's words, and that no bytes ever raise."""

from __future__ import annotations

import random
from unittest.mock import Mock

import pytest
from tests import golden
from tests.project import ROOT

from quanze.base.problem import Fault
from quanze.io import lockfile
from quanze.io.yaml import RULES, marks, read, write, writer
from quanze.io.yaml.faults import MAX_BYTES, MAX_DEPTH
from quanze.io.yaml.scalars import plain

ITEM = (golden.BASE / "catalog/items/xzcf-001.yaml").read_bytes()
FILES = sorted(ROOT.glob("examples/shili/register/catalog/**/*.yaml"))


def data(text):
    value, problems = read(text.encode() if isinstance(text, str) else text, "a.yaml")
    assert problems == ()
    return value


def faults(text):
    value, problems = read(text.encode() if isinstance(text, str) else text, "a.yaml")
    assert value is None
    return [(problem.line, problem.column, problem.rule) for problem in problems]


# --- what a plain value means


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2021-09-01", "2021-09-01"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("000125045000", "000125045000"),
        ("0", 0),
        ("-5", -5),
        ("100000", 100000),
        ("1.50", 1.5),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1e3", "1e3"),
        ("9.0", "9.0"),
        (".5", ".5"),
        ("1:30", "1:30"),
        ("12之1", "12之1"),
        ("９７", "９７"),
        ("1234567890123456789", "1234567890123456789"),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_plain_values(text, value):
    got = data(f"甲: {text}\n")["甲"]
    assert (got, type(got)) == (value, type(value))


@pytest.mark.parametrize("text", ["2021", "true", "null", "no", "000125", "第一条"])
def test_what_is_quoted_is_text(text):
    assert data(f'甲: "{text}"\n') == {"甲": text}
    assert data(f"甲: '{text}'\n") == {"甲": text}


def test_blocks_and_flows():
    text = "甲: |\n  一\n  二\n乙: [丙, 2]\n丁: {戊: true}\n"
    assert data(text) == {"甲": "一\n二\n", "乙": ["丙", 2], "丁": {"戊": True}}


@pytest.mark.parametrize("text", ["甲: >\n  一\n  二\n", "甲: >-\n  一\n  二\n"])
def test_a_folded_block_is_one_line(text):
    assert data(text)["甲"].strip() == "一 二"


def test_a_byte_order_mark_and_comments_are_accepted():
    assert data(b"\xef\xbb\xbf# \xe8\xaf\xb4\xe6\x98\x8e\n\xe7\x94\xb2: 1\n") == {"甲": 1}


def test_marks_of_punctuation_that_a_text_may_hold():
    for text in ("甲&乙", "甲*乙", "甲!乙", "a%b", "甲?乙", "甲---乙", "说“好”", "http://a.b/c", "a#b"):
        assert data(f"甲: {text}\n") == {"甲": text}


# --- faults


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲：1\n", [(1, 2, "yaml-fullwidth-colon")]),
        ("甲: 1\n  - 乙：2\n丙：3\n", [(2, 6, "yaml-fullwidth-colon"), (3, 2, "yaml-fullwidth-colon")]),
        ("甲:乙\n丙: 1\n", [(1, 3, "yaml-missing-space")]),
        ("甲:\n\t乙: 1\n", [(2, 1, "yaml-tab")]),
        ("甲: “乙”\n", [(1, 4, "yaml-fullwidth-quote")]),
        ("甲: 1\n甲: 2\n", [(2, 1, "yaml-duplicate-key")]),
        ("甲:\n  乙: 1\n  乙: 2\n", [(3, 3, "yaml-duplicate-key")]),
        ("文件: 甲\n  表:乙\n", [(2, 5, "yaml-missing-space")]),
        ("甲: 看 #3 闸门\n", [(1, 6, "yaml-comment")]),
        ("甲: [一]\n乙: #3\n", [(2, 4, "yaml-comment")]),
        ("𠮷: 𠮷 \n#x\n甲: 𠮷 #3", [(3, 6, "yaml-comment")]),
        ("文件: 甲\n  第二行\n", [(1, 5, "yaml-multiline")]),
        ("甲: &a 1\n乙: *a\n", [(1, 4, "yaml-anchor"), (2, 4, "yaml-anchor")]),
        ("甲: !!int 1\n", [(1, 4, "yaml-tag")]),
        ("甲: 1\n---\n乙: 2\n", [(2, 1, "yaml-document")]),
        ("- 甲\n", [(1, 1, "yaml-root")]),
        ("甲\n", [(1, 1, "yaml-root")]),
        ("", [(1, 1, "yaml-empty")]),
        ("# 甲\n\n", [(1, 1, "yaml-empty")]),
        ("甲: 1\r\n乙: 2\r\n", [(1, 5, "yaml-line-ending")]),
        ('甲: "乙\n', [(1, 4, "yaml-quote")]),
        ("甲: [1, 2\n", [(1, 4, "yaml-bracket")]),
        ("甲: {乙: 1\n丙: 2\n", [(1, 4, "yaml-bracket")]),
        ("{甲: 1}\n乙: 2\n", [(2, 1, "yaml-syntax")]),
        ("{甲: 1} 乙\n", [(1, 8, "yaml-syntax")]),
        ("甲:\n  乙: 1\n 丙: 2\n", [(3, 2, "yaml-indentation")]),
        ("甲: 1\n  乙: 2\n", [(1, 4, "yaml-multiline")]),
        ("甲: \x00\n", [(1, 4, "yaml-control")]),
        ("甲: \x7f\n", [(1, 4, "yaml-control")]),
        ("甲: [" + "[" * 40 + "]" * 40 + "]\n", [(1, 3 + MAX_DEPTH, "yaml-depth")]),
        ("甲: 乙".encode("gbk"), [(1, 1, "yaml-encoding")]),
        (b"a: 1\nb: \xff\n", [(2, 4, "yaml-encoding")]),
        (b"\xd0\xcf\x11\xe0", [(1, 1, "yaml-excel")]),
        (b"a: " + b"b" * MAX_BYTES, [(1, 1, "yaml-size")]),
    ],
)
def test_faults(text, told):
    assert faults(text) == told


def test_every_fault_of_a_file_is_told_at_once():
    assert len(faults("甲: &a 1\n甲: !!str 2\n乙: “丙”\n")) == 4


def test_a_deep_nest_does_not_reach_the_parser():
    assert faults("甲: " + "[" * 200_000)[0][2] == "yaml-depth"
    assert faults("甲: " + "{a: " * 100_000)[0][2] == "yaml-depth"
    assert faults("- " * 100_000)[0][2] in RULES


def test_a_block_may_say_what_a_line_may_not():
    text = "甲: |\n  第一：乙\n  丙:丁\n  戊: “己”\n"
    assert data(text) == {"甲": "第一：乙\n丙:丁\n戊: “己”\n"}


# --- no bytes ever raise


SLIPS = (b"\n", b" ", b"\t", b": ", "：".encode(), b"- ", b'"', b"[", b"}", b"|", b"\xe4")


def holds(content):
    value, problems = read(content, "a.yaml")
    assert (value is None) == bool(problems)
    lines = content.decode("utf-8", "replace").split("\n")
    for problem in problems:
        assert problem.rule in RULES
        assert problem.message
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.column >= 1
    marks(content)


@pytest.mark.parametrize("seed", range(60))
def test_arbitrary_bytes_never_raise(seed):
    dice = random.Random(seed)
    holds(dice.randbytes(dice.randrange(200)))
    alphabet = " \n\t-:：,，[]{}&*!|>'\"“”#%@`?~<0９甲乙\u3000\u0085\u2028\ufeff\x07"
    holds("".join(dice.choices(alphabet, k=dice.randrange(120))).encode())


@pytest.mark.parametrize("seed", range(120))
def test_a_file_broken_anywhere_never_raises(seed):
    dice = random.Random(seed)
    content = bytearray(ITEM)
    for _ in range(dice.randint(1, 4)):
        at, end = sorted(dice.choices(range(len(content)), k=2))
        how = dice.randrange(4)
        if how == 0:
            del content[at : min(end, at + 20)]
        elif how == 1:
            content[at:at] = dice.choice(SLIPS)
        elif how == 2:
            content[at] = dice.randrange(256)
        else:
            content[at:at] = content[at:end]
    holds(bytes(content))


# --- fields that files share


LINES = (
    *(
        "a: 1",
        "b: x",
        'a: "x',
        'b: y"',
        'c: y" # z',
        "a: 'b",
        "b: c'",
        "a: [1",
        "b: 2]",
        "{a: 1}",
        "{b: 2",
        "}",
        '"a": 1',
    ),
    *(
        "'b': 2",
        "a:",
        "  - x",
        "- x",
        "-a: 1",
        "  c: 3",
        " a: 1",
        "a: |",
        "  text",
        "# said",
        "",
        "b : 1",
        "a: >-",
        "甲: 乙",
    ),
    *(
        "甲:",
        "  乙: 丙",
        "a:\n- b: 1\n  c: 2",
        "x",
        "@a: 1",
        "a: b: c",
        "a: ~",
        "  # said",
        "a: x #y",
        "乙: |+\n  甲\n",
    ),
)


@pytest.mark.parametrize("seed", range(40))
def test_what_other_files_hold_changes_nothing(seed):
    dice, known = random.Random(seed), {}
    for _ in range(200):
        text = "\n".join(dice.choices(LINES, k=dice.randint(1, 5))) + dice.choice(("", "\n"))
        assert read(text.encode(), "a.yaml", known) == read(text.encode(), "a.yaml"), text


def test_a_field_that_two_files_have_is_read_once():
    known = {}
    one, other = (read(f"甲: {n}\n乙:\n  - 丙: 丁\n".encode(), "a.yaml", known)[0] for n in (1, 2))
    assert (one["甲"], other["甲"]) == (1, 2)
    assert one["乙"] is other["乙"]


# --- write ∘ read


@pytest.mark.parametrize("path", FILES[:: max(1, len(FILES) // 60)], ids=lambda path: path.stem)
def test_what_is_written_reads_back(path):
    value = data(path.read_bytes())
    text = write(value, "../../schema/items.schema.json")
    assert text.startswith("# yaml-language-server: $schema=../../schema/items.schema.json\n")
    assert data(text) == value


TEXTS = ("甲", "000125", "12", "1.5", "true", "null", "~", "", " 前后 ", "一\n二\n", "一\n二", "\n", "- 甲", "甲: 乙")
MORE = ("# 甲", "'单'", '"双"', "“全”", "甲：乙", "&a", "*a", "!!str", "@甲", "%甲", "[甲", "{甲", "|", ">", "?", "---")


def document(dice, depth=0):
    kind = dice.randrange(8 if depth < 4 else 5)
    if kind == 5:
        return [document(dice, depth + 1) for _ in range(dice.randrange(4))]
    if kind > 5:
        return {f"键{n}": document(dice, depth + 1) for n in range(dice.randint(1, 4))}
    return dice.choice([dice.choice(TEXTS), dice.choice(MORE), dice.randrange(-9, 10**6), 1.25, True, False, None])


@pytest.mark.parametrize("seed", range(150))
def test_any_data_written_reads_back(seed):
    dice = random.Random(seed)
    value = {"甲": document(dice), "乙": document(dice)}
    got, problems = read(write(value).encode(), "a.yaml")
    assert problems == ()
    assert got == value


SIGNS = "对《》（）“”：；，。、019azA ./-:#\"'()[]{},;=%&<>$~?!*@`|^①×℃·—…\\\té"


@pytest.mark.parametrize("seed", range(8))
def test_the_quick_way_writes_what_the_library_writes(seed, monkeypatch):
    dice = random.Random(seed)
    texts = ["".join(dice.choices(SIGNS, k=dice.choice([1, 2, 4, 9, 30]))) for _ in range(150)]
    values = [{"甲": text, "乙": [text, {"丙": f"{text}\n乙"}], text: "丁"} for text in texts]
    quick = [write(value) for value in values]
    monkeypatch.setattr(writer, "_mapping", Mock(side_effect=writer._Unusual))
    assert quick == [write(value) for value in values]


@pytest.mark.parametrize(
    "text",
    ["“生产经营单位有下列行为之一的，责令限期改正。”", "000125", "对甲(含乙)的检查", "10:30～11:00", "甲#1, 100%"],
)
def test_what_records_often_say_takes_the_quick_way(text, monkeypatch):
    monkeypatch.setattr(writer.yaml, "dump", Mock(side_effect=AssertionError))
    assert data(write({"甲": text})) == {"甲": text}


# --- places


def test_marks_know_values_and_keys():
    where = marks("甲:\n  - 乙: 1\n    丙/丁: 二\n戊: |\n  己\n".encode())
    assert where.value("/甲/0/乙") == (2, 8)
    assert where.key("/甲/0/丙~1丁") == (3, 5)
    assert where.value("/甲/0") == where.key("/甲/0") == (2, 5)
    assert where.value("/甲/9/无") == (2, 3)
    assert where.value("/无") == where.key("/无") == (1, 1)
    assert where.key("/戊") == (4, 1)


def test_marks_of_nothing_are_the_first_place():
    assert marks(b"").value("/a") == marks(b"[").value("") == (1, 1)


@pytest.mark.parametrize("path", FILES[:: max(1, len(FILES) // 20)], ids=lambda path: path.stem)
def test_every_value_has_its_place(path):
    content = path.read_bytes()
    where, lines = marks(content), content.decode().split("\n")

    def walk(value, pointer):
        line, column = where.value(pointer)
        assert pointer in where.values
        assert 1 <= column <= len(lines[line - 1]) + 1
        if isinstance(value, dict | list):
            for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
                walk(inner, f"{pointer}/{name}")

    walk(data(content), "")


def test_plain_is_what_the_reader_makes_of_a_scalar():
    assert [plain(text) for text in ("1", "01", "true", "", "甲")] == [1, "01", True, None, "甲"]


def test_paths_of_problems_are_those_given():
    assert {problem.path for problem in read(b"", "catalog/a.yaml")[1]} == {"catalog/a.yaml"}


def test_a_document_that_is_nested_too_deep_has_no_places():
    for depth in (3000, 100_000):
        assert marks(b"[" * depth + b"]" * depth).value("/0") == (1, 1)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a": 1' + b"0" * 5000 + b"}", b"\xff", "/dev/zero", "nowhere"])
def test_a_lock_file_that_cannot_be_read_is_told(tmp_path, content):
    file = tmp_path / "laws.lock"
    assert lockfile.load(tmp_path, "laws.lock", "quanze law pull") == {}
    if isinstance(content, str):
        file.symlink_to(content)
    else:
        file.write_bytes(content)
    with pytest.raises(Fault, match=r"laws\.lock 读不懂；它由 quanze law pull 写"):
        lockfile.load(tmp_path, "laws.lock", "quanze law pull")
