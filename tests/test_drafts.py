"""What is a draft stands nowhere in public: not its text, not that there is one, whatever its status is called."""

from __future__ import annotations

import pytest
from tests import project, registers

from quanze import history
from quanze.register.life import Life, state

SECRET, AMENDED = "尚未公布的第一稿", "尚未公布的第二稿"


@pytest.fixture(name="drafted", scope="module", params=["spotchecks", "items"])
def _drafted(request, tmp_path_factory):
    """Return a built register with a draft that was committed, amended, moved, amended, and one that was dropped."""
    folder = project.copy(tmp_path_factory.mktemp(request.param) / "登记")
    made = registers.make(folder, "fictitious" if request.param == "spotchecks" else "demonstration")
    text = (
        f"抽查事项: {SECRET}\n进度: 拟\n"
        if request.param == "spotchecks"
        else made.root.joinpath("catalog/items/xzjc-002.yaml")
        .read_text("utf-8")
        .replace("对生产经营单位的第002种检查", SECRET)
        .replace("有效", "拟")
    )
    base = f"catalog/{request.param}"
    for name in ("nigao-001", "nigao-002"):
        made.write(f"{base}/{name}.yaml", text)
    made.commit("2026-07-01", "起草")
    for name in ("nigao-001", "nigao-002"):
        made.write(f"{base}/{name}.yaml", text.replace(SECRET, AMENDED))
    made.commit("2026-07-02", "改稿")
    made.move(f"{base}/nigao-001.yaml", f"{base}/cao-gao/nigao-001.yaml")
    made.remove(f"{base}/nigao-002.yaml")
    made.commit("2026-07-03", "移动")
    made.move(f"{base}/cao-gao/nigao-001.yaml", f"{base}/nigao-003.yaml")
    made.write(f"{base}/nigao-003.yaml", text)
    made.commit("2026-07-04", "换编号")
    project.build(folder, at="")
    return folder


@pytest.mark.parametrize("word", [SECRET, AMENDED, "nigao-"])
def test_a_draft_is_nowhere_on_the_site(drafted, word):
    told = [
        path for path, content in project.files(drafted / "site").items() if word.encode() in content or word in path
    ]
    assert told == []


def test_the_history_knows_a_draft_by_the_kind_of_its_field(drafted):
    kinds = {entry.kind for entry in history.read(drafted).entries if "nigao" in entry.key[1]}
    assert kinds == {"拟"}
    assert {one.kind for one in history.between(drafted, "HEAD~4", "HEAD")} == {"拟"}


@pytest.mark.parametrize(
    ("data", "field", "told"),
    [
        ({"进度": "拟"}, "进度", "拟"),
        ({"进度": "拟", "状态": "有效"}, "进度", "拟"),
        ({"状态": "拟"}, "进度", ""),
        ({"状态": "拟"}, "", ""),
        ({"进度": ["有效", "拟"]}, "进度", "拟"),
        ({"进度": ["有效"]}, "进度", "有效"),
        ({"名称": "甲", "阶段": "拟"}, None, "拟"),
        ({"名称": "甲"}, None, ""),
        ({}, None, ""),
    ],
)
def test_the_status_of_any_document(data, field, told):
    assert state(data, field) == told
    if field is not None:
        assert Life(field, "", "", "").draft(data) is (told == "拟")
