"""The Content-Security-Policy of a page: its own files, and those inline scripts alone that the page really has.

The policy stands in the page itself, so that it holds wherever the folder is served from; what a `<meta>` cannot say
(frame-ancestors) is told in frame/guide/deploy.md.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

POLICY = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'"
)
_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)
_DATA = re.compile(r"\bsrc=|\btype=\"?application/(?:ld\+)?json")
"""Attributes of a script element whose own text never runs."""


def hashes(html: str) -> tuple[str, ...]:
    """Return the sources of the inline scripts in a page, each once, in the order of the page."""
    codes = (code for attributes, code in _SCRIPT.findall(html) if not _DATA.search(attributes))
    return tuple(dict.fromkeys(f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" for code in codes))


def policy(html: str) -> str:
    """Return the policy that a page has to be served with."""
    return POLICY.format(hashes="".join(f" {one}" for one in hashes(html)))


def protect(html: str) -> str:
    """Return the page with its policy as the first element of its head: a browser obeys it from there on."""
    return html.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{policy(html)}">', 1)
