"""A change as a sentence."""

import pytest

from quanze.history.wording import Difference
from quanze.site.pages.changes import marked
from quanze.site.pages.difference import sentence, sentences


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (
            Difference("处罚（其一）·罚款", "五万元以下", "十万元以下"),
            "“处罚”第一项的“罚款”的上限由5 万元改为10 万元。",
        ),
        (
            Difference("处罚（其二）·罚款", "一万元以上五万元以下", "二万元以上五万元以下"),
            "“处罚”第二项的“罚款”的下限由1 万元改为2 万元。",
        ),
        (
            Difference("处罚（其一）·罚款", "一万元以上五万元以下", "二万元以上六万元以下"),
            "“处罚”第一项的“罚款”由一万元以上五万元以下改为二万元以上六万元以下。",
        ),
        (
            Difference("处罚（其一）·罚款", "违法所得二倍以下", "违法所得五倍以下"),
            "“处罚”第一项的“罚款”由违法所得二倍以下改为违法所得五倍以下。",
        ),
        (Difference("备注", "罚五万元以下", "罚六万元以下"), "“备注”由罚五万元以下改为罚六万元以下。"),
        (Difference("状态", "有效", "取消"), "“状态”由有效改为取消。"),
        (Difference("备注", None, "<b>"), "增加了“备注”：&lt;b&gt;。"),
        (Difference("监督电话", "0990-1", None), "删去了“监督电话”：0990-1。"),
        (Difference("关键词（顺序）", "甲、乙", "乙、甲"), "“关键词”的先后由甲、乙改为乙、甲。"),
        (Difference("备注", None, "文件依据待核。"), "增加了“备注”：文件依据待核。"),
        (Difference("备注", "文件依据待核。", None), "删去了“备注”：文件依据待核。"),
        (Difference("备注", "依据待核。", "依据已核。"), "“备注”由依据待核改为依据已核。"),
        (Difference("备注", "依据待核", "依据待核。"), "改写了“备注”：依据待核。"),
        (
            Difference("速答", None, "问：不服；答：申请复议。；依据：甲"),
            "增加了“速答”：问：不服；答：申请复议；依据：甲。",
        ),
        (Difference("备注", "甲" * 40 + "。", "甲" * 40 + "。乙方办理。"), "“备注”的末尾加上了：乙方办理。"),
        (Difference("备注", "乙方办理，" + "甲" * 40, "甲" * 40), "“备注”的最前面删去了：乙方办理。"),
        (Difference("依据", "甲\n乙", "甲\n乙\n丙"), "“依据”的末尾加上了：丙。"),
        (Difference("<i>", "甲", "乙"), "“&lt;i&gt;”由甲改为乙。"),
    ],
)
def test_sentences(one, told):
    found = str(sentence(one, marked))
    for tag in ("<del>", "</del>", "<ins>", "</ins>"):
        found = found.replace(tag, "")
    assert found == told


def test_what_was_added_to_one_field_is_one_sentence():
    several = [
        Difference("关键词", None, "甲"),
        Difference("关键词", None, "乙"),
        Difference("关键词", "丙", None),
        Difference("备注", None, "丁"),
    ]
    told = [str(one).replace("<ins>", "").replace("</ins>", "") for one in sentences(several, marked)]
    assert told == ["增加了“关键词”：甲、乙。", "删去了“关键词”：<del>丙</del>。", "增加了“备注”：丁。"]


@pytest.mark.parametrize(("length", "count"), [(40, 1), (41, 2)])
def test_long_texts_stand_each_in_its_own_sentence(length, count):
    several = [Difference("备注", None, "甲" * length), Difference("备注", None, "乙" * length)]
    assert len([*sentences(several, marked)]) == count


@pytest.mark.parametrize(("length", "beside"), [(40, True), (41, False)])
def test_short_texts_stand_beside_each_other(length, beside):
    told = sentence(Difference("备注", "甲" * length, "乙"), marked)
    assert ("由<del>" in told) is beside


def test_of_a_long_text_what_differs_is_marked():
    old = "对生产经营单位未按照规定进行教育和培训的行为依照法律规定的条件和程序给予处理并书面告知当事人"
    told = sentence(Difference("行使内容", old, old.replace("书面", "当场")), marked)
    assert told.startswith("改写了“行使内容”：")
    assert "<del>书面</del><ins>当场</ins>" in told
