"""Every command on every kind of register: none of them takes the reference register for granted."""

from __future__ import annotations

import os
import shutil

import pytest
from click.testing import CliRunner
from tests import project, registers
from tests.project import ROOT
from tests.server import serve

from quanze import cli

DAY = "2026-11-23"
NAMES = set(cli.main.list_commands(None))
OF_THE_LAW = {
    "cite": [
        ["cite", "《安全生产法》第九十七条第三项、《劳动法》第三条"],
        ["cite", "--replace", "安全生产法97", "安全生产法98"],
    ],
    "impact": [["impact", "安全生产法", "97"]],
}
OF_ITEMS = {
    "new": [["new", "items", "--set", "职权类型=行政处罚"]],
    "export": [["export", "quan-ze-qing-dan", "--format", each] for each in ("csv", "json", "html")]
    + [["export", "quan-ze-qing-dan", "--format", "csv", "--at", "2025-03-01"]],
    "reconcile": [["reconcile", "quan-ze-qing-dan", "quan-ze-qing-dan"], ["reconcile", "quan-ze-qing-dan", "{table}"]],
    "history": [["history", "site"], ["history", "xzcf-001"], ["history", "xzjc-003", "--at", "2025-12-31"]],
    "import": [
        ["import", "{table}", "items", "--set", "状态=有效", "--set", "行使主体=shi-ying-ji-guan-li-ju", "--dry-run"]
    ],
    **OF_THE_LAW,
}
OF_ANY = {
    "check": [["check"], ["check", "--summary"], ["check", "--format", "json"]],
    "audit": [["audit"]],
    "adopt": [["adopt"]],
    "diff": [["diff", "HEAD~1"], ["diff", "2026-02-01", "HEAD", "--format", "markdown"]],
    "previous": [["previous", "{url}"]],
    "report": [["report", "HEAD~1"], ["report", "HEAD~1", "--format", "json"]],
    "inbox": [["inbox", "-o", "{table}.answer"]],
}
OF_ITS_OWN = {
    "new": [["new", "spotchecks", "--set", "抽查事项=电梯抽查", "--set", "进度=拟"]],
    "export": [["export", "chou-cha", "--format", "csv"]],
    "reconcile": [["reconcile", "chou-cha", "chou-cha"]],
    "history": [["history", "site"], ["history", "sjcc-001"]],
    "import": [["import", "{table}", "spotchecks", "--set", "进度=有效", "--dry-run"]],
    **OF_THE_LAW,
}
BY_BUILDS = {"seal", "verify"}
"""They need a whole site: below."""
ELSEWHERE = {"build", "init", "law", "log", "portal", "serve", "upgrade"}
"""They make or change a register, are about many, or never end: each has its own tests."""
AT = {"check", "cite", "audit"}


@pytest.fixture(name="made", scope="module", params=registers.KINDS)
def _made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param) / "登记"
    registers.make(folder, request.param)
    return request.param, folder


@pytest.mark.parametrize("name", sorted(NAMES - BY_BUILDS - ELSEWHERE))
def test_every_command_runs_on_every_kind_of_register(made, name, tmp_path):
    kind, first = made
    folder = tmp_path / "登记"
    shutil.copytree(first, folder)
    table = folder / "表.csv"
    table.write_text("事项名称,抽查事项,职权类型\n对危险作业的检查,对食堂的抽查,行政检查\n", "utf-8")
    wanted = {**OF_ANY, **(OF_ITEMS if kind in {"demonstration", "real"} else OF_ITS_OWN)}[name]
    with serve({}) as url:
        for words in wanted:
            given = [word.format(table=table, url=url) if "{" in word else word for word in words]
            day = ["--at", DAY] if name in AT and "--at" not in words else []
            done = CliRunner().invoke(cli.main, [*given, *day, "--root", str(folder)], catch_exceptions=False)
            assert done.exit_code in {0, 1, 2}
            unknown = wanted is OF_ITS_OWN.get(name) and name in {"export", "impact", "cite", "reconcile"}
            unknown |= name == "adopt"  # none of them has a superior
            assert (done.exit_code == 2) <= unknown, done.stderr
            assert done.stdout or done.stderr


def test_the_registers_are_sound(made):
    _, folder = made
    done = CliRunner().invoke(cli.main, ["check", "--at", DAY, "--root", str(folder)], catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (0, "")


# 生成


@pytest.fixture(name="built", scope="module", params=registers.BUILT)
def _built(request, tmp_path_factory):
    """Return the kind of a register and one in the frame of a site, with its code, committed and published."""
    folder = project.copy(tmp_path_factory.mktemp(request.param) / "登记")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    publish(folder := registers.make(folder, request.param).root)
    return request.param, folder


def publish(folder, site="site", umask=0o022, **environment):
    old = os.umask(umask)
    try:
        project.build(folder, "site.new", at="", **environment)
        done = project.run(folder, "quanze", "seal", "site.new", site, at="", **environment)
    finally:
        os.umask(old)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / site


MACHINES = (
    (0o022, {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C"}),
    (0o077, {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONOPTIMIZE": "2"}),
    (
        0o002,
        {"PYTHONHASHSEED": "3", "PYTHONOPTIMIZE": "1", "PYTHONUTF8": "1", "COLUMNS": "40", "SOURCE_DATE_EPOCH": "1"},
    ),
)
"""One a register."""


def test_a_site_does_not_depend_on_the_machine(built, tmp_path):
    kind, built = built
    umask, environment = MACHINES[registers.BUILT.index(kind)]
    elsewhere = tmp_path / "another place"
    shutil.copytree(built, elsewhere, ignore=lambda top, _: {"site", ".cache"} if top == str(built) else ())
    site = publish(elsewhere, umask=umask, **environment)
    first, second = project.files(built / "site"), project.files(site)
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
    closed = [path for path in (site, *site.rglob("*")) if path.stat().st_mode & 0o044 != 0o044]
    assert closed == []


def test_a_published_register_is_what_its_repository_says(built):
    done = project.run(built[1], "quanze", "verify", "site")
    assert done.returncode == 0, done.stdout + done.stderr
