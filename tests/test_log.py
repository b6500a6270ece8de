"""The publication log: trees and notes against published vectors, its files, what an auditor finds, witnesses."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import datetime

import pytest
from click.testing import CliRunner
from tests.repository import Repository
from tests.server import send, serve

from quanze import cli
from quanze.base.problem import Fault
from quanze.io import git
from quanze.proof import manifest, memory
from quanze.proof.log import bundle, merkle, note, tiles
from quanze.proof.log.auditing import audit_log, beside
from quanze.proof.log.continuing import KEY, begin, go_on, secretless
from quanze.proof.log.publications import Checkpoint, Publication, PublicationLog, fetch
from quanze.proof.manifest import CHECKPOINT, Manifest, Origin
from quanze.proof.remote import Folder, Web
from quanze.register.settings import Settings

# The leaves and roots that implementations of RFC 6962 test each other with.
LEAVES = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
# The key and the signature of the reference implementation's documentation.
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNED = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ORIGIN = "example.gov.cn/quanze"
URL = {"网址": f"https://{ORIGIN}/"}
SITE = Settings.of(URL)
NEWEST = f"{2:064x}"


@pytest.fixture(name="recorded", scope="module")
def _recorded(tmp_path_factory):
    """Return a repository of three commits, and the log of their publications."""
    made, entries = Repository(tmp_path_factory.mktemp("log") / "register"), []
    for number in range(3):
        commit = made.commit(f"2026-01-{number + 1:02}")
        entries.append(Publication(f"{number:064x}", commit, f"2026-01-{number + 1:02}T12:00:00+08:00"))
    return made, PublicationLog(ORIGIN, tuple(entries))


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_roots_of_the_published_vectors(size, root):
    assert merkle.root([merkle.leaf(one) for one in LEAVES[:size]]).hex() == root


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 31, 33, 64])
def test_every_proof_holds_and_none_holds_of_another_place(size):
    leaves = [merkle.leaf(bytes([number])) for number in range(size)]
    root = merkle.root(leaves)
    for index, leaf in enumerate(leaves):
        proof = merkle.inclusion(index, leaves)
        assert merkle.included(leaf, index, size, proof) == root
        assert merkle.included(leaf, index, size, [*proof, root]) is None
        assert size == 1 or merkle.included(leaf, (index + 1) % size, size, proof) != root


def test_a_note_is_signed_as_the_reference_implementation_signs_it():
    key = note.secret_key(SECRET)
    assert (str(key), str(key.public())) == (SECRET, PUBLIC)
    parsed = note.parse(SIGNED.encode())
    assert parsed.signed_by(note.public_key(PUBLIC)) == 0
    assert str(note.signed(parsed.text, [key])) == str(parsed) == SIGNED


def test_a_signature_under_another_text_is_told_and_a_strange_one_counts_for_nothing():
    other = note.parse(SIGNED.replace("problem is", "question is").encode())
    with pytest.raises(ValueError, match="PeterNeumann"):
        other.signed_by(note.public_key(PUBLIC))
    assert note.parse(SIGNED.encode()).signed_by(note.new_key("PeterNeumann").public()) is None


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"a\n", b"a\n\nb\n", "a\n\n— x ?\n".encode(), b"a\x1b\n\n", b"\xff\n\n"]
)
def test_what_is_no_note(content):
    with pytest.raises(ValueError):  # noqa: PT011
        note.parse(content)


@pytest.mark.parametrize("told", ["", SECRET, PUBLIC[:-1], PUBLIC.replace("c74f", "c74e"), "a b+c74f20a3+AAAA"])
def test_what_is_no_public_key(told):
    with pytest.raises(ValueError):  # noqa: PT011
        note.public_key(told)


@pytest.mark.parametrize("told", ["", PUBLIC, SECRET[:-4], SECRET.replace("c74f", "c74e")])
def test_what_is_no_secret_key_is_never_repeated(told):
    with pytest.raises(Fault) as fault:
        note.secret_key(told)
    assert not told or told not in str(fault.value)


def publications(count):
    return tuple(
        Publication(f"{number:064x}", f"{number:040x}", f"2026-01-{number % 28 + 1:02}T09:00:00+08:00")
        for number in range(count)
    )


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 515])
def test_a_log_is_read_back_from_its_files(count):
    log = PublicationLog(ORIGIN, publications(count))
    files = dict(log.files())
    with serve(files) as url:
        found = fetch(Web(url))
    assert found
    assert (found.origin, found.entries, found.checkpoint) == (log.origin, log.entries, log.checkpoint)
    # Every head before this one can still be read: its partial tiles are there.
    for size in {1, count // 2, count - 1} - {0}:
        entries = tiles.read(size, files.get)
        assert [Publication.of(one) for one in entries] == list(log.entries[:size])


def test_tiles_lie_where_readers_of_such_logs_look_for_them():
    files = dict(tiles.files([b"x"] * 257))
    assert {"log/tile/entries/000", "log/tile/entries/001.p/1", "log/tile/0/000", "log/tile/0/001.p/1"} <= files.keys()
    assert files["log/tile/1/000.p/1"] == merkle.root([merkle.leaf(b"x")] * 256)
    assert len(files["log/tile/0/000"]) == 256 * 32
    assert files["log/tile/entries/001.p/1"] == b"\x00\x01x"
    assert tiles._path("0", 1234067, 256) == "log/tile/0/x001/x234/067"


@pytest.mark.parametrize("seed", range(40))
def test_any_byte_that_is_flipped_in_a_log_is_noticed(seed, recorded):
    made, log = recorded
    draw = random.Random(seed)
    files = dict(log.files())
    path = draw.choice(sorted(files))
    bad = bytearray(files[path])
    bad[draw.randrange(len(bad))] ^= 1 << draw.randrange(8)
    seen = PublicationLog(ORIGIN, log.entries[:2]).checkpoint
    with serve({**files, path: bytes(bad)}) as url:
        assert audit_log(made.root, Web(url), SITE, NEWEST, seen).breaks


# 接着写


def test_a_publication_goes_on_from_the_log_that_is_online(tmp_path):
    log = PublicationLog(ORIGIN, publications(2))
    with serve(dict(log.files())) as url:
        assert go_on(tmp_path, SITE, Web(url)).log.entries == log.entries
        assert go_on(tmp_path, SITE, Web(url), log.entries[-1].commit).log.entries == log.entries
        with pytest.raises(Fault, match="最后一条写的提交是 000000000000，上一次公布的是 aaaaaaaaaaaa，不接着写"):
            go_on(tmp_path, SITE, Web(url), "a" * 40)


def test_a_log_that_a_server_altered_is_not_signed_for(tmp_path):
    made, secret = Repository(tmp_path / "register"), note.secret_key(SECRET)
    told = f"网址: https://{ORIGIN}/\n"
    made.write("catalog/site.yaml", told)
    unkeyed = made.commit("2026-01-01")
    made.write("catalog/site.yaml", f"{told}公布日志: {{公钥: {PUBLIC}}}\n")
    keyed = made.commit("2026-01-02")
    settings = Settings.load(made.root)

    def log(*commits):
        return PublicationLog(ORIGIN, tuple(Publication("0" * 64, one, "2026-01-01T12:00:00+08:00") for one in commits))

    def going(*commits, keys=(secret,), head=None):
        files = dict(log(*commits).files(keys)) | ({CHECKPOINT: head} if head else {})
        with serve(files) as url:
            return len(go_on(made.root, settings, Web(url)).log.entries)

    assert going(unkeyed, keyed) == 2
    assert going(unkeyed, keys=()) == 1  # the key came afterwards
    assert going("b" * 40, keys=()) == 1  # nobody knows
    with pytest.raises(Fault, match="没有 PeterNeumann 的签名，公布它的时候"):
        going(keyed, keys=())
    with pytest.raises(Fault, match="没有 PeterNeumann 的签名"):
        going(unkeyed, keyed, keys=(note.new_key("PeterNeumann"),))
    right = dict(log(unkeyed, keyed).files((secret,)))[CHECKPOINT]
    wrong = log(keyed).checkpoint.text().encode() + b"\n" + right.partition(b"\n\n")[2]
    with pytest.raises(Fault, match="写着 PeterNeumann 的签名，但签名不对，不接着写"):
        going(keyed, head=wrong)
    folder = site_of(tmp_path / "own", log(keyed))
    assert len(go_on(made.root, settings, Folder(folder)).log.entries) == 1


def test_a_log_that_cannot_be_read_stops_the_publication(tmp_path):
    log = dict(PublicationLog(ORIGIN, publications(2)).files())
    with serve({}) as url, pytest.raises(Fault, match="--new-log"):
        go_on(tmp_path, SITE, Web(url))
    with (
        serve({**log, "log/tile/entries/000.p/2": lambda one: one.send_error(500)}) as url,
        pytest.raises(Fault, match="读不到"),
    ):
        go_on(tmp_path, SITE, Web(url))
    with serve({**log, "log/tile/entries/000.p/2": b""}) as url, pytest.raises(Fault, match="不全"):
        go_on(tmp_path, SITE, Web(url))


def test_the_same_publication_twice_is_one():
    one, other = publications(2)
    log = PublicationLog(ORIGIN, ()).after(one)
    assert log.after(one) is log
    assert log.after(other).after(one).entries == (one, other, one)


def test_the_key_comes_from_the_surroundings_and_goes_no_further(monkeypatch):
    monkeypatch.setenv(KEY, SECRET)
    assert [str(key) for key in begin(SITE).keys] == [SECRET]
    assert KEY not in secretless({KEY: SECRET, "PATH": "/"})
    assert [str(key) for key in begin(Settings.of({**URL, "公布日志": {"公钥": PUBLIC}})).keys] == [SECRET]
    other = str(note.new_key("other").public())
    with pytest.raises(Fault, match="不是一对"):
        begin(Settings.of({**URL, "公布日志": {"公钥": other}}))


# 核对


def audited(made, log, digest=NEWEST, *, seen=None, site=SITE, head="", day=""):  # noqa: PLR0913
    files = {**dict(log.files()), **({CHECKPOINT: head.encode()} if head else {})}
    with serve(files) as url:
        return audit_log(made.root, Web(url), site, digest, seen, day=day)


def test_a_true_log(recorded):
    made, log = recorded
    found = audited(made, log, seen=PublicationLog(ORIGIN, log.entries[:2]).checkpoint)
    assert found.breaks == ()
    assert found.notes[0].startswith("公布日志：3 次，第一次（2026-01-01，提交 ")
    assert found.notes[1] == "检查点有没有签名没有核对：site.yaml 没有写公布日志的公钥"


def test_a_log_that_is_another_for_some_readers_is_told(recorded):
    made, log = recorded
    files = dict(log.files())

    def cloaking(content):
        return lambda one: send(one, b"another" if "MicroMessenger" in one.headers["User-Agent"] else content)

    for path, content in files.items():
        with serve({**files, path: cloaking(content)}) as url:
            breaks = audit_log(made.root, Web(url), SITE, NEWEST, None).breaks
        assert breaks == (f"{path}：因人而异，给浏览器的是另一份内容",)


def test_a_log_that_names_another_commit_than_the_manifest_is_told(recorded):
    made, log = recorded
    with serve(dict(log.files())) as url:
        site = Web(url)
        assert audit_log(made.root, site, SITE, NEWEST, None, commit=log.entries[-1].commit).breaks == ()
        (told,) = audit_log(made.root, site, SITE, NEWEST, None, commit="c" * 40).breaks
    assert told.startswith("公布日志的最后一条写的提交是 ")


def test_a_site_without_log_is_told_and_worse_where_there_was_one(recorded):
    made, log = recorded
    with serve({}) as url:
        found = audit_log(made.root, Web(url), SITE, "", None)
        assert (found.notes, found.breaks) == (("网站没有公布日志：从前公布过什么，看不出来",), ())
        assert audit_log(made.root, Web(url), SITE, "", log.checkpoint).breaks == ("公布日志不见了：上次核对时有",)


def test_a_site_without_log_whose_register_names_its_key_is_a_break(recorded):
    made, _ = recorded
    for files in ({}, {CHECKPOINT: b""}):
        with serve(files) as url:
            found = audit_log(made.root, Web(url), Settings.of({**URL, "公布日志": {"公钥": PUBLIC}}), "", None)
        assert found.breaks == ("没有公布日志：site.yaml 写明了它的公钥，公布时应当写",)


def test_a_log_that_leaves_out_the_publication_before_is_told(recorded):
    made, log = recorded
    first, second, third = log.entries

    def asked(previous, *entries):
        with serve(dict(PublicationLog(ORIGIN, entries).files())) as url:
            return audit_log(made.root, Web(url), SITE, NEWEST, None, previous=previous)

    for previous in ("", second.commit):
        found = asked(previous, first, second, third)
        assert (found.breaks, len(found.notes)) == ((), 2)
    (told,) = asked(second.commit, first, third).breaks
    assert told.startswith(f"清单文件写的上一次公布是提交 {second.commit[:12]}，公布日志的上一条是 {first.commit[:12]}")
    begun = asked(second.commit, third)
    assert begun.breaks == ()
    assert begun.notes[1].startswith("公布日志从这一次才写：清单文件写的上一次公布（提交 ")


def test_what_a_log_cannot_hide(recorded):
    made, log = recorded
    first, second, third = log.entries

    def breaks(*entries, **told):
        return audited(made, PublicationLog(ORIGIN, entries), **told).breaks

    seen = PublicationLog(ORIGIN, (first, second)).checkpoint
    assert breaks(first, third, seen=seen) == ("公布日志被改写过：上次核对时的 2 条不再是它的开头",)
    fewer = "公布日志只有 1 条，上次核对时有 2 条：退回过旧版，或者被改写过"
    assert breaks(first, seen=seen, digest=first.manifest) == (fewer,)
    assert "最后一条不是这一版" in breaks(first, second, third, digest="f" * 64)[0]
    assert "早于上一条" in breaks(second, first, digest=first.manifest)[0]
    assert "不在当前分支的历史里" in breaks(first, Publication(NEWEST, "a" * 40, third.time))[0]
    assert breaks(Publication(NEWEST, third.commit, "2025-12-31T12:00:00+08:00"))[0].endswith(
        "是 2026-01-03T12:00:00+08:00 的，写成 2025-12-31T12:00:00+08:00"
    )
    assert audited(made, PublicationLog("other.example", log.entries), seen=log.checkpoint).breaks


def test_a_commit_that_claims_a_day_before_the_last_makes_no_log_false(tmp_path):
    """The time of such a commit is that of the one it stands on, for whoever writes the log and whoever reads it."""
    made, log = Repository(tmp_path / "register"), PublicationLog(ORIGIN, ())
    for number, day in enumerate(("2026-03-01", "2026-01-01", "2026-04-01")):
        made.write("a.txt", day)
        made.commit(day)
        commit = git.head(made.root)
        log = log.after(Publication(f"{number:064x}", commit.id, commit.moment))
    assert [one.time[:10] for one in log.entries] == ["2026-03-01", "2026-03-01", "2026-04-01"]
    assert audited(made, log).breaks == ()


def test_a_file_among_the_tiles_that_is_none(recorded, tmp_path):
    made, log = recorded
    site = site_of(tmp_path, log)
    (site / "log/tile/0/999").write_bytes(b"hidden")
    assert audit_log(made.root, Folder(site), SITE, NEWEST, None).breaks == ("log/tile/0/999：多出",)
    assert manifest.unlisted("log/tile/0/999")
    assert not manifest.unlisted("log/index.html")


def test_signatures_of_the_log_and_of_its_witnesses(recorded):
    made, log = recorded
    key, witness, absent = note.secret_key(SECRET), note.new_key("witness.example/a"), note.new_key("witness.example/b")
    witnesses = [str(one.public(note.COSIGNATURE)) for one in (witness, absent)]
    site, text = Settings.of({**URL, "公布日志": {"公钥": PUBLIC, "见证": witnesses}}), log.checkpoint.text()
    head = str(note.signed(text, [key]))
    found = audited(made, log, site=site, head=head + witness.cosign(text, 1_790_000_000))
    assert found.breaks == ()
    assert found.notes[1:] == (
        "检查点有 PeterNeumann 的签名",
        "见证人 witness.example/a 签过名（它写的时间 2026-09-21 14:13 UTC）",
        "见证人 witness.example/b 没有签名",
    )
    assert "没有 PeterNeumann 的签名" in audited(made, log, site=site).breaks[0]
    forged = str(note.signed(text.replace("3", "4", 1), [key])).partition("\n\n")[2]
    assert "签名不对" in audited(made, log, site=site, head=f"{text}\n{forged}").breaks[0]
    with pytest.raises(Fault, match="见证人的公钥读不懂"):
        audited(made, log, site=Settings.of({"公布日志": {"公钥": PUBLIC, "见证": [PUBLIC]}}))


@pytest.mark.parametrize(
    ("time", "day", "told"),
    [
        ("2026-01-03T11:59:59+08:00", "", "早于日志里写的公布时间 2026-01-03T12:00:00+08:00"),
        ("1970-01-01T00:00+00:00", "", "1970-01-01 00:00 UTC，早于日志里写的公布时间"),
        ("2026-01-04T23:59:59+08:00", "2026-01-05", "早于清单文件写的日期 2026-01-05"),
        ("2026-01-05T00:00:00+08:00", "2026-01-05", ""),
        ("2026-01-03T12:00:00+08:00", "2026-02-31", ""),
    ],
)
def test_a_witness_who_signed_before_there_was_anything_to_see(recorded, time, day, told):
    made, log = recorded
    key, witness, text = note.secret_key(SECRET), note.new_key("witness.example"), log.checkpoint.text()
    named = {"公钥": PUBLIC, "见证": [str(witness.public(note.COSIGNATURE))]}
    head = str(note.signed(text, [key])) + witness.cosign(text, int(datetime.fromisoformat(time).timestamp()))
    found = audited(made, log, site=Settings.of({**URL, "公布日志": named}), head=head, day=day)
    assert [told in one for one in found.breaks] == ([True] if told else [])
    assert told or "签过名" in found.notes[-1]


def test_a_time_beyond_all_days_is_told_without_a_traceback(recorded):
    made, log = recorded
    key, witness, text = note.secret_key(SECRET), note.new_key("witness.example"), log.checkpoint.text()
    named = {"公钥": PUBLIC, "见证": [str(witness.public(note.COSIGNATURE))]}
    head = str(note.signed(text, [key])) + witness.cosign(text, (1 << 64) - 1)
    assert "9999-12-31" in audited(made, log, site=Settings.of({**URL, "公布日志": named}), head=head).notes[-1]


# 证明包


TOLD = Manifest(Origin("a" * 40, "b" * 40, (), "1.0", ""), "", "", demonstration=True, files={"甲.html": "d" * 64})


def packed(count=5, told=TOLD):
    entries = (
        *publications(count - 1),
        Publication(manifest.digest(told.content()), "a" * 40, "2026-02-01T09:00:00+08:00"),
    )
    return bundle.pack(told.content(), PublicationLog(ORIGIN, entries))


@pytest.mark.parametrize("count", [1, 2, 300])
def test_a_bundle_proves_what_was_published(count):
    found = bundle.unpack(packed(count))
    assert (found.manifest, found.number, found.checkpoint.size) == (TOLD, count, count)


def test_a_bundle_is_the_same_bytes_each_time():
    assert packed() == packed()


@pytest.mark.parametrize("seed", range(60))
def test_a_bundle_that_was_altered_proves_nothing_else(seed):
    draw = random.Random(seed)
    content = bytearray(packed())
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    try:
        found = bundle.unpack(bytes(content))
    except Fault:
        return
    assert (found.manifest, found.publication.commit) == (TOLD, "a" * 40)


def test_a_bundle_of_another_log_than_the_one_that_was_seen_is_told():
    head = bundle.unpack(packed()).checkpoint

    def told(seen):
        breaks = []
        return [*beside(head, seen, breaks)], breaks

    assert told(head) == (["公布日志与上次核对时的是同一份"], [])
    (note_,), breaks = told(PublicationLog(ORIGIN, publications(2)).checkpoint)
    assert (note_.startswith("上次核对时公布日志有 2 条"), breaks) == (True, [])
    notes, (fork,) = told(PublicationLog(ORIGIN, publications(5)).checkpoint)
    assert (notes, fork.startswith("公布日志有两份")) == ([], True)
    assert "「other.example」" in told(PublicationLog("other.example", publications(5)).checkpoint)[1][0]


def test_a_bundle_whose_manifest_names_another_commit_than_its_log_proves_nothing():
    with pytest.raises(Fault, match="证明包里的清单文件写的提交，不是公布日志那一条写的"):
        bundle.unpack(packed(told=replace(TOLD, origin=replace(TOLD.origin, commit="c" * 40))))


@pytest.mark.parametrize("content", [b"", b"PK", b"\x00" * 100])
def test_what_is_no_bundle(content):
    with pytest.raises(Fault, match="不是证明包"):
        bundle.unpack(content)


# 命令


def run(*words):
    return CliRunner().invoke(cli.main, words)


def site_of(folder, log, keys=()):
    for path, content in log.files(keys):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def test_keys_are_written_once_and_for_their_owner_alone(tmp_path):
    file = tmp_path / "key"
    done = run("log", "key", ORIGIN, "-o", str(file))
    assert not done.exit_code
    assert str(note.secret_key(file.read_text("utf-8")).public()) == done.stdout.strip()
    assert file.stat().st_mode & 0o77 == 0
    assert run("log", "key", ORIGIN, "-o", str(file)).exit_code == 2
    assert run("log", "key", "有 空格", "-o", str(tmp_path / "other")).exit_code == 2


def test_the_log_is_shown(tmp_path):
    done = run("log", "show", str(site_of(tmp_path, PublicationLog(ORIGIN, publications(2)))))
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "2026-01-01T09:00:00+08:00",
        "2026-01-02T09:00:00+08:00",
    ]


@pytest.mark.parametrize(
    ("keys", "altered", "words", "told"),
    [
        ((), False, (), "没有签：检查点没有 PeterNeumann 的签名"),
        ((note.new_key("PeterNeumann"),), False, (), "没有签：检查点没有 PeterNeumann 的签名"),
        ((note.secret_key(SECRET),), True, (), "没有签：检查点上写着 PeterNeumann 的签名，但签名不对"),
        (
            (note.secret_key(SECRET),),
            False,
            ("--time", "2026-01-02T08:00+08:00"),
            "早于日志里写的公布时间 2026-01-02T09",
        ),
        ((note.secret_key(SECRET),), False, ("--log-key", "PeterNeumann"), "写的不是公布日志的公钥"),
        ((note.secret_key(SECRET),), False, ("--log-key", SECRET), "不是公布日志的公钥"),
    ],
)
def test_a_witness_signs_nothing_that_its_owner_did_not(tmp_path, keys, altered, words, told):
    key, state = tmp_path / "key", tmp_path / "state"
    run("log", "key", "witness.example", "-o", str(key))
    site = site_of(tmp_path / "site", PublicationLog(ORIGIN, publications(2)), keys)
    if altered:
        other = note.signed("other\n", keys).signatures
        head = note.Note(note.parse((site / CHECKPOINT).read_bytes()).text, other)
        (site / CHECKPOINT).write_bytes(str(head).encode())
    before = (site / CHECKPOINT).read_bytes()
    usual = ("--key", str(key), "--state", str(state), "--log-key", PUBLIC, "--time", "2026-05-01T09:30+08:00")
    done = run("log", "cosign", str(site), *usual, *words)
    assert done.exit_code == (2 if "--log-key" in words else 1)
    assert told in done.stdout + done.stderr
    assert SECRET not in done.stderr
    assert not state.exists()
    assert (site / CHECKPOINT).read_bytes() == before


def test_a_witness_signs_what_goes_on_and_nothing_else(tmp_path):
    key, state = tmp_path / "key", tmp_path / "state"
    public = run("log", "key", "witness.example", "--witness", "-o", str(key)).stdout.strip()
    words = ("--key", str(key), "--log-key", PUBLIC, "--state", str(state), "--time", "2026-05-01T09:30+08:00")
    log, own = PublicationLog(ORIGIN, publications(2)), [note.secret_key(SECRET)]
    assert not run("log", "cosign", str(site_of(tmp_path / "one", log, own)), *words).exit_code
    signed = note.parse((tmp_path / "one" / CHECKPOINT).read_bytes())
    assert signed.signed_by(note.public_key(public)) == 1777599000
    assert memory.head_at(state) == log.checkpoint
    with serve(dict(log.after(publications(3)[2]).files(own))) as url:
        assert re.fullmatch(r"— witness\.example \S+\n", run("log", "cosign", url, *words).stdout)
    rewritten = PublicationLog(ORIGIN, publications(5)[2:])
    done = run("log", "cosign", str(site_of(tmp_path / "two", rewritten, own)), *words)
    assert (done.exit_code, "改写过" in done.stdout) == (1, True)
    assert memory.head_at(state) == Checkpoint.of(log.after(publications(3)[2]).checkpoint.text())
    assert run("log", "cosign", str(tmp_path / "one"), *words[:-1], "昨天").exit_code == 2
    assert run("log", "cosign", str(tmp_path / "one"), *words[:-1], "1969-12-31T00:00+00:00").exit_code == 2
    round_ = tmp_path / "round"
    round_.symlink_to(round_)
    done = run("log", "cosign", str(tmp_path / "one"), *words[:4], "--state", str(round_), *words[6:])
    assert (done.exit_code, type(done.exception)) == (2, SystemExit)
    key.write_bytes(b"\xff\xfe")
    done = run("log", "cosign", str(tmp_path / "one"), *words)
    assert (done.exit_code, "签名的私钥读不懂" in done.stderr) == (2, True)
