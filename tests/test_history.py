"""The history of records, read from repositories made for each case."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from tests.repository import Repository

from quanze import history
from quanze.base.problem import Fault
from quanze.history import diff
from quanze.io import git

X, Y = ("items", "x-1"), ("items", "y-1")
BROKEN = "事项名称：全角冒号\n状态: 有效\n"


@pytest.fixture(name="repository")
def _repository(tmp_path: Path) -> Repository:
    """One item, added on 2026-01-01."""
    repository = Repository(tmp_path / "project")
    repository.item("x-1")
    repository.commit("2026-01-01", "新增")
    return repository


def told(repository: Repository, key: tuple[str, str] = X) -> list[tuple[str, str, dict[str, tuple[object, object]]]]:
    """Return a record's entries, oldest first: day, kind, and field → (old, new)."""
    return [
        (entry.date[5:], entry.kind, {change.path: (change.old, change.new) for change in entry.changes})
        for entry in reversed(history.read(repository.root).records().get(key, ()))
    ]


class TestKinds:
    """What can happen to one record."""

    def test_it_is_added(self, repository: Repository) -> None:
        (entry,) = history.read(repository.root).entries
        assert (entry.key, entry.kind, entry.path) == (X, "新增", "catalog/items/x-1.yaml")
        assert (entry.changes, not entry.fault, entry.old_path, entry.old_key) == ((), True, "", None)
        assert (entry.date, entry.commit.subject, entry.authors) == ("2026-01-01", "新增", ("甲",))

    def test_it_is_altered(self, repository: Repository) -> None:
        repository.item("x-1", "备注: 甲")
        repository.commit("2026-01-02")
        repository.item("x-1", "备注: 乙\n事项名称: 别名")
        repository.commit("2026-01-03")
        assert told(repository)[1:] == [
            ("01-02", "变更", {"备注": (None, "甲")}),
            ("01-03", "变更", {"备注": ("甲", "乙"), "事项名称": ("对x-1的处罚", "别名")}),
        ]

    def test_its_way_of_writing_is_no_change(self, repository: Repository) -> None:
        repository.write("catalog/items/x-1.yaml", "# 说明\n状态: '有效'\n职权类型: 行政处罚\n事项名称: 对x-1的处罚\n")
        repository.commit("2026-01-02")
        assert len(told(repository)) == 1

    def test_its_status_names_the_change(self, repository: Repository) -> None:
        for day, status in enumerate(("暂停", "有效", "取消", "有效", "下放", "划转"), 2):
            repository.item("x-1", f"状态: {status}")
            repository.commit(f"2026-01-0{day}")
        assert [kind for _, kind, _ in told(repository)] == ["新增", "暂停", "恢复", "取消", "恢复", "下放", "划转"]

    def test_it_vanishes_and_comes_back(self, repository: Repository) -> None:
        repository.remove("catalog/items/x-1.yaml")
        repository.commit("2026-01-02")
        repository.item("x-1", "备注: 回来")
        repository.commit("2026-01-03")
        assert told(repository)[1:] == [("01-02", "消失", {}), ("01-03", "恢复", {"备注": (None, "回来")})]
        assert history.read(repository.root).entries[1].path == "catalog/items/x-1.yaml"

    def test_its_folder_changes(self, repository: Repository) -> None:
        repository.move("catalog/items/x-1.yaml", "catalog/items/处罚/x-1.yaml")
        repository.commit("2026-01-02")
        entry = history.read(repository.root).entries[0]
        assert (entry.key, entry.kind, entry.changes) == (X, "移动", ())
        assert (entry.old_path, entry.path) == ("catalog/items/x-1.yaml", "catalog/items/处罚/x-1.yaml")

    def test_it_is_altered_while_its_folder_changes(self, repository: Repository) -> None:
        repository.remove("catalog/items/x-1.yaml")
        repository.item("x-1", "备注: 全然不同\n事项名称: 别名\n状态: 下放", folder="旧/")
        repository.commit("2026-01-02")
        (_, (_, kind, changes)) = told(repository)
        assert (kind, len(changes)) == ("下放", 3)

    def test_its_id_changes(self, repository: Repository) -> None:
        repository.item("x-1", "备注: 甲")
        repository.commit("2026-01-02")
        repository.move("catalog/items/x-1.yaml", "catalog/items/y-1.yaml")
        repository.commit("2026-01-03")
        repository.item("y-1", "事项名称: 对x-1的处罚\n备注: 乙")
        repository.commit("2026-01-04")
        assert told(repository, Y) == [
            ("01-01", "新增", {}),
            ("01-02", "变更", {"备注": (None, "甲")}),
            ("01-03", "改名", {}),
            ("01-04", "变更", {"备注": ("甲", "乙")}),
        ]
        assert [kind for _, kind, _ in told(repository)] == ["新增", "变更", "改名"]
        assert history.read(repository.root).entries[1].old_key == X

    def test_its_id_changes_and_changes_back(self, repository: Repository) -> None:
        repository.move("catalog/items/x-1.yaml", "catalog/items/y-1.yaml")
        repository.commit("2026-01-02")
        repository.move("catalog/items/y-1.yaml", "catalog/items/x-1.yaml")
        repository.commit("2026-01-03")
        assert [(day, kind) for day, kind, _ in told(repository)] == [
            ("01-01", "新增"),
            ("01-02", "改名"),
            ("01-03", "改名"),
        ]

    def test_another_record_takes_its_id(self, repository: Repository) -> None:
        repository.move("catalog/items/x-1.yaml", "catalog/items/y-1.yaml")
        repository.commit("2026-01-02")
        repository.item("x-1", "事项名称: 对别的行为的处罚\n备注: 丙")
        repository.commit("2026-01-03")
        assert [(day, kind) for day, kind, _ in told(repository)] == [("01-03", "新增")]
        assert [(day, kind) for day, kind, _ in told(repository, Y)] == [("01-01", "新增"), ("01-02", "改名")]

    def test_it_goes_to_another_collection(self, repository: Repository) -> None:
        repository.move("catalog/items/x-1.yaml", "catalog/exemptions/x-1.yaml")
        repository.commit("2026-01-02")
        assert [kind for _, kind, _ in told(repository, ("exemptions", "x-1"))] == ["新增", "改名"]

    def test_a_new_record_in_place_of_another_is_no_change_of_id(self, repository: Repository) -> None:
        repository.remove("catalog/items/x-1.yaml")
        repository.item("y-1", "事项名称: 别的行为\n备注: 与前一个毫不相干")
        repository.commit("2026-01-02")
        assert [kind for _, kind, _ in told(repository)] == ["新增", "消失"]
        assert [kind for _, kind, _ in told(repository, Y)] == ["新增"]

    def test_two_records_change_names(self, repository: Repository) -> None:
        repository.item("y-1")
        repository.commit("2026-01-02")
        repository.item("x-1", "事项名称: 对y-1的处罚")
        repository.item("y-1", "事项名称: 对x-1的处罚")
        repository.commit("2026-01-03")
        assert told(repository)[-1] == ("01-03", "变更", {"事项名称": ("对x-1的处罚", "对y-1的处罚")})
        assert told(repository, Y)[-1] == ("01-03", "变更", {"事项名称": ("对y-1的处罚", "对x-1的处罚")})

    def test_a_draft_is_a_draft_until_it_is_published(self, repository: Repository) -> None:
        for day, edit in enumerate(("状态: 拟", "状态: 拟\n备注: 甲", BROKEN, "状态: 有效", "状态: 拟"), 2):
            if edit is BROKEN:
                repository.write("catalog/items/y-1.yaml", edit)
            else:
                repository.item("y-1", edit)
            repository.commit(f"2026-01-0{day}")
        assert [kind for _, kind, _ in told(repository, Y)] == ["拟", "拟", "拟", "新增", "撤回"]

    def test_a_draft_that_is_dropped_and_taken_up_again(self, repository: Repository) -> None:
        repository.item("y-1", "状态: 拟")
        repository.commit("2026-01-02")
        repository.remove("catalog/items/y-1.yaml")
        repository.commit("2026-01-03")
        repository.item("y-1", "状态: 拟")
        repository.commit("2026-01-04")
        assert [kind for _, kind, _ in told(repository, Y)] == ["拟", "拟", "拟"]

    def test_a_revert_is_a_change_back(self, repository: Repository) -> None:
        repository.item("x-1", "备注: 甲")
        commit = repository.commit("2026-01-02")
        repository.revert(commit, "2026-01-03")
        assert told(repository)[1:] == [
            ("01-02", "变更", {"备注": (None, "甲")}),
            ("01-03", "变更", {"备注": ("甲", None)}),
        ]

    def test_a_field_in_a_list(self, repository: Repository) -> None:
        cited = "实施依据: [{{依据文件: 安全生产法, 条: {}, 项: 3}}]"
        for day, article in ((2, 97), (3, 100)):
            repository.item("x-1", cited.format(article))
            repository.commit(f"2026-01-0{day}")
        assert told(repository)[-1] == ("01-03", "变更", {"实施依据[1].条": (97, 100)})


class TestUnreadable:
    """Versions that today's reader refuses."""

    def test_they_are_told_and_nothing_is_lost(self, repository: Repository) -> None:
        repository.write("catalog/items/x-1.yaml", BROKEN)
        repository.commit("2026-01-02")
        repository.item("x-1", "备注: 甲")
        repository.commit("2026-01-03")
        assert told(repository)[1:] == [("01-02", "不可读", {}), ("01-03", "变更", {"备注": (None, "甲")})]
        entry = history.read(repository.root).entries[1]
        assert entry.fault
        assert "全角冒号" in entry.fault

    def test_a_mere_mending_is_told_as_such(self, repository: Repository) -> None:
        repository.write("catalog/items/x-1.yaml", BROKEN)
        repository.commit("2026-01-02")
        repository.item("x-1")
        repository.commit("2026-01-03")
        assert told(repository)[1:] == [("01-02", "不可读", {}), ("01-03", "修复", {})]

    @pytest.mark.parametrize(
        "content",
        [
            "",
            "[" * 100_000,
            "- 甲\n- 乙\n",
            "甲: &a 1\n乙: *a\n",
            b"\xff\xfe\x00",
            b"PK\x03\x04",
            "甲: 1\r\n",
            "甲: 1\n甲: 2\n",
        ],
    )
    def test_whatever_it_was_the_rest_is_told(self, repository: Repository, content: str | bytes) -> None:
        repository.write("catalog/items/y-1.yaml", content)
        repository.commit("2026-01-02")
        repository.item("y-1")
        repository.commit("2026-01-03")
        repository.write("catalog/items/y-1.yaml", content)
        repository.commit("2026-01-04")
        repository.remove("catalog/items/y-1.yaml")
        repository.commit("2026-01-05")
        assert [kind for _, kind, _ in told(repository, Y)] == ["不可读", "新增", "不可读", "消失"]
        assert [kind for _, kind, _ in told(repository)] == ["新增"]

    def test_one_that_was_never_readable_and_went(self, repository: Repository) -> None:
        repository.write("catalog/items/y-1.yaml", BROKEN)
        repository.commit("2026-01-02")
        repository.remove("catalog/items/y-1.yaml")
        repository.commit("2026-01-03")
        assert [kind for _, kind, _ in told(repository, Y)] == ["不可读", "消失"]

    def test_a_schema_of_another_time_does_not_matter(self, repository: Repository) -> None:
        repository.write("schema/items.schema.json", '{"required": ["从前的栏目"]}')
        repository.item("x-1", "从前的栏目: 甲")
        repository.commit("2026-01-02")
        repository.write("schema/items.schema.json", "{}")
        repository.item("x-1", "如今的栏目: 甲")
        repository.commit("2026-01-03")
        assert told(repository)[-1] == ("01-03", "变更", {"如今的栏目": (None, "甲"), "从前的栏目": ("甲", None)})


class TestMerges:
    """Branches that come together: nothing told twice, nothing lost."""

    @pytest.fixture(name="merged")
    def _merged(self, repository: Repository) -> Repository:
        """A side branch alters x twice and adds y while the main branch adds z."""
        repository.branch("side")
        repository.item("x-1", "备注: 甲")
        repository.commit("2026-01-02", "旁一", author="乙")
        repository.item("x-1", "备注: 丙")
        repository.commit("2026-01-03", "旁二", author="丙")
        repository.item("y-1")
        repository.commit("2026-01-04", "旁三", author="丁")
        repository.switch("main")
        repository.item("z-1")
        repository.commit("2026-01-05", "主")
        repository.merge("side", "2026-01-06", author="戊")
        return repository

    def test_a_merge_is_one_step_of_the_branch(self, merged: Repository) -> None:
        assert told(merged) == [("01-01", "新增", {}), ("01-06", "变更", {"备注": (None, "丙")})]
        assert told(merged, Y) == [("01-06", "新增", {})]
        assert told(merged, ("items", "z-1")) == [("01-05", "新增", {})]

    def test_those_who_wrote_it_are_named(self, merged: Repository) -> None:
        records = history.read(merged.root).records()
        assert [commit.subject for commit in records[X][0].merged] == ["旁二", "旁一"]
        assert records[X][0].authors == ("丙", "乙")
        assert records[Y][0].authors == ("丁",)
        assert records["items", "z-1"][0].authors == ("甲",)

    def test_a_later_merge_brings_only_what_is_new(self, merged: Repository) -> None:
        merged.switch("side")
        merged.item("y-1", "备注: 己")
        merged.commit("2026-01-07", "旁四", author="己")
        merged.switch("main")
        merged.merge("side", "2026-01-08")
        assert told(merged, Y) == [("01-06", "新增", {}), ("01-08", "变更", {"备注": (None, "己")})]
        assert [commit.subject for commit in history.read(merged.root).entries[0].merged] == ["旁四"]

    def test_what_the_merge_itself_decided(self, repository: Repository) -> None:
        repository.branch("side")
        repository.item("x-1", "备注: 旁")
        repository.commit("2026-01-02", author="乙")
        repository.switch("main")
        repository.item("x-1", "备注: 主")
        repository.commit("2026-01-03")
        repository.git("merge", "--quiet", "--no-commit", "--no-ff", "-s", "ours", "side")
        repository.item("x-1", "备注: 合")
        repository.commit("2026-01-04", author="丙")
        assert told(repository)[1:] == [
            ("01-03", "变更", {"备注": (None, "主")}),
            ("01-04", "变更", {"备注": ("主", "合")}),
        ]

    def test_a_merge_that_changed_nothing_here(self, merged: Repository) -> None:
        merged.branch("other")
        merged.item("x-1", "备注: 丙")
        merged.write("docs/x.md", "x")
        merged.commit("2026-01-07")
        merged.switch("main")
        merged.merge("other", "2026-01-08")
        assert [day for day, _, _ in told(merged)] == ["01-01", "01-06"]

    def test_the_line_holds_each_commit_of_the_branch_once(self, merged: Repository) -> None:
        assert [commit.date for commit in history.read(merged.root).line] == ["2026-01-06", "2026-01-05", "2026-01-01"]

    def test_entries_follow_each_other_without_a_break(self, merged: Repository) -> None:
        """The value before a change is what the entry before it left."""
        for day, note in ((7, "丁"), (8, "戊")):
            merged.branch(f"side-{day}")
            merged.item("x-1", f"备注: {note}")
            merged.commit(f"2026-01-{day:02}")
            merged.switch("main")
            merged.merge(f"side-{day}", f"2026-01-{day:02}")
        notes = [changes["备注"] for _, _, changes in told(merged)[1:]]
        assert notes == [(None, "丙"), ("丙", "丁"), ("丁", "戊")]


class TestWhole:
    """The history of a catalog."""

    def test_entries_are_newest_first_then_by_key(self, repository: Repository) -> None:
        repository.item("b-1")
        repository.item("a-1")
        repository.write("catalog/laws/fa.yaml", "名称: 某法\n")
        repository.commit("2026-01-02")
        keys = [entry.key for entry in history.read(repository.root).entries]
        assert keys == [("items", "a-1"), ("items", "b-1"), ("laws", "fa"), X]

    @pytest.mark.parametrize(
        "path", ["catalog/site.yaml", "catalog/items/x.yml", "docs/items/x.yaml", "catalog/texts/x.txt"]
    )
    def test_other_files_are_no_records(self, repository: Repository, path: str) -> None:
        repository.write(path, "甲: 1\n")
        repository.commit("2026-01-02")
        assert len(history.read(repository.root).entries) == 1

    def test_an_id_claimed_twice_is_told_for_the_first_file(self, repository: Repository) -> None:
        repository.item("x-1", "备注: 副本", folder="二/")
        repository.commit("2026-01-02")
        repository.remove("catalog/items/x-1.yaml")
        repository.commit("2026-01-03")
        assert told(repository)[1:] == [("01-03", "变更", {"备注": (None, "副本")})]

    def test_between_two_commits_of_the_line(self, repository: Repository) -> None:
        ids = []
        for day in (2, 3, 4):
            repository.item("x-1", f"备注: 第{day}天")
            ids.append(repository.commit(f"2026-01-0{day}"))
        whole = history.read(repository.root)
        assert [entry.date for entry in whole.between(ids[0], ids[2])] == ["2026-01-04", "2026-01-03"]
        assert whole.between(ids[1], ids[1]) == ()
        with pytest.raises(Fault, match="主线"):
            whole.between("0" * 40, ids[1])


class TestGaps:
    """What a history cannot tell, and says so."""

    def test_nothing_is_missing(self, repository: Repository) -> None:
        assert history.read(repository.root).gaps == ()

    def test_without_a_repository(self, tmp_path: Path) -> None:
        found = history.read(tmp_path)
        assert (found.entries, found.line, found.records()) == ((), (), {})
        assert [gap.state for gap in found.gaps] == ["无版本库"]

    def test_without_git(self, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        (gap,) = history.read(repository.root).gaps
        assert (gap.state, gap.message) == ("无版本库", "没有找到 git 命令：请先安装 git")

    def test_with_work_not_committed(self, repository: Repository) -> None:
        repository.item("x-1", "备注: 未提交")
        repository.item("y-1")
        (gap,) = history.read(repository.root).gaps
        assert (gap.state, gap.paths) == ("有未提交的改动", ("catalog/items/x-1.yaml", "catalog/items/y-1.yaml"))
        assert "2 个文件" in gap.message
        assert len(told(repository)) == 1

    def test_in_a_shallow_clone_nothing_is_told_as_new(self, repository: Repository, tmp_path: Path) -> None:
        for day in (2, 3):
            repository.item("x-1", f"备注: 第{day}天")
            repository.item("y-1")
            repository.commit(f"2026-01-0{day}")
        shallow = repository.shallow(tmp_path / "shallow", 2)
        assert [gap.state for gap in history.read(shallow.root).gaps] == ["浅克隆"]
        assert told(shallow) == [("01-02", "起点", {}), ("01-03", "变更", {"备注": ("第2天", "第3天")})]
        assert told(shallow, Y) == [("01-02", "起点", {})]


class TestCache:
    """What is kept between builds changes nothing but the time."""

    @pytest.fixture(name="eventful")
    def _eventful(self, repository: Repository) -> Repository:
        repository.item("x-1", "实施依据: [{条: 97, 项: [1, 2]}]\n金额: 1.5\n备注: 甲")
        repository.commit("2026-01-02")
        repository.write("catalog/items/x-1.yaml", BROKEN)
        repository.commit("2026-01-03")
        repository.item("x-1", "实施依据: [{条: 97, 项: [2, 1]}, {文号: x}]\n金额: 2\n是否: true")
        repository.commit("2026-01-04")
        repository.move("catalog/items/x-1.yaml", "catalog/items/y-1.yaml")
        repository.commit("2026-01-05")
        return repository

    def test_cold_and_warm_are_the_same(self, eventful: Repository, tmp_path: Path) -> None:
        plain = history.read(eventful.root)
        assert len(plain.entries) == 5
        assert history.read(eventful.root, tmp_path / "cache") == plain
        assert history.read(eventful.root, tmp_path / "cache") == plain

    def test_it_is_used(self, eventful: Repository, tmp_path: Path) -> None:
        """With every outcome kept, no file is read: the history stands although the contents are gone."""
        plain = history.read(eventful.root, tmp_path / "cache")
        for blob in {*git.files(eventful.root, "HEAD", "catalog").values()}:
            (eventful.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
        assert history.read(eventful.root, tmp_path / "cache").entries == plain.entries
        with pytest.raises(Fault, match="缺少内容"):
            history.read(eventful.root)

    def test_it_grows_with_the_history(self, eventful: Repository, tmp_path: Path) -> None:
        history.read(eventful.root, tmp_path / "cache")
        eventful.item("y-1", "备注: 新")
        eventful.commit("2026-01-06")
        assert history.read(eventful.root, tmp_path / "cache") == history.read(eventful.root)

    def test_a_damaged_one_is_as_none(self, eventful: Repository, tmp_path: Path) -> None:
        plain = history.read(eventful.root, tmp_path / "cache")
        (file,) = (tmp_path / "cache").iterdir()
        sound = file.read_bytes()
        altered = [sound.replace(*words) for words in ((b"97", b"98"), (b"[[", b"["), ("全角".encode(), b"\xff"))]
        for content in (*altered, sound[:-1], sound[:10], sound + b" ", b""):
            assert content != sound
            file.write_bytes(content)
            assert history.read(eventful.root, tmp_path / "cache") == plain
            assert file.read_bytes() == sound

    def test_a_folder_that_cannot_be_written_is_no_fault(self, eventful: Repository, tmp_path: Path) -> None:
        (tmp_path / "cache").write_text("a file in its place")
        assert history.read(eventful.root, tmp_path / "cache") == history.read(eventful.root)

    def test_nothing_else_is_left_in_the_folder(self, eventful: Repository, tmp_path: Path) -> None:
        for _ in range(2):
            history.read(eventful.root, tmp_path / "cache")
            eventful.item("y-1", "备注: 新")
            eventful.commit("2026-01-06")
        assert [file.name for file in (tmp_path / "cache").iterdir()] == ["history.json"]

    def test_what_another_machine_kept_is_not_believed(self, eventful: Repository, tmp_path: Path) -> None:
        """A commit may bring a cache along that hides what was changed."""
        script = "import sys; from pathlib import Path; from quanze import history; from quanze.history import cache\n"
        script += "print(len(cache.load(Path(sys.argv[2])))); history.read(Path(sys.argv[1]), Path(sys.argv[2]))"
        words = [sys.executable, "-c", script, str(eventful.root), str(tmp_path / "cache")]
        told = [
            subprocess.run(
                words, env=os.environ | {"XDG_STATE_HOME": str(tmp_path / home)}, capture_output=True, check=True
            ).stdout
            for home in ("a", "a", "b", "b", "a")
        ]
        assert [bool(int(count)) for count in told] == [False, True, False, True, False]

    def test_the_bytes_do_not_depend_on_the_surroundings(self, eventful: Repository, tmp_path: Path) -> None:
        """Same history, same cache, in other time zones, locales and hash seeds."""
        script = "import sys; from pathlib import Path; from quanze import history\n"
        script += "print(history.read(Path(sys.argv[1]), Path(sys.argv[2])))"
        outputs, kept = set(), set()
        for seed, zone, locale in (("1", "UTC", "C"), ("2", "America/New_York", "C.UTF-8")):
            words = [sys.executable, "-c", script, str(eventful.root), str(tmp_path / seed)]
            settings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONUTF8": "1"}
            outputs.add(subprocess.run(words, env=os.environ | settings, capture_output=True, check=True).stdout)
            kept.add((tmp_path / seed / "history.json").read_bytes())
        assert len(outputs) == len(kept) == 1


class TestAt:
    """A catalog as it stood."""

    @pytest.fixture(name="moved")
    def _moved(self, repository: Repository) -> Repository:
        repository.move("catalog/items/x-1.yaml", "catalog/items/下/x-1.yaml")
        repository.item("y-1")
        repository.commit("2026-01-03")
        repository.write("catalog/items/y-1.yaml", BROKEN)
        repository.commit("2026-01-05")
        return repository

    def test_on_a_day(self, moved: Repository) -> None:
        before, after = (history.at(moved.root, day) for day in ("2026-01-02", "2026-01-03"))
        assert before.paths == {X: "catalog/items/x-1.yaml"}
        assert after.paths == {X: "catalog/items/下/x-1.yaml", Y: "catalog/items/y-1.yaml"}
        assert before.documents[X] == after.documents[X]
        assert after.commit.date == "2026-01-03"
        assert before.faults == after.faults == {}

    def test_what_cannot_be_read_is_told(self, moved: Repository) -> None:
        now = history.at(moved.root, "HEAD")
        assert [*now.documents] == [X]
        assert [*now.faults] == [Y]
        assert [*now.paths] == [X, Y]

    def test_the_newest_state_is_what_all_entries_lead_to(self, moved: Repository) -> None:
        there = {key for key, entries in history.read(moved.root).records().items() if entries[0].kind != "消失"}
        assert there == {*history.at(moved.root, "HEAD").paths}

    def test_a_day_before_the_first(self, moved: Repository) -> None:
        with pytest.raises(Fault, match="最早的提交"):
            history.at(moved.root, "2025-01-01")


class TestBetween:
    """What differs in sum between two states."""

    def test_detours_do_not_appear(self, repository: Repository) -> None:
        repository.git("tag", "一版")
        repository.item("x-1", "备注: 甲")
        repository.item("y-1")
        repository.commit("2026-01-02")
        repository.item("x-1")
        repository.remove("catalog/items/y-1.yaml")
        repository.item("z-1")
        repository.commit("2026-01-03")
        (entry,) = history.between(repository.root, "一版", "HEAD")
        assert (entry.key, entry.kind, entry.commit.date) == (("items", "z-1"), "新增", "2026-01-03")

    def test_kinds_changes_and_moves(self, repository: Repository) -> None:
        repository.item("y-1")
        repository.item("z-1")
        repository.commit("2026-01-02")
        repository.item("x-1", "备注: 甲")
        repository.commit("2026-01-03")
        repository.item("x-1", "备注: 乙\n状态: 取消")
        repository.move("catalog/items/y-1.yaml", "catalog/items/下/y-1.yaml")
        repository.move("catalog/items/z-1.yaml", "catalog/items/z-2.yaml")
        repository.commit("2026-01-04")
        entries = history.between(repository.root, "2026-01-02", "2026-01-04")
        assert [(entry.key[1], entry.kind, len(entry.changes)) for entry in entries] == [
            ("x-1", "取消", 2),
            ("y-1", "移动", 0),
            ("z-2", "改名", 0),
        ]

    def test_backwards(self, repository: Repository) -> None:
        repository.item("x-1", "备注: 甲")
        repository.commit("2026-01-02")
        (entry,) = history.between(repository.root, "HEAD", "HEAD~1")
        assert [(change.old, change.new) for change in entry.changes] == [("甲", None)]

    def test_a_state_and_itself(self, repository: Repository) -> None:
        assert history.between(repository.root, "HEAD", "2026-01-01") == ()

    def test_between_branches(self, repository: Repository) -> None:
        repository.branch("side")
        repository.item("x-1", "备注: 旁")
        repository.commit("2026-01-02")
        repository.switch("main")
        repository.item("x-1", "备注: 主")
        repository.commit("2026-01-02")
        (entry,) = history.between(repository.root, "main", "side")
        assert [(change.old, change.new) for change in entry.changes] == [("主", "旁")]


@pytest.mark.parametrize("seed", range(2))
def test_each_entry_is_what_differs_from_the_commit_before(tmp_path: Path, seed: int) -> None:
    """Random work on two branches: the entries of each commit of the line are those of its two snapshots."""
    random = Random(seed)
    repository = Repository(tmp_path / "project")
    _work(repository, random)
    found = history.read(repository.root)
    assert len(found.line) > 5
    assert {entry.kind for entry in found.entries} >= {"新增", "变更", "消失", "移动", "改名"}
    assert any(entry.merged for entry in found.entries)
    for new, old in pairwise(found.line):
        before, after = (history.at(repository.root, commit.id).documents for commit in (old, new))
        expected = _differences(before, after)
        entries = {entry.key: entry for entry in found.between(old.id, new.id)}
        assert {*expected} <= {*entries} | {entry.old_key for entry in entries.values()}
        assert {key: entry.changes for key, entry in entries.items() if entry.kind == "变更"} == {
            key: changes for key, changes in expected.items() if key in before and key in after
        }


def _differences(before, after):
    """Return what differs between two states of a catalog, by key; nothing for what is in one of them alone."""
    both = {key: diff.compare(before[key], after[key]) for key in before if key in after}
    return {key: both.get(key, ()) for key in {*before, *after} if both.get(key, True)}


def _work(repository: Repository, random: Random) -> None:
    """Commit random edits on two branches that take over parts of each other now and then."""
    for day in range(1, 31):
        _edit(repository, random)
        repository.commit(f"2026-01-{day:02}")
        if day == 6:
            repository.branch("side")
        elif day > 6 and random.random() < 0.3:
            repository.git("switch", "--quiet", "-" if day > 7 else "main")
            repository.git("merge", "--quiet", "--no-commit", "--no-ff", "--strategy=ours", "@{-1}")
            ours = {file.stem for file in repository.root.glob("catalog/items/**/*.yaml")}
            for path in repository.git("ls-tree", "-r", "--name-only", "@{-1}").splitlines():
                if (repository.root / path).exists() or Path(path).stem not in ours:
                    repository.git("checkout", "@{-1}", "--", path)
            repository.commit(f"2026-01-{day:02}")


def _edit(repository: Repository, random: Random) -> None:
    """Add, alter, move, rename or remove a few items."""
    for _ in range(random.randrange(1, 5)):
        files = sorted(repository.root.glob("catalog/items/**/*.yaml"))
        deed, id_ = random.choice("新新新改改改删移名名"), f"x-{random.randrange(20)}"
        path = random.choice(files).relative_to(repository.root).as_posix() if files else ""
        taken = {file.stem for file in files}
        if deed == "新" and id_ not in taken:
            repository.item(id_, f"备注: {random.random()}")
        elif deed == "改" and path:
            repository.write(path, f"事项名称: 某事项\n状态: 有效\n备注: {random.random()}\n")
        elif deed == "删" and path:
            repository.remove(path)
        elif deed == "移" and path:
            repository.move(path, f"catalog/items/{random.choice('ab')}/{path.rpartition('/')[2]}")
        elif deed == "名" and path and id_ not in taken:
            repository.move(path, f"catalog/items/{id_}.yaml")
