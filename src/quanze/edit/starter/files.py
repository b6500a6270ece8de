"""The files of a register that belong to quanze and to the bureau both: forms, pipelines, the pin."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quanze.edit.starter import package
from quanze.register.tree import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quanze.edit.starter.answers import NewRegister

LOCK = "requirements.lock"
SHARED = {
    "Makefile": "Makefile",
    "mkdocs.yml": "mkdocs.yml",
    "hooks/quanze_hooks.py": "hooks",
    ".gitlab-ci.yml": "gitlab-ci.yml",
    ".github/workflows/check.yml": "check.yml",
    ".github/workflows/comment.yml": "comment.yml",
    ".github/workflows/inbox.yml": "inbox.yml",
    ".github/workflows/publish.yml": "publish.yml",
    ".ci/comment.py": "comment.py",
    ".github/pull_request_template.md": "pull_request.md",
    ".github/ISSUE_TEMPLATE/config.yml": "issue-config.yml",
    ".github/ISSUE_TEMPLATE/correction.yml": "issue-correction.yml",
    ".github/ISSUE_TEMPLATE/import.yml": "issue-import.yml",
    ".gitlab/merge_request_templates/Default.md": "pull_request.md",
    ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md": "pull_request.md",
    ".pre-commit-config.yaml": "pre-commit.yaml",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".editorconfig": "editorconfig",
}
"""File → template: an upgrade merges what is new of it into what the bureau has made of it."""
GIVEN = {
    "README.md": "README.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "docs/about.md": "about.md",
    "CODEOWNERS": "codeowners",
    "inbox/README.md": "inbox.md",
}
"""Written once: they are the bureau's from then on."""


@dataclass(frozen=True, slots=True)
class Pin:
    """The one package of quanze that a register is built with."""

    version: str
    digest: str
    """The SHA-256 of the wheel."""


def given(answers: NewRegister) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of the files that are written once."""
    yield from _rendered(GIVEN, answers)


def shared(answers: NewRegister) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of the files that upgrades bring up to date."""
    yield from _rendered(SHARED, answers)
    for name, form in package.forms().items():
        whole = _with_types(form, answers.types) if name == "common.schema.json" else form
        yield f"{SCHEMA}/{name}", text_of(whole)


def lock(pin: Pin) -> tuple[str, str]:
    """Return (path, text) of the lock: quanze itself, and what this version of it depends on."""
    own = f"quanze=={pin.version} \\\n    --hash=sha256:{pin.digest}\n"
    return LOCK, own + (package.HERE / LOCK).read_text("utf-8")


def text_of(form: object) -> str:
    """Return a form as it stands in a file."""
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"


def _rendered(files: Mapping[str, str], answers: NewRegister) -> Iterator[tuple[str, str]]:
    environment = package.templates()
    for path, name in files.items():
        yield path, environment.get_template(name).render(answers=answers)


def _with_types(common: Mapping[str, object], types: tuple[str, ...]) -> object:
    """Return the definitions of the kinds with the bureau's own power types after the official ones.

    Official ones that it has not stay: other forms speak of them.
    """
    whole = json.loads(json.dumps(common))
    known = whole["$defs"]["powertype"]["enum"]
    known += [one for one in types if one not in known]
    return whole
