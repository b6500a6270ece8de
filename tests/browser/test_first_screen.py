"""What a telephone shows first of a power of each type: answers, and nothing that is not known before them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests import golden, project
from tests.browser.browsing import opening, origin, serving

from quanze.edit.starter.package import folder as packaged
from quanze.form.schema import load_forms

PHONE = {"width": 375, "height": 812}
FOLD = 700
TYPES = {
    "行政许可": "xzxk",
    "行政处罚": "xzcf",
    "行政强制": "xzqz",
    "行政征收": "xzzs",
    "行政给付": "xzjf",
    "行政检查": "xzjc",
    "行政确认": "xzqr",
    "行政奖励": "xzjl",
    "行政裁决": "xzcj",
    "行政征用": "xzzy",
    "其他行政权力": "qtql",
    "公共服务": "ggfw",
}
BUREAU = "shi-ying-ji-guan-li-ju"
ITEM = """事项名称: {name}
职权类型: {type}
状态: 有效
行使主体: [shi-ying-ji-guan-li-ju]
法定实施主体: 应急管理部门
承办机构: 待核
行使层级: [{{层级: 市级, 权限: 市县分工待核}}, {{层级: 县级}}]
行使内容: 对本行政区域内生产经营单位的有关情况依照法律、法规规定的条件和程序办理，并把结果书面告知当事人。
实施依据: [{{依据文件: 安全生产法, 条: 97, 作用: 职权}}]
核对: {{日期: "2026-11-01", 来源: 逐条核对}}
{more}"""
NAME = "对生产经营单位未按照规定向从业人员如实告知作业场所危险因素的{}"
SANCTIONS = """处罚:
  - {情形: 基本情形, 对象: 生产经营单位, 种类: [罚款], 责令: [责令限期改正], 力度: 应当, 罚款: {上限: 100000},
     决定机关: 应急管理部门, 依据: [{依据文件: 安全生产法, 条: 97}]}
  - {情形: 逾期未改正的, 对象: 生产经营单位, 种类: [责令停产停业整顿, 罚款], 力度: 应当,
     罚款: {下限: 100000, 上限: 200000}, 决定机关: 应急管理部门, 依据: [{依据文件: 安全生产法, 条: 97}]}
  - {情形: 逾期未改正的, 对象: 直接负责的主管人员, 种类: [罚款], 力度: 应当, 罚款: {下限: 20000, 上限: 50000},
     决定机关: 应急管理部门, 依据: [{依据文件: 安全生产法, 条: 97}]}
"""
LONG = (
    "对生产经营单位的危险化学品专用储存场所未按照规定设置安全设施、设备，"
    "经检测、检验不合格后仍未停止使用并维修或者更换的处罚"
)
"""A title as long as the longest of the reference register, of which several may decide."""
OTHERS = """  - {情形: 情节严重的, 对象: 生产经营单位, 种类: [吊销许可证件], 力度: 应当, 决定机关: 原发证机关,
     依据: [{依据文件: 安全生产法, 条: 97}]}
  - {情形: 情节特别严重的, 对象: 生产经营单位, 种类: [吊销营业执照], 力度: 应当, 决定机关: 市场监督管理部门,
     依据: [{依据文件: 安全生产法, 条: 97}]}
"""
HANDLING = """办理:
  条件: 有符合规定的场所、设备和专职管理人员。
  材料: [申请表, 营业执照, 安全评价报告, 安全管理制度清单, 主要负责人合格证明, 从业人员培训记录, 平面布置图]
  法定时限: 二十个工作日
  承诺时限: 待核
  收费: {是否: false}
  网办: https://fuwu.example/banli/
"""
GUIDE = """名称: 首次申请
对应事项: xzxk-900
办件类型: 承诺件
状态: 有效
到现场次数: 1
地点: 示例市政务服务中心二楼
"""
FICTITIOUS = ("  启用: true\n", "  启用: true\n  虚构: true\n")
"""A bureau that does not exist may have a telephone; its pages bear the longer first line."""
BODY = '电话: [{用途: 咨询, 号码: "0990-1234567"}]\n'


@pytest.fixture(name="powers", scope="module")
def _powers(tmp_path_factory, browser):
    """Open pages of a small register with a power of every type, and the remedies that the package brings."""
    catalog = tmp_path_factory.mktemp("powers") / "catalog"
    shutil.copytree(golden.BASE / "catalog", catalog)
    for name in ("remedies", "laws"):
        for path in sorted(packaged(f"catalog/{name}").iterdir()):
            target = catalog / name / path.name
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                shutil.copy(path, target)
    site = catalog / "site.yaml"
    site.write_text(site.read_text("utf-8").replace(*FICTITIOUS), "utf-8")
    with (catalog / f"bodies/{BUREAU}.yaml").open("a", encoding="utf-8") as body:
        body.write(BODY)
    (catalog / "services").mkdir()
    (catalog / "services/fwzn-001.yaml").write_text(GUIDE, "utf-8")
    for type_, prefix in TYPES.items():
        more = {"行政处罚": SANCTIONS, "行政许可": HANDLING}.get(type_, "")
        text = ITEM.format(name=NAME.format(type_), type=type_, more=more)
        (catalog / f"items/{prefix}-900.yaml").write_text(text, "utf-8")
    ended = ITEM.replace("有效", "取消") + "终止日期: 2026-05-01\n终止原因: 法律改了\n承接事项: xzcf-900\n"
    long = NAME.format("行政处罚（2026年5月1日以前的行为）")
    (catalog / "items/xzcf-901.yaml").write_text(ended.format(name=long, type="行政处罚", more=SANCTIONS), "utf-8")
    several = ITEM.format(name=LONG, type="行政处罚", more=SANCTIONS + OTHERS)
    (catalog / "items/xzcf-902.yaml").write_text(several, "utf-8")
    root = project.copy(tmp_path_factory.mktemp("powers") / "p", catalog=catalog)
    with serving(project.build(root)) as server, opening(browser, origin(server), viewport=PHONE) as opened:
        yield opened


@pytest.fixture(name="page", scope="module")
def _page(powers):
    """Return one page for what only looks at what is there."""
    return powers()


def answers(page):
    return dict(
        page.eval_on_selector_all(
            ".qz-first > div", "rows => rows.map(one => [one.children[0].innerText, one.children[1].innerText])"
        )
    )


def test_there_is_a_power_of_every_type():
    types = load_forms(project.ROOT / "schema")["items"].schema["properties"]["职权类型"]["enum"]
    assert {*TYPES} == {*types}


@pytest.mark.parametrize(("type_", "prefix"), TYPES.items())
def test_the_answers_stand_on_the_first_screen(page, type_, prefix):
    page.goto(f"items/{prefix}-900/")
    bottom = page.evaluate("document.querySelector('.qz-first').getBoundingClientRect().bottom")
    assert bottom <= FOLD
    told = answers(page)
    assert told["谁来管"].startswith("示例市应急管理局（市级）")
    assert "0990-1234567" in told["谁来管"]
    assert "六十日内" in " ".join(told.values())
    assert not {"待核", "未载明"} & {word for word in ("待核", "未载明") for one in told.values() if word in one}
    assert page.inner_text(".qz-state").split() == [type_, "有效"]
    first = page.eval_on_selector_all("h2", "heads => heads.slice(0, 2).map(one => one.id)")
    assert "todo" in first


def test_the_answers_stand_there_in_large_letters_too(powers):
    page = powers("items/xzcf-900/")
    page.evaluate("localStorage.setItem('quanze.elder', '1')")
    bottoms = {}
    for prefix in TYPES.values():
        page.goto(f"items/{prefix}-900/")
        bottoms[prefix] = page.evaluate("document.querySelector('.qz-first').getBoundingClientRect().bottom")
    assert {prefix: bottom for prefix, bottom in bottoms.items() if bottom > FOLD} == {}


def test_the_answers_of_what_has_ended_stand_there_too(powers):
    page = powers("items/xzcf-901/")
    assert page.locator(".qz-ended").is_visible()
    assert page.evaluate("document.querySelector('.qz-first').getBoundingClientRect().bottom") <= FOLD


@pytest.mark.parametrize("elder", [False, True])
def test_the_answers_under_a_long_title_stand_there_too(powers, elder):
    page = powers()
    page.add_init_script(f"localStorage.setItem('quanze.elder', '{'1' if elder else ''}')")
    page.goto("items/xzcf-902/")
    assert "吊销营业执照" in answers(page)["最重"]
    assert page.evaluate("document.querySelector('.qz-first').getBoundingClientRect().bottom") <= FOLD


def test_a_penalty_says_what_it_can_cost_and_when_it_is_heard(powers):
    told = answers(powers("items/xzcf-900/"))
    assert [*told][:3] == ["最重", "听证", "不服"]
    assert told["最重"] == "罚款最高 20 万元（对生产经营单位）；还可能责令停产停业整顿"
    assert told["听证"].startswith("拟责令停产停业整顿，或者罚款数额较大的，可以要求")
    assert "向示例市人民政府申请行政复议" in told["不服"]


def test_a_licence_says_how_one_applies(powers):
    page = powers("items/xzxk-900/")
    told = answers(page)
    for text in (
        "法定时限 二十个工作日",
        "材料 7 样，见下",
        "收费 否",
        "网办 去办理",
        "到现场次数 1 次",
        "地点 示例市政务",
    ):
        assert text in told["办理"]
    assert "承诺时限" not in told["办理"]
    assert page.eval_on_selector_all("h2", "heads => heads[0].id") == "how"


def test_what_is_not_known_and_the_dates_stand_at_the_end(powers):
    page = powers("items/xzcf-900/")
    for text in ("索引号", "发布时间", "永久网址", "承办机构"):
        place = page.evaluate("text => document.querySelector('article').innerText.indexOf(text)", text)
        assert place == -1 or place > page.evaluate("document.querySelector('article').innerText.indexOf('依据什么')")
    assert page.locator(".qz-dateline").count() == 1


@pytest.mark.parametrize(("type_", "prefix"), TYPES.items())
def test_the_sheet_of_every_type_is_one_page(page, type_, prefix):
    page.goto(f"items/{prefix}-900/#sheet")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, type_


def test_the_sheet_of_a_licence_says_how_one_applies(powers):
    page = powers("items/xzxk-900/#sheet")
    page.emulate_media(media="print")
    told = page.inner_text("article")
    for text in ("有符合规定的场所", "平面布置图", "二十个工作日", "收费", "政务服务中心二楼", "网办", "到现场次数"):
        assert text in told


# --- the last day


def days(page, received):
    page.fill("[data-qz-lastday] input", received)
    page.locator(".qz-lastday__days").first.wait_for()
    return [one.replace("\n", " ") for one in page.locator(".qz-lastday__days > li").all_inner_texts()]


def test_the_last_days_are_counted_in_the_page(powers):
    page = powers("items/xzcf-900/")
    told = days(page, "2026-08-02")
    assert len(told) == 9
    assert told[0].startswith("要求听证：最迟 2026-08-07（星期五）")
    assert "《行政处罚法》第六十四条第一款第一项" in told[0]
    assert told[1].startswith("缴纳罚款：最迟 2026-08-17（星期一）")
    assert told[2].startswith("申请行政复议：最迟 2026-10-08（星期四）")
    assert "2026-10-01（星期四）是休假日，依《行政复议法》第八十八条第一款、《民事诉讼法》第八十五条顺延" in told[2]
    assert told[3].startswith("提起行政诉讼：最迟 2027-02-02（星期二）")
    assert "是不是休假日未定" in told[3]


def test_where_no_law_postpones_it_says_so(powers):
    told = days(powers("items/xzcf-900/"), "2026-09-18")
    assert told[1].startswith("缴纳罚款：最迟 2026-10-03（星期六）")
    assert "没有查到可以顺延的法律规定" in told[1]


def test_beyond_the_calendar_a_day_is_open(powers):
    told = days(powers("items/xzcf-900/"), "2026-12-30")
    assert told[0].startswith("要求听证：未定")


def test_the_last_days_go_into_a_calendar_and_as_text(powers):
    page = powers("items/xzcf-900/", permissions=["clipboard-read", "clipboard-write"])
    days(page, "2026-11-03")
    with page.expect_download() as download:
        page.click("text=存入日历")
    content = Path(download.value.path()).read_bytes().decode()
    lines = content.replace("\r\n ", "").split("\r\n")
    assert max(len(line.encode()) for line in content.split("\r\n")) <= 75
    assert "DTSTART;VALUE=DATE:20261118" in lines
    assert any(line.startswith("SUMMARY:【虚构示例】最迟：缴纳罚款") for line in lines)
    assert content.count("BEGIN:VEVENT") == 9
    page.click("text=复制成文字")
    page.wait_for_selector("text=已复制")
    assert "行政处罚决定书，缴纳罚款：最迟 2026-11-18（星期三）" in page.evaluate("navigator.clipboard.readText()")


def test_nothing_is_kept_and_without_script_it_says_so(powers):
    page = powers("items/xzcf-900/")
    days(page, "2026-11-03")
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    page = powers("items/xzcf-900/", java_script_enabled=False)
    assert not page.locator("[data-qz-lastday]").is_visible()
    assert "要用脚本" in page.content()
