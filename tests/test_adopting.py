"""A register that takes over another's items: what is its own, what changed there, and what nobody may do."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from copy import deepcopy

import pytest
from tests.clerk import Clerk
from tests.publishing import publish

from quanze import history
from quanze.base.problem import Fault
from quanze.check.checking import check
from quanze.form.kinds.adoption import Overlay
from quanze.proof import publication
from quanze.register.adopting import LOCK
from quanze.site.build import prepare

CITY, DAY = "示例省应急管理厅", "2026-11-23"
LAW = {"依据文件": "安全生产法", "作用": "职权"}
BODIES = {
    "ting": {"名称": CITY, "层级": "省级", "类型": "行政机关"},
    "fu": {"名称": "示例市人民政府", "层级": "市级", "类型": "人民政府"},
}
CHECK = {
    "事项名称": "对安全生产投入情况的监督检查",
    "职权类型": "行政检查",
    "状态": "有效",
    "行使主体": ["ting"],
    "实施对象": "生产经营单位",
    "实施依据": [LAW | {"条": 65}],
    "办理": {"条件": "有检查计划", "承诺时限": "当日"},
    "监督电话": "待核",
    "核对": {"日期": "2026-10-01", "来源": "国家法律法规公开文本"},
}
HEAD = "采用:\n  机关: 示例省应急管理厅\n  编号: xzjc-003\n"
OWN = "行使主体: [shi-ying-ji-guan-li-ju]\n"
FILE, COPY = "catalog/items/xzjc-003.yaml", "catalog/adopted/items/xzjc-003.json"


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    return Clerk(tmp_path / "本处")


@pytest.fixture(name="city")
def _city(tmp_path):
    """Return what publishes the city's items."""

    def city(items=None, dated="2026-11-01", **more):
        others = {name: more.pop(name) for name in ("procedures", "laws", "berths") if name in more}
        records = {"bodies": BODIES, "items": items or {"xzjc-003": CHECK}, **others}
        return publish(tmp_path / "上级", records, dated, **more)

    return city


def adopt(clerk, *words):
    return clerk("adopt", *words, "--at", DAY)


def record(clerk, id_="xzjc-003", collection="items"):
    return check(clerk.root, DAY).catalog.record(collection, id_)


def told(clerk):
    return [f"{one.path}:{one.line}: {one.message} [{one.rule}]" for one in check(clerk.root, DAY).problems]


def changed(**fields):
    return {"xzjc-003": {**deepcopy(CHECK), **fields}}


def test_an_item_is_taken_over_whole_but_for_what_is_each_bureaus_own(clerk, city):
    shown = adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003")
    assert (shown.code, "没有写入" in shown.err) == (1, True)
    assert not (clerk.root / FILE).exists()
    done = adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    assert done.code == 0, done.err
    assert clerk.read(FILE).endswith(HEAD + "行使主体:\n  - shi-ying-ji-guan-li-ju\n")
    one = record(clerk)
    assert one.data["事项名称"] == CHECK["事项名称"]
    assert one.data["行使主体"] == ["shi-ying-ji-guan-li-ju"]
    assert "监督电话" not in one.data
    assert "核对" not in one.data
    taken = Overlay.of(one.data["采用"]).taken
    assert (taken.dated, taken.commit, taken.on, taken.own) == ("2026-11-01", "a" * 40, DAY, ("行使主体",))
    again = adopt(clerk, "--apply")
    assert (again.code, "没有改动" in again.err) == (0, True)


def test_what_differs_is_ours_and_the_rest_follows(clerk, city):
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    reasons = "  理由:\n    办理.地点: 本市的大厅\n    实施对象: 本市没有矿山\n  不取: [办理.条件]\n"
    clerk.write(FILE, HEAD + reasons + OWN + "实施对象: 本市的单位\n办理: {地点: 一楼}\n")
    assert any("不取上级的「办理.条件」，要在「理由」里写明理由" in one for one in told(clerk))
    clerk.write(FILE, clerk.read(FILE).replace("  不取", "    办理.条件: 各县自定\n  不取"))
    assert [one for one in told(clerk) if "待复核" not in one and "adoption" in one] == []
    data = record(clerk).data
    assert data["实施对象"] == "本市的单位"
    assert data["办理"] == {"承诺时限": "当日", "地点": "一楼"}


def test_a_change_above_waits_until_it_is_taken_or_refused_with_a_reason(clerk, city):
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    city(changed(实施对象="高危行业的单位"), "2026-11-10", commit="b" * 40)
    before = record(clerk).data
    seen = adopt(clerk, "--apply")
    assert "+ 高危行业的单位" in seen.out
    assert record(clerk).data == before, "nothing changes by itself"
    assert sum("改了 xzjc-003 的「实施对象」" in one for one in told(clerk)) == 1
    kept = adopt(clerk, "--keep", "items/xzjc-003", "--because", "计划已经公布", "--apply")
    assert kept.code == 0
    assert "理由: 计划已经公布" in clerk.read(FILE)
    assert not any("adoption-changed" in one for one in told(clerk))
    city(changed(实施对象="危险化学品单位"), "2026-11-12", commit="c" * 40)
    adopt(clerk, "--apply")
    assert any("adoption-changed" in one for one in told(clerk)), "a reason is for one state alone"
    adopt(clerk, "--take", "items/xzjc-003", "--apply")
    assert record(clerk).data["实施对象"] == "危险化学品单位"
    assert "留用" not in clerk.read(FILE)
    assert not (clerk.root / COPY.replace(".json", ".next.json")).exists()


def test_what_ended_above_is_told_and_what_is_gone_blocks(clerk, city):
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    city(changed(状态="取消", 终止日期="2026-11-08"), "2026-11-10")
    adopt(clerk, "--apply")
    assert any("xzjc-003 已经取消（2026-11-08）" in one for one in told(clerk))
    moved = ({"collection": "items", "id": "xzjc-013", "former_id": "xzjc-003"},)
    shutil.rmtree(clerk.root.parent / "上级")
    city({"xzjc-013": CHECK}, "2026-11-11", changes=moved)
    adopt(clerk, "--apply")
    assert any(one.startswith(f"{FILE}:4: ") and "它改成了 xzjc-013" in one for one in told(clerk))


def test_a_fault_of_the_superiors_is_told_as_his_and_ours_at_its_line(clerk, city):
    adopt(clerk, CITY, "--from", city(changed(实施对象="甲\t乙")), "--new", "items/xzjc-003", "--apply")
    clerk.write(FILE, HEAD + OWN + "备注: 3\n")
    found = [one for one in told(clerk) if FILE in one]
    assert any(one.startswith(f"{FILE}:1: 采用来的内容（{CITY}的 xzjc-003）：「实施对象」") for one in found)
    assert any(one.startswith(f"{FILE}:5: 「备注」") for one in found)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda file: file.unlink(), "没有取来的上级副本"),
        (
            lambda file: file.write_text(file.read_text("utf-8").replace("单位", "个人"), "utf-8"),
            "与 adopted.lock 记的校验值不符",
        ),
    ],
)
def test_a_copy_that_is_gone_or_touched_stops_the_build(clerk, city, harm, said):
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    shutil.rmtree(clerk.root.parent / "上级")
    assert not any("adopted-copy" in one for one in told(clerk)), "the check needs nothing but the register"
    harm(clerk.root / COPY)
    assert [one for one in told(clerk) if "[adopted-copy]" in one and said in one]


def test_what_a_clerk_cannot_know_is_not_written_by_hand(clerk, city):
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    clerk.write(FILE, HEAD + "  取自: {日期: 2026-01-01}\n" + OWN)
    assert any("「取自」由 quanze adopt 填" in one for one in told(clerk))


def test_a_superior_that_lies_goes_back_or_is_another_is_refused(clerk, city):
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    before = clerk.files()
    city(changed(实施对象="甲"), "2026-11-10", forged="data/v1/items/xzjc-003.json")
    assert "与它的 manifest.json 对不上" in adopt(clerk, "--apply").err
    city(dated="2026-10-01")
    assert "退回到了以前" in adopt(clerk, "--apply").err
    assert "没有「示例县应急管理局」" in adopt(clerk, "示例县应急管理局", "--from", city(), "--apply").err.replace(
        "里没有", "没有"
    )
    assert clerk.files() == before


def test_a_real_register_takes_nothing_from_a_demonstration(clerk, city):
    site = clerk.read("catalog/site.yaml")
    clerk.write("catalog/site.yaml", site.replace("启用: true", "启用: false"))
    assert "正式的清单不能采用它的记录" in adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003").err


def test_what_it_refers_to_is_found_by_adoption_then_by_name_and_never_by_a_mere_id(clerk, city):
    theirs = {"p-1": {"名称": "行政检查程序", "职权类型": "行政检查", "环节": [{"环节": "检查"}]}}
    theirs["xing-zheng-chu-fa"] = {**theirs["p-1"], "名称": "别的程序"}
    items = {
        "xzjc-003": {**CHECK, "程序": "xing-zheng-chu-fa", "配合主体": ["fu"]},
        "xzjc-004": {**CHECK, "程序": "p-1"},
    }
    site = city(items, procedures=theirs)
    adopt(clerk, CITY, "--from", site, "--new", "items", "--new", "procedures/p-1", "--apply")
    assert record(clerk, "xzjc-004").data["程序"] == "p-1"
    assert "程序" not in record(clerk).data, "that id is another procedure here"
    assert any("指向「别的程序」（procedures/xing-zheng-chu-fa），本处没有" in one for one in told(clerk))


def test_the_numbers_are_read_in_the_version_that_the_superior_speaks(clerk, city):
    law = json.loads(json.dumps(record(clerk, "an-quan-sheng-chan-fa", "laws").data))
    other = law["版本"][0]["名称"]
    laws = {"an-quan": {**law, "条号版本": other}}
    adopt(clerk, CITY, "--from", city(laws=laws), "--new", "items/xzjc-003", "--apply")
    ours = record(clerk, "an-quan-sheng-chan-fa", "laws").data.get("条号版本", law["版本"][-1]["名称"])
    expected = LAW | {"条": 65} | ({"版本": other} if other != ours else {})
    assert other != ours
    assert record(clerk).data["实施依据"] == [expected]


def test_a_chain_is_told_to_its_end(clerk, city):
    above = {"采用": {"机关": "国家的部", "编号": "a-1", "取自": {"日期": "2026-09-01"}}}
    adopt(clerk, CITY, "--from", city(changed(**above)), "--new", "items/xzjc-003", "--apply")
    chain = Overlay.of(record(clerk).data["采用"]).chain
    assert [one.body for one in chain] == [CITY, "国家的部"]


def test_any_collection_whose_form_says_so_can_be_taken_over(clerk, city):
    form = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "泊位",
        "type": "object",
        "additionalProperties": False,
        "required": ["名称", "吨位"],
        "adopt": {"own": [], "kept": ["吨位"]},
        "properties": {
            "名称": {"$ref": "common.schema.json#/$defs/title"},
            "吨位": {"$ref": "common.schema.json#/$defs/count"},
            "采用": {"$ref": "common.schema.json#/$defs/adoption"},
        },
    }
    clerk.write("schema/berths.schema.json", json.dumps(form, ensure_ascii=False))
    site = city(berths={"b-1": {"名称": "一号泊位", "吨位": 500}})
    adopt(clerk, CITY, "--from", site, "--new", "berths/b-1", "--apply")
    assert record(clerk, "b-1", "berths").data["吨位"] == 500
    clerk.write("catalog/berths/b-1.yaml", "采用: {机关: 示例省应急管理厅, 编号: b-1}\n吨位: 300\n")
    assert any("「吨位」由上级定" in one for one in told(clerk))
    assert "「bodies」的表单没有说可以采用" in adopt(clerk, CITY, "--new", "bodies/ting").err


def commit(clerk, message):
    who = ("-c", "user.name=甲", "-c", "user.email=a@b.example")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", message)):
        subprocess.run(("git", *who, *words), cwd=clerk.root, check=True, capture_output=True)


def test_history_and_difference_tell_what_came_from_above(clerk, city):
    commit(clerk, "开始")
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    commit(clerk, "采用")
    city(changed(实施对象="高危行业的单位"), "2026-11-10")
    adopt(clerk, "--take", "items/xzjc-003", "--apply")
    commit(clerk, "采用新的一版")
    told_ = clerk("history", "items/xzjc-003").out
    assert "- 生产经营单位\n" in told_
    assert "+ 高危行业的单位\n" in told_
    assert "2026-11-10 的一版" in told_
    assert "+ 高危行业的单位\n" in clerk("diff", "HEAD~1", "HEAD").out


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        (".gitignore", "/catalog/adopted/\n", f"{COPY} 被 git 忽略，进不了版本库；请从 .gitignore 里去掉"),
        (".gitattributes", "*.lock text eol=crlf\n", "adopted.lock 的字节跟版本库里的不一样，git 取出时转换了"),
    ],
)
def test_a_copy_that_no_commit_holds_as_it_lies_here_stops_the_build(clerk, city, file, content, said):
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    commit(clerk, "采用")
    assert prepare(clerk.root, DAY).jobs
    lock = clerk.root / LOCK
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n" if "crlf" in content else b"\n"))
    clerk.write(file, content)
    subprocess.run(("git", "rm", "-rq", "--cached", "."), cwd=clerk.root, check=True)
    commit(clerk, "不再收录")
    with pytest.raises(Fault, match=said):
        prepare(clerk.root, DAY)


def test_a_list_says_whose_each_row_is_and_a_round_trip_writes_nothing_of_the_superiors(clerk, city, tmp_path):
    commit(clerk, "开始")
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    commit(clerk, "采用")
    for name in ("表.csv", "表.xlsx"):
        out = tmp_path / name
        assert clerk("export", "quan-ze-qing-dan", "-o", str(out)).code == 0
        if name.endswith("csv"):
            text = out.read_text("utf-8-sig")
            assert f"采用{CITY}的 xzjc-003（2026-11-01 的一版" in text
            assert "本机关自定" in text
        before = clerk.files()
        back = clerk("import", str(out), "items", "--list", "quan-ze-qing-dan", "--at", DAY)
        assert clerk.files() == before, back.out + back.err


def test_a_cell_that_a_clerk_changed_becomes_ours_only_where_we_may(clerk, city, tmp_path):
    commit(clerk, "开始")
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    commit(clerk, "采用")
    out = tmp_path / "表.csv"
    heads = "编号,事项名称,职权类型,实施对象,监督电话,备注\n"
    row = "xzjc-003,{},行政检查,{},待核,{}\n"

    def back(*cells):
        out.write_text(heads + row.format(*cells), "utf-8-sig")
        return clerk("import", str(out), "items", "--update", "--at", DAY)

    before = clerk.files()
    refused = back(CHECK["事项名称"], "本市的单位", "")
    assert "「实施对象」与上级不同，要在「采用」的「理由」里写明理由" in refused.out + refused.err
    assert clerk.files() == before
    back(CHECK["事项名称"], CHECK["实施对象"], "每季度一次")
    text = clerk.read(FILE)
    assert "备注: 每季度一次\n" in text
    assert "实施对象" not in text
    assert "实施依据" not in text


def forged(clerk, was, now):
    """Alter what was taken, and lock it so: as a deceiver would who knows the files."""
    copy, lock = clerk.root / COPY, clerk.root / LOCK
    before = hashlib.sha256(copy.read_bytes()).hexdigest()
    copy.write_text(copy.read_text("utf-8").replace(was, now), "utf-8")
    after = hashlib.sha256(copy.read_bytes()).hexdigest()
    lock.write_text(lock.read_text("utf-8").replace(before, after), "utf-8")


def doubts(clerk):
    past = history.read(clerk.root)
    catalog = check(clerk.root, DAY).catalog
    results = publication.registered(catalog, past, DAY)
    return [one.message for result in results if result.rule == "adoption-altered" for one in result.findings]


def test_a_copy_that_was_altered_and_locked_so_is_not_called_the_superiors(clerk, city):
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    forged(clerk, "生产经营单位", "个人")
    assert record(clerk).data["实施对象"] == "个人"
    seen = adopt(clerk, "--apply")
    assert "上级没有改，这里的副本与它不同，照它重写" in seen.out
    assert "- 个人" in seen.out
    assert record(clerk).data["实施对象"] == "生产经营单位"
    assert "照它重写" not in adopt(clerk, "--apply").out


def test_the_audit_tells_a_copy_that_changed_while_the_superior_did_not(clerk, city):
    commit(clerk, "开始")
    adopt(clerk, CITY, "--from", city(), "--new", "items/xzjc-003", "--apply")
    commit(clerk, "采用")
    clerk.write(FILE, clerk.read(FILE) + "备注: 每季度一次\n")
    commit(clerk, "自己的栏目")
    city(changed(实施对象="高危行业的单位"), "2026-11-10")
    adopt(clerk, "--take", "items/xzjc-003", "--apply")
    commit(clerk, "采用新的一版")
    assert doubts(clerk) == []
    forged(clerk, "高危行业的单位", "个人")
    commit(clerk, "整理")
    (message,) = doubts(clerk)
    assert "改了采用来的「实施对象」，取来的还是上级的那一版；请用 quanze adopt 与上级核对" in message
