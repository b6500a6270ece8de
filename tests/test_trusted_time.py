"""Time stamps and signatures of editions: made here by openssl and ssh-keygen, told by the commands and the pages."""

from __future__ import annotations

import json
import random
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from tests.small_register import LIST, LIST_ID, Register

from quanze import cli
from quanze.proof import trusted_time
from quanze.proof.trusted_time import FALSE, HOLDS, UNCHECKED, of_edition, parted, signed_by, trusted_times
from quanze.register.settings import Trust

pytestmark = pytest.mark.skipif(
    not shutil.which("openssl") or not shutil.which("ssh-keygen"), reason="没有 openssl 或者 ssh-keygen"
)
TSA = """[tsa]
default_tsa = t
[t]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""
USAGE = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
NEW = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


def run(folder, *words):
    subprocess.run(words, cwd=folder, check=True, capture_output=True)


@pytest.fixture(name="authority", scope="module")
def _authority(tmp_path_factory):
    """A time-stamp authority with a root of its own, and the SSH keys of two people."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(TSA)
    (folder / "usage").write_text(USAGE)
    (folder / "serial").write_text("01\n")
    for root in ("root", "other"):
        out = ("-keyout", f"{root}.key", "-out", f"{root}.pem")
        run(folder, "openssl", "req", "-x509", *NEW, *out, "-days", "9999", "-subj", f"/CN=Example {root}")
    out = ("-keyout", "tsa.key", "-out", "tsa.csr")
    run(folder, "openssl", "req", *NEW, *out, "-subj", "/O=Example/CN=Example TSA")
    signed = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "9999", "-extfile", "usage")
    run(folder, "openssl", "x509", "-req", "-in", "tsa.csr", "-out", "tsa.pem", *signed)
    for name in ("office", "stranger"):
        run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", name)
    return folder


def stamped(authority, content):
    (authority / "data").write_bytes(content)
    run(authority, "openssl", "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query")
    run(authority, "openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply")
    return (authority / "reply").read_bytes()


class Stamped(Register):
    """The base register; its only edition names a commit that 机要室 signed, and a tag."""

    def __init__(self, root, authority):
        """Make it."""
        super().__init__(root)
        self.git("config", "gpg.format", "ssh")
        self.git("config", "user.signingkey", str(authority / "office.pub"))
        self.git("config", "commit.gpgsign", "true")
        self.edition = self.commit("2024-02-01", "第一版", "李四")
        self.git("config", "commit.gpgsign", "false")
        self.git("tag", "--sign", "-m", "第一版", "v1", GIT_COMMITTER_DATE="2024-02-02T09:00:00+08:00")
        self.object = subprocess.run(
            ["git", "-C", str(root), "cat-file", "commit", self.edition], capture_output=True, check=True
        ).stdout

    def publish(self, token, *, roots=(), signers=()):
        """Write the edition with a token, and whose word counts."""
        self.write("files/v1.tsr", token)
        told = (self.root / LIST).read_text("utf-8").partition("版次:")[0]
        edition = {"编号": "v1", "名称": "第一版", "文号": "示发〔2024〕1号", "公布日期": "2024-02-01", "标签": "v1"}
        edition |= {"提交": self.edition, "时间戳": {"文件": "v1.tsr"}}
        self.write(LIST, f"{told}版次: {json.dumps([edition], ensure_ascii=False)}\n")
        trust = {"根证书": [*roots], "签名人": [{"名称": name, "公钥": key} for name, key in signers]}
        kept = {name: value for name, value in trust.items() if value}
        site = (self.root / "catalog/site.yaml").read_text("utf-8").partition("可信时间:")[0]
        told = f"可信时间: {json.dumps(kept, ensure_ascii=False)}\n" if kept else ""
        self.write("catalog/site.yaml", site + told)
        return {one.kind: one.word for one in trusted_times(self.catalog())}


@pytest.fixture(name="register", scope="module")
def _register(tmp_path_factory, authority):
    return Stamped(tmp_path_factory.mktemp("stamped") / "project", authority)


def root(authority, name="root"):
    return (authority / f"{name}.pem").read_text()


def key(authority, name="office"):
    return (authority / f"{name}.pub").read_text().strip()


def test_what_holds_is_told_with_who_and_when(register, authority):
    token = stamped(authority, register.object)
    words = register.publish(token, roots=[root(authority)], signers=[("机要室", key(authority))])
    assert {kind: (word.state, word.why) for kind, word in words.items()} == dict.fromkeys(
        ("时间戳", "提交的签名", "标签的签名"), (HOLDS, "")
    )
    assert words["时间戳"].by == "CN=Example TSA,O=Example"
    assert words["时间戳"].time.endswith("+08:00")
    assert words["提交的签名"].by == words["标签的签名"].by == "机要室"
    assert (words["提交的签名"].time, words["标签的签名"].time) == ("", "2024-02-02T09:00:00+08:00")


@pytest.mark.parametrize("day", ["2099-01-01", "2024-02-03"])
def test_a_time_before_the_commit_is_told(tmp_path, authority, day):
    register = Stamped(tmp_path / "project", authority)
    register.edition = register.commit(day, "第二版", "李四")
    register.git("tag", "--delete", "v1")
    register.git("config", "commit.gpgsign", "false")
    register.git("tag", "--sign", "-m", "第二版", "v1", GIT_COMMITTER_DATE="2024-02-02T09:00:00+08:00")
    object_ = ["git", "-C", str(register.root), "cat-file", "commit", register.edition]
    token = stamped(authority, subprocess.run(object_, capture_output=True, check=True).stdout)
    words = register.publish(token, roots=[root(authority)], signers=[("机要室", key(authority))])
    assert (words["标签的签名"].state, "早于提交自己写的时间" in words["标签的签名"].why) == (FALSE, True)
    assert words["时间戳"].state == (FALSE if day.startswith("2099") else HOLDS)


def test_git_says_the_same_of_the_tag(register, authority):
    allowed = authority / "allowed"
    allowed.write_text(f"office {key(authority)}\n")
    register.git("-c", f"gpg.ssh.allowedSignersFile={allowed}", "verify-tag", "v1")
    register.git("-c", f"gpg.ssh.allowedSignersFile={allowed}", "verify-commit", register.edition)


@pytest.mark.parametrize(
    ("roots", "content", "told"),
    [
        (("root",), b"another commit", (FALSE, "盖的不是这一版的提交")),
        (("other",), None, (FALSE, "签名不是登记的机构的，或者被改过")),
        ((), None, (UNCHECKED, "site.yaml 没有写时间戳机构的根证书")),
    ],
)
def test_a_stamp_of_something_else_or_by_somebody_else(register, authority, roots, content, told):
    token = stamped(authority, content or register.object)
    words = register.publish(token, roots=[root(authority, name) for name in roots])
    assert (words["时间戳"].state, words["时间戳"].why) == told


def test_a_file_that_is_no_token(register, authority):
    words = register.publish(b"0\x82ab", roots=[root(authority)])
    assert words["时间戳"] == (FALSE, "", "", "文件不是时间戳服务的答复（RFC 3161），或者被改过")


def test_what_was_tampered_with_never_raises(register, authority):
    token = stamped(authority, register.object)
    trust = Trust((root(authority),), (("机要室", key(authority)),))
    whole, signature = parted(register.object)
    assert (trusted_time.stamped(token, register.object, trust).state, signed_by(whole, signature, trust).state) == (
        HOLDS,
        HOLDS,
    )
    dice, states = random.Random(15), set()
    for _ in range(2000):
        states.add(trusted_time.stamped(flipped(dice, token), register.object, trust).state)
        states.add(signed_by(whole, flipped(dice, signature), trust).state)
    assert FALSE in states


def flipped(dice, whole):
    """Return bytes with one bit changed, or with a piece gone."""
    at = dice.randrange(len(whole))
    if dice.random() < 0.3:
        return whole[:at] + whole[at + dice.randrange(1, 9) :]
    return whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]


def test_a_flipped_time_or_imprint_never_holds(register, authority):
    token = stamped(authority, register.object)
    trust = Trust((root(authority),), ())
    signed = token.index(b"\x18\x0f20")  # the time that is signed: a GeneralizedTime
    for place in range(signed + 2, signed + 16):
        broken = token[:place] + bytes([token[place] ^ 1]) + token[place + 1 :]
        assert trusted_time.stamped(broken, register.object, trust).state == FALSE


def test_a_key_that_the_register_does_not_name(register, authority):
    words = register.publish(b"", signers=[("机要室", key(authority, "stranger"))])
    assert words["提交的签名"].state == words["标签的签名"].state == UNCHECKED
    assert words["提交的签名"].why == "这把钥匙不在 site.yaml 的签名人里"


def test_a_signed_tag_under_another_name_is_not_what_was_signed(register, authority):
    register.git("tag", "--sign", "-m", "草稿", "draft", register.edition)
    before = register.git("rev-parse", "refs/tags/v1")
    register.git("update-ref", "refs/tags/v1", register.git("rev-parse", "refs/tags/draft"))
    try:
        word = register.publish(b"", signers=[("机要室", key(authority))])["标签的签名"]
        assert (word.state, word.by, word.why) == (FALSE, "机要室", "签的是另一个标签")
    finally:
        register.git("update-ref", "refs/tags/v1", before)
        register.git("tag", "--delete", "draft")


def test_a_tag_that_was_altered_after_it_was_signed(register, authority):
    made = register.git("cat-file", "tag", "v1").replace("tag v1", "tag v2").replace("第一版", "第二版")
    (register.root / ".git/altered").write_text(f"{made}\n")
    altered = register.git("hash-object", "-t", "tag", "-w", "--literally", str(register.root / ".git/altered"))
    before = register.git("rev-parse", "refs/tags/v1")
    register.git("update-ref", "refs/tags/v1", altered)
    try:
        words = register.publish(b"", signers=[("机要室", key(authority))])
        assert (words["标签的签名"].state, words["标签的签名"].why) == (FALSE, "签了名以后被改过")
        assert words["提交的签名"].state == HOLDS
    finally:
        register.git("update-ref", "refs/tags/v1", before)


def test_the_commands_and_the_pages_tell_it(register, authority):
    token = stamped(authority, register.object)
    register.publish(token, roots=[root(authority)], signers=[("机要室", key(authority))])
    register.commit("2024-03-01", "登记版次")
    told = CliRunner().invoke(cli.main, ["audit", "--at", "2024-03-02", "--root", str(register.root)]).stdout
    line = next(one for one in told.splitlines() if "的时间戳" in one)
    assert line.startswith("可信时间：清单 quan-ze-qing-dan 的「第一版」的时间戳属实：CN=Example TSA,O=Example，20")
    assert "可信时间：清单 quan-ze-qing-dan 的「第一版」的标签的签名属实：机要室，2024-02-02T09:00:00+08:00" in told
    pages = dict(register.site().past.pages())
    body = str(pages[f"lists/{LIST_ID}/v1/"]().body)
    assert "<dt>时间戳</dt><dd>属实，CN=Example TSA,O=Example，20" in body
    assert "<dt>提交的签名</dt><dd>属实，机要室</dd>" in body
    assert 'files/v1.tsr" download' in body
    assert "标签的签名" not in body  # tags are no part of a commit: the site is made of one alone


def test_nothing_signed_is_nothing_said(tmp_path):
    register = Register(tmp_path / "project")
    edition = next(iter(register.catalog().lists[LIST_ID].editions), None)
    assert edition is None or of_edition(register.catalog(), LIST_ID, edition) == ()
    assert [*trusted_times(register.catalog())] == []
