"""A build is a pure function of a commit; one that is not whole never takes the place of one that is."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests import project
from tests.repository import Repository

from quanze.base.problem import Fault
from quanze.proof.seal import seal
from quanze.site import build, rendered, rendering
from quanze.site.page_template import SLOTS
from quanze.site.plain import plain


@pytest.fixture(name="committed", scope="module")
def _committed(tmp_path_factory):
    """Return a project that is a git repository of one commit."""
    folder = project.copy(tmp_path_factory.mktemp("committed"))
    repository = Repository(folder)
    repository.commit("2026-11-20")
    return folder


def test_a_disk_that_is_full_names_the_map_of_the_site_too(tmp_path, monkeypatch):
    folder = project.copy(tmp_path / "p")
    with (folder / "catalog/site.yaml").open("a", encoding="utf-8") as file:
        file.write("网址: https://example.org/\n")
    made = build.prepare(folder, project.DAY)
    monkeypatch.setattr(made, "write", lambda *_: {})

    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space") as error:
        rendered.publish(made, tmp_path, None, [])
    assert error.value.filename == str(tmp_path / "sitemap.xml")


def test_two_builds_are_byte_identical(committed, tmp_path):
    project.build(committed, "site", TZ="Asia/Shanghai", LC_ALL="C.UTF-8", PYTHONHASHSEED="1", at="")
    elsewhere = tmp_path / "另一处" / "project"
    subprocess.run(["git", "clone", "--quiet", committed, elsewhere], check=True)
    project.build(elsewhere, "out", TZ="America/New_York", LC_ALL="C", PYTHONHASHSEED="2", at="")
    first, second = project.files(committed / "site"), project.files(elsewhere / "out")
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
    shutil.rmtree(committed / "site")
    _a_build_after_a_change_is_the_same_with_and_without_what_was_kept(elsewhere)


def _a_build_after_a_change_is_the_same_with_and_without_what_was_kept(folder):
    item = min(folder.glob("catalog/items/**/*.yaml"))
    item.write_text(item.read_text("utf-8").replace("事项名称: ", "事项名称: 新"), "utf-8")
    kept = sorted(path for path in (folder / ".cache").rglob("*") if path.is_file())
    assert {path.parent.name for path in kept} >= {"read", "rows"}
    for path in kept[::3]:
        path.write_bytes(path.read_bytes()[:-1])  # cut off, as on a full disk
    warm = project.files(project.build(folder, "warm", at=""))
    shutil.rmtree(folder / ".cache")
    cold = project.files(project.build(folder, "cold", at=""))
    assert sorted(warm) == sorted(cold)
    assert [path for path in warm if warm[path] != cold[path]] == []


def test_no_page_names_the_machine(small):
    traces = [str(small).encode(), str(project.ROOT).encode(), os.uname().nodename.encode() + b"/"]
    told = [p for p, c in project.files(small / "site").items() if any(trace in c for trace in traces)]
    assert told == []


def test_without_git_the_day_has_to_be_said(tmp_path):
    folder = project.copy(tmp_path / "p")
    done = project.run(folder, "mkdocs", "build", "--strict", at="")
    assert done.returncode == 1
    assert "AT=" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_catalog_leaves_the_site_as_it_was(tmp_path):
    folder = project.copy(tmp_path / "p")
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text("昨天的网站", "utf-8")
    (folder / "catalog" / "items" / "xzcf-001.yaml").write_text("事项名称：错\n", "utf-8")
    done = project.run(folder, "mkdocs", "build", "--strict", "--site-dir", "site")
    assert done.returncode == 1
    assert "catalog/items/xzcf-001.yaml:1:5:" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert project.files(site) == {"index.html": "昨天的网站".encode()}


def test_one_command_checks_renders_seals_and_says_little(tmp_path):
    folder = project.copy(tmp_path / "p")
    done = project.run(folder, "quanze", "build", "--at", project.DAY)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"清单文件的 SHA-256：[0-9a-f]{64}\n", done.stdout)
    assert re.fullmatch(r"网站在 \S+/：\d+ 页、\d+ 个文件\n这是草稿，别人无从核对：不在版本库里\n", done.stderr)
    assert (folder / "site/manifest.json").is_file()
    assert not (folder / "site.new").exists()


def test_a_build_in_which_the_frame_would_make_nothing_new_needs_none(tmp_path, monkeypatch):
    folder = project.copy(tmp_path / "p")
    rendered = []
    render = rendering.render

    def counting(*given):
        rendered.append(given)
        return render(*given)

    def build():
        rendered.clear()
        sealed = rendering.build(folder, folder / "site", at=project.DAY, say=said.append)
        assert sealed, said
        return len(rendered), project.files(folder / "site")

    said = []
    monkeypatch.setattr(rendering, "render", counting)
    item = folder / "catalog/items/xzcf-001.yaml"
    assert build()[0] == 1
    item.write_text(item.read_text("utf-8").replace("事项名称: ", "事项名称: 新"), "utf-8")
    often, warm = build()
    assert often == 0
    shutil.rmtree(folder / ".cache")
    shutil.rmtree(folder / "site")
    often, cold = build()
    assert often == 1
    assert warm == cold
    item.write_text("事项名称：错\n", "utf-8")
    assert rendering.build(folder, folder / "site", at=project.DAY, say=said.append) is None
    assert any("catalog/items/xzcf-001.yaml:1:5:" in line for line in said)
    assert project.files(folder / "site") == cold


def test_a_record_at_the_address_of_an_own_page_is_refused_without_the_frame_too(tmp_path):
    folder, said = project.copy(tmp_path / "p"), []
    own = folder / "docs/items/xzcf-777/index.html"
    own.parent.mkdir(parents=True)
    own.write_text("【演示】自己的一页", "utf-8")
    assert rendering.build(folder, folder / "site", at=project.DAY, say=said.append), said
    item = (folder / "catalog/items/xzcf-001.yaml").read_text("utf-8").replace("事项名称: ", "事项名称: 另")
    (folder / "catalog/items/xzcf-777.yaml").write_text(item, "utf-8")
    before = project.files(folder / "site")
    assert rendering.build(folder, folder / "site", at=project.DAY, say=said.append) is None
    assert "docs/items/xzcf-777/index.html 会被生成的同名文件盖掉" in said[-1]
    assert project.files(folder / "site") == before


def test_a_site_of_which_nothing_has_changed_is_taken_whole(committed, tmp_path, monkeypatch):
    folder = tmp_path / "p"
    subprocess.run(["git", "clone", "--quiet", committed, folder], check=True)
    (folder / ".git/info/exclude").write_text("/site*\n/.cache\n", "utf-8")
    made = []
    for name in ("_fill", "render"):
        real = getattr(rendering, name)
        monkeypatch.setattr(rendering, name, lambda *given, real=real: [made.append(given), real(*given)][1])

    def built():
        made.clear()
        assert rendering.build(folder, folder / "site", say=print)
        return bool(made), project.files(folder / "site")

    assert built()[0]
    (folder / "hooks/__pycache__").mkdir(exist_ok=True)
    (folder / "hooks/__pycache__/own.pyc").write_bytes(b"of a first run")
    again, first = built()
    assert not again
    page = folder / "site/items/xzcf-001/index.html"
    content = page.read_bytes()
    page.unlink()
    page.write_bytes(content + b"!")
    assert built() == (True, first), "another page is no page of ours"
    assert built() == (False, first)
    (folder / "site/more.html").write_bytes(b"")
    assert built() == (True, first), "nor is one more"
    git = Repository.__new__(Repository)
    git.root = folder
    git.git("tag", "v1")
    assert built() == (True, first), "a name for a commit may stand in an edition"
    item = folder / "catalog/items/xzcf-001.yaml"
    item.write_text(item.read_text("utf-8").replace("事项名称: ", "事项名称: 新"), "utf-8")
    again, second = built()
    assert again
    assert second["items/xzcf-001/index.html"] != content
    assert built() == (False, second)
    (folder / "overrides").mkdir()
    assert built() == (True, second), "what a template of one's own reads is not known"


@pytest.mark.parametrize("path", ["docs/own.md", "overrides/own.html", "hooks/quanze_hooks.py", "catalog/site.yaml"])
def test_the_frame_is_asked_again_for_what_it_reads(tmp_path, path):
    folder = project.copy(tmp_path / "p")
    assert plain(folder)
    made = build.prepare(folder, project.DAY)
    for name in made.templates:
        made.keep(name, "".join(SLOTS))
    before = tmp_path / "before"
    before.mkdir()
    (before / "404.html").write_bytes(b"not found")
    rendered.keep(made, ["guide/"], before)
    assert rendered.recall(build.prepare(folder, project.DAY), tmp_path / "one", before) == ["guide/"]
    assert project.files(tmp_path / "one") == {"404.html": b"not found"}
    (before / "404.html").write_bytes(b"another")
    assert rendered.recall(build.prepare(folder, project.DAY), tmp_path / "two", before) is None
    (before / "404.html").write_bytes(b"not found")
    file = folder / path
    file.parent.mkdir(exist_ok=True)
    old = file.read_text("utf-8") if file.exists() else ""
    file.write_text(old.replace("名称: ", "名称: 新") if old.startswith("名称") else f"{old}\n# 我们的\n", "utf-8")
    again = plain(folder) and rendered.recall(build.prepare(folder, project.DAY), tmp_path / "three", before)
    assert not again


def test_a_broken_catalog_is_not_built_and_the_site_stays(tmp_path):
    folder = project.copy(tmp_path / "p")
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("昨天的网站", "utf-8")
    (folder / "catalog/items/xzcf-001.yaml").write_text("事项名称：错\n", "utf-8")
    done = project.run(folder, "quanze", "build", "--at", project.DAY)
    assert done.returncode == 1
    assert "catalog/items/xzcf-001.yaml:1:5:" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("没有生成网站，")
    assert project.files(folder / "site") == {"index.html": "昨天的网站".encode()}


@pytest.mark.skipif(os.name == "nt", reason="没有这样的信号")
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("raise MemoryError", "多半是内存不够；"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "多半是内存不够；"),
        ("raise ValueError('our own')", "ValueError: our own"),
    ],
)
def test_mkdocs_that_ends_half_way_is_told(tmp_path, fault, told):
    folder, said = project.copy(tmp_path / "p"), []
    hooks = folder / "hooks/quanze_hooks.py"
    hooks.write_bytes(hooks.read_bytes() + f"\n{fault}\n".encode())
    assert rendering.build(folder, folder / "site", at=project.DAY, say=said.append) is None
    assert told in said[-1]
    assert ("Traceback" in said[0], len(said)) == (False, 1)


def test_mkdocs_does_not_tell_of_the_shells(tmp_path):
    done = project.run(project.copy(tmp_path / "p"), "mkdocs", "build", "--strict")
    assert done.returncode == 0
    assert "skipped" not in done.stdout + done.stderr
    assert "Documentation built" in done.stderr


@pytest.fixture(name="built")
def _built(small, tmp_path):
    """Return (project, a fresh copy of its built folder)."""
    shutil.copytree(small / "site", tmp_path / "site.new")
    return small, tmp_path / "site.new"


def _seal(built):
    root, folder = built
    return seal(root, folder, folder.with_name("site"))


def test_a_whole_site_is_sealed(built):
    sealed = _seal(built)
    site = built[1].with_name("site")
    assert sealed.pages > 20
    assert not built[1].exists()
    assert (site / "manifest.json.sha256").read_text("utf-8") == f"{sealed.digest}  manifest.json\n"


def test_a_lost_page_is_noticed(built):
    shutil.rmtree(built[1] / "items" / "xzcf-001")
    with pytest.raises(Fault, match=r"items/xzcf-001/index\.html"):
        _seal(built)
    assert not built[1].with_name("site").exists()


def test_a_site_without_hooks_is_noticed(tmp_path):
    folder = project.copy(tmp_path / "p")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(re.sub(r"hooks:\n( +- .*\n)+", "", config), "utf-8")
    project.run(folder, "mkdocs", "build", "--site-dir", "site.new")
    (folder / "site.new").mkdir(exist_ok=True)
    with pytest.raises(Fault, match="记录没有页面"):
        seal(folder, folder / "site.new", folder / "site")


def test_links_of_pages_that_were_sealed_before_are_followed_again(built):
    root, folder = built
    first = _seal(built)
    for _ in range(2):  # with what was kept, and with what was kept of that
        shutil.copytree(folder.with_name("site"), folder)
        assert _seal(built).digest == first.digest
    shutil.copytree(folder.with_name("site"), folder)
    shutil.rmtree(folder / "search")
    with pytest.raises(Fault, match=r"站内链接.*index\.html → \S*search/"):
        _seal(built)
    (root / ".cache/links").unlink()
    with pytest.raises(Fault, match="站内链接"):
        _seal(built)


@pytest.mark.parametrize("link", ["../nowhere/", "../../laws/an-quan-sheng-chan-fa/#t9999", "../../items"])
def test_a_dead_link_is_noticed(built, link):
    page = built[1] / "items" / "xzcf-001" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"</article>", f'<a href="{link}">x</a></article>'.encode(), 1))
    with pytest.raises(Fault, match=re.escape(f"items/xzcf-001/index.html → {link}")):
        _seal(built)


def test_the_state_of_a_search_in_a_link_is_no_anchor(built):
    page = built[1] / "items" / "xzcf-001" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"</article>", b'<a href="../../search/#q=x">x</a></article>', 1))
    assert _seal(built).pages


def _get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def _await(log: Path, text: str, count: int = 1) -> None:
    deadline = time.monotonic() + 60
    while log.read_text("utf-8").count(text) < count:
        assert time.monotonic() < deadline, log.read_text("utf-8")
        time.sleep(0.1)  # the server's own pace: it polls for changes twice a second


def test_serve_keeps_the_last_good_pages_while_the_catalog_is_broken(tmp_path):
    folder = project.copy(tmp_path / "p")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [
                *(Path(sys.executable).with_name("quanze"), "serve", "--address", f"127.0.0.1:{port}"),
                *("--at", project.DAY),
            ],
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=out,
            stderr=out,
        )
    try:
        page, record = f"http://127.0.0.1:{port}/items/xzcf-001/", folder / "catalog/items/xzcf-001.yaml"
        _await(log, "Serving on")
        status, before = _get(page)
        assert status == 200
        sound = record.read_text("utf-8")
        record.write_text(sound.replace("事项名称: ", "事项名称："), "utf-8")
        _await(log, "仍显示上一次成功生成的页面")
        assert "catalog/items/xzcf-001.yaml:1:5:" in log.read_text("utf-8")
        assert _get(page)[0] == 200
        record.write_text(sound.replace("事项名称: 对", "事项名称: 改名后对"), "utf-8")
        _await(log, "Reloading browsers", 2)
        assert "改名后对" in _get(page)[1]
        assert "改名后对" not in before
        assert log.read_text("utf-8").count("Building documentation") == 1, "MkDocs has nothing to do"
        (folder / "docs/own.md").write_text("# 我们的\n", "utf-8")
        _await(log, "Reloading browsers", 3)
        assert _get(f"http://127.0.0.1:{port}/own/")[0] == 200
        assert "改名后对" in _get(page)[1]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
