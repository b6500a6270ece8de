from base64 import b64encode
from hashlib import sha256

from quanze.site.policy import hashes, policy, protect

INLINE = "go('1 < 2')"
HASH = f"'sha256-{b64encode(sha256(INLINE.encode()).digest()).decode()}'"
PAGE = f"<!doctype html><html><head><meta charset=utf-8><script>{INLINE}</script></head><body>{{}}</body></html>"


def test_an_inline_script_is_named_by_its_hash_once():
    assert hashes(PAGE.format(f"<script>{INLINE}</script>")) == (HASH,)


def test_scripts_that_are_files_or_data_have_no_hash():
    others = '<script defer src="a.js"></script><script type="application/json">{}</script>'
    assert hashes(f"<head></head>{others}") == ()


def test_a_module_in_the_page_has_a_hash():
    assert hashes(f'<script type="module">{INLINE}</script>') == (HASH,)


def test_nothing_is_allowed_that_is_not_named():
    said = policy(PAGE)
    assert said.startswith("default-src 'none'; ")
    assert f"script-src 'self' {HASH};" in said
    assert "unsafe" not in said
    assert "http" not in said


def test_the_policy_is_the_first_thing_in_the_head():
    assert protect(PAGE).startswith('<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="')


def test_only_the_head_gets_a_policy():
    assert protect(PAGE.format("<head>")).count("Content-Security-Policy") == 1
