"""The rules: each has a folder that breaks it and says what is told; the seeded list is found out fault by fault."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import replace

import pytest
from tests import golden, mutate
from tests.project import DAY, ROOT

from quanze.base.model import Record
from quanze.check import report, rules
from quanze.check.checking import check
from quanze.form import load_forms
from quanze.register import tree
from quanze.register.catalog import Catalog

RECORDED = {
    rule.__name__.replace("_", "-")
    for rule in (
        *rules.adjustments.RECORDED,
        *rules.afterwards.RECORDED,
        *rules.declared.RECORDED,
        *rules.overlooked.RECORDED,
        *rules.programs.BUILDING,
    )
}  # these need a repository
IDS = {*tree.RULES, *(id_ for group in rules.MANUAL.values() for id_ in group)}
FOLDERS = sorted(path for path in golden.BAD.iterdir() if path.is_dir())
NOT_YET = "not-yet-in-force"


@pytest.fixture(name="base", scope="module")
def _base(tmp_path_factory):
    return golden.checked(tmp_path_factory.mktemp("base"), golden.BASE)


def catalog_of(loaded, root):
    return Catalog.of(root, loaded)


def found(catalog, rule, at=DAY):
    return [finding.message for finding in rules.RULES[rule](catalog, at)]


def changed(base, id_, **fields):
    """Return the base catalog with some fields of an item set, or gone where they are None."""
    old = base.catalog.record("items", id_)
    data = {name: value for name, value in {**old.data, **fields}.items() if value is not None}
    items = {**base.catalog.records["items"], id_: replace(old, data=data)}
    return replace(base.catalog, records={**base.catalog.records, "items": items})


def test_the_base_is_sound(base):
    assert base.problems == ()


def test_every_rule_has_a_folder_and_every_folder_a_rule():
    assert {folder.name for folder in FOLDERS} == IDS - RECORDED


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_folder(folder, tmp_path, pytestconfig):
    told = golden.told(tmp_path, folder)
    if pytestconfig.getoption("update_golden"):
        (folder / golden.EXPECTED).write_text(told, "utf-8")
    expected = (folder / golden.EXPECTED).read_text("utf-8")
    assert told == expected
    assert f"[{folder.name}]" in expected
    lesson = golden.lesson(folder)
    if lesson.edits:
        lesson.mend(tmp_path / "now")
        fault = f"{lesson.said} [{folder.name}]"
        left = "".join(f"{line}\n" for line in report.text(check(tmp_path / "now", DAY).problems))
        assert left.count(fault) < told.count(fault), "what right.txt puts right is told again"


@pytest.mark.parametrize("name", ["displaced-elsewhere", "duty-of-the-law", "excluded-provision"])
def test_what_a_sanction_rests_on_is_its_penalty_provision_though_the_record_does_not_say_so(name, tmp_path):
    folder = tmp_path / name
    shutil.copytree(golden.BAD / name, folder)
    for path in folder.glob("catalog/items/*.yaml"):
        path.write_bytes(path.read_bytes().replace(", 作用: 罚则".encode(), b""))
    expected = (golden.BAD / name / golden.EXPECTED).read_text("utf-8")
    now, then = (re.sub(r":(\d+):\d+: ", r":\1: ", text) for text in (golden.told(tmp_path / "now", folder), expected))
    assert now == then


@pytest.mark.parametrize(("folder", "faults"), [(golden.SEEDED, 25), (golden.FAMILY, 40)], ids=["seeded", "family"])
def test_each_seeded_fault_is_told_in_one_sentence(folder, faults, tmp_path, pytestconfig):
    told = golden.told(tmp_path, folder)
    if pytestconfig.getoption("update_golden"):
        (folder / golden.EXPECTED).write_text(told, "utf-8")
    assert told == (folder / golden.EXPECTED).read_text("utf-8")
    files = folder.rglob("*.yaml")
    seeded = sorted(path.name for path in files if path.read_text("utf-8").startswith("# 错处："))
    assert len(seeded) == faults
    assert sorted(line.partition(":")[0].rpartition("/")[2] for line in told.splitlines()) == seeded


def test_sound_variants_between_lists_stay_silent():
    sound = [path.name for path in golden.FAMILY.rglob("*.yaml") if path.read_text("utf-8").startswith("# 对的")]
    told = (golden.FAMILY / golden.EXPECTED).read_text("utf-8")
    assert len(sound) == 17
    assert not any(name in told for name in sound)


@pytest.mark.parametrize("id_", sorted(IDS - set(tree.RULES)))
def test_the_manual_is_chinese_and_says_what_is_right(id_):
    told = next(group[id_] for group in rules.MANUAL.values() if id_ in group)
    assert re.match("[\u4e00-\u9fff「]", told)
    assert told.endswith("。")


def test_messages_name_no_english_rule_and_end_without_full_stop():
    for folder in FOLDERS:
        for line in (folder / golden.EXPECTED).read_text("utf-8").splitlines():
            message = line.rpartition(" [")[0]
            assert not message.endswith(("。", "；", " ")), line


# --- what is not known yet


def test_a_basis_that_only_says_that_it_is_not_known_is_told_once(base):
    catalog = changed(base, "xzjc-001", 实施依据=[{"依据文件": "待核"}])
    (message,) = found(catalog, "blank-basis")
    assert "只写了「待核」" in message
    assert found(catalog, "unknown-instrument") == []
    assert found(changed(base, "xzjc-001", 实施依据=[{"依据文件": "待核", "原文": "安监局文件"}]), "unknown-instrument")


def test_a_sanction_without_basis_is_not_sent_to_a_word_that_the_form_refuses(base):
    rows = [{"情形": "待核", "对象": "待核", "力度": "待核", "决定机关": "待核", "种类": ["警告"]}]
    *reviews, missing = sorted(found(changed(base, "xzcf-001", 处罚=rows), "sanction-incomplete"), key=len)
    assert len(reviews) == 4
    assert missing == "「处罚」第 1 条没有写「依据」；请写设定这项处罚的条款，它也要在这个事项的依据里"


# --- citations over time


def cite(base, *citations, **fields):
    return changed(base, "xzjc-001", 实施依据=list(citations), **fields)


def test_a_law_in_force_on_the_day_but_not_before(base):
    catalog = cite(base, {"依据文件": "煤矿安全生产条例", "条": 1})
    assert found(catalog, NOT_YET) == []
    assert found(catalog, NOT_YET, "2024-04-30") == [
        "《煤矿安全生产条例》自 2024-05-01 起施行，在 2024-04-30 还不能作依据"
    ]


def test_a_repealed_law_is_a_basis_until_the_day_before(base):
    catalog = cite(base, {"依据文件": "煤矿安全监察条例", "条": 1})
    assert found(catalog, "repealed-instrument", "2024-04-30") == []
    assert len(found(catalog, "repealed-instrument", "2024-05-01")) == 1


def test_an_ended_item_is_held_against_the_law_of_its_last_day(base):
    ended = {"状态": "取消", "终止日期": "2024-05-01", "终止原因": "依据废止"}
    assert found(cite(base, {"依据文件": "煤矿安全监察条例", "条": 1}, **ended), "repealed-instrument") == []
    later = {**ended, "终止日期": "2024-05-02"}
    assert len(found(cite(base, {"依据文件": "煤矿安全监察条例", "条": 1}, **later), "repealed-instrument")) == 1


def test_an_item_that_begins_later_is_held_against_the_law_of_its_first_day(base):
    catalog = cite(base, {"依据文件": "煤矿安全生产条例", "条": 1}, 生效日期="2024-05-01")
    assert found(catalog, NOT_YET, "2024-01-01") == []


def test_a_basis_said_to_be_replaced_is_no_repealed_one(base):
    catalog = cite(base, {"依据文件": "煤矿安全监察条例", "条": 1, "效力": "被新法取代"})
    assert found(catalog, "repealed-instrument") == []


OLD_CHECK = {"日期": "2021-08-31", "来源": "测试"}


@pytest.mark.parametrize(
    ("citation", "checked", "told"),
    [
        ({"条": 62}, OLD_CHECK, "第六十二条现为第六十五条（改文字、改主体）"),
        ({"条": 62, "款": 1, "项": 2}, OLD_CHECK, "第六十二条第一款第二项现为第六十五条（改文字、改主体）"),
        ({"条": [62, 94]}, OLD_CHECK, "第六十二条现为第六十五条（改文字、改主体），第九十四条现为第九十七条（改幅度）"),
        ({"条": 89}, OLD_CHECK, "第八十九条现为第九十二条第二款（改文字、改幅度）"),
        ({"条": 89, "项": 1}, OLD_CHECK, "第八十九条第一项现为第九十二条第二款（改文字、改幅度）"),
        ({"条": 97, "版本": "2014年修正"}, None, "第九十七条现为第一百条（仅改号）"),
        ({"条": 89, "款": 2}, OLD_CHECK, None),
        ({"条": 62}, {"日期": "2021-09-01", "来源": "测试"}, None),
        ({"条": 62}, None, None),
        ({"条": 65, "版本": "2021年修正"}, OLD_CHECK, None),
    ],
)
def test_moved(base, citation, checked, told):
    catalog = cite(base, {"依据文件": "安全生产法", **citation}, 核对=checked)
    messages = found(catalog, "moved-provision")
    assert [message.split("：", 1)[1].rsplit("；", 1)[0] for message in messages] == ([told] if told else [])


def test_an_old_version_without_a_map_is_still_told(base):
    catalog = cite(base, {"依据文件": "安全生产法", "条": 3, "版本": "2014年修正"})
    assert found(catalog, "moved-provision") == [
        "《安全生产法》2021年修正自 2021-09-01 起施行，晚于所引的2014年修正；请改引现行条款"
    ]


def test_a_number_told_to_be_old_is_not_told_to_be_beyond_the_last_too(base):
    catalog = cite(base, {"依据文件": "安全生产法", "条": 94, "作用": "罚则"}, 核对=OLD_CHECK)
    assert len(found(catalog, "moved-provision")) == 1
    assert found(catalog, "penalty-article") == []
    assert found(catalog, "check-date") == []


@pytest.mark.parametrize(("article", "beyond"), [(119, False), (120, True), ("118至120", True), ([1, 119], False)])
def test_last_article(base, article, beyond):
    catalog = cite(base, {"依据文件": "安全生产法", "条": article})
    assert bool(found(catalog, "article-beyond-last")) is beyond


# --- texts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("由市安全生产监督管理局办理", True),
        ("由原安全生产监督管理局办理", False),
        ("原市级安全生产监督管理局的文件", False),
        ("依照《安全生产监督管理局检查办法》", False),
        ("文件写的是「安全生产监督管理局」", False),
        ("由应急管理局办理", False),
    ],
)
def test_abolished_name(base, text, told):
    assert bool(found(changed(base, "xzjc-001", 备注=text), "abolished-name")) is told


@pytest.mark.parametrize("name", ["法定实施主体", "备注"])
def test_the_words_of_the_law_may_name_whom_they_like(base, name):
    catalog = changed(base, "xzjc-001", **{name: "安全生产监督管理局"})
    assert bool(found(catalog, "abolished-name")) is (name == "备注")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("TODO", True),
        ("XX区", True),
        ("某某公司", True),
        ("金额待定", True),
        ("xX路", True),
        ("多少？?？", True),
        ("等待定期检查", False),
        ("待核", False),
        ("AXXB-001", False),
        ("2×3 米", False),
    ],
)
def test_placeholder(base, text, told):
    assert bool(found(changed(base, "xzjc-001", 备注=text), "placeholder")) is told


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("对拒绝检查的处罚", "行政处罚", False),
        ("对拒绝检查的处罚", "行政检查", True),
        ("安全生产监督检查", "行政强制", True),
        ("查封、扣押", "行政强制", False),
        ("受理处罚异议", "其他行政权力", False),
    ],
)
def test_name_and_type(base, name, kind, told):
    catalog = changed(base, "xzjc-001", 事项名称=name, 职权类型=kind)
    assert bool(found(catalog, "name-type")) is told


# --- waivers


def waive(base, **waiver):
    row = {"规则": "basis-without-article", "记录": "items/xzjc-001", "理由": "待答复", "截止": "2026-12-31", **waiver}
    return replace(cite(base, {"依据文件": "安全生产法"}), site={**base.catalog.site, "豁免": [row]})


def test_a_waived_review_is_kept_apart(base):
    done = rules.run(waive(base), DAY)
    assert done.open == ()
    assert [(one.rule, one.waiver.reason, one.waiver.until) for one in done.waived] == [
        ("basis-without-article", "待答复", "2026-12-31")
    ]


def test_a_waiver_holds_to_its_last_day_and_not_longer(base):
    assert rules.run(waive(base, 截止=DAY), DAY).open == ()
    done = rules.run(waive(base, 截止="2026-11-22"), DAY)
    assert [(rule, finding.level) for rule, finding in done.open] == [
        ("basis-without-article", "review"),
        ("waiver-expired", "error"),
    ]


def test_an_error_cannot_be_waived(base):
    row = {"规则": "name-type", "记录": "items/xzjc-001", "理由": "习惯", "截止": "2026-12-31"}
    wrong = changed(base, "xzjc-001", 职权类型="行政强制")
    done = rules.run(replace(wrong, site={**wrong.site, "豁免": [row]}), DAY)
    assert [rule for rule, _ in done.open] == ["name-type", "waiver-unused"]


# --- records that vanish


def test_what_was_ended_or_is_broken_has_not_vanished(base):
    earlier = {("items", "xzjc-001"): base.catalog.record("items", "xzjc-001")}
    gone = {**base.catalog.records, "items": {}}
    assert len(list(rules.vanished(replace(base.catalog, records=gone), earlier))) == 1
    broken = replace(base.catalog, records=gone, broken=frozenset({("items", "xzjc-001")}))
    assert list(rules.vanished(broken, earlier)) == []
    ended = changed(base, "xzjc-001", 状态="取消", 终止日期="2026-01-01", 终止原因="依据废止")
    assert list(rules.vanished(ended, earlier)) == []


def test_a_collection_that_vanished_whole_is_told(base):
    earlier = {("notes", "js-001"): Record("notes", "js-001", "catalog/notes/js-001.yaml", {})}
    assert [finding.record.path for finding in rules.vanished(base.catalog, earlier)] == ["catalog/notes/js-001.yaml"]


# --- rules are driven by forms, and hold on to whatever fits one


def test_broken_settings_break_no_rule(base):
    rules.run(replace(base.catalog, site={}), DAY)


def test_an_empty_catalog_breaks_no_rule(base):
    empty = {name: {} for name in base.catalog.records}
    assert [rule for rule, _ in rules.run(replace(base.catalog, records=empty), DAY).open] == ["unknown-reference"]


def test_a_collection_without_any_known_kind_breaks_no_rule(tmp_path):
    folder = golden.project(tmp_path, golden.BAD / "form-other")
    (folder / "catalog" / "notes" / "js-001.yaml").write_text("次数: 20\n", "utf-8")
    assert check(folder, DAY).problems == ()


def test_one_wrong_article_is_told_in_one_sentence(base):
    duty, penalty = base.catalog.records["items"]["xzcf-001"].data["实施依据"]
    wrong = changed(base, "xzcf-001", 实施依据=[duty, {**penalty, "条": 970}])
    assert [rule for rule, _ in rules.run(wrong, DAY).open] == ["article-beyond-last"]


@pytest.mark.parametrize("seed", range(40))
def test_no_rule_ever_raises_on_records_that_fit(base, seed, validators):
    """Whatever fits its form goes through every rule; what is wrong with it is a finding."""
    dice = random.Random(seed)
    records = {name: dict(found) for name, found in base.catalog.records.items()}
    for record in base.catalog:
        for _ in range(10):
            data = mutate.record(record.data, dice)
            if validators[record.collection].fits(data):
                records[record.collection][record.id] = replace(record, data=data)
                break
    settings = (mutate.record(base.catalog.site, dice) for _ in range(10))
    site = next(filter(validators["site"].fits, settings), {})
    mutated = replace(base.catalog, records=records, site=site)
    earlier = {(one.collection, one.id): one for one in base.catalog}
    for _, finding in rules.run(mutated, DAY, lambda: [rules.ask(rules.vanished, mutated, earlier)]).open:
        assert finding.message


@pytest.fixture(name="validators", scope="module")
def _validators():
    return {name: form.validator for name, form in load_forms(ROOT / "schema").items()}


@pytest.mark.parametrize(
    ("statutory", "promised", "longer"),
    [
        ("10个工作日", "1个月", True),
        ("20个工作日", "2个月", True),
        ("5个工作日", "二十日", True),
        ("20个工作日", "1个月", False),
        ("1个工作日", "12日", False),
        ("1个月", "10个工作日", False),
    ],
)
def test_working_days_wait_for_no_more_holidays_than_there_are(base, statutory, promised, longer):
    times = {"法定时限": statutory, "承诺时限": promised}
    assert bool(found(changed(base, "xzcf-001", 办理=times), "promised-time")) == longer
