"""The history in words: what pages, data and the block on a record's page say of it."""

from __future__ import annotations

import json
import re
import shutil
from random import Random

import pytest
from tests.small_register import INSPECTION, PENALTY, Register

from quanze import history
from quanze.history import diff
from quanze.history.rewind import undo
from quanze.site.files import SiteFiles
from quanze.site.pages import changes
from quanze.site.publish import Site

ITEM = ("items", "xzcf-001")


@pytest.fixture(name="register")
def _register(tmp_path):
    return Register(tmp_path / "project")


def events(register, key=ITEM):
    return [version.event for version in register.past().timeline.versions(key)]


def words(register, key=ITEM):
    """Return what the newest change of a record says: field → (old, new)."""
    return {one.label: (one.old, one.new) for one in events(register, key)[0].differences}


def block(register, key=ITEM):
    past = register.past()
    return past.block(past.shown.record(*key))


def page(register):
    return changes.recent(register.past().timeline).body


# 倒推


def value(random, depth=0):
    """Return any value that a document can hold; lists and objects hold something."""
    choice = random.random()
    if depth == 0 or (choice < 0.35 and depth < 4):
        return {name: value(random, depth + 1) for name in random.sample("甲乙丙丁戊", random.randint(1, 4))}
    if choice < 0.65 and depth < 4:
        return [value(random, depth + 1) for _ in range(random.randint(1, 5))]
    return random.choice(
        ["文字一二三四", "文字一二三五", "abc", 1, 2, True, "长一点的文字在这里", "长一点的文字在那里"]
    )


def mutated(random, old):
    """Return a value with some of its parts changed, taken out, put in, put elsewhere."""
    if isinstance(old, dict):
        new = {name: mutated(random, inner) if random.random() < 0.4 else inner for name, inner in old.items()}
        return {**dict(list(new.items())[random.randint(0, 1) :]), random.choice("甲乙丙丁戊己"): value(random, 2)}
    if isinstance(old, list):
        kept = [mutated(random, one) if random.random() < 0.4 else one for one in old if random.random() > 0.15]
        kept.insert(random.randint(0, len(kept)), value(random, 3))
        return random.sample(kept, len(kept)) if random.random() < 0.3 else kept
    return value(random, 9) if random.random() < 0.5 else old


@pytest.mark.parametrize("seed", range(200))
def test_undone_changes_give_the_old_document(seed):
    random = Random(seed)
    old = value(random)
    new = mutated(random, old)
    assert diff.compare(undo(new, diff.compare(old, new)), old) == ()


# 用表单的话说


def test_a_citation_is_told_as_a_statute_writes_it(register):
    register.edit(PENALTY, ("条: 28, 款: 1", "条: 29, 款: 2"))
    register.commit("2024-02-01")
    assert words(register) == {"实施依据": ("《安全生产法》第二十八条第一款", "《安全生产法》第二十九条第二款")}


def test_what_a_citation_does_not_say_in_words_is_told_beside_it(register):
    register.edit(PENALTY, ("款: 1, 作用: 义务", "款: 1, 作用: 程序"))
    register.commit("2024-02-01")
    assert words(register) == {"实施依据（《安全生产法》第二十八条第一款）·作用": ("义务", "程序")}


def test_a_fine_is_told_in_a_sentence(register):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.commit("2024-02-01")
    assert words(register) == {"处罚（其一）·罚款": ("十万元以下", "二十万元以下")}


def test_a_reference_is_told_by_its_name(register):
    register.edit(PENALTY, ("程序: xing-zheng-chu-fa\n", ""))
    register.commit("2024-02-01")
    assert words(register) == {"程序": ("行政处罚一般程序", None)}


def test_an_added_citation_is_one_difference(register):
    register.edit(INSPECTION, ("实施依据:\n", "实施依据:\n  - {依据文件: 安全生产法, 条: 9}\n"))
    register.commit("2024-02-01")
    assert words(register, ("items", "xzjc-001")) == {"实施依据": (None, "《安全生产法》第九条")}


def test_layout_comments_and_order_are_no_change(register):
    register.edit(
        PENALTY,
        ("状态: 有效\n行使主体: [shi-ying-ji-guan-li-ju]", "行使主体:\n  - shi-ying-ji-guan-li-ju\n状态: 有效  # 说明"),
    )
    register.commit("2024-02-01")
    assert len(events(register)) == 1


def test_a_value_that_todays_form_refuses_is_told_as_it_was_written(register):
    register.edit(
        PENALTY,
        ("实施依据:\n  - {依据文件: 安全生产法, 条: 28, 款: 1, 作用: 义务}\n", "实施依据:\n  - 安全生产法第二十八条\n"),
    )
    register.commit("2024-02-01")
    register.edit(PENALTY, ("  - 安全生产法第二十八条\n", "  - {依据文件: 安全生产法, 条: 28}\n"))
    register.commit("2024-02-02")
    newest, older, _ = events(register)
    assert {(one.old, one.new) for one in newest.differences} >= {("安全生产法第二十八条", None)}
    assert "依据文件：安全生产法；条：28；款：1；作用：义务" in {one.old for one in older.differences}


def test_a_field_that_todays_form_no_longer_has_is_told(register):
    register.edit(PENALTY, ("状态: 有效\n", "状态: 有效\n旧栏目: {甲: [一, 二]}\n"))
    register.commit("2024-02-01")
    register.edit(PENALTY, ("旧栏目: {甲: [一, 二]}\n", ""))
    register.commit("2024-02-02")
    assert words(register) == {"旧栏目": ("甲：一、二", None)}


def test_an_unreadable_version_is_what_it_is(register):
    text = (register.root / PENALTY).read_text("utf-8")
    register.write(PENALTY, "事项名称：全角冒号\n")
    register.commit("2024-02-01")
    register.write(PENALTY, text.replace("状态: 有效", "状态: 暂停"))
    register.commit("2024-02-02")
    assert [event.entry.kind for event in events(register)] == ["暂停", "不可读", "新增"]
    assert "这一版的文件读不出来" in block(register)


# 不公开的


def test_a_draft_is_never_told(register):
    register.edit(INSPECTION, ("状态: 有效", "状态: 拟"), ("的监督检查", "的秘密检查"))
    register.commit("2024-02-01")
    assert "撤回" in page(register)
    assert "秘密" not in page(register)
    register.edit(INSPECTION, ("秘密检查", "更秘密的检查"))
    register.commit("2024-02-02")
    assert [event.entry.kind for event in register.past().timeline.events][:1] == ["撤回"]
    register.edit(INSPECTION, ("状态: 拟", "状态: 有效"), ("更秘密的检查", "监督检查"))
    register.commit("2024-02-03")
    assert "秘密" not in page(register)
    assert "秘密" not in "".join(content.decode() for _, content in register.past()._change_files())


def test_a_moved_file_is_no_news(register):
    register.move(PENALTY, "catalog/items/xzcf/xzcf-001.yaml")
    register.commit("2024-02-01")
    assert [event.entry.kind for event in events(register)] == ["新增"]


def test_no_committer_is_named(register):
    register.edit(PENALTY, ("状态: 有效", "状态: 暂停"))
    register.commit("2024-02-01", "赵六的说明", author="赵六")
    files = "".join(content.decode() for _, content in register.past()._change_files())
    for told in (page(register), block(register), files):
        assert "赵六" not in told
        assert "张三" not in told
        assert "test@example.org" not in told
    assert "开源项目" in block(register)


# 记录页


def test_the_block_carries_what_the_date_picker_needs(register):
    register.edit(PENALTY, ("状态: 有效", "状态: 有效\n生效日期: 2024-06-01\n备注: 甲"))
    register.commit("2024-02-01")
    register.edit(PENALTY, ("备注: 甲", "备注: 乙"))
    register.commit("2024-03-01")
    register.edit(PENALTY, ("状态: 有效", "状态: 取消\n终止日期: 2024-09-01\n终止原因: 依据废止"))
    register.commit("2024-08-01")
    rows = re.findall(r'data-recorded="(.*?)" data-start="(.*?)" data-end="(.*?)" data-status="(.*?)"', block(register))
    assert rows == [
        ("2024-08-01", "2024-08-01", "2024-09-01", "取消"),
        ("2024-03-01", "2024-06-01", "", "有效"),
        ("2024-02-01", "2024-06-01", "", "有效"),
        ("2024-01-10", "2024-01-10", "", "有效"),
    ]


def test_a_long_history_is_cut(register, monkeypatch):
    monkeypatch.setattr(changes, "MANY", 2)
    for day in range(1, 5):
        register.edit(
            PENALTY, ("状态: 有效\n", f"状态: 有效\n备注: 第{day}\n") if day == 1 else (f"第{day - 1}", f"第{day}")
        )
        register.commit(f"2024-02-0{day}")
    told = block(register)
    assert told.count("data-recorded") == 2
    assert "更早的 3 次变化" in told


def test_differences_within_a_long_text_are_marked_and_the_rest_is_cut():
    old, new = f"{'甲' * 200}三日内{'乙' * 200}", f"{'甲' * 200}五日内{'乙' * 200}"
    told = changes.marked(old, new)
    assert "<del>三</del><ins>五</ins>" in told
    assert len(told) < 150


@pytest.mark.parametrize(("length", "cut"), [(72, False), (73, True)])
def test_what_two_texts_share_is_cut_where_it_is_long(length, cut):
    """At the end that touches a difference it is shown for 24 signs; the whole text begins and ends where it did."""
    shared = "一二三四五六七八九十" * 8
    head, tail = shared[:length], shared[-length:]
    told = changes.marked(f"{head}旧{tail}", f"{head}新{tail}")
    change = "<del>旧</del><ins>新</ins>"
    assert told == (f"……{head[-24:]}{change}{tail[:24]}……" if cut else f"{head}{change}{tail}")


def test_texts_with_little_in_common_follow_each_other():
    assert changes.marked("有效", "取消") == '<del>有效</del><span class="qz-to"> → </span><ins>取消</ins>'


def test_marked_texts_are_escaped():
    assert "<script>" not in changes.marked("<script>", "<script>甲") + changes.marked(None, "<script>")


def test_a_new_id_keeps_the_history(register):
    register.move(PENALTY, "catalog/items/xzcf-009.yaml")
    register.commit("2024-02-01")
    assert [event.entry.kind for event in events(register, ("items", "xzcf-009"))] == ["改名", "新增"]
    assert "编号由" in block(register, ("items", "xzcf-009"))


def test_new_ids_stand_together_with_the_former_ones(register):
    for path in (PENALTY, INSPECTION):
        register.move(path, path.replace("-001", "-009"))
    register.commit("2024-02-01")
    told = page(register)
    assert "<summary>2 条权责事项</summary>" in told
    assert 'items/xzcf-009/">对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚</a> <span' in told
    assert told.count("原编号") == 2


# 动态调整


ADJUSTMENT = """名称: 因安全生产法修订的调整
事由: 法律修订。
事件日期: "2024-02-15"
批准: {{机关: 示例市人民政府, 文号: 示例〔2024〕1号, 日期: "2024-03-10", 哈希: {hash}}}
公布日期: "2024-03-20"
涉及事项: [{{事项: xzcf-001, 变化: 变更}}]
""".format(hash="a1" * 32)


def test_the_adjustment_that_justifies_a_change_is_told(register):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.commit("2024-03-01")
    register.write("catalog/adjustments/tz-2024-1.yaml", ADJUSTMENT)
    register.commit("2024-03-15")
    register.edit(PENALTY, ("上限: 200000", "上限: 150000"))
    register.commit("2024-06-01")
    later, justified, first = events(register)
    assert (later.adjustment, first.adjustment) == (None, None)
    assert justified.adjustment.id == "tz-2024-1"
    told = block(register)
    assert "示例〔2024〕1号" in told
    assert "a1a1a1a1a1a1" in told


# 变化页


def test_what_says_the_same_stands_together(register):
    assert re.findall(r"<summary>(.*?)</summary>", page(register)) == ["2 条机关", "2 条权责事项", "3 条依据文件"]


def test_many_changes_have_pages_by_year(register, monkeypatch):
    monkeypatch.setattr(changes, "PAGED", 1)
    register.edit(PENALTY, ("状态: 有效", "状态: 暂停"))
    register.commit("2025-02-01")
    register.edit(PENALTY, ("状态: 暂停", "状态: 有效"))
    register.commit("2026-02-01")
    past = register.past()
    assert {url for url, _ in past.pages()} >= {"changes/", "changes/2024/", "changes/2025/", "changes/2026/"}
    assert "改了：状态" in changes.year(past.timeline, "2025").body


@pytest.mark.parametrize(("most", "paged"), [(1, True), (2, False)])
def test_the_year_begins_beyond_so_many_changes_and_what_is_new_does_not_count(register, monkeypatch, most, paged):
    monkeypatch.setattr(changes, "PAGED", most)
    register.edit(PENALTY, ("状态: 有效", "状态: 暂停"))
    register.commit("2025-02-01")
    register.edit(PENALTY, ("状态: 暂停", "状态: 有效"))
    register.commit("2026-02-01")
    assert bool(changes.years(register.past().timeline)) is paged


def test_a_day_that_has_no_room_left_is_not_begun(register, monkeypatch):
    monkeypatch.setattr(changes, "PAGED", 0)
    monkeypatch.setattr(changes, "RECENT", 1)
    register.edit(PENALTY, ("状态: 有效", "状态: 暂停"))
    register.commit("2025-02-01")
    assert "2025-02-01" in page(register)
    assert "2024-01-10" not in page(register)


def test_the_first_page_has_the_newest_alone_where_there_are_years(register, monkeypatch):
    monkeypatch.setattr(changes, "PAGED", 0)
    monkeypatch.setattr(changes, "RECENT", 2)
    register.edit(PENALTY, ("状态: 有效", "状态: 暂停"))
    register.commit("2025-02-01")
    assert page(register).count('<li><span class="qz-tag">') == 2
    assert "全部变化按年查看" in page(register)


def test_the_page_of_a_year_tells_together_what_changed_in_the_same_fields(register, monkeypatch):
    monkeypatch.setattr(changes, "PAGED", 0)
    for day, penalty, inspection in (("2025-02-01", "一", "二"), ("2025-03-01", "三", "四")):
        for path, word in ((PENALTY, penalty), (INSPECTION, inspection)):
            text = (register.root / path).read_text("utf-8").partition("关键词")[0]
            register.write(path, f"{text.rstrip()}\n关键词: [{word}]\n")
        register.commit(day)
    told = changes.year(register.past().timeline, "2025").body.partition("2025-02-01")[0]
    assert re.findall(r"<summary>(.*?)</summary>", told) == ["2 条权责事项"]
    assert "改了：关键词" in told


def test_the_home_page_has_the_latest(register):
    register.edit(PENALTY, ("状态: 有效", "状态: 暂停"))
    register.commit("2024-02-01")
    first, second, *_ = register.past().headlines(3)
    assert (first.date, first.kind, first.url) == ("2024-02-01", "暂停", "items/xzcf-001/")
    assert (second.title, second.url) == ("示例市人民政府 等 2 条机关", "changes/#d2024-01-10")


# 历史不全


def test_without_a_repository_the_pages_say_so(register):
    shutil.rmtree(register.root / ".git")
    for told in (page(register), block(register)):
        assert "没有版本库" in told
        assert str(register.root) not in told
    assert register.past().commit == ""


def test_a_shallow_clone_says_where_it_begins(register, tmp_path):
    register.edit(PENALTY, ("状态: 有效", "状态: 暂停"))
    register.commit("2024-02-01")
    shallow = register.shallow(tmp_path / "shallow", 1)
    clone = Register.__new__(Register)
    clone.root = shallow.root
    assert [event.entry.kind for event in events(clone)] == ["起点"]
    assert "版本库不完整" in block(clone)
    assert "<entry>" not in dict(clone.past()._change_files()).get("feed.xml", b"").decode()


def test_changes_that_are_not_committed_are_said(register):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    register.commit("2024-02-01")
    register.edit(PENALTY, ("上限: 200000", "上限: 300000"))
    assert words(register) == {"处罚（其一）·罚款": ("十万元以下", "二十万元以下")}
    assert "还没有提交的改动" in block(register)
    assert "还没有提交" in page(register)
    assert register.past().commit == ""


def test_a_vanished_record_keeps_its_history(register):
    register.edit(INSPECTION, ("条: 65", "条: 66"))
    register.commit("2024-02-01")
    register.remove(INSPECTION)
    register.commit("2024-02-02")
    told = [(event.entry.kind, event.url, event.differences) for event in events(register, ("items", "xzjc-001"))]
    assert [(kind, url) for kind, url, _ in told] == [("消失", ""), ("变更", ""), ("新增", "")]
    assert told[1][2][0].new == "《安全生产法》第六十六条第一款第一项"


# 数据


def test_the_data_is_in_the_common_envelope(register):
    register.edit(PENALTY, ("上限: 100000", "上限: 200000"))
    commit = register.commit("2024-02-01")
    data = json.loads(dict(register.past()._change_files())["data/v1/changes.json"])
    assert (data["schema_version"], data["dated"], data["demonstration"]) == ("1.0", "2024-02-01", True)
    assert data["total"] == len(data["result"])
    assert data["result"][0] == {
        "date": "2024-02-01",
        "commit": commit,
        "collection": "items",
        "id": "xzcf-001",
        "title": "对生产经营单位未按照规定对从业人员进行安全生产教育和培训的处罚",
        "kind": "变更",
        "changes": [{"field": "处罚[1].罚款.上限", "old": 100000, "new": 200000}],
    }


def test_the_index_names_every_data_file_and_its_schema(register):
    commit = register.commit("2024-02-01")
    site = Site(register.catalog(), "2026-11-23", {}, history.read(register.root))
    files = dict(file for task in SiteFiles(site).tasks() for file in task.make())
    index = json.loads(files["data/v1/index.json"])
    named = [path for family in index["result"] for path in family["files"]]
    assert len({*named}) == len(named)
    assert {*named} - files.keys() == {
        "manifest.json",
        "data/v1/bulk/all.zip",
    }
    assert {path for path in files if path.startswith("data/v1/")} <= {*named}
    assert {family[name] for family in index["result"] for name in ("schema", "file_schema")} - {""} <= files.keys()
    assert (index["commit"], index["total"], index["demonstration"]) == (commit, len(named), True)
    assert not any(
        commit in files[path].decode("utf-8", "replace") for path in named if path in files and "index" not in path
    )
