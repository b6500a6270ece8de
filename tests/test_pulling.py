"""Facts of the law from another register: what it published, what was taken before, what a clerk here has put right."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from tests.clerk import Clerk

from quanze.base.problem import Fault
from quanze.edit.envelope import opened

LAW = "catalog/laws/qiao-liang-fa.yaml"
HERE = """# 桥梁科管
名称: 中华人民共和国桥梁法
简称: [桥梁法, 桥法]
位阶: 法律
制定机关: 示例机关
版本:
  - 名称: 2019年公布  # 第一版
    公布日期: 2019-01-01
    施行日期: 2019-03-01
    条数: 12
官方链接: https://laws.example.org/qiao
核对: {日期: 2026-11-01, 来源: 国家法律法规公开文本}
"""
CHECKED = {"核对": {"日期": "2026-10-01", "来源": "国家法律法规公开文本"}}
FIRST = {"名称": "2019年公布", "公布日期": "2019-01-01", "施行日期": "2019-03-01", "条数": 12}
THERE = {
    "id": "bridge-law",
    "名称": "中华人民共和国桥梁法",
    "位阶": "法律",
    "制定机关": "示例机关",
    "条号版本": "2026年修订",
    "版本": [
        FIRST | {"结构": "1-3 4:0/0 5-12", "采用日期": "2019-03-01"},
        {
            "名称": "2026年修订",
            "公布日期": "2026-09-01",
            "施行日期": "2027-06-01",
            "条数": 13,
            "全文": "texts/their-own.txt",
            "条文对照": [{"旧": "第三条", "新": "第四条", "变化": ["仅改号"]}],
        },
    ],
    "官方链接": "https://laws.example.org/qiao",
}
HEIR = {"id": "../../evil", "名称": "渡口管理条例", "位阶": "行政法规", "制定机关": "示例机关"}
HEIR |= {"版本": [FIRST], **CHECKED}


@pytest.fixture(name="clerk")
def _clerk(tmp_path):
    clerk = Clerk(tmp_path / "本处")
    clerk.write(LAW, HERE)
    return clerk


@pytest.fixture(name="publish")
def _publish(tmp_path):
    """Return a function that publishes laws as a site in a folder would."""

    def publish(*laws, dated="2026-11-01", forged=False):
        site = tmp_path / "来源"
        (site / "data/v1").mkdir(parents=True, exist_ok=True)
        content = json.dumps({"schema_version": "1.0", "dated": dated, "total": len(laws), "result": laws}).encode()
        (site / "data/v1/laws.json").write_bytes(content)
        digest = hashlib.sha256(b"another" if forged else content).hexdigest()
        files = {"data/v1/laws.json": digest}
        told = {"commit": "a" * 40, "tree": "b" * 40, "changes": [], "quanze": "0.2.0", "requirements_lock": ""}
        (site / "manifest.json").write_text(json.dumps(told | {"at": "", "previous": "", "files": files}), "utf-8")
        return str(site)

    return publish


def pull(clerk, *words):
    return clerk("law", "pull", *words, "--at", "2026-11-23")


def test_a_new_version_and_a_structure_are_taken_and_the_rest_stays(clerk, publish):
    site = publish(THERE)
    before = clerk.files()
    shown = pull(clerk, site)
    assert shown.code == 1
    assert "取来新版本「2026年修订」" in shown.out
    assert "2019年公布的结构：取来（本处：没有写" in shown.out
    assert clerk.files() == before
    assert not (clerk.root / "laws.lock").exists()
    done = pull(clerk, site, "--apply")
    assert (done.code, "写入了 1 个文件" in done.err) == (0, True)
    text = clerk.read(LAW)
    assert text.startswith("# 桥梁科管\n")
    assert "名称: 2019年公布  # 第一版\n" in text
    assert "\n  - 名称: 2026年修订\n    公布日期: 2026-09-01\n" in text
    assert "条号版本: 2019年公布\n" in text, "new numbers are never adopted by taking a version"
    assert "采用日期" not in text
    assert "their-own" not in text


def test_taking_twice_changes_nothing(clerk, publish):
    pull(clerk, publish(THERE), "--apply")
    before = clerk.files()
    again = pull(clerk, "--apply")
    assert (again.code, clerk.files()) == (0, before)
    assert "取来 0 项，本处改过 0 项，两处不一致 0 项" in again.err


def test_what_was_put_right_here_stands_and_goes_back_to_the_source(clerk, publish, tmp_path):
    site = publish(THERE)
    pull(clerk, site, "--apply")
    clerk.write(LAW, clerk.read(LAW).replace("条数: 13", "条数: 14"))
    other = {**THERE, "版本": [THERE["版本"][0], THERE["版本"][1] | {"施行日期": "2027-07-01"}]}
    publish(other, dated="2026-11-05")
    patch = tmp_path / "更正.json"
    told = pull(clerk, site, "--patch", str(patch), "--apply")
    assert "2026年修订的条数：本处改过（本处：14；来源：13）" in told.out
    assert "2026年修订的施行日期：取来（本处：2027-06-01；来源：2027-07-01）" in told.out
    assert "条数: 14" in clerk.read(LAW)
    assert "施行日期: 2027-07-01" in clerk.read(LAW)
    source = Clerk(tmp_path / "上级")
    source.write(LAW, clerk.read(LAW).replace("条数: 14", "条数: 13"))
    seen = pull(source, str(patch))
    assert "2026年修订的条数：两处不一致（本处：13；来源：14）" in seen.out
    assert "取来 0 项，本处改过 0 项，两处不一致 1 项" in seen.err
    pull(source, str(patch), "--take", "桥梁法", "--apply")
    assert "条数: 14" in source.read(LAW)
    assert not (source.root / "laws.lock").exists(), "corrections are no register to follow"


def test_where_both_have_changed_nobody_is_overruled(clerk, publish):
    site = publish(THERE)
    pull(clerk, site, "--apply")
    clerk.write(LAW, clerk.read(LAW).replace("条数: 13", "条数: 14"))
    publish({**THERE, "版本": [THERE["版本"][0], THERE["版本"][1] | {"条数": 15}]})
    told = pull(clerk, site, "--apply")
    assert "2026年修订的条数：两处不一致（本处：14；来源：15）" in told.out
    assert "条数: 14" in clerk.read(LAW)


def test_long_values_are_told_where_they_begin_to_differ(clerk, publish):
    alike = " ".join(f"{number}:0/0" for number in range(1, 12))
    clerk.write(LAW, HERE.replace("    条数: 12\n", f"    条数: 12\n    结构: {alike} 12\n"))
    told = pull(clerk, publish({**THERE, "版本": [FIRST | {"结构": f"{alike} 12:0/0"}]}))
    assert "2019年公布的结构：两处不一致（本处：……/0 11:0/0 12；来源：……/0 11:0/0 12:0/0）" in told.out


def test_maps_are_told_by_what_their_rows_say(clerk, publish):
    site = publish(THERE)
    pull(clerk, site, "--apply")
    clerk.write(LAW, clerk.read(LAW).replace("新: 第四条", "新: 第五条"))
    told = pull(clerk, site)
    assert "本处：旧 第三条 新 第五条 变化 仅改号；来源：旧 第三条 新 第四条 变化 仅改号" in told.out


def test_a_correction_of_what_was_never_pulled_is_told_to_be_none(clerk, publish, tmp_path):
    clerk.write(LAW, HERE.replace("条数: 12", "条数: 11"))
    told = pull(clerk, publish(THERE), "--patch", str(tmp_path / "更正.json"))
    assert "0 部法律里本处改过的；只有先从来源取过（--apply）、后来改了的才算" in told.err


def test_a_repeal_brings_the_law_that_took_its_place(clerk, publish):
    site = publish({**THERE, "废止日期": "2026-12-01", "替代文件": [HEIR["id"]]}, HEIR)
    told = pull(clerk, site, "--apply")
    assert "《渡口管理条例》：新收" in told.out
    assert "废止日期: 2026-12-01" in clerk.read(LAW)
    assert "替代文件:\n  - du-kou-guan-li-tiao-li\n" in clerk.read(LAW)
    assert "名称: 渡口管理条例" in clerk.read("catalog/laws/du-kou-guan-li-tiao-li.yaml")


def test_a_law_whose_successor_cannot_be_taken_names_none(clerk, publish):
    heir = {name: value for name, value in HEIR.items() if name != "核对"}
    told = pull(clerk, publish({**THERE, "废止日期": "2026-12-01", "替代文件": [HEIR["id"]]}, heir), "--apply")
    assert "《渡口管理条例》不合本处的表单" in told.out
    assert "废止日期: 2026-12-01" in clerk.read(LAW)
    assert "替代文件" not in clerk.read(LAW)
    pull(clerk, publish({**THERE, "废止日期": "2026-12-01", "替代文件": [HEIR["id"]]}, HEIR), "--apply")
    assert "替代文件:\n  - du-kou-guan-li-tiao-li\n" in clerk.read(LAW), "once the source has put it right, it is taken"


def test_laws_that_this_register_has_not_are_taken_by_name_alone(clerk, publish):
    site = publish(THERE, HEIR)
    assert "另有 1 部本处没有的法律" in pull(clerk, site, "--apply").out
    assert not (clerk.root / "catalog/laws/du-kou-guan-li-tiao-li.yaml").exists()
    pull(clerk, site, "--law", "《渡口管理条例》", "--apply")
    assert (clerk.root / "catalog/laws/du-kou-guan-li-tiao-li.yaml").exists()
    assert "来源里没有《轮渡法》" in pull(clerk, site, "--law", "轮渡法").err


def test_a_law_of_which_only_the_title_was_known_gets_its_versions(clerk, publish):
    head, _, tail = HERE.partition("版本:")
    clerk.write(LAW, f"{head}版本:\n  - 名称: 待核\n官方链接:{tail.partition('官方链接:')[2]}")
    pull(clerk, publish(THERE), "--apply")
    text = clerk.read(LAW)
    assert "待核" not in text
    assert "名称: 2019年公布" in text
    assert "名称: 2026年修订" in text


def test_versions_of_which_only_the_name_was_known_get_their_days_and_stay(clerk, publish):
    head, _, tail = HERE.partition("版本:")
    rest = f"官方链接:{tail.partition('官方链接:')[2]}"
    clerk.write(LAW, f"{head}版本:\n  - 名称: 2015年公布\n  - 名称: 2019年公布\n{rest}")
    site = publish(THERE)
    pull(clerk, site, "--apply")
    assert re.findall("名称: (20.*)", clerk.read(LAW)) == ["2015年公布", "2019年公布", "2026年修订"]
    clerk.write(LAW, f"{HERE.partition('官方链接')[0]}  - 名称: 2026年修订\n{rest}")
    (clerk.root / "laws.lock").unlink()
    pull(clerk, site, "--apply")
    text = clerk.read(LAW)
    assert (
        text.count("名称: 2026年修订\n    公布日期: 2026-09-01\n    施行日期: 2027-06-01\n")
        == text.count("2026年修订")
        == 1
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"条数": "十二"}, "不合本处的表单"),
        ({"条数": -1}, "不合本处的表单"),
        ({"结构": "1-3 乱写"}, "不合本处的表单"),
        ({"公布日期": {"$gt": ""}}, "不合本处的表单"),
    ],
)
def test_what_does_not_fit_the_form_is_refused_whole(clerk, publish, wrong, said):
    before = clerk.files()
    told = pull(clerk, publish({**THERE, "版本": [FIRST, THERE["版本"][1] | wrong]}), "--apply")
    assert (told.code, said in told.out, clerk.files()) == (1, True, before)
    assert "取来 0 项" in told.err, "what is refused is not counted as taken"
    assert "没有取 1 部" in told.err


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"[" * 100_000, b'{"schema_version": "2.0", "result": []}']
)
def test_what_is_no_published_data_is_told_in_a_sentence(clerk, tmp_path, content):
    file = tmp_path / "laws.json"
    file.write_bytes(content)
    told = pull(clerk, str(file))
    assert told.code == 2
    assert len(told.err.strip().splitlines()) == 1


def test_a_file_that_is_not_what_its_manifest_says_is_not_taken(clerk, publish):
    told = pull(clerk, publish(THERE, forged=True), "--apply")
    assert (told.code, "对不上" in told.err) == (2, True)


def test_a_source_that_has_gone_back_in_time_is_not_followed(clerk, publish):
    pull(clerk, publish(THERE, dated="2026-11-05"), "--apply")
    told = pull(clerk, publish(THERE, dated="2026-11-01"), "--apply")
    assert (told.code, "退回到了以前" in told.err) == (2, True)


def test_without_a_source_there_has_to_be_one_on_record(clerk):
    assert "请写明来源" in pull(clerk).err


def test_half_a_sign_is_no_data():
    with pytest.raises(Fault, match="不是 quanze 公布的 JSON 数据"):
        opened(b'{"schema_version": "1.0", "title": "\\ud800"}', "laws.json")
