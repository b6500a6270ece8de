"""What a new register brings for its code host: workflows without more rights than they need, forms, a hook."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests import project

from quanze import __version__
from quanze.edit.starter import NewRegister, begin
from quanze.edit.starter.files import Pin

HOOK = project.ROOT / ".pre-commit-hooks.yaml"


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register") / "p"
    begin(folder, NewRegister(address="https://quanze.example/a/"), Pin(__version__, "a" * 64))
    return folder


def program(name, *words):
    place = Path(sys.executable).parent / name
    done = subprocess.run([place, *map(str, words)], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def workflows(folder):
    return sorted((folder / ".github/workflows").glob("*.yml"))


def test_the_workflows_have_no_fault_that_zizmor_knows(folder):
    program("zizmor", "--offline", "--no-progress", "--quiet", *workflows(folder))


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("vendor.github-workflows", ".github/workflows/*.yml"),
        ("vendor.gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_the_pipelines_fit_their_schemas(folder, schema, pattern):
    program("check-jsonschema", "--builtin-schema", schema, *sorted(folder.glob(pattern)))


def test_every_action_is_pinned_and_every_right_is_asked_for_by_the_job(folder):
    for path in workflows(folder):
        whole = yaml.safe_load(path.read_text("utf-8"))
        assert whole["permissions"] == {}, path.name
        used = re.findall(r"uses: (\S+)( # v[0-9.]+)?", path.read_text("utf-8"))
        assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) and told for action, told in used), path.name


def test_what_a_pull_request_brings_runs_without_rights_and_the_comment_runs_nothing_of_it(folder):
    check, comment = (
        yaml.safe_load((folder / f".github/workflows/{name}.yml").read_text("utf-8")) for name in ("check", "comment")
    )
    assert all(job["permissions"] == {"contents": "read"} for job in check["jobs"].values())
    (job,) = comment["jobs"].values()
    checkout = job["steps"][0]["with"]
    assert checkout == {"ref": "${{ github.event.repository.default_branch }}", "persist-credentials": False}
    assert [step["run"] for step in job["steps"] if "run" in step] == ["python3 .ci/comment.py report"]


def test_nothing_that_a_stranger_writes_stands_in_a_command(folder):
    for path in workflows(folder):
        for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
            assert not [step["run"] for step in job["steps"] if "${{" in step.get("run", "")], path.name


def test_the_issue_forms_ask_with_words_for_every_field(folder):
    for path in sorted((folder / ".github/ISSUE_TEMPLATE").glob("*.yml")):
        if path.name == "config.yml":
            continue
        form = yaml.safe_load(path.read_text("utf-8"))
        assert {"name", "description", "title", "labels", "body"} == {*form}
        ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
        assert ids, path.name
        assert len(ids) == len({*ids}), path.name
        assert all(part["attributes"].get("label") or part["type"] == "markdown" for part in form["body"])


def test_the_requests_ask_for_event_approval_and_number(folder):
    texts = {
        (folder / path).read_text("utf-8")
        for path in (
            ".github/pull_request_template.md",
            ".gitlab/merge_request_templates/Default.md",
            ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md",
        )
    }
    assert len(texts) == 1
    assert all(word in "".join(texts) for word in ("事由", "批准机关", "文号", "动态调整"))


def test_the_owners_are_told_by_office_and_bind_nobody_yet(folder):
    lines = (folder / "CODEOWNERS").read_text("utf-8").splitlines()
    assert any("/catalog/items/" in line for line in lines)
    assert all(line.startswith("#") or not line for line in lines)


def test_the_hook_checks_what_is_about_to_be_recorded():
    (hook,) = yaml.safe_load(HOOK.read_text("utf-8"))
    assert hook["entry"] == "quanze check --changed HEAD"
    assert re.match(hook["files"], "catalog/items/a.yaml")
    assert not re.match(hook["files"], "docs/a.md")


def test_the_makefile_writes_the_report(folder):
    words = ["make", "-n", "-C", str(folder), "report", "BASE=abc"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    assert '.venv/bin/quanze report "abc"' in done.stdout
