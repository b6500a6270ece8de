"""Is this what the repository says: the comparison, what it takes to build again, and whole runs of the command."""

from __future__ import annotations

import json
import shutil
import threading
import time
from dataclasses import replace
from functools import partial
from hashlib import sha256

import pytest
from tests import project
from tests.repository import Repository
from tests.server import send, serve

from quanze import __version__, history
from quanze.base.problem import Fault
from quanze.io import git
from quanze.proof import manifest, memory, verify
from quanze.proof.early import read_early
from quanze.proof.log import bundle, publications
from quanze.proof.log.continuing import begin
from quanze.proof.manifest import Manifest, Origin
from quanze.proof.rebuild import again, fits
from quanze.proof.remote import Folder, Web
from quanze.proof.verify import FileDifference, since
from quanze.proof.visitor import visits
from quanze.register.settings import Settings

NO_LOG = "网站没有公布日志：从前公布过什么，看不出来"
COMMIT, OTHER = "a" * 40, "b" * 40
TOLD = Manifest(
    Origin(COMMIT, OTHER, (), "1.0", "c" * 64), "2026-05-01", OTHER, demonstration=True, files={"甲.html": "d" * 64}
)


def digests(files):
    return {path: sha256(content).hexdigest() for path, content in files.items()}


def flipped(content):
    return bytes([content[0] ^ 1]) + content[1:]


# 清单文件


def test_a_manifest_says_what_was_put_in():
    assert manifest.parse(TOLD.content()) == TOLD
    plain = replace(TOLD, at="", previous="", demonstration=False, origin=replace(TOLD.origin, commit="", tree=""))
    assert manifest.parse(plain.content()) == plain


@pytest.mark.parametrize(
    "change",
    [
        {"commit": "HEAD"},
        {"commit": None},
        {"commit": "--upload-pack=x"},
        {"previous": COMMIT[:7]},
        {"at": "today"},
        {"files": []},
        {"files": {"a.html": "?"}},
        {"files": {"a\x1b[2J.html": "d" * 64}},
        {"changes": ["a\nb"]},
        {"quanze": 1},
    ],
)
def test_what_quanze_never_writes_is_no_manifest(change):
    with pytest.raises(ValueError):  # noqa: PT011 — whatever it says
        manifest.parse(json.dumps({**json.loads(TOLD.content()), **change}).encode())


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"{}", b"[" * 100_000])
def test_what_is_no_manifest_at_all(content):
    with pytest.raises(ValueError):  # noqa: PT011
        manifest.parse(content)


# 逐个核对


@pytest.fixture(name="files")
def _files():
    return {"index.html": b"home", "items/a/index.html": b"a", "data.json": b"{}", "x.css": b""}


def compare(site, files, told=()):
    return sorted([*verify.compare(site, digests(files), lambda _: None), *verify.extra(site, files, told)])


def test_a_site_that_is_the_same(files):
    with serve(files) as url:
        assert compare(Web(url), files, files) == []


def test_every_way_to_differ_is_named(files):
    def half(handler):
        send(handler, b"{", length=2)

    bad = {**files, "index.html": flipped(files["index.html"]), "data.json": half, "items/a/index.html": None}
    with serve(bad) as url:
        found = compare(Web(url), files, ["index.html", "more.html", manifest.NAME])
    assert [(one.path, one.kind) for one in found] == [
        ("data.json", "读不到"),
        ("index.html", "被改动"),
        ("items/a/index.html", "缺少"),
        ("more.html", "多出"),
    ]
    was, now = (sha256(content).hexdigest()[:12] for content in (b"home", b"iome"))
    assert found[1].detail == f"应为 {was}…，实为 {now}…"


def test_a_file_for_auditors_alone_is_told(files):
    def cloaking(handler):
        send(handler, b"for you" if "Mozilla" in handler.headers["User-Agent"] else files["data.json"])

    with serve({**files, "data.json": cloaking}) as url:
        (found,) = compare(Web(url), files, files)
    assert (found.path, found.kind) == ("data.json", "因人而异")


def test_a_file_is_read_while_the_site_is_made_and_not_again(files):
    asked, begun = [], threading.Event()

    def noted(handler):
        asked.append(handler.path)
        begun.set()
        send(handler, b"")

    answers = {**files, "x.css": noted, "data.json": b"[]"}
    with serve(answers) as url:
        site = Web(url)
        with read_early(partial(verify._one, site), digests({**files, "lost": b""}), 2) as right:
            assert begun.wait(10)
            while len(right) < 3:
                time.sleep(0.01)
        found = compare(site, {path: content for path, content in files.items() if path not in right})
    assert right == {"index.html", "items/a/index.html", "x.css"}
    assert asked == ["/x.css"] * (1 + visits("x.css"))  # as it is, and as each kind of reader
    assert [(one.path, one.kind) for one in found] == [("data.json", "被改动")]


def test_of_a_site_that_is_not_what_it_says_little_is_read_before_its_sizes_are_known():
    asked = []

    def noted(handler):
        asked.append(handler.path)
        send(handler, b"another")

    files = {f"{number}.txt": b"" for number in range(400)}
    with serve(dict.fromkeys(files, noted)) as url:
        with read_early(partial(verify._one, Web(url)), digests(files), 2) as right:
            deadline = time.monotonic() + 10
            while len(asked) < 20 and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(0.1)
        assert not right
        assert 20 <= len(asked) <= 22


def test_what_stops_the_making_stops_the_reading(files):
    with serve(files) as url, pytest.raises(Fault, match="生成不出"):  # noqa: SIM117 — the server outlives it
        with read_early(partial(verify._one, Web(url)), dict.fromkeys(map(str, range(10**6)), "0"), 2):
            raise Fault("生成不出")


def test_what_was_seen_is_remembered(tmp_path):
    file = tmp_path / "a" / "seen.json"
    assert memory.recall(file) is None
    memory.keep(file, TOLD, None)
    assert memory.recall(file) == TOLD
    file.write_text("{")
    with pytest.raises(Fault, match=r"seen\.json 读不懂：上次看到的记在这里"):  # it is not as if nothing had been seen
        memory.recall(file)
    assert (
        memory.place("https://a.example/x")
        == memory.place("https://a.example/x/")
        != memory.place("https://a.example/")
    )


def test_a_folder_shows_what_is_too_many(files, tmp_path):
    for path, content in {**files, "new/one.txt": b"", manifest.NAME: b"", manifest.SUM: b""}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert compare(Folder(tmp_path), files) == [FileDifference("new/one.txt", "多出")]


def test_a_server_that_dies_is_given_up():
    with serve({}) as url:
        pass
    with pytest.raises(Fault, match="服务器不再答复，只核对了 0 个文件"):
        compare(Web(url), {f"{number}.txt": b"" for number in range(2000)})


def test_a_few_files_without_answer_are_told():
    with serve({}) as url:
        pass
    assert [one.kind for one in compare(Web(url), {"a": b"", "b": b""})] == ["没有答复", "没有答复"]


def test_a_name_with_a_line_break_forges_no_line(published, site):
    (site / "a\n缺少：index.html").write_bytes(b"")
    code, out, _ = published.verify(str(site))
    assert (code, out[2:]) == (1, ["多出：a<U+000A>缺少：index.html", NO_LOG])


# 依赖


@pytest.mark.parametrize(
    ("lock", "fit"),
    [
        ("", True),
        (f"pytest=={pytest.__version__} \\\n    --hash=sha256:0\n", True),
        ("pytest==0.0.1\n", False),
        (f"pytest==0.0.1 ; python_version < '3'\npytest=={pytest.__version__} ; python_version >= '3'\n", True),
        ("no-such-package==1.0\n", False),
        ("no-such-package==1.0 ; sys_platform == 'win32'\n", True),
    ],
)
def test_whether_the_packages_here_are_those_of_a_lock(lock, fit):
    assert fits(lock) is fit


def test_this_environment_is_that_of_this_lock():
    assert fits((project.ROOT / manifest.LOCK).read_text("utf-8"))


# 整个命令


VERSION = "0.0.9"
"""That of the code in the repository, which is not quite the code that verifies."""


class Publication:
    """A small project in a repository of two commits, and its site as published."""

    def __init__(self, folder):
        self.root = project.copy(folder)
        for name in ("src", "pyproject.toml", ".gitignore"):
            copy = shutil.copytree if (project.ROOT / name).is_dir() else shutil.copy2
            copy(project.ROOT / name, self.root / name)
        self.repository = Repository(self.root)
        version = "src/quanze/base/package.py"
        self.repository.write(version, (self.root / version).read_text("utf-8").replace(__version__, VERSION))
        self.first = self.repository.commit("2026-11-01")
        name = "catalog/items/xzjc-001.yaml"
        self.repository.write(name, (self.root / name).read_text("utf-8") + "备注: 甲\n")
        self.commit = self.repository.commit("2026-11-20")
        self.site = publish(self.root, "--previous", self.first)

    def verify(self, *words, **environment):
        """Return exit code, lines and last sentence of the command."""
        return command(self.root, *words, **environment)

    def told(self):
        """Return the manifest of the site."""
        return json.loads((self.site / manifest.NAME).read_bytes())


def publish(root, *words, at=""):
    """Build and seal a site with the code that is in the folder."""
    own = {"PYTHONPATH": str(root / "src")}
    project.build(root, "site.new", at=at, **own)
    done = project.run(root, "quanze", "seal", "site.new", "site", *words, **own)
    assert done.returncode == 0, done.stderr
    return root / "site"


def command(root, *words, **environment):
    """Run `quanze verify` with the code under test; return exit code, lines and last sentence."""
    done = project.run(root, "quanze", "verify", *words, **environment)
    return done.returncode, done.stdout.splitlines(), (done.stderr.splitlines() or [""])[-1]


@pytest.fixture(name="published", scope="module")
def _published(tmp_path_factory):
    return Publication(tmp_path_factory.mktemp("published") / "project")


@pytest.fixture(name="site")
def _site(published, tmp_path):
    """Return a copy of the site to be tampered with."""
    return shutil.copytree(published.site, tmp_path / "copy")


def rewrite(site, **change):
    """Write a manifest that says something else."""
    file = site / manifest.NAME
    file.write_text(json.dumps({**json.loads(file.read_bytes()), **change}, ensure_ascii=False, indent=1), "utf-8")


def test_the_site_of_the_repository(published):
    code, out, said = published.verify("site")
    assert code == 0, said
    whole = sha256((published.site / manifest.NAME).read_bytes()).hexdigest()
    assert out == [f"提交：{published.commit}（2026-11-20）", f"清单文件的 SHA-256：{whole}", NO_LOG]
    assert said.endswith("与仓库一致；与仓库一致，不等于与批准文件一致")
    assert published.told()["quanze"] == VERSION != __version__
    assert published.repository.git("worktree", "list").count("\n") == 0
    assert published.repository.git("status", "--porcelain") == ""


def test_a_second_publication_is_made_again_without_the_log_online(published, tmp_path):
    """A build fetches the log where it publishes: there it ends with this publication, or nobody answers."""
    claimed = manifest.parse((published.site / manifest.NAME).read_bytes())
    assert claimed.previous == published.first
    own = {"PYTHONPATH": str(published.root / "src")}
    done = project.run(published.root, *again(str(tmp_path / "again"), claimed), **own)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "again" / manifest.NAME).read_bytes() == (published.site / manifest.NAME).read_bytes()


def test_a_site_online_that_was_tampered_with(published, tmp_path):
    files = project.files(published.site)
    changed = {**files, "index.html": flipped(files["index.html"]), manifest.SUM: b"0"}
    changed["items/xzcf-001/index.html"] = None
    old = {**published.told(), "commit": published.first}
    old["files"] = {**old["files"], "data/v1/items/xzjc-900.json": "0" * 64, "data/v1/lists/alt.json": "0" * 64}
    (tmp_path / "old.json").write_text(json.dumps(old), "utf-8")
    with serve(changed) as url:
        code, out, said = published.verify(url, "--since", str(tmp_path / "old.json"))
    assert code == 1
    assert [line.partition("（")[0] for line in out[2:] if line != NO_LOG] == [
        "被改动：index.html",
        "缺少：items/xzcf-001/index.html",
        "被改动：manifest.json.sha256",
        "记录 items/xzjc-900 不见了：公布过的记录只能终止，不能删除",
        "记录 lists/alt 不见了：公布过的记录只能终止，不能删除",
    ]
    assert said.endswith("有 3 处不同")


def test_history_that_was_rewritten(published, site):
    rewrite(site, previous=OTHER)
    code, out, _ = published.verify(str(site))
    assert code == 1
    assert out[-1] == f"上一次公布的提交 {OTHER[:12]} 不在这一次 {published.commit[:12]} 的历史里：历史被改写过"


def test_what_this_machine_saw_before_is_held_against_the_site(published, tmp_path):
    """The publisher has rewritten its history, and its manifest says nothing of what was before."""
    state = tmp_path / "seen.json"
    code, _, said = published.verify("site", "--state", str(state))
    assert (code, json.loads(state.read_bytes())["commit"]) == (0, published.commit), said
    memory.keep(state, replace(manifest.parse(state.read_bytes()), origin=Origin(OTHER, OTHER, (), "1", "")), None)
    for more in ((), ("--since", str(published.repository.root / "site" / manifest.NAME))):
        code, out, _ = published.verify("site", "--state", str(state), *more)
        assert code == 1
        assert out[-1].startswith(f"上一次公布的提交 {OTHER[:12]} 不在这一次")
    assert json.loads(state.read_bytes())["commit"] == OTHER


def test_a_site_with_its_log_is_verified_and_proved_without_a_network(published, site, tmp_path):
    head = published.repository.root
    log = begin(Settings.load(head)).files((site / manifest.NAME).read_bytes(), git.head(head))
    for path, content in log:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    proof = str(tmp_path / "proof.zip")
    code, out, said = published.verify(str(site), "--save", proof)
    assert code == 0, said
    assert out[2].startswith(f"公布日志：1 次，第一次（2026-11-20，提交 {published.commit[:12]}）")
    code, out, _ = published.verify("--bundle", proof, str(site))
    assert (code, out[2]) == (0, "公布日志：第 1 次，日志共 1 次；证明成立")
    seen = tmp_path / "seen.json.checkpoint"
    memory.keep_head(seen, replace(bundle.unpack((tmp_path / "proof.zip").read_bytes()).checkpoint, root=bytes(32)))
    code, out, _ = published.verify("--bundle", proof, "--state", str(seen.with_suffix("")))
    assert (code, out[-1].partition("：")[0]) == (1, "公布日志有两份")
    (site / "index.html").write_bytes(b"")
    (site / manifest.NAME).write_bytes(b"{}")
    code, out, said = published.verify("--bundle", proof, str(site))
    assert (code, out[-2:]) == (1, ["被改动：index.html", "被改动：manifest.json"]), said


def test_a_bundle_cannot_lie_about_its_commit(published, site, tmp_path):
    head = published.repository.root
    content, commit = (site / manifest.NAME).read_bytes(), git.head(head)
    log = begin(Settings.load(head)).log.after(
        publications.Publication(manifest.digest(content), commit.id, "2019-01-01T00:00:00+08:00")
    )
    proof = tmp_path / "proof.zip"
    proof.write_bytes(bundle.pack(content, log))
    code, out, said = published.verify("--bundle", str(proof))
    assert (code, out[-1]) == (
        1,
        f"证明包写的提交 {commit.id[:12]} 是 {commit.moment} 的，写成 2019-01-01T00:00:00+08:00",
    ), said


def test_a_site_of_a_commit_that_only_a_merge_brought_in_is_told(published, tmp_path):
    clone = Repository(shutil.copytree(published.root, tmp_path / "clone"))
    side = clone.git("rev-parse", "HEAD")
    clone.git("reset", "--quiet", "--hard", "HEAD~1")
    clone.commit("2026-11-26")
    clone.git("merge", "--quiet", "--no-edit", "--strategy=ours", side)
    code, out, said = command(clone.root, str(published.site))
    assert code == 1, said
    assert f"网站的提交 {side[:12]} 不在当前分支的主线上，只由合并带进来：主线的记录可能与它不同" in out


def test_a_site_behind_its_repository_is_told(published, tmp_path):
    clone = shutil.copytree(published.root, tmp_path / "clone")
    Repository(clone).commit("2026-11-25")
    code, out, _ = command(clone, str(published.site))
    assert (code, out[-1]) == (0, "旧版：仓库的当前分支在这个提交以后还有 1 个提交")
    assert command(clone, str(published.site), "--latest")[0] == 1


def test_a_draft_can_be_held_against_a_commit(published, site):
    rewrite(site, commit="", tree="", changes=["catalog/site.yaml"])
    code, out, said = published.verify(str(site))
    assert (code, out) == (2, [])
    assert "从提交里没有的内容生成的草稿（有 1 个文件没有提交，或者跟提交里的不一样）" in said
    code, out, _ = published.verify(str(site), "--commit", published.commit)
    assert code == 1
    assert out[2:] == [f"被改动：manifest.json（写的提交是 （没有），不是 {published.commit[:12]}）", NO_LOG]


def test_another_lock_is_said_plainly(published, site):
    repository = published.repository
    repository.branch("lock")
    repository.write(manifest.LOCK, "no-such-package==1.0 --hash=sha256:" + "0" * 64)
    commit = repository.commit("2026-11-21")
    rewrite(site, commit=commit)
    code, out, said = published.verify(str(site), PIP_NO_INDEX="1")
    repository.switch("main")
    assert (code, out) == (2, [])
    assert said.startswith("装不上这个提交锁定的依赖，无从核对：取不到 no-such-package==1.0：")


@pytest.mark.parametrize("lost", [manifest.LOCK, "src/quanze"])
def test_a_commit_that_cannot_be_built(published, site, lost):
    repository = published.repository
    repository.branch(f"without-{len(lost)}")
    repository.git("rm", "-r", "--quiet", lost)
    rewrite(site, commit=repository.commit("2026-11-21"))
    code, out, said = published.verify(str(site))
    repository.switch("main")
    assert (code, out) == (2, [])
    assert said.endswith("无从核对")
    assert lost in said


def test_code_of_a_branch_that_was_not_merged_is_never_run(published, site):
    repository = published.repository
    repository.branch("strange")
    repository.write("hooks/quanze_hooks.py", "raise SystemExit('ran')\n")
    commit = repository.commit("2026-11-21")
    repository.switch("main")
    rewrite(site, commit=commit)
    code, out, said = published.verify(str(site))
    assert (code, out) == (2, [])
    assert said.startswith(f"清单文件写的提交 {commit[:12]} 不在这里当前分支的历史里")


@pytest.mark.parametrize(
    ("change", "words", "said"),
    [
        ({"commit": OTHER}, (), f"清单文件写的提交 {OTHER[:12]} 不在这里当前分支的历史里"),
        ({"commit": "HEAD"}, (), "manifest.json 读不懂"),
        ({}, ("--commit", "nowhere"), "「nowhere」不是已知的提交"),
        ({}, ("--since", "mkdocs.yml"), "「mkdocs.yml」不是清单文件（manifest.json）"),
        ({}, ("--since", "nowhere.json"), "nowhere.json：没有这个文件或者文件夹"),
    ],
)
def test_wrong_use(published, site, change, words, said):
    rewrite(site, **change)
    code, out, told = published.verify(str(site), *words)
    assert (code, out) == (2, [])
    assert told.startswith(said)


def test_what_is_no_site_of_ours(published, tmp_path):
    assert published.verify(str(tmp_path))[2].startswith("那里没有 manifest.json")
    with serve({}) as url:
        assert published.verify(url)[::2] == (2, "那里没有 manifest.json：不是 quanze 发布的网站，或者清单文件被删去了")
    assert published.verify(url)[::2] == (2, "读不到 manifest.json：拒绝连接")


def test_a_site_of_a_shallow_clone_names_no_commit(published, tmp_path):
    shallow = published.repository.shallow(tmp_path / "shallow", 1)
    whole, part = (manifest.origin(one).commit for one in (published.repository.root, shallow.root))
    assert (bool(whole), part) == (True, "")


@pytest.mark.parametrize("minutes", ["nan", "inf", "-inf", "1e400", "0", "-1", "甲", ""])
def test_minutes_that_are_none_are_refused_in_a_sentence(published, minutes):
    code, _, said = command(published.repository.root, str(published.site), "--within", minutes)
    assert (code, "不是分钟数" in said) == (2, True)


def test_a_shallow_clone_says_so(published, tmp_path):
    shallow = published.repository.shallow(tmp_path / "shallow", 1)
    code, out, said = command(shallow.root, str(published.site))
    assert (code, out) == (2, [])
    assert said.startswith("这是浅克隆")


def test_a_site_that_looked_at_the_law_of_another_day(published, tmp_path):
    clone = shutil.copytree(published.root, tmp_path / "clone")
    shutil.rmtree(clone / "site")
    site = publish(clone, "--at", "2026-12-24", at="2026-12-24")
    assert json.loads((site / manifest.NAME).read_bytes())["at"] == "2026-12-24"
    code, out, said = command(clone, "site")
    assert code == 0, said
    assert out[1] == "法律看到：2026-12-24"


# 历史


def test_a_main_line_that_goes_round_what_was_published_is_told(tmp_path):
    """A new beginning with today's content, and what was published merged into it: nothing of that is lost, or seen."""
    repository = Repository(tmp_path / "own")
    repository.item("x-1", "备注: 一")
    repository.commit("2026-01-01")
    repository.item("x-1", "备注: 二")
    published_ = repository.commit("2026-01-02")
    assert [*verify._cut(repository.root, published_, published_)] == []
    tree = repository.git("rev-parse", "HEAD^{tree}")
    start = repository.git("commit-tree", tree, "-m", "初次", GIT_COMMITTER_DATE="2026-01-03T12:00:00+08:00")
    words = ("commit-tree", tree, "-p", start, "-p", published_, "-m", "合并")
    repository.git("reset", "--quiet", "--hard", repository.git(*words, GIT_COMMITTER_DATE="2026-01-04T12:00:00+08:00"))
    (told,) = verify._cut(repository.root, published_, "HEAD")
    assert "不在这一次 HEAD 的主线上，只由合并带进来：主线绕开了它" in told
    (gap,) = history.read(repository.root).gaps
    assert (gap.state, gap.paths) == ("另有起点", ())
    assert "主线以外另有 1 段历史，从提交" in gap.message


def test_a_history_that_goes_on(published):
    new = manifest.parse((published.site / manifest.NAME).read_bytes())
    old = replace(new, origin=replace(new.origin, commit=published.first))
    assert [*since(published.root, old, new)] == []
    backwards = [*since(published.root, new, old)]
    assert backwards == [
        f"网站退回了旧版：上一次公布的是提交 {published.commit[:12]}，这一次是在它以前的 {published.first[:12]}"
    ]


def test_only_records_can_vanish(published):
    new = manifest.parse((published.site / manifest.NAME).read_bytes())
    gone = dict.fromkeys(("data/v1/old.json", "data/v1/lists/a/2023.json", "data/v1/lists/a.csv", "x.html"), "0" * 64)
    assert [*since(published.root, replace(new, files={**new.files, **gone}), new)] == []


def test_a_draft_is_no_publication(published):
    new = manifest.parse((published.site / manifest.NAME).read_bytes())
    with pytest.raises(Fault, match="那是草稿"):
        [*since(published.root, replace(new, origin=replace(new.origin, commit="")), new)]


@pytest.mark.parametrize(
    ("looked", "told"),
    [("", False), ("2026-03-12", False), ("2026-03-11", False), ("2026-03-10", True), ("2035-01-01", False)],
)
def test_a_site_that_looked_at_a_day_before_its_commit_is_told(looked, told):
    """Else deadlines that are over and laws that have lapsed look sound in what is the repository's to the byte."""
    found = [*verify.early(replace(TOLD, at=looked), "2026-03-12")]
    assert bool(found) is told
    assert all(f"写的日期 {looked} 早于它的提交（2026-03-12 记录）" in one for one in found)
