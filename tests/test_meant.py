"""A reference that is written as a name: the check says which id is meant."""

import pytest
from tests.clerk import DAY, Clerk


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("示例市应急管理局", "；「示例市应急管理局」的编号是 shi-ying-ji-guan-li-ju [form-pattern]"),
        ("某某局", "写 catalog/bodies/ 里那条记录的编号，即它的文件名去掉 .yaml，如 shi-"),
    ],
)
def test_a_name_in_the_place_of_an_id_is_told_with_the_id_or_with_one_of_its_collection(tmp_path, written, said):
    clerk = Clerk(tmp_path / "项目")
    path = "catalog/items/xzcf-001.yaml"
    text = clerk.read(path)
    assert "行使主体: [shi-ying-ji-guan-li-ju]" in text
    clerk.write(path, text.replace("行使主体: [shi-ying-ji-guan-li-ju]", f"行使主体: [{written}]"))
    (line,) = [line for line in clerk("check", "--at", DAY).lines if f"「{written}」" in line]
    assert said in line
    assert "如 xzcf-001" not in line


def test_a_new_record_s_skeleton_gives_no_id_of_another_collection_as_an_example(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    assert clerk("new", "items", "xzcf-777").code == 0
    text = clerk.read("catalog/items/xzcf-777.yaml")
    assert "写 catalog/bodies/ 里的编号" in text
    assert "如 xzcf-001" not in text
