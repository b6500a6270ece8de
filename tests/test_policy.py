from base64 import b64encode
from hashlib import sha256

import pytest

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


@pytest.mark.parametrize(
    "script",
    [
        "<SCRIPT>{}</SCRIPT>",
        "<script>{}</script >",
        "<script>{}</script/>",
        '<script>{}</script a="b">',
        "<script\n>{}</Script\n>",
        '<script data-a="b>c">{}</script>',
        '<script data-src="a">{}</script>',
        '<script title="src=a">{}</script>',
        "<!-- <script> --><script>{}</script>",
        "<scripty></scripty><script>{}</script>",
        "<textarea><script></textarea><script>{}</script>",
        "<script type='application/json'>1</script><script>{}</script>",
    ],
)
def test_an_inline_script_is_found_as_a_browser_finds_it(script):
    assert hashes(script.format(INLINE)) == (HASH,)


def test_an_inline_script_is_named_as_a_browser_reads_it():
    assert hashes("<script>a\r\nb\rc\0</script>") == hashes("<script>a\nb\nc\ufffd</script>")


def test_nothing_is_allowed_that_is_not_named():
    said = policy(PAGE)
    assert said.startswith("default-src 'none'; ")
    assert f"script-src 'self' {HASH};" in said
    assert "unsafe" not in said
    assert "http" not in said


def test_the_policy_is_the_first_thing_in_the_head():
    assert protect(PAGE).startswith('<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="')


def test_a_head_with_attributes_has_a_policy_too():
    assert protect(PAGE.replace("<head>", '<HEAD lang="zh">')).startswith(
        '<!doctype html><html><HEAD lang="zh"><meta http'
    )


def test_only_the_head_gets_a_policy():
    assert protect(PAGE.format("<head>")).count("Content-Security-Policy") == 1
