"""A register of one's own: begun sound, brought up to date without a loss."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import project

from quanze import __version__
from quanze.base.problem import Fault
from quanze.check.checking import check
from quanze.cli import main
from quanze.edit.starter import BodyName, NewRegister, begin, beginning, locked, package, pinned, upgrade
from quanze.edit.starter.files import Pin
from quanze.edit.starter.merge import merged
from quanze.edit.starter.written import PLACE, Written
from quanze.io import git
from quanze.register.disclaimer import details, disclaimer
from quanze.register.settings import Settings

PIN = Pin(__version__, "a" * 64)
COUNTY = NewRegister(government="示例县人民政府")
OWN = ("行政处罚", "行政检查", "行政监管")
NAMES = "西安", "应急管理", "安全生产", "610100"


def begun(folder: Path, answers: NewRegister = COUNTY) -> Path:
    """Return a new register."""
    begin(folder, answers, PIN)
    return folder


def errors(folder: Path) -> list[str]:
    """Return what the check says of a register, besides what waits for a person."""
    return [f"{one.path}: {one.message}" for one in check(folder, project.DAY).errors]


# 建立


@pytest.mark.parametrize(
    "answers",
    [
        NewRegister(),
        COUNTY,
        replace(COUNTY, lists=("权责清单", "执法事项目录"), region="990123", address="https://quanze.example/a/"),
        replace(COUNTY, types=OWN, place="独立网站"),
        replace(COUNTY, types=("行政处罚",), place="内网", laws=("《安全生产法》", "突发事件应对法")),
        replace(COUNTY, bureau="示例省税务局", level="省级", types=("行政征收", "行政检查")),
        replace(COUNTY, lists=package.further()),
        NewRegister(bureau="示例省人民政府", level="省级", government="示例省人民政府"),
    ],
)
def test_a_new_register_is_sound(tmp_path, answers):
    assert errors(begun(tmp_path / "新", answers)) == []


def test_nothing_in_it_is_of_another_bureau(tmp_path):
    folder = begun(tmp_path / "p")
    files = [path for path in folder.rglob("*") if path.is_file() and ".git/" not in str(path)]
    told = [
        (str(path.relative_to(folder)), name)
        for path in files
        if "schema" not in path.parts and path.name != PLACE
        for name in NAMES
        if name in path.read_text("utf-8")
    ]
    assert told == []


def test_a_trial_says_who_makes_it_and_claims_nothing_for_the_bureau(tmp_path):
    site = Settings.of(check(begun(tmp_path / "p"), project.DAY).catalog.site)
    told = details(site)
    assert told.startswith("本站由示例县市场监督管理局权责清单试编人员依据公开的法律编写，写的是示例县市场监督管理局；")
    assert "未经该机关审核或者批准。正式内容以示例县市场监督管理局公布的为准。" in told
    assert disclaimer(site) == "【演示】本站是演示，不是政府网站，不能作任何依据。"
    about = (tmp_path / "p/docs/about.md").read_text("utf-8")
    assert "请向主办单位提出" in about


def test_the_laws_are_said_to_be_looked_at_no_later_than_each_was(tmp_path):
    catalog = check(begun(tmp_path / "p"), project.DAY).catalog
    days = {one.data["核对"]["日期"] for one in catalog.records["laws"].values()}
    assert catalog.site["演示"]["法律核对至"] == min(days)


@pytest.mark.parametrize(
    "name", [".DS_Store", "._xzcf-001.yaml", "xzcf-001.yaml~", "~$清单.xlsx", "Thumbs.db", "site/a"]
)
def test_what_machines_leave_behind_is_no_part_of_it(tmp_path, name):
    folder = begun(tmp_path / "p")
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", "utf-8")
    assert git.dirty(folder) == ()


def test_files_are_the_same_bytes_where_lines_end_otherwise(tmp_path):
    folder = begun(tmp_path / "p")
    copy = tmp_path / "copy"
    command = ["git", "-c", "core.autocrlf=true", "clone", "--quiet", str(folder), str(copy)]
    subprocess.run(command, check=True, timeout=60)
    for path in folder.rglob("*"):
        if path.is_file() and ".git" not in path.relative_to(folder).parts:
            assert (copy / path.relative_to(folder)).read_bytes() == path.read_bytes(), path


def recipes(makefile: Path) -> dict[str, str]:
    """Return what a Makefile does, by target."""
    found = re.findall(r"^([a-z]+):([^=\n]*)\n((?:\t.*\n)*)", makefile.read_text("utf-8"), re.MULTILINE)
    return {target: needs + recipe for target, needs, recipe in found if recipe}


def test_both_makefiles_do_the_same_where_they_do_the_same_thing():
    """That of a register stands alone, so the project's cannot include it; what both have is held together here."""
    own, given = recipes(project.ROOT / "Makefile"), recipes(package.HERE / "templates/Makefile")
    shared = {"site", "previous", "serve", "check", "report"}
    assert shared <= own.keys() & given.keys()
    assert {name: own[name] for name in shared} == {name: given[name] for name in shared}


@pytest.mark.parametrize("there", ["nothing", "a folder", "a repository"])
@pytest.mark.parametrize("at", [1, 30])
def test_of_a_register_that_cannot_be_finished_nothing_is_left(tmp_path, monkeypatch, there, at):
    folder = tmp_path / "p"
    if there != "nothing":
        folder.mkdir()
    if there == "a repository":
        subprocess.run(["git", "init", "--quiet", folder], check=True)
    before = sorted(path.name for path in tmp_path.glob("**/*") if ".git/" not in str(path))
    left, real = [at], beginning.writing.write

    def full(path: Path, content: bytes) -> None:
        left[0] -= 1
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        real(path, content)

    monkeypatch.setattr(beginning.writing, "write", full)
    with pytest.raises(OSError, match="No space"):
        begun(folder)
    monkeypatch.undo()
    assert sorted(path.name for path in tmp_path.glob("**/*") if ".git/" not in str(path)) == before
    assert begun(folder)


def test_an_upgrade_that_finds_the_disk_full_leaves_the_file_that_was_there(tmp_path, monkeypatch):
    folder = begun(tmp_path / "p")
    before = project.files(folder)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for write in (
        lambda: beginning.write(folder, "Makefile", "new"),
        lambda: Written("9.0", {}, {"Makefile": "new"}).save(folder),
    ):
        with pytest.raises(OSError, match="No space"):
            write()
    assert project.files(folder) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[" * 100_000, "读不懂"),
        (b'{"a":' * 50_000, "读不懂"),
        (b'{"quanze": 1' + b"0" * 5000 + b"}", "读不懂"),
        (b"\xff", "读不懂"),
        (None, "不是普通文件"),
        ("/dev/zero", "是一个链接"),
    ],
)
def test_what_an_upgrade_goes_by_is_a_file_that_it_can_read(tmp_path, content, told):
    folder = begun(tmp_path / "p")
    file = folder / PLACE
    file.unlink()
    if content is None:
        os.mkfifo(file)
    elif isinstance(content, str):
        file.symlink_to(content)
    else:
        file.write_bytes(content)
    with pytest.raises(Fault, match=f"{PLACE}.*{told}"):
        upgrade(folder, PIN)


@pytest.mark.parametrize("name", ["../letter", "a/../../letter", "/{}/letter", "a\\..\\letter"])
def test_an_upgrade_removes_nothing_outside_of_the_register(tmp_path, name):
    folder = begun(tmp_path / "p")
    letter = tmp_path / "letter"
    letter.write_text("mine\n", "utf-8")
    whole = json.loads((folder / PLACE).read_bytes())
    whole["files"][name.format(str(tmp_path).strip("/"))] = ["mine", ""]
    (folder / PLACE).write_text(json.dumps(whole), "utf-8")
    upgrade(folder, PIN)
    assert letter.read_text("utf-8") == "mine\n"


def test_an_upgrade_tells_a_file_that_is_no_text(tmp_path):
    folder = begun(tmp_path / "p")
    (folder / "Makefile").write_bytes("构建".encode("gbk"))
    with pytest.raises(Fault, match="Makefile 不是 UTF-8 编码"):
        upgrade(folder, PIN)
    (folder / "Makefile").unlink()
    (folder / "Makefile").symlink_to("/dev/zero")
    with pytest.raises(Fault, match="Makefile 是一个链接"):
        upgrade(folder, PIN)


def test_its_history_begins_with_it(tmp_path):
    folder = begun(tmp_path / "p")
    start = check(folder, project.DAY).catalog.site["历史起点"]
    assert start == git.head(folder).date
    assert git.dirty(folder) == ()


def test_in_a_repository_that_has_a_history_it_begins_after_that(tmp_path):
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "x").write_text("x", "utf-8")
    git.commit_all(folder, "以前的")
    before = git.head(folder).id
    (folder / "x").unlink()
    assert check(begun(folder), project.DAY).catalog.site["历史起点"] == before


def test_its_own_power_types_are_in_the_vocabulary(tmp_path):
    folder = begun(tmp_path / "p", replace(COUNTY, types=OWN))
    catalog = check(folder, project.DAY).catalog
    for name in ("items", "procedures"):
        assert catalog.forms[name].fields["职权类型"].choices[-2:] == ("其他行政权力", "行政监管")
    assert {*catalog.records["procedures"]} == {"xingzheng-chufa"}


@pytest.mark.parametrize(
    ("types", "id_", "status"),
    [
        ((), "ggfw-001", "有效"),
        (("行政处罚", "其他行政权力"), "qtxzql-001", "有效"),
        (("行政处罚",), "xzcf-001", "拟"),
        (("监管事项", "服务事项"), "jgsx-001", "拟"),
        (("其他类",), "qtl-001", "拟"),
        (("A类", "B类"), "al-001", "拟"),
    ],
)
def test_its_example_is_a_draft_where_no_type_is_one_that_it_can_stand_under(tmp_path, types, id_, status):
    folder = begun(tmp_path / "p", replace(COUNTY, types=types))
    checked = check(folder, project.DAY)
    assert checked.errors == ()
    (example,) = checked.catalog.records["items"].values()
    assert (example.id, example.data["状态"]) == (id_, status)
    assert ("（它是草稿，不会公布）" in (folder / "README.md").read_text("utf-8")) is (status == "拟")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"level": "区级"}, "--level：层级「区级」不对"),
        ({"place": "网站"}, "--place：发布方式「网站」不对"),
        ({"region": "99012"}, "--region：「行政区划」的值「99012」写法不对"),
        ({"region": "９９０１２３"}, "--region：「行政区划」写了全角字符"),
        ({"region": "000000"}, "--region：「行政区划」的值「000000」写法不对"),
        ({"region": "001234"}, "--region：「行政区划」的值「001234」写法不对"),
        ({"bureau": "../../x局"}, "--bureau：「../../x局」里的「.」不是名称里的字"),
        ({"bureau": "示例县/市场局"}, "里的「/」不是名称里的字"),
        ({"bureau": "示例县$(id)局"}, "里的「$」不是名称里的字"),
        ({"bureau": "<b>示例局"}, "里的「<」不是名称里的字"),
        ({"bureau": "示例县？局"}, "里的「？」不是名称里的字"),
        ({"bureau": "待核"}, "--bureau：「待核」不是名称"),
        ({"government": "示例县\\人民政府"}, "--government：「示例县\\人民政府」里的「\\」不是名称里的字"),
        ({"government": "不详"}, "--government：「不详」不是名称"),
        ({"types": ("待核",)}, "职权类型「待核」不对：「待核」不是名称"),
        ({"types": ("行政处罚", "其他")}, "职权类型「其他」不对"),
        ({"types": ("../x权",)}, "里的「.」不是名称里的字"),
        ({"bureau": " 局"}, "--bureau：「名称」的前后有空格"),
        ({"bureau": "甲\n乙局"}, "--bureau：「名称」须写在一行里"),
        ({"bureau": "示例县\u202e局"}, "--bureau：这里有一个看不见的字符 U+202E"),
        ({"bureau": "局\0局"}, "--bureau：这个值里有一个看不见的字符 U+0000"),
        ({"bureau": "局" * 400}, "--bureau：「名称」太长，最多 300 个字"),
        ({"bureau": "局" * 299}, "--bureau：清单「权责清单」的名称以机关名称开头：「名称」太长"),
        ({"bureau": "★★"}, "--bureau：「★★」写不成编号"),
        ({"bureau": "con"}, "--bureau：「con.yaml」是 Windows 给设备留的名字"),
        ({"government": "府"}, "--government：「名称」太短"),
        ({"government": "★★"}, "--government：「★★」写不成编号"),
        ({"government": COUNTY.bureau}, "--government：县级机关不由自己复议"),
        ({"government": "示例县市场监督管理居"}, "与机关名称写成的编号一样"),
        ({"address": "https://a.example"}, "--address：「网址」的值「https://a.example」写法不对"),
        ({"address": "https://a.example/$(id)/"}, "--address：「网址」的值「https://a.example/$(id)/」写法不对"),
        ({"lists": ("权责名单",)}, "--list：清单「权责名单」不对；最接近的是「权责清单」"),
        ({"lists": ("执法事项目录",), "types": ("行政许可",)}, "请加上，或者不要这张清单"),
        ({"types": ("",)}, "--type：职权类型「」不对；写一类的名称"),
        ({"types": ("★",)}, "职权类型「★」不对"),
        ({"types": ("行政许可 ",)}, "职权类型「行政许可 」不对：它的前后有空格"),
        ({"types": ("甲\u202e乙",)}, "看不见的字符 U+202E"),
        ({"types": ("行政许可，行政监管",)}, "几类的分开写"),
        ({"laws": ("安全生成法",)}, "--law：没有《安全生成法》的资料；最接近的是《安全生产法》"),
    ],
)
def test_what_cannot_be_is_said(tmp_path, change, said):
    with pytest.raises(Fault) as fault:
        begin(tmp_path / "p", replace(COUNTY, **change), PIN)
    assert said in str(fault.value)
    assert [*tmp_path.glob("p/*")] == [], "what is refused leaves no half of a register"


def test_a_folder_with_files_is_left_alone(tmp_path):
    (tmp_path / "x").write_text("x", "utf-8")
    with pytest.raises(Fault, match="已经有文件了"):
        begin(tmp_path, COUNTY, PIN)


@pytest.mark.parametrize(
    ("bureau", "name"),
    [
        ("示例县市场监督管理局", "示例县人民政府"),
        ("示例省示例市示例区应急管理局", "示例省示例市示例区人民政府"),
        ("示例市市场监督管理局", "示例市人民政府"),
        ("示例县城市管理局", "示例县人民政府"),
        ("示例市城市管理局", "示例市人民政府"),
        ("某某局", ""),
    ],
)
def test_the_government_is_read_off_the_bureaus_name(bureau, name):
    assert BodyName.of(bureau).government == name


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("示例市应急管理局", ("市级", "政府部门", "示例市人民政府")),
        ("示例县某镇人民政府", ("乡级", "人民政府", "示例县人民政府")),
        ("示例自治县某某民族乡人民政府", ("乡级", "人民政府", "示例自治县人民政府")),
        ("示例市示例区某街道办事处", ("乡级", "派出机关", "示例市示例区人民政府")),
        ("示例市示例区人民政府", ("县级", "人民政府", "示例市人民政府")),
        ("示例县人民政府", ("县级", "人民政府", "")),
        ("示例省人民政府", ("省级", "人民政府", "示例省人民政府")),
        ("示例市住房和城乡建设局", ("市级", "政府部门", "示例市人民政府")),
        ("上海市浦东新区应急管理局", ("县级", "政府部门", "上海市浦东新区人民政府")),
        ("示例市高新技术产业开发区应急管理局", ("", "政府部门", "")),
        ("示例经开区管理委员会", ("", "待核", "")),
        ("示例市某某新区管理委员会", ("", "待核", "")),
        ("示例市国有资产监督管理委员会", ("市级", "政府部门", "示例市人民政府")),
    ],
)
def test_a_name_tells_the_level_the_kind_and_who_reconsiders_and_no_more(body, told):
    assert BodyName.of(body) == told


def test_a_body_of_which_its_name_tells_too_little_is_written_as_open(tmp_path):
    folder = begun(tmp_path / "p", replace(COUNTY, bureau="示例经开区管理委员会", government=""))
    bodies = [path.read_text("utf-8") for path in (folder / "catalog/bodies").glob("*.yaml")]
    assert len(bodies) == 1
    assert "类型: 待核" in bodies[0]
    assert "复议机关" not in bodies[0]


# 锁定


def test_an_editable_installation_cannot_be_pinned():
    with pytest.raises(Fault, match="开发用的"):
        pinned()


@pytest.mark.parametrize(
    ("lock", "pin"),
    [
        (f"quanze=={__version__} \\\n    --hash=sha256:{'b' * 64}\n", "b" * 64),
        (f"# 手工改过\r\nquanze=={__version__} --hash=sha256:{'b' * 64}\r\nmkdocs==1.6.1\r\n", "b" * 64),
        (f"quanze==0.0.1 --hash=sha256:{'b' * 64}\n", ""),
        (f"quanze=={__version__} --hash=sha256:{'b' * 64} --hash=sha256:{'c' * 64}\n", ""),
        (f"quanze=={__version__}\n", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_package_that_the_lock_names_is_not_asked_for_again(tmp_path, monkeypatch, lock, pin):
    installed = tmp_path / "installed" / f"quanze-{__version__}.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text(f"Metadata-Version: 2.1\nName: quanze\nVersion: {__version__}\n", "utf-8")
    monkeypatch.syspath_prepend(installed.parent)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    if lock is not None:
        (tmp_path / "requirements.lock").write_bytes(lock.encode())
    if pin:
        assert pinned(locked=locked(tmp_path)) == Pin(__version__, pin)
    else:
        with pytest.raises(Fault, match="取不到"):
            pinned(locked=locked(tmp_path))


def test_a_wheel_is_pinned_by_its_hash(tmp_path):
    wheel = tmp_path / f"quanze-{__version__}-py3-none-any.whl"
    wheel.write_bytes(b"")
    assert pinned(wheel) == Pin(__version__, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")


@pytest.mark.parametrize("name", ["quanze-99-py3-none-any.whl", "mkdocs-1.6.1-py3-none-any.whl"])
def test_another_wheel_is_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(Fault):
        pinned(tmp_path / name)


def test_the_lock_of_a_register_is_that_of_this_project_without_what_builds_it(tmp_path):
    begun(tmp_path / "p")
    own = (tmp_path / "p/requirements.lock").read_text("utf-8")
    head = f"quanze=={__version__} \\\n    --hash=sha256:{'a' * 64}\n"
    assert own.startswith(head)
    whole = (project.ROOT / "requirements.lock").read_text("utf-8")
    pins = re.findall(r"^\S+==\S+|--hash=\S+", own.removeprefix(head), re.MULTILINE)
    assert len(pins) > 100
    assert [pin for pin in pins if pin not in whole] == []
    missing = {pin for pin in re.findall(r"^(\S+)==", whole, re.MULTILINE) if f"\n{pin}==" not in own}
    assert missing <= {"editables", "hatchling", "pluggy", "tomlkit", "trove-classifiers"}, "make lock"


# 合并

BASE = {"a": 1, "enum": ["甲", "乙"], "properties": {"名称": {}, "备注": {}}}


@pytest.mark.parametrize(
    ("own", "new", "whole"),
    [
        ({**BASE, "b": 2}, {**BASE, "c": 3}, {**BASE, "b": 2, "c": 3}),
        (
            {**BASE, "properties": {"名称": {}, "电梯": {}, "备注": {}}},
            {**BASE, "properties": {"名称": {}, "新栏": {}, "备注": {}}},
            {**BASE, "properties": {"名称": {}, "电梯": {}, "新栏": {}, "备注": {}}},
        ),
        (
            {**BASE, "enum": ["甲", "丙", "乙"]},
            {**BASE, "enum": ["甲", "乙", "丁"]},
            {**BASE, "enum": ["甲", "丙", "乙", "丁"]},
        ),
        ({**BASE, "enum": ["乙"]}, {**BASE, "enum": ["甲", "乙", "丁"]}, {**BASE, "enum": ["乙", "丁"]}),
        ({**BASE, "a": 2}, {**BASE, "enum": ["甲"]}, {**BASE, "a": 2, "enum": ["甲"]}),
        ({"enum": ["甲"], "properties": {}}, {**BASE, "c": 3}, {"enum": ["甲"], "properties": {}, "c": 3}),
    ],
)
def test_forms_are_merged_by_their_keys(own, new, whole):
    result = merged("schema/x.json", *(json.dumps(one) for one in (BASE, own, new)))
    assert json.loads(result.text) == whole
    assert list(json.loads(result.text).get("properties", {})) == list(whole["properties"])
    assert result.conflicts == ()


def test_where_both_changed_a_form_the_bureaus_stands_and_the_place_is_told():
    own, new = (
        {**BASE, "properties": {"名称": {"x": 1}, "备注": {}}},
        {**BASE, "properties": {"名称": {"x": 2}, "备注": {}}},
    )
    result = merged("schema/x.json", *(json.dumps(one) for one in (BASE, own, new)))
    assert json.loads(result.text) == own
    assert result.conflicts == ("/properties/名称/x",)


def test_other_files_are_merged_by_their_lines():
    base = "一\n二\n三\n四\n五\n"
    assert merged("Makefile", base, "零\n" + base, base + "六\n").text == "零\n" + base + "六\n"
    stuck = merged("Makefile", base, base.replace("三", "3"), base.replace("三", "叁"))
    assert stuck == (base.replace("三", "3"), ("1 处",))


# 升级


@pytest.fixture(name="aged")
def _aged(tmp_path):
    """Return a register as an earlier version wrote it: an older form, an older pipeline, a file that is no more."""
    folder = begun(tmp_path / "p")
    written = Written.load(folder)
    items = json.loads(written.files["schema/items.schema.json"])
    del items["properties"]["备注"]
    older = {
        "schema/items.schema.json": json.dumps(items, ensure_ascii=False, indent=2) + "\n",
        ".github/workflows/check.yml": written.files[".github/workflows/check.yml"].replace("3.13", "3.11"),
        "旧的.txt": "旧\n",
    }
    files = {path: text for path, text in written.files.items() if path != ".editorconfig"}
    Written("0.0.1", written.answers, files | older).save(folder)
    (folder / ".editorconfig").unlink()
    for path, text in older.items():
        (folder / path).write_text(text, "utf-8")
    return folder


def test_an_upgrade_brings_what_is_new_and_keeps_what_is_own(aged):
    file = aged / "schema/items.schema.json"
    form = json.loads(file.read_text("utf-8"))
    form["properties"]["电梯数量"] = {"$ref": "common.schema.json#/$defs/count", "section": "其他"}
    file.write_text(json.dumps(form, ensure_ascii=False, indent=2) + "\n", "utf-8")
    check_ = aged / ".github/workflows/check.yml"
    check_.write_text(check_.read_text("utf-8") + "      - run: echo 本局自己的步骤\n", "utf-8")
    (aged / ".gitlab-ci.yml").unlink()
    found = upgrade(aged, Pin("9.9", "b" * 64))
    assert {(one.path, one.what) for one in found} == {
        ("schema/items.schema.json", "更新"),
        (".github/workflows/check.yml", "更新"),
        (".editorconfig", "新增"),
        ("旧的.txt", "去掉"),
        ("requirements.lock", "更新"),
        (PLACE, "更新"),
    }
    assert [one.conflicts for one in found if one.conflicts] == []
    properties = json.loads(file.read_text("utf-8"))["properties"]
    assert {"备注", "电梯数量"} <= properties.keys()
    assert "3.13" in check_.read_text("utf-8")
    assert "本局自己的步骤" in check_.read_text("utf-8")
    assert not (aged / ".gitlab-ci.yml").exists()
    assert (aged / "requirements.lock").read_text("utf-8").startswith("quanze==9.9 ")
    assert errors(aged) == []
    assert upgrade(aged, Pin("9.9", "b" * 64)) == []


def test_an_upgrade_that_changes_nothing_says_so(aged, tmp_path):
    wheel = tmp_path / f"quanze-{__version__}-py3-none-any.whl"
    wheel.write_bytes(b"PK")
    first, second = (CliRunner().invoke(main, ["upgrade", "--root", str(aged), "--wheel", str(wheel)]) for _ in "ab")
    assert first.output.splitlines()[-1] == (f"升级到 quanze {__version__}：6 个文件有变化，没有合不上的；看过以后提交")
    assert second.output == f"升级到 quanze {__version__}：没有文件要改，都没有动\n"


def test_an_upgrade_tells_what_it_could_not(aged):
    check_ = aged / ".github/workflows/check.yml"
    own = check_.read_text("utf-8").replace("3.11", "3.12")
    check_.write_text(own, "utf-8")
    stuck = [one for one in upgrade(aged, PIN) if one.conflicts]
    assert [(one.path, one.what, one.conflicts) for one in stuck] == [(".github/workflows/check.yml", "", ("2 处",))]
    assert check_.read_text("utf-8") == own


@pytest.mark.parametrize(("text", "said"), [(None, "不是 quanze init 建立的"), ("{", "读不懂"), ("[]", "读不懂")])
def test_without_what_was_written_there_is_no_upgrade(tmp_path, text, said):
    folder = begun(tmp_path / "p")
    (folder / PLACE).unlink()
    if text:
        (folder / PLACE).write_text(text, "utf-8")
    with pytest.raises(Fault, match=said):
        upgrade(folder, PIN)


# 询问


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="这个系统没有伪终端")
def test_on_a_terminal_it_asks(tmp_path):
    wheel = tmp_path / f"quanze-{__version__}-py3-none-any.whl"
    wheel.write_bytes(b"")
    ours, theirs = os.openpty()
    words = [Path(sys.executable).with_name("quanze"), "init", "新", "--wheel", wheel, "--region", "990123"]
    with subprocess.Popen(words, cwd=tmp_path, stdin=theirs, stderr=theirs, stdout=subprocess.DEVNULL) as asking:
        os.close(theirs)
        answers = ("示例县城市管理局", "", "", "内网", "", "权责清单、执法事项目录", "行政处罚、行政强制、行政检查", "")
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        seen = b""
        while True:
            try:
                seen += os.read(ours, 65536)
            except OSError:
                break
    os.close(ours)
    text = seen.decode("utf-8", "replace")
    assert asking.returncode == 0, text
    assert "机关名称（全称） [示例县市场监督管理局]" in text
    assert "行政区划代码" not in text
    catalog = check(tmp_path / "新", project.DAY).catalog
    assert catalog.site["发布方式"] == "内网"
    assert {one.data["名称"] for one in catalog.records["bodies"].values()} == {"示例县城市管理局", "示例县人民政府"}
    assert len(catalog.records["lists"]) == 2
