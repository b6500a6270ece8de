"""The form in the browser: six tasks of a clerk, wide and narrow, each in at most ten steps, and no YAML seen."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from tests import project
from tests.browser.browsing import NARROW, WIDE, opening, origin, serving, sideways, violations
from tests.editing import BODY, COUNTY_BODY, INSPECTION, LIFT_CHECK, LIFTS, PENALTY, county, made

from quanze.check.checking import check
from quanze.io.workbook import KEPT
from quanze.io.yaml import read

MOST = 10


@pytest.fixture(name="register", scope="module")
def _register(tmp_path_factory):
    return made(tmp_path_factory.mktemp("edit"))


@pytest.fixture(name="opened")
def _opened(browser, register):
    with serving(register / "site") as server, opening(browser, origin(server)) as opened:
        yield opened


class Clerk:
    """A person at a form, who counts the steps."""

    def __init__(self, page, register):
        self.page, self.register, self.steps = page, register, 0
        page.wait_for_selector(".qz-edit__form")

    def field(self, *path):
        place = "[" + ",".join(f'"{step}"' if isinstance(step, str) else str(step) for step in path) + "]"
        return self.page.locator(f"[data-path='{place}']").locator("input, select, textarea").first

    def write(self, field, text):
        self.steps += 1
        field.fill(text)

    def choose(self, field, word):
        self.steps += 1
        field.select_option(word)

    def press(self, name):
        self.steps += 1
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def save(self):
        """Take the file that comes of it, and hold it against the check of the whole register."""
        assert self.page.locator("pre:visible").count() == 0, "YAML is seen"
        self.steps += 1
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name="下载文件").click()
        path = self.page.locator(".qz-edit__told").inner_text().rpartition("放到 ")[2].rstrip("。")
        text = waiting.value.path().read_text("utf-8")
        assert self.steps <= MOST
        assert sideways(self.page) == 0
        file = self.register / path
        before = file.read_text("utf-8") if file.exists() else None
        file.write_text(text, "utf-8")
        try:
            assert [one.message for one in check(self.register, project.DAY).errors] == []
        finally:
            if before is None:
                file.unlink()
            else:
                file.write_text(before, "utf-8")
        return path, before, text

    def told(self):
        """Return what the page says is changed: field, old, new."""
        rows = self.page.locator(".qz-edit__changes tbody tr").all()
        return [tuple(cell.strip() for cell in row.locator("th, td").all_inner_texts()) for row in rows]


@pytest.fixture(name="clerk", params=[WIDE, NARROW], ids=["wide", "narrow"])
def _clerk(opened, register, request):
    return lambda path: Clerk(opened(f"edit/{path}/", viewport=request.param), register)


def test_correct_a_telephone_number(clerk):
    one = clerk(BODY)
    one.write(one.field("电话", 0, "号码"), "0990-7654321")
    one.page.wait_for_selector(".qz-edit__changes")
    assert one.told() == [("「电话」第 1 条的「号码」", "0990-1234567", "0990-7654321")]
    path, before, text = one.save()
    assert path == f"catalog/{BODY}.yaml"
    assert text == before.replace("0990-1234567", "0990-7654321")


def test_add_an_item(clerk):
    one = clerk("items/new")
    one.write(one.field("事项名称"), "对生产经营单位应急预案的检查")
    one.choose(one.field("职权类型"), "行政检查")
    one.choose(one.field("状态"), "有效")
    one.write(one.field("行使主体", 0), "示例市应急管理局")
    one.write(one.field("实施依据", 0), "安全生产法第六十五条第一款第一项")
    one.page.wait_for_selector("text=读作《安全生产法》第六十五条第一款第一项")
    one.page.wait_for_selector("text=改动 5 处")
    assert [name for name, *_ in one.told()][:2] == ["「事项名称」", "「职权类型」"]  # as the form asks them
    path, _, text = one.save()
    assert path == "catalog/items/xzjc-002.yaml"
    assert read(text.encode(), "")[0] == {
        "事项名称": "对生产经营单位应急预案的检查",
        "职权类型": "行政检查",
        "状态": "有效",
        "行使主体": ["shi-ying-ji-guan-li-ju"],
        "实施依据": [{"依据文件": "安全生产法", "条": 65, "款": 1, "项": 1}],
    }


def test_end_an_item(clerk):
    one = clerk(INSPECTION)
    one.choose(one.field("状态"), "取消")
    one.write(one.field("终止日期"), "2026-06-01")
    one.write(one.field("终止原因"), "依据废止")
    one.page.wait_for_selector("text=改动 3 处")
    _, before, text = one.save()
    ended = "状态: 取消\n终止日期: 2026-06-01\n终止原因: 依据废止\n"
    assert text == before.replace("状态: 有效\n", ended)


def test_change_a_basis(clerk):
    one = clerk(INSPECTION)
    one.write(one.field("实施依据", 0), "《安全生产法》第四百条")
    one.page.wait_for_selector("text=《安全生产法》只有 119 条，没有第四百条")
    assert one.page.get_by_role("button", name="下载文件").count() == 0
    one.write(one.field("实施依据", 0), "《安全生产法》第六十六条")
    one.page.wait_for_selector("text=表单检查没有问题")
    _, before, text = one.save()
    changed = "  - {依据文件: 安全生产法, 条: 66, 作用: 职权}\n"
    assert text == before.replace("  - {依据文件: 安全生产法, 条: 65, 款: 1, 项: 1, 作用: 职权}\n", changed)


def test_add_a_tier(clerk):
    one = clerk("benchmarks/cljz-001")
    row = one.page.locator("[data-path='[\"阶次\",1]']")
    one.write(row.get_by_label("上限"), "60000")
    one.press("添加一条阶次")
    fresh = one.page.locator("[data-path='[\"阶次\",2]']")
    one.choose(fresh.locator("select").first, "从重")
    one.write(fresh.get_by_label("情节"), "五人以上")
    one.write(fresh.get_by_label("下限"), "60000")
    one.write(fresh.get_by_label("上限"), "100000")
    one.page.wait_for_selector("text=表单检查没有问题")
    _, before, text = one.save()
    assert text.startswith(before.partition("  - {阶次: 一般")[0])
    assert [tier["上限"] for tier in read(text.encode(), "")[0]["阶次"]] == [30000, 60000, 100000]


def test_answer_the_check(clerk):
    one = clerk(INSPECTION)
    assert "最近一次核对是 2024-01-01" in one.page.locator(".qz-edit__problems").inner_text()
    one.press("去改")
    assert one.page.evaluate("document.activeElement.value") == "2024-01-01"
    one.write(one.page.locator(":focus"), "2026-11-20")
    one.page.wait_for_selector("text=改动 1 处")
    _, before, text = one.save()
    assert text == before.replace("日期: 2024-01-01", "日期: 2026-11-20")


@pytest.fixture(name="bureau", scope="module")
def _bureau(tmp_path_factory):
    return county(tmp_path_factory.mktemp("county") / "市监")


@pytest.fixture(name="stranger", params=[WIDE, NARROW], ids=["wide", "narrow"])
def _stranger(browser, bureau, request):
    """A person at a form of another bureau, as `quanze init` begins one, with columns of its own."""
    with serving(bureau / "site") as server, opening(browser, origin(server), viewport=request.param) as opened:
        yield lambda path: Clerk(opened(f"edit/{path}/"), bureau)


def test_a_stranger_corrects_a_number_and_loses_no_comment(stranger):
    one = stranger(COUNTY_BODY)
    one.write(one.field("电话", 0, "号码"), "0990-1111111")
    one.page.wait_for_selector(".qz-edit__changes")
    _, before, text = one.save()
    assert text == before.replace("0990-7654321", "0990-1111111")


def test_a_stranger_s_own_columns_are_filled_in_and_changed(stranger):
    one = stranger(LIFTS)
    assert "抽检比例（%）" in one.page.locator("[data-path='[\"抽检比例\"]']").inner_text()
    one.choose(one.field("风险等级"), "低")
    one.write(one.field("抽检比例"), "12.5")
    one.write(one.field("重点场所"), "学校\n医院\n车站")
    one.write(one.field("检验机构", 0, "有效期至"), "2028-06-30")
    one.page.get_by_label("气瓶").check()
    one.steps += 1
    one.page.wait_for_selector("text=改动 5 处")
    _, before, text = one.save()
    for old, new in (
        ("风险等级: 高", "风险等级: 低"),
        ("抽检比例: 5\n", "抽检比例: 12.5\n"),
        ("  - 医院   # 急诊楼\n", "  - 医院   # 急诊楼\n  - 车站\n"),
        ("2027-12-31, 项目: [锅炉, 电梯]}", "2028-06-30, 项目: [锅炉, 电梯, 气瓶]}"),
    ):
        assert old in before
        before = before.replace(old, new)
    assert text == before


def test_a_stranger_adds_an_item_with_a_column_of_its_own(stranger):
    one = stranger("items/new")
    one.write(one.field("事项名称"), "对气瓶充装单位的监督检查")
    one.choose(one.field("职权类型"), "行政检查")
    one.choose(one.field("状态"), "有效")
    one.write(one.field("行使主体", 0), "临溪县市场监督管理局")
    one.write(one.field("实施依据", 0), "溪省电梯安全条例第9条")
    one.choose(one.page.get_by_label("再写一个栏目").last, "风险等级")
    one.choose(one.field("风险等级"), "中")
    one.page.wait_for_selector("text=表单检查没有问题")
    path, _, text = one.save()
    assert path == "catalog/items/xzjc-002.yaml"
    assert text.endswith("  - 依据文件: 溪省电梯安全条例\n    条: 9\n风险等级: 中\n")


def test_a_stranger_ends_a_power(stranger):
    one = stranger(LIFTS)
    one.choose(one.field("状态"), "下放")
    one.write(one.field("终止日期"), "2026-11-01")
    one.write(one.field("终止原因"), "职权下放")
    one.page.wait_for_selector("text=改动 3 处")
    _, before, text = one.save()
    assert text == before.replace("状态: 有效\n", "状态: 下放\n终止日期: 2026-11-01\n终止原因: 职权下放\n")


def test_a_stranger_changes_a_basis(stranger):
    one = stranger(LIFT_CHECK)
    one.write(one.field("实施依据", 0), "《溪省电梯安全条例》第十条第二款")
    one.page.wait_for_selector("text=改动 1 处")
    _, before, text = one.save()
    assert text == before.replace("条: 9, 作用: 职权} # 一般", "条: 10, 款: 2, 作用: 职权} # 一般")


def test_a_draft_of_a_penalty_needs_no_more_than_its_name(stranger):
    """What is not sure yet is 拟; what a penalty cannot have is not offered."""
    one = stranger("items/new")
    one.write(one.field("事项名称"), "对未设置电梯安全管理机构的处罚")
    one.choose(one.field("职权类型"), "行政处罚")
    one.choose(one.field("状态"), "拟")
    one.write(one.field("行使主体", 0), "临溪县市场监督管理局")
    one.page.wait_for_selector("text=表单检查没有问题")
    offered = one.page.get_by_label("再写一个栏目").last.locator("option").all_inner_texts()
    assert "程序" in offered
    assert not {"办理", "终止日期"} & {*offered}
    path, _, text = one.save()
    assert path == "catalog/items/xzcf-002.yaml"
    assert "状态: 拟" in text


def test_what_is_missing_is_where_the_check_leads(stranger):
    """The field that it says is not there is shown, empty, and nothing else is changed."""
    one = stranger(LIFT_CHECK)
    assert "没有写「核对」" in one.page.locator(".qz-edit__problems").inner_text()
    assert one.page.locator("[data-path='[\"核对\"]']").count() == 0
    one.press("去改")
    assert one.page.evaluate("document.activeElement.closest('[data-path]').dataset.path") == '["核对","日期"]'
    one.write(one.page.locator(":focus"), "2026-11-20")
    one.write(one.field("核对", "来源"), "溪省人大公报")
    one.page.wait_for_selector("text=改动 1 处")
    _, before, text = one.save()
    assert text == f"{before}核对:\n  日期: 2026-11-20\n  来源: 溪省人大公报\n"


POINTED = (
    ("/处罚/0/罚款/上限", ["处罚", 0, "罚款", "上限"]),  # a cell of the table
    ("/处罚/0/决定机关", ["处罚", 0, "决定机关"]),  # folded away
    ("/处罚/0/罚款/基数", ["处罚", 0, "罚款", "基数"]),  # folded away, and not filled in
    ("/处罚/0/没有", ["处罚", 0, "情形"]),  # no field of the form
    ("/办理/法定时限", ["事项名称"]),  # what this type of power cannot have
    ("/检验机构/0/项目", ["检验机构", 0, "项目"]),
    ("/承办机构", ["承办机构"]),  # not filled in
    ("/实施依据/0/条", ["实施依据", 0]),
)


def test_every_place_is_found(browser, bureau):
    """Whatever the check may point at: the field, or what is nearest to it."""
    said = [{"level": "review", "rule": "check-date", "message": "请看", "pointer": pointer} for pointer, _ in POINTED]
    listed = '"problems":' + json.dumps(said, ensure_ascii=False)

    def answer(route):
        route.fulfill(body=route.fetch().text().replace('"problems":[]', listed, 1), content_type="text/html")

    with serving(bureau / "site") as server, opening(browser, origin(server)) as opened:
        page = opened()
        page.route("**/edit/items/*/", answer)
        page.goto(f"edit/{LIFTS}/")
        ways = page.get_by_role("button", name="去改")
        ways.first.wait_for()
        for number, (pointer, reached) in enumerate(POINTED):
            ways.nth(number).click()
            place = page.evaluate("document.activeElement.closest('[data-path]').dataset.path")
            assert json.loads(place) == reached, pointer
            assert page.locator(":focus").is_visible()


def test_what_stands_in_the_table_is_not_asked_again_below(stranger):
    one = stranger(LIFTS)
    one.page.locator(".qz-edit__rest summary").click()
    labels = one.page.locator(".qz-edit__rest .qz-edit__label").all_inner_texts()
    assert not {"情形", "对象", "种类"} & {label.removesuffix("必填").strip() for label in labels}
    one.write(one.field("处罚", 0, "罚款", "上限"), "60000")
    one.page.wait_for_selector("text=「上限」")
    _, before, text = one.save()
    assert text == before.replace("50000} # 元", "60000} # 元")


def test_bounds_the_wrong_way_round_are_said_while_one_writes(stranger):
    one = stranger(LIFTS)
    one.write(one.field("处罚", 0, "罚款", "下限"), "90000")
    said = one.page.locator("[data-path='[\"处罚\",0]'] > .qz-edit__fault")
    one.page.wait_for_selector("text=还有 1 处要改")
    assert said.inner_text() == "罚款的下限 90,000 高于上限 50,000；是不是写反了"
    assert one.page.get_by_role("button", name="下载文件").count() == 0
    assert sideways(one.page) == 0
    one.write(one.field("处罚", 0, "罚款", "下限"), "20000")
    one.page.wait_for_selector("text=表单检查没有问题")
    assert said.inner_text() == ""


def test_what_must_be_filled_in_is_said_at_its_place(clerk):
    one = clerk(INSPECTION)
    one.choose(one.field("状态"), "取消")
    one.page.wait_for_selector("text=缺少必填的「终止日期」")
    place = one.page.locator("[data-path='[\"终止日期\"]'] > .qz-edit__fault")
    assert place.inner_text() == "缺少必填的「终止日期」"
    assert one.page.get_by_role("button", name="下载文件").count() == 0


def test_a_new_file_is_handed_to_the_code_host(opened, register):
    one = Clerk(opened("edit/bodies/new/"), register)
    one.write(one.page.get_by_label("编号"), "xin-ji-guan")
    one.write(one.field("名称"), "新机关")
    one.choose(one.field("层级"), "市级")
    one.choose(one.field("类型"), "政府部门")
    one.page.evaluate("window.open = (url) => { window.opened = url; }")
    one.press("打开新建文件的页面")
    address = one.page.evaluate("new URL(window.opened).pathname")
    sent = one.page.evaluate("Object.fromEntries(new URL(window.opened).searchParams)")
    assert address == "/a/b/new/main"
    assert sent["filename"] == "catalog/bodies/xin-ji-guan.yaml"
    assert read(sent["value"].encode(), "")[0] == {"名称": "新机关", "层级": "市级", "类型": "政府部门"}


def test_an_existing_file_is_copied_and_its_page_opened(opened, register):
    one = Clerk(opened(f"edit/{BODY}/", permissions=["clipboard-read", "clipboard-write"]), register)
    one.write(one.field("电话", 0, "号码"), "0990-7654321")
    one.page.evaluate("window.open = (url) => { window.opened = url; }")
    one.press("复制并打开修改页面")
    one.page.wait_for_selector("text=已经复制")
    assert one.page.evaluate("window.opened") == f"https://github.com/a/b/edit/main/catalog/{BODY}.yaml"
    copied = one.page.evaluate("navigator.clipboard.readText()")
    assert "号码: 0990-7654321" in copied
    assert "值班 # 全天" in copied


@pytest.mark.parametrize("path", [BODY, PENALTY, "items/new", "benchmarks/cljz-001"])
def test_a_form_can_be_used_by_everybody(opened, register, looks, path):
    one = Clerk(opened(f"edit/{path}/"), register)
    assert violations(one.page, looks) == []


def test_the_record_s_page_leads_to_its_form(opened):
    page = opened(f"{BODY}/")
    page.get_by_role("link", name="修改本页的数据").click()
    page.wait_for_selector(".qz-edit__form")


def test_the_way_in_can_be_read_by_everybody(opened, looks):
    assert violations(opened("edit/"), looks) == []


def test_a_list_can_be_changed_in_a_workbook(opened):
    page = opened("edit/")
    link = page.get_by_role("link", name="权责清单", exact=False).and_(page.locator("[download]")).first
    with page.expect_download() as waiting:
        link.click()
    assert KEPT in openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes())).sheetnames


def test_a_public_site_has_no_forms(example):
    assert not (example / "site/edit").exists()


def test_a_picker_offers_what_the_form_allows_and_its_rules_are_kept(opened, register):
    one = Clerk(opened("edit/benchmarks/cljz-001/"), register)
    field = one.field("对应事项")
    offered = one.page.evaluate(
        "input => [...document.getElementById(input.getAttribute('list')).options].map((one) => one.value)",
        field.element_handle(),
    )
    assert [text.rpartition("（")[2] for text in offered] == ["xzcf-001）"]
    one.write(field, "xzjc-001")
    one.page.wait_for_selector("text=不能写在这里：只能是「职权类型」是行政处罚的")
    page = Clerk(opened("edit/services/new/"), register)
    for name, term in (("承诺时限", "20个工作日"), ("法定时限", "10个工作日")):
        if not page.field(name).count():
            page.page.get_by_label("再写一个栏目").last.select_option(name)
        page.write(page.field(name), term)
    page.page.wait_for_selector("text=「承诺时限」是「20个工作日」，应当不超过「法定时限」的「10个工作日」；请核对")


def test_what_another_record_has_is_said_while_one_writes(opened, register):
    """The same power, circumstance and addressee: one benchmark is enough; in its own form a record meets nobody."""
    own = Clerk(opened("edit/benchmarks/cljz-001/"), register)
    assert own.page.get_by_text("只能有一条").count() == 0
    one = Clerk(opened("edit/benchmarks/new/"), register)
    for name, value in (("对应事项", "xzcf-001"), ("情形", "基本情形")):
        one.write(one.field(name), value)
    said = "「对应事项」「情形」「对象」与 cljz-001 相同；这样的行政处罚裁量基准只能有一条，请合并或者核对"
    one.page.wait_for_selector(f"text={said}")
    one.choose(one.field("状态"), "拟")
    one.page.wait_for_selector(f"text={said}", state="detached")
