"""Documents, texts, states of a record and whole catalogs compared."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from quanze.history import diff
from quanze.io import yaml

if TYPE_CHECKING:
    from quanze.base.model import Value

LAW = {"依据文件": "安全生产法", "条": 97, "项": 3, "作用": "罚则"}
PENALTY = {"依据文件": "行政处罚法", "条": 28, "作用": "程序"}


def told(old: Value, new: Value) -> list[tuple[str, Value, Value]]:
    """Return the changes as a person reads them."""
    return [(change.path, change.old, change.new) for change in diff.compare(old, new)]


class TestCompare:
    """Two plain documents."""

    @pytest.mark.parametrize("document", [{}, {"甲": 1}, {"甲": [{"乙": ["丙", {"丁": None}]}]}, [], "x", None])
    def test_a_document_is_itself(self, document: Value) -> None:
        assert diff.compare(document, document) == ()

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("甲: 1\n乙: 2\n", "乙: 2\n甲: 1\n"),
            ("甲: [1, 2]\n", "甲:\n  - 1\n  - 2\n"),
            ("甲: 文字\n", "# 说明\n甲: '文字'  # 说明\n"),
            ("甲: 97\n", '甲: "97"\n'),
            ("甲: 1.5\n", "甲: 1.50\n"),
            ("甲: 文字\n", "甲: |\n  文字\n"),
            ("甲: 1\n", "甲: 1\n乙:\n"),
            ("甲: 1\n", "甲: 1\n乙: {}\n丙: []\n丁: ''\n"),
            ("甲: [{乙: 1, 丙: 2}]\n", "甲: [{丙: 2, 乙: 1}]\n"),
        ],
    )
    def test_another_way_to_write_it_is_no_change(self, old: str, new: str) -> None:
        before, after = (yaml.read(text.encode(), "x.yaml")[0] for text in (old, new))
        assert before is not None
        assert after is not None
        assert diff.compare(before, after) == diff.compare(after, before) == ()

    @pytest.mark.parametrize(
        ("old", "new"),
        [(True, 1), (False, 0), (1, 2), (0, None), (False, None), ("a", "b"), ("条", ["条"]), (1.5, 1.25)],
    )
    def test_other_values_are_changes(self, old: Value, new: Value) -> None:
        assert told({"甲": old}, {"甲": new}) == [("甲", old, new)]

    def test_nested_fields_are_named_by_their_path(self) -> None:
        old = {"办理": {"法定时限": "20日", "收费": {"是否": False}}}
        new = {"办理": {"法定时限": "15日", "收费": {"是否": True}}}
        assert told(old, new) == [("办理.法定时限", "20日", "15日"), ("办理.收费.是否", False, True)]

    def test_a_whole_field_that_came_or_went_is_one_change(self) -> None:
        handling = {"条件": "甲", "收费": {"是否": False}}
        assert told({}, {"办理": handling}) == [("办理", None, handling)]
        assert told({"办理": handling}, {}) == [("办理", handling, None)]
        assert told({"办理": {}}, {"办理": handling}) == [
            ("办理.条件", None, "甲"),
            ("办理.收费", None, {"是否": False}),
        ]

    @pytest.mark.parametrize(("new", "count"), [("甲乙丁", 1), ("甲戊丁", 2)])
    def test_half_alike_is_one_that_changed(self, new: str, count: int) -> None:
        assert len(told({"甲": ["同", "甲乙丙"]}, {"甲": ["同", new]})) == count

    def test_changes_come_in_the_order_of_the_new_document_then_what_is_gone(self) -> None:
        assert [path for path, _, _ in told({"甲": 1, "乙": 1, "丙": 1}, {"丙": 2, "甲": 2})] == ["丙", "甲", "乙"]

    def test_steps_keep_a_dot_in_a_field_name(self) -> None:
        (change,) = diff.compare({"改写": {"办理.法定时限": "1日"}}, {"改写": {"办理.法定时限": "2日"}})
        assert change.steps == ("改写", "办理.法定时限")


class TestLists:
    """Elements of lists find each other."""

    @pytest.mark.parametrize("place", range(4))
    def test_an_element_put_in_is_one_change(self, place: int) -> None:
        old = [{"环节": name, "内容": f"{name}的内容", "承办": "处室"} for name in ("立案", "调查", "决定")]
        new = [*old[:place], {"环节": "告知", "内容": "别的话", "时限": "三日"}, *old[place:]]
        assert told({"责任": old}, {"责任": new}) == [(f"责任[{place + 1}]", None, new[place])]
        assert told({"责任": new}, {"责任": old}) == [(f"责任[{place + 1}]", new[place], None)]

    def test_a_changed_element_is_told_by_its_field(self) -> None:
        assert told({"依据": [LAW, PENALTY]}, {"依据": [LAW | {"条": 100}, PENALTY]}) == [("依据[1].条", 97, 100)]

    def test_a_changed_element_is_found_behind_a_new_one(self) -> None:
        first = {"文号": "某发〔2026〕1号"}
        old, new = {"依据": [LAW, PENALTY]}, {"依据": [first, LAW | {"条": 100}, PENALTY]}
        assert told(old, new) == [("依据[1]", None, first), ("依据[2].条", 97, 100)]

    def test_elements_that_all_changed_are_paired_in_order(self) -> None:
        old = [LAW | {"条": article} for article in (89, 90, 97)]
        new = [LAW | {"条": article} for article in (92, 93, 100)]
        assert told(old, new) == [("[1].条", 89, 92), ("[2].条", 90, 93), ("[3].条", 97, 100)]

    def test_the_most_alike_are_paired_first(self) -> None:
        old = [{"环节": "立案", "内容": "发现违法行为应当立案", "承办": "一处"}]
        new = [
            {"环节": "告知", "内容": "书面告知", "承办": "一处"},
            {"环节": "立案", "内容": "发现违法行为应当及时立案", "承办": "一处"},
        ]
        assert told(old, new) == [("[1]", None, new[0]), ("[2].内容", old[0]["内容"], new[1]["内容"])]

    def test_words_that_came_and_went(self) -> None:
        old, new = {"关键词": ["电焊", "动火"]}, {"关键词": ["没培训", "动火", "气割"]}
        assert told(old, new) == [
            ("关键词[1]", None, "没培训"),
            ("关键词[3]", None, "气割"),
            ("关键词[1]", "电焊", None),
        ]

    def test_a_list_with_nothing_in_common_is_one_change(self) -> None:
        assert told({"词": ["甲"]}, {"词": ["乙", "丙"]}) == [("词", ["甲"], ["乙", "丙"])]
        assert told({"词": []}, {"词": ["乙"]}) == [("词", None, ["乙"])]
        assert told({"词": ["乙"]}, {"词": []}) == [("词", ["乙"], None)]

    def test_another_order_is_one_change_of_order(self) -> None:
        (change,) = diff.compare({"词": ["甲", "乙", "丙"]}, {"词": ["丙", "甲", "乙"]})
        assert change == diff.Change(("词",), ["甲", "乙", "丙"], ["丙", "甲", "乙"], moved=True)

    def test_order_and_content_are_told_apart(self) -> None:
        changes = diff.compare([LAW, PENALTY], [PENALTY | {"条": 29}, LAW, {"文号": "新"}])
        assert [(change.path, change.moved) for change in changes] == [("", True), ("[1].条", False), ("[3]", False)]

    def test_the_same_element_twice(self) -> None:
        assert told(["甲", "甲"], ["甲"]) == [("[2]", "甲", None)]

    def test_one_value_or_a_list_of_them(self) -> None:
        assert told({"条": 97}, {"条": [97, 98]}) == [("条", 97, [97, 98])]

    def test_a_long_list_is_compared_in_reasonable_time(self) -> None:
        old = [{"事项": f"x-{number}", "理由": "粗细不同"} for number in range(1_000)]
        new = [{"事项": f"x-{number}", "理由": "改了"} for number in range(1_000)]
        changes = diff.compare(old, new)
        assert [change.path for change in changes] == [f"[{number}].理由" for number in range(1, 1_001)]

    @pytest.mark.parametrize("seed", range(20))
    def test_what_is_told_is_all_that_differs(self, seed: int) -> None:
        """Taking out what came and putting back what went gives the old list, whatever the edit."""
        random = Random(seed)
        old = [f"第{random.randrange(30)}句话" for _ in range(random.randrange(12))]
        new = [*old]
        for _ in range(random.randrange(6)):
            place = random.randrange(len(new) + 1)
            new[place : place + random.randrange(2)] = random.choices(["甲乙", "丙丁"], k=random.randrange(2))
        left = [*old]
        for change in diff.compare({"词": old}, {"词": new}):
            gone, come = (
                value if isinstance(value, list) else [value] for value in (change.old or [], change.new or [])
            )
            for value in gone:
                left.remove(value)
            left += come
        assert sorted(left) == sorted(new)


class TestInline:
    """Differences within a text."""

    @staticmethod
    def shown(old: str, new: str) -> str:
        marks = {"equal": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
        return "".join(marks[segment.kind].format(segment.text) for segment in diff.inline(old, new))

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("", "", ""),
            ("同", "同", "同"),
            ("", "新", "[+新+]"),
            ("旧", "", "[-旧-]"),
            ("责令限期改正，处罚款", "责令改正，处罚款", "责令[-限期-]改正，处罚款"),
            ("处十万元以下罚款", "处二十万元以下罚款", "处[-十万-][+二十万+]元以下罚款"),
            ("自2023-01-01起", "自2024-01-01起", "自[-2023-][+2024+]-01-01起"),
            ("罚款10000元", "罚款100000元", "罚款[-10000-][+100000+]元"),
            ("甲乙丙", "丁乙戊", "[-甲乙丙-][+丁乙戊+]"),
            ("甲乙丙丙", "丁乙丙戊", "[-甲-][+丁+]乙丙[-丙-][+戊+]"),
            ("管辖；市、县怎么分", "管辖，市、县待核", "管辖[-；市、县怎么分-][+，市、县待核+]"),
            ("管辖；市、县待核", "管辖，市、县待核", "管辖[-；-][+，+]市、县待核"),
        ],
    )
    def test_what_is_marked(self, old: str, new: str, expected: str) -> None:
        assert self.shown(old, new) == expected

    @pytest.mark.parametrize("seed", range(20))
    def test_the_segments_make_both_texts(self, seed: int) -> None:
        random = Random(seed)
        old, new = ("".join(random.choices("甲乙丙，。12十\n", k=random.randrange(60))) for _ in range(2))
        segments = diff.inline(old, new)
        assert "".join(part.text for part in segments if part.kind != "added") == old
        assert "".join(part.text for part in segments if part.kind != "removed") == new
        assert all(part.text for part in segments)

    def test_a_very_long_text_is_marked_by_clauses(self) -> None:
        old = "".join(f"第{number}条规定了内容，" for number in range(1_000))
        new = old.replace("第7条规定了内容", "第7条规定了别的内容")
        assert self.shown(old, new).count("[-第7条规定了内容，-][+第7条规定了别的内容，+]") == 1

    @pytest.mark.parametrize(("old", "new"), [("甲" * 2_000, "甲乙" * 1_000), ("一，" * 9_000, "一，二，" * 5_000)])
    def test_a_text_that_repeats_itself_for_ever_is_told_as_a_whole(self, old: str, new: str) -> None:
        assert diff.inline(old, new) == (diff.Segment("removed", old), diff.Segment("added", new))


class TestKind:
    """What happened to a record."""

    @pytest.mark.parametrize(
        ("old", "new", "kind"),
        [
            (None, "有效", "新增"),
            (None, "", "新增"),
            (None, "取消", "新增"),
            ("有效", "有效", "变更"),
            ("", "", "变更"),
            ("", "有效", "变更"),
            ("取消", "取消", "变更"),
            ("有效", "暂停", "暂停"),
            ("有效", "取消", "取消"),
            ("暂停", "下放", "下放"),
            ("有效", "划转", "划转"),
            ("取消", "合并", "合并"),
            ("暂停", "有效", "恢复"),
            ("划转", "有效", "恢复"),
            ("有效", None, "消失"),
            ("取消", None, "消失"),
            ("拟", "有效", "新增"),
            ("拟", "暂停", "新增"),
            ("拟", "取消", "取消"),
            ("拟", "下放", "下放"),
            ("拟", "合并", "合并"),
            ("有效", "拟", "撤回"),
            (None, "拟", "拟"),
            ("拟", "拟", "拟"),
            ("拟", None, "拟"),
        ],
    )
    def test_from_the_status_before_and_after(self, old: str | None, new: str | None, kind: str) -> None:
        assert diff.kind(old, new) == kind
