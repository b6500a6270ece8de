"""The commands: what they print, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.clerk import DAY, Clerk
from tests.repository import Repository
from tests.server import serve

from quanze import __main__, cli
from quanze.cli import options

ROOT = Path(__file__).parents[1]
MANUAL = (ROOT / "src/quanze/frame/guide/commands.md").read_text("utf-8")
NAMES = cli.main.list_commands(None)
ITEM = "catalog/items/xzcf-001.yaml"


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    return Clerk(tmp_path / "项目")


def run(*words):
    return CliRunner().invoke(cli.main, words, catch_exceptions=False)


# 说明


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_is_in_the_manual(name):
    section = re.search(rf"^## quanze {name}\n(.*?)(?=^## |\Z)", MANUAL, re.MULTILINE | re.DOTALL)
    assert section, f"src/quanze/frame/guide/commands.md 没有「## quanze {name}」一节"
    options = [opt for param in cli.main.get_command(None, name).params for opt in param.opts if opt.startswith("--")]
    missing = [option for option in options if option != "--root" and f"`{option}" not in section[1]]
    assert not missing, f"quanze {name} 一节没有写 {missing}"
    assert f"quanze {name}" in section[1], "没有例子"


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in NAMES)])
def test_help_is_in_chinese(words):
    done = run(*words)
    assert done.exit_code == 0
    assert done.stdout.startswith("用法：quanze")
    english = re.findall(r"\b(?:Usage|Options|Commands|Show|Error|default|required|TEXT|OPTIONS)\b", done.stdout)
    assert not english


def test_no_command_shows_the_help():
    done = run()
    assert done.exit_code == 2
    assert "命令:" in done.stderr


# 用法不对


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chekc"], "没有命令「chekc」；是不是 check；用法见 quanze --help"),
        (["check", "--formt", "text"], "没有选项 --formt；是不是 --format；用法见 quanze check --help"),
        (["check", "--format", "xml"], "--format 只能是 text、github、gitlab、json；用法见 quanze check --help"),
        (["check", "--format"], "选项 --format 后面要写一个值；用法见 quanze check --help"),
        (["verify"], "缺少 网址或文件夹；用法见 quanze verify --help"),
        (
            ["check", "--at", "2026-13-01"],
            "--at：「2026-13-01」不是日期，写成 2026-05-01 的样子；用法见 quanze check --help",
        ),
        (["check", "甲", "乙"], "多写了「甲 乙」；用法见 quanze check --help"),
        (["check", "甲\n乙"], "多写了「甲<U+000A>乙」；用法见 quanze check --help"),
        (["import", "a.xlsx", "--dry-run=是"], "选项 --dry-run 后面不写值；用法见 quanze import --help"),
        (["new"], "缺少 集合；用法见 quanze new --help"),
        (["check", "--root", "/没有"], "/没有 里没有 catalog/ 和 schema/；请在项目文件夹里运行，或者用 --root 指明"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(words, said):
    done = run(*words)
    assert (done.exit_code, done.stderr, done.stdout) == (2, f"{said}\n", "")


@pytest.mark.parametrize("port", ["0", "99999", "-1", "\u00b2", ""])
@pytest.mark.parametrize("host", ["127.0.0.1", "x", "256.1.1.1", ""])
def test_an_address_that_is_none_is_told_before_anything_is_built(host, port):
    done = run("serve", "--address", f"{host}:{port}")
    said = f"--address：「{host}:{port}」不对，写成 127.0.0.1:8000 的样子；端口是 1 到 65535"
    assert (done.exit_code, done.stderr, done.stdout) == (2, f"{said}；用法见 quanze serve --help\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new", "没有"], "没有「没有」这个集合；有："),
        (["new", "items"], "编不出编号；请写明 --set 职权类型=…，或者编号本身，如 quanze new items xin-bian-hao"),
        (["new", "items", "XZ_1"], "编号「XZ_1」不对；用小写英文字母、数字和短横线，如 xzcf-001"),
        (["new", "items", "con"], "「con.yaml」是 Windows 给设备留的名字，在那里打不开；请另起编号"),
        (
            ["audit", "-o", "审计.zzz"],
            "看不出「审计.zzz」是什么格式：扩展名可以是 .txt、.json、.xlsx；别的，请用 --format 写明",
        ),
        (["report", "HEAD", "-o", "a.md", "-o", "b.zzz"], "看不出「b.zzz」是什么格式：扩展名可以是 .md、.json、.docx"),
        (["diff", "HEAD", "-o", "a.doc"], "看不出「a.doc」是什么格式：扩展名可以是 .txt、.md、.json、.xlsx"),
        (["reconcile", "quan-ze-qing-dan", "quan-ze-qing-dan", "-o", "a.doc"], "看不出「a.doc」是什么格式"),
        (["new", "items", "xzcf-001"], "编号「xzcf-001」用过了；编号一经使用不再给别的记录，请换一个"),
        (["new", "items", "--set", "职权类别=行政处罚"], "没有「职权类别」这个栏目；是不是「职权类型」"),
        (["new", "items", "--set", "职权类型=行政处份"], "最接近的是「行政处罚」"),
        (["export", "quan-ze-qing-dan"], "请用 --format 写明格式：xlsx、csv、json、html"),
        (["export", "没有", "--format", "csv"], "没有「没有」这张清单；有：quan-ze-qing-dan"),
        (["export", "quan-ze-qing-dan", "--format", "csv", "-o", "/没有/a.csv"], "没有这个文件或者文件夹"),
        (["impact", "安全生成法"], "没有收录《安全生成法》；最接近的是《安全生产法》"),
        (["impact", "安全生产法", "附则"], "没有收录《安全生产法附则》；最接近的是《安全生产法》"),
        (["impact", "十四法", "三"], "没有收录《十四法三》；收录的文件在 catalog/laws/ 里"),
        (["cite"], "写一段文字或者一个文件名，或者用 --replace 旧 新；--write 只与 --replace 一起用"),
        (["cite", "甲", "--replace", "甲", "乙"], "写一段文字或者一个文件名，或者用 --replace 旧 新"),
    ],
)
def test_a_fault_is_one_sentence_and_exit_2(clerk, words, said):
    at = ["--at", DAY] if words[0] == "cite" else []
    done = clerk(*words, *at)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1


def test_without_git_the_day_is_asked_for(clerk):
    done = clerk("check")
    assert done.code == 2
    assert done.err == (
        "这个文件夹不在 git 版本库里：历史要用 git clone 取得，下载的压缩包里没有；"
        "看不到提交的日期时，请用 --at 写明按哪一天的法律检查，如 --at 2026-05-01\n"
    )


def test_a_check_that_saw_no_history_says_so(clerk, monkeypatch):
    assert "看不到历史" in clerk("check", "--at", DAY).err
    monkeypatch.setenv("PATH", "")
    assert clerk("check").err.startswith("没有找到 git 命令：请先安装 git；")
    assert "没有检查：没有找到 git 命令" in clerk("check", "--at", DAY).err


def test_the_project_is_looked_for_upwards(clerk, monkeypatch):
    monkeypatch.chdir(clerk.root / "catalog/items")
    assert run("check", "--at", DAY).exit_code == 0


def test_the_program_runs_as_a_module(clerk):
    command = [sys.executable, "-m", "quanze", "check", "--at", DAY, "--root", str(clerk.root)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="没有管道信号")
def test_a_closed_pipe_is_quiet(clerk):
    command = f'"{sys.executable}" -m quanze impact 安全生产法 --format json --root "{clerk.root}" | true'
    for _ in range(3):
        done = subprocess.run(command, shell=True, check=False, capture_output=True, text=True)
        assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="没有这样的写法")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_what_has_nowhere_to_speak_does_its_work(clerk, closed):
    command = f'"{sys.executable}" -m quanze check --at {DAY} --root "{clerk.root}" {closed}'
    done = subprocess.run(command, shell=True, check=False, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


# check


def test_a_sound_catalog(clerk):
    done = clerk("check", "--at", DAY)
    assert (done.code, done.out) == (0, "")
    assert re.search(rf"\n按 {DAY} 的法律检查了 [0-9]+ 个文件：没有问题\n\Z", done.err)


def test_problems_are_on_standard_output_and_counted_apart(clerk):
    clerk.write(ITEM, clerk.read(ITEM).replace("状态: 有效", "状态：有效"))
    done = clerk("check", "--at", DAY)
    assert done.code == 1
    assert done.lines[0].startswith(f"{ITEM}:3:3: ")
    assert "[yaml-fullwidth-colon]" in done.lines[0]
    assert done.err.endswith("1 个问题\n")


def test_reviews_do_not_fail(clerk):
    clerk.write(ITEM, clerk.read(ITEM).replace("决定机关: 应急管理部门", "决定机关: 待核"))
    done = clerk("check", "--at", DAY)
    assert done.code == 0
    assert "待复核：" in done.out
    assert "处待复核" in done.err


@pytest.mark.parametrize("layout", ["github", "json"])
def test_formats_for_machines(clerk, layout):
    clerk.write(ITEM, clerk.read(ITEM).replace("行政处罚", "行政处份", 1))
    done = clerk("check", "--at", DAY, "--format", layout)
    assert done.code == 1
    if layout == "json":
        assert json.loads(done.out)[0]["rule"] == "form-enum"
    else:
        assert done.lines[0].startswith(f"::error file={ITEM},line=2,")


def test_the_day_is_that_of_the_newest_commit(clerk):
    Repository(clerk.root).commit("2026-10-01")
    assert "2026-10-01" in clerk("check").err


def test_the_summary_is_figures_only(clerk):
    done = clerk("check", "--at", DAY, "--summary")
    assert done.code == 0
    assert any(line.startswith("记录：") for line in done.lines)


# new


def test_a_skeleton_is_made_from_the_form(clerk):
    done = clerk("new", "items", "--set", "职权类型=行政处罚")
    assert (done.code, done.out) == (0, "catalog/items/xzcf-002.yaml\n")
    text = clerk.read("catalog/items/xzcf-002.yaml")
    assert text.startswith("# yaml-language-server: $schema=../../schema/items.schema.json\n# 权责事项：")
    filled = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert [line for line in filled if not line.startswith(" ")] == [
        "事项名称:",
        "职权类型: 行政处罚",
        "状态:",
        "行使主体:",
        "实施依据:",
        "处罚:",
    ]
    assert "# 规范名称，如「对……的处罚」。" in text
    assert "# 办理:" not in text


def test_a_skeleton_is_asked_to_be_filled_in(clerk):
    clerk("new", "items", "--set", "职权类型=行政检查")
    done = clerk("check", "--at", DAY)
    assert done.code == 1
    assert {line.rpartition(" ")[2] for line in done.lines} == {"[form-enum]", "[form-type]"}


def test_the_optional_fields_are_valid_when_uncommented(clerk):
    path = clerk("new", "bodies", "xin-ju").out.strip()
    needed, mark, rest = clerk.read(path).partition("——\n")
    clerk.write(path, needed + mark + re.sub("^# ", "", rest, flags=re.MULTILINE))
    rules = {line.rpartition(" ")[2] for line in clerk("check", "--at", DAY).lines}
    assert rules == {"[form-enum]", "[form-type]"}


def test_a_complete_record_is_sound_at_once(clerk):
    settings = ["名称=示例市消防救援局", "层级=市级", "类型=政府部门"]
    done = clerk("new", "bodies", *(word for one in settings for word in ("--set", one)))
    assert done.out == "catalog/bodies/shi-li-shi-xiao-fang-jiu-yuan-ju.yaml\n"
    assert clerk("check", "--at", DAY).code == 0


def test_an_id_of_the_past_is_never_given_again(clerk):
    repository = Repository(clerk.root)
    repository.write("catalog/items/xzcf-007.yaml", clerk.read(ITEM))
    repository.commit("2026-10-01")
    repository.remove("catalog/items/xzcf-007.yaml")
    repository.commit("2026-10-02")
    assert clerk("new", "items", "--set", "职权类型=行政处罚").out == "catalog/items/xzcf-008.yaml\n"
    assert clerk("new", "items", "xzcf-007").code == 2


def test_initials_of_a_type_without_records(clerk):
    assert clerk("new", "items", "--set", "职权类型=行政奖励").out == "catalog/items/xzjl-001.yaml\n"


def test_a_new_record_lies_where_its_like_lie(clerk):
    clerk.write("catalog/items/xzcf/xzcf-001.yaml", clerk.read(ITEM))
    (clerk.root / ITEM).unlink()
    (clerk.root / "catalog/items/xzjc").mkdir()
    (clerk.root / "catalog/items/xzjc-001.yaml").rename(clerk.root / "catalog/items/xzjc/xzjc-001.yaml")
    assert clerk("new", "items", "--set", "职权类型=行政处罚").out == "catalog/items/xzcf/xzcf-002.yaml\n"
    assert clerk("new", "items", "--set", "职权类型=行政奖励").out == "catalog/items/xzjl/xzjl-001.yaml\n"
    assert "../../../schema/" in clerk.read("catalog/items/xzjl/xzjl-001.yaml")


def test_an_unknown_collection_gets_a_skeleton(clerk):
    schema = {
        "title": "抽查",
        "type": "object",
        "required": ["抽查事项"],
        "properties": {
            "比例": {"$ref": "common.schema.json#/$defs/number"},
            "抽查事项": {"$ref": "common.schema.json#/$defs/title"},
        },
    }
    clerk.write("schema/checks.schema.json", json.dumps(schema))
    assert clerk("new", "checks", "--set", "抽查事项=加油站").out == "catalog/checks/jia-you-zhan.yaml\n"
    lines = clerk.read("catalog/checks/jia-you-zhan.yaml").splitlines()
    assert lines.index("抽查事项: 加油站") < lines.index("# 比例:")


# export


def test_csv_is_printed(clerk):
    done = clerk("export", "quan-ze-qing-dan", "--format", "csv")
    assert done.code == 0
    assert done.lines[0] == "\ufeff序号,事项名称,职权类型,实施依据,本文件声明"
    assert ",【演示】" in done.out


def test_the_format_is_that_of_the_file_name(clerk):
    for layout, start in (
        ("xlsx", b"PK"),
        ("json", b'{"schema_version"'),
        ("html", b"<meta "),
        ("csv", b"\xef\xbb\xbf"),
    ):
        file = clerk.root / f"清单.{layout}"
        done = clerk("export", "quan-ze-qing-dan", "-o", str(file))
        assert (done.code, done.out) == (0, "")
        assert file.read_bytes().startswith(start)


def test_html_is_a_fragment_that_needs_nothing(clerk):
    item = clerk.read(ITEM).replace("事项名称: 对", "事项名称: 对<b>&")
    clerk.write(ITEM, item)
    html = clerk("export", "quan-ze-qing-dan", "--format", "html").out
    assert html.index("【演示】") < html.index("<table")
    assert "<b>" not in html
    assert "&lt;b&gt;&amp;" in html
    assert not re.search(r"<(script|link|style|img|a)\b|class=|src=|href=|url\(", html)


def test_nothing_is_exported_that_lacks_a_record(clerk):
    clerk.write(ITEM, "事项名称：坏\n")
    done = clerk("export", "quan-ze-qing-dan", "--format", "csv")
    assert done.code == 1
    assert "事项名称,职权类型" not in done.out
    assert "没有导出" in done.err


def test_a_list_as_it_was_recorded(clerk):
    repository = Repository(clerk.root)
    first = repository.commit("2026-01-01")
    clerk.write(ITEM, clerk.read(ITEM).replace("教育和培训的处罚", "培训的处罚"))
    repository.commit("2026-06-01")
    assert "教育和培训的处罚" not in clerk("export", "quan-ze-qing-dan", "--format", "csv").out
    for when in ("2026-03-01", first):
        done = clerk("export", "quan-ze-qing-dan", "--format", "csv", "--at", when)
        assert done.code == 0
        assert "教育和培训的处罚" in done.out
        assert f"这是 2026-01-01 记录的内容（提交 {first[:12]}），不是现行清单。" in done.out
    assert clerk("export", "quan-ze-qing-dan", "--format", "csv", "--at", "2025-01-01").code == 2


# impact


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["安全生产法", "97"], ["xzcf-001"]),
        (["安全生产法97"], ["xzcf-001"]),
        (["《中华人民共和国安全生产法》第九十七条第三项"], ["xzcf-001"]),
        (["安全生产法第９７条"], ["xzcf-001"]),
        (["安全生产法", "九十七"], ["xzcf-001"]),
        (["安全生产法九十七条第三项"], ["xzcf-001"]),
        (["安全生产法第九十七条第二项"], []),
        (["安全生产法第六十五条"], ["xzjc-001"]),
        (["安全生产法第六十五条第一款第二项"], []),
        (["安全生产法第二十八条、第六十五条"], ["xzcf-001", "xzjc-001"]),
        (["安全生产法"], ["xzcf-001", "xzjc-001"]),
        (["煤矿安全监察条例"], []),
    ],
)
def test_what_rests_on_a_place(clerk, words, ids):
    done = clerk("impact", *words, "--format", "json")
    assert done.code == 0
    assert [one["编号"] for one in json.loads(done.out)["记录"]] == ids


def test_impact_in_words(clerk):
    lines = clerk("impact", "安全生产法", "97").lines
    assert lines[0] == "《安全生产法》第九十七条：1 条记录、2 处依据，1 张清单"
    assert f"{ITEM}  对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚（行政处罚、有效）" in lines
    assert "  实施依据第 2 条：《安全生产法》第九十七条第三项（罚则）" in lines
    assert "  处罚第 1 条：对生产经营单位，责令限期改正，处十万元以下罚款。" in lines
    assert "catalog/lists/quan-ze-qing-dan.yaml  示例市应急管理局权责清单：1 行，序号 1" in lines


@pytest.mark.parametrize("place", ["第一百二十条", "第三百条第一款"])
def test_a_place_that_the_law_does_not_have_is_told(clerk, place):
    assert f"《安全生产法》2021年修正没有{place}；请核对条号" in clerk("impact", f"安全生产法{place}").err
    assert "没有" not in clerk("impact", "安全生产法", "97").err


def test_runs_and_lists_of_articles_are_found(clerk):
    clerk.write(ITEM, clerk.read(ITEM).replace("条: 28, 款: 1", "条: 95至99"))
    found = json.loads(clerk("impact", "安全生产法", "98", "--format", "json").out)
    assert [one["编号"] for one in found["记录"]] == ["xzcf-001"]


def test_citing_a_whole_law_comes_last_and_is_told(clerk):
    clerk.write(
        "catalog/items/xzjc-001.yaml", clerk.read("catalog/items/xzjc-001.yaml").replace(", 条: 65, 款: 1, 项: 1", "")
    )
    found = json.loads(clerk("impact", "安全生产法", "97", "--format", "json").out)
    assert [(one["编号"], one["只引整部文件"]) for one in found["记录"]] == [("xzcf-001", False), ("xzjc-001", True)]


def test_records_that_refer_to_an_impacted_one(clerk):
    path = "catalog/procedures/xing-zheng-chu-fa.yaml"
    clerk.write(
        path,
        clerk.read(path).replace("- 环节: 决定", "- 环节: 决定\n    依据:\n      - {依据文件: 安全生产法, 条: 115}"),
    )
    assert "  被 1 条记录引用：xzcf-001" in clerk("impact", "安全生产法", "115").lines


# cite


def test_citations_as_yaml_ready_to_paste(clerk):
    done = clerk("cite", "依据《中华人民共和国安全生产法》第九十七条第（三）项和第98条", "--at", DAY)
    assert done.code == 0
    assert done.out == (
        "# 《安全生产法》第九十七条第三项：第九十七条第三项未核\n"
        "  - 依据文件: 安全生产法\n    条: 97\n    项: 3\n"
        "# 《安全生产法》第九十八条：2021年修正，2021-09-01 起施行，2026-11-23 有效\n"
        "  - 依据文件: 安全生产法\n    条: 98\n"
    )


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("《安全生产法》第一百二十条", DAY, "2021年修正只有 119 条，没有第一百二十条"),
        ("《煤矿安全监察条例》第十条", DAY, "自 2024-05-01 起废止，由《煤矿安全生产条例》替代"),
        ("《煤矿安全生产条例》第一条", "2024-01-01", "自 2024-05-01 起施行，在 2024-01-01 还不能作依据"),
        ("《安全生成法》第一条", DAY, "没有收录；最接近的是《安全生产法》"),
    ],
)
def test_what_is_wrong_with_a_citation(clerk, text, at, said):
    done = clerk("cite", text, "--at", at)
    assert done.code == 1
    assert said in next(line for line in done.lines if line.startswith("# 注意："))


def test_a_text_without_citations(clerk):
    done = clerk("cite", "没有引用", "--at", DAY)
    assert (done.code, done.out) == (1, "")
    assert "没有找到依据" in done.err


def test_a_text_longer_than_any_name_of_a_file(clerk):
    assert "条: 97" in clerk("cite", f"{'查' * 200}《安全生产法》第九十七条", "--at", DAY).out


def test_a_text_from_the_standard_input(clerk):
    assert "条: 97" in clerk("cite", "-", "--at", DAY, typed="《安全生产法》第九十七条\n").out


# cite --replace


def replace(clerk, old, new, *more):
    return clerk("cite", "--replace", old, new, "--at", DAY, *more)


def test_replacing_is_first_shown(clerk):
    before = clerk.files()
    done = replace(clerk, "安全生产法第九十七条第三项", "安全生产法第九十八条第二款")
    assert done.code == 1
    assert "+  - {依据文件: 安全生产法, 条: 98, 款: 2, 作用: 罚则}" in done.lines
    assert "会改 1 个文件、2 处依据" in done.err
    assert clerk.files() == before


def test_replacing_changes_those_lines_and_no_others(clerk):
    text = (
        "# 头\n事项名称: 对生产经营单位的监督检查\n职权类型: 行政检查 # 类型\n状态: 有效\n"
        "行使主体: [shi-ying-ji-guan-li-ju]\n"
        "实施依据:\n  # 依据\n  - 依据文件: 安全生产法\n    条: 65 # 旧\n    款: 1\n    项: 1\n\n    作用: 职权\n"
        "核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}\n"
    )
    path = "catalog/items/xzjc-001.yaml"
    clerk.write(path, text)
    done = replace(clerk, "安全生产法第六十五条", "安全生产法第六十六条", "--write")
    assert done.code == 0
    assert clerk.read(path) == text.replace("条: 65 # 旧", "条: 66 # 旧")


def test_another_instrument(clerk):
    done = replace(clerk, "安全生产法第六十五条第一款第一项", "煤矿安全生产条例第十条", "--write")
    assert done.code == 0
    assert "  - {依据文件: 煤矿安全生产条例, 条: 10, 作用: 职权}\n" in clerk.read("catalog/items/xzjc-001.yaml")


def test_the_result_is_checked(clerk):
    done = replace(clerk, "安全生产法第六十五条第一款第一项", "煤矿安全监察条例第十条", "--write")
    assert done.code == 1
    assert "[repealed-instrument]" in done.out


@pytest.mark.parametrize(
    ("citation", "old", "new", "why"),
    [
        ("条: 65, 款: 1", "安全生产法第六十五条", "安全生产法第六十六条第二款", "它写到了款，而换成的写到款"),
        ("条: 65", "安全生产法第六十五条第一款", "安全生产法第六十六条", "它没有写到款"),
        ("条: [65, 66]", "安全生产法第六十五条", "安全生产法第六十六条第二款", "它一并引了几处"),
        ("条: 60至66", "安全生产法第六十五条", "安全生产法第六十七条", "它一并引了几处"),
        ("条: 65, 版本: 2021年修正", "安全生产法第六十五条", "安全生产法第六十六条", "它指明了版本"),
    ],
)
def test_what_needs_a_person_is_left_and_told(clerk, citation, old, new, why):
    path = "catalog/items/xzjc-001.yaml"
    clerk.write(path, clerk.read(path).replace("条: 65, 款: 1, 项: 1", citation))
    done = replace(clerk, old, new)
    assert done.code == 1
    assert f"没有改：{why}" in done.out
    assert "0 个文件" in done.err


@pytest.mark.parametrize(
    ("citation", "after"),
    [
        ("条: [64, 65]", "条: [64, 68]"),
        ("条: 65, 款: 3", "条: 68, 款: 3"),
        ("条: 65, 款: [1, 2]", "条: 68, 款: [1, 2]"),
    ],
)
def test_the_rest_of_a_citation_stays(clerk, citation, after):
    path = "catalog/items/xzjc-001.yaml"
    clerk.write(path, clerk.read(path).replace("条: 65, 款: 1, 项: 1", citation))
    replace(clerk, "安全生产法第六十五条", "安全生产法第六十八条", "--write")
    assert f"{{依据文件: 安全生产法, {after}, 作用: 职权}}" in clerk.read(path)


def test_a_quotation_of_the_old_text_is_told(clerk):
    path = "catalog/items/xzjc-001.yaml"
    clerk.write(path, clerk.read(path).replace("项: 1,", "项: 1, 摘录: 原话,"))
    assert "「摘录」还是原来的条文" in replace(clerk, "安全生产法第六十五条", "安全生产法第六十六条").out


def test_nothing_to_replace(clerk):
    done = replace(clerk, "安全生产法第十条", "安全生产法第十一条")
    assert (done.code, done.out) == (0, "")


def test_several_places_at_once_are_refused(clerk):
    assert replace(clerk, "安全生产法第十条、第十一条", "安全生产法第十二条").code == 2


# 编辑器


def test_the_editor_knows_the_form_of_every_file():
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    forms = {path.name.removesuffix(".schema.json") for path in (ROOT / "schema").glob("*.schema.json")} - {"common"}
    wanted = {f"./schema/{name}.schema.json": f"catalog/{name}/**/*.yaml" for name in forms - {"site", "words"}}
    single = {f"./schema/{name}.schema.json": f"catalog/{name}.yaml" for name in ("site", "words")}
    assert settings == {**wanted, **single}


# previous


def manifest(commit):
    empty = {"tree": "", "at": "", "previous": "", "changes": [], "quanze": "0", "requirements_lock": "", "files": {}}
    return json.dumps({"commit": commit, **empty}).encode()


def test_the_commit_that_is_published_now(clerk):
    with serve({"a/manifest.json": manifest("a" * 40)}) as url:
        clerk.write("catalog/site.yaml", clerk.read("catalog/site.yaml") + f"网址: {url}a/\n")
        assert clerk("previous") == (0, f"{'a' * 40}\n", "")
        assert clerk("previous", f"{url}b/") == (0, "", "网上还没有公布过的网站\n")


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (manifest(""), 2, "草稿"),
        (manifest("$(touch x)"), 2, "读不懂"),
        (b"<html>", 2, "读不懂"),
        (lambda handler: handler.send_error(503), 2, "服务器答复 503"),
    ],
)
def test_what_is_not_known_is_never_taken_for_the_first_publication(clerk, content, code, said):
    with serve({"manifest.json": content}) as url:
        done = clerk("previous", url)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


@pytest.mark.parametrize("head", [b"", b"x\n", lambda handler: handler.send_error(503)])
def test_a_log_without_a_manifest_is_no_first_publication(clerk, head):
    with serve({"log/checkpoint": head}) as url:
        done = clerk("previous", url)
    assert (done.code, done.out) == (2, "")
    assert "公布日志，却没有清单文件" in done.err or "读不到 log/checkpoint" in done.err


def test_without_an_address_it_is_asked_for(clerk):
    assert clerk("previous").code == 2


@pytest.mark.skipif(not shutil.which("make"), reason="没有 make")
@pytest.mark.parametrize(
    "attack", ["$(touch${IFS}pwned)", "`touch${IFS}pwned`", "$(shell touch pwned)", "';touch pwned;'"]
)
def test_no_value_of_a_record_reaches_a_shell(clerk, attack):
    clerk.write("catalog/site.yaml", f'网址: "https://a.example/{attack}/"\n{clerk.read("catalog/site.yaml")}')
    shutil.copy(ROOT / "Makefile", clerk.root)
    tools = Path(sys.executable).parent
    for target in ("previous", "check"):
        command = ["make", "--silent", "--old-file=.venv/site", f"BIN={tools}", target]
        done = subprocess.run(command, cwd=clerk.root, check=False, capture_output=True, text=True)
        assert done.returncode
    assert not (clerk.root / "pwned").exists()


@pytest.mark.skipif(not shutil.which("make"), reason="没有 make")
@pytest.mark.parametrize("makefile", [ROOT / "Makefile", ROOT / "src/quanze/edit/starter/templates/Makefile"])
def test_an_old_python_is_told_before_anything_is_made(tmp_path, makefile):
    shutil.copy(makefile, tmp_path / "Makefile")
    old = tmp_path / "python-old"
    older = "import sys; sys.version_info = (3, 9, 18); exec(sys.argv[2])"
    old.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{older}' \"$@\"\n", "utf-8")
    old.chmod(0o755)
    command = ["make", "--silent", f"PYTHON={old}", ".venv/bin/python"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode
    assert done.stderr.startswith(f"要 Python 3.11 以上，{old} 是 3.9；")
    assert not (tmp_path / ".venv").exists()


def test_who_interrupts_a_command_while_it_loads_is_told_so(monkeypatch, capsys):
    class Loading:
        @property
        def main(self) -> None:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "quanze.cli", Loading())
    with pytest.raises(SystemExit) as left:
        __main__.main()
    assert (left.value.code, capsys.readouterr().err) == (2, "中断了\n")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), "内存不够；"),
        (
            ImportError("failed to map segment from shared object", name="_ssl"),
            "装载不了 _ssl：装得不全，或者内存不够；",
        ),
        (ModuleNotFoundError("No module named 'lxml'", name="lxml"), "装载不了 lxml：装得不全，或者内存不够；"),
    ],
)
def test_a_command_without_memory_or_a_library_ends_in_a_sentence(monkeypatch, capsys, error, told):
    def lacking():
        raise error

    monkeypatch.setattr(cli, "main", lacking)
    with pytest.raises(SystemExit) as left:
        __main__.main()
    said = capsys.readouterr().err
    assert (left.value.code, said.startswith(told), said.count("\n")) == (2, True, 1)


def test_a_module_of_our_own_that_is_not_there_is_a_fault_of_ours(monkeypatch):
    def lacking():
        raise ImportError("cannot import name 'x'", name="quanze.io")

    monkeypatch.setattr(cli, "main", lacking)
    with pytest.raises(ImportError, match="cannot import"):
        __main__.main()


@pytest.mark.skipif(os.name == "nt", reason="没有这样的信号")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_command_that_is_told_to_end_ends_as_if_interrupted(name):
    told = f"import os, signal; os.kill(os.getpid(), signal.{name})"
    usual = f"import signal; signal.signal(signal.{name}, signal.SIG_DFL)"  # who runs the tests may ignore it: nohup
    program = f"{usual}; from quanze import __main__, cli; cli.main = lambda: exec({told!r}); __main__.main()"
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "中断了\n")


@pytest.mark.parametrize(
    ("encoding", "read_as"), [("latin-1", "utf-8"), ("cp1252", "utf-8"), ("ascii", "utf-8"), ("gbk", "gbk")]
)
def test_an_encoding_without_chinese_is_not_written_in(encoding, read_as):
    program = "from quanze import __main__; __main__.main()"
    words, environment = ("check", "--at", "x"), {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", program, *words], check=False, capture_output=True, env=environment)
    assert done.stderr.decode(read_as).startswith("--at：「x」不是日期")


# 日期


@pytest.mark.parametrize(("newest", "told"), [("2020-01-01", ""), ("", ""), ("2999-01-01", "这一天还没有到")])
def test_a_newest_commit_of_a_day_that_has_not_come_is_told(newest, told, capsys):
    options.tell_ahead(newest)
    assert told in (said := capsys.readouterr().err)
    assert bool(said) is bool(told)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux")
def test_bytes_that_are_no_text_are_told(tmp_path):
    command = [sys.executable, "-m", "quanze", "log", "key", b"\xff", "-o", str(tmp_path / "key")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "参数「�」里有的字节不是 UTF-8，读不出是什么字；请按 UTF-8 重写\n")
    assert not (tmp_path / "key").exists()
