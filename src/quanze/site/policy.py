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
_RAW = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<name>script|style|title|textarea)(?=[\s/>])(?P<attributes>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)"
    r"(?:>|\Z)(?P<text>.*?)(?:</(?P=name)(?=[\s/>])|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""What a browser takes as it stands: comments, and the text of elements in which there are no others."""
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")
_DATA = re.compile(r"\s*application/(?:ld\+)?json", re.IGNORECASE)
"""The types of a script element whose text never runs."""
_HEAD = re.compile(r"<head(?:\s[^<>]*)?>", re.IGNORECASE)
_ENDS = re.compile(r"\r\n?")


def hashes(html: str) -> tuple[str, ...]:
    """Return the sources of the inline scripts in a page, each once and in order, as a browser reads it."""
    codes = (one["text"] for one in _RAW.finditer(html) if (one["name"] or "").lower() == "script" and _runs(one))
    seen = (_ENDS.sub("\n", code).replace("\0", "\ufffd") for code in codes)
    return tuple(dict.fromkeys(f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" for code in seen))


def _runs(script: re.Match[str]) -> bool:
    """Tell whether the text of a script element runs: it names no file, and is not data."""
    attributes = {one[0].lower(): "".join(one[1:]) for one in reversed(_ATTRIBUTE.findall(script["attributes"] or ""))}
    return "src" not in attributes and not _DATA.match(attributes.get("type", ""))


def policy(html: str) -> str:
    """Return the policy that a page has to be served with."""
    return POLICY.format(hashes="".join(f" {one}" for one in hashes(html)))


def protect(html: str) -> str:
    """Return the page with its policy as the first element of its head: a browser obeys it from there on."""
    told = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    return _HEAD.sub(lambda head: head[0] + told, html, count=1)
