"""The trusted half of a register's workflows: what an untrusted check left is said, and nothing more."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from tests.project import ROOT

SCRIPT = ROOT / "src/quanze/edit/starter/templates/comment.py"
HEAD = "a" * 40
BOT, PERSON = {"type": "Bot"}, {"type": "User"}


class Host(BaseHTTPRequestHandler):
    """As much of a code host's API as a comment needs; `store` holds what it knows and what it was told."""

    def _serve(self) -> None:
        store, path = self.server.store, self.path.partition("?")[0]
        page = int(re.search(r"[?&]page=(\d+)|$", self.path)[1] or 1)
        size = int(self.headers.get("Content-Length") or 0)
        sent = json.loads(self.rfile.read(size)) if size else None
        assert self.headers["Authorization"] == "Bearer t"
        status, answer = store(self.command, path, page, sent)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    do_GET = do_POST = do_PATCH = do_PUT = _serve  # noqa: N815 — as the server calls them

    def log_message(self, *_):
        """Say nothing."""


class GitHub:
    """A pull request 7 of which only line 4 is part of the difference."""

    def __init__(self, head=HEAD, comments=()):
        self.head, self.comments, self.reviews, self.writes = head, [*comments], [], []

    def __call__(self, method, path, page, sent):
        path = path.removeprefix("/repos/a/b")
        if method == "GET":
            if path == "/pulls/7":
                return 200, {"head": {"sha": self.head}}
            rows = self.comments if path.startswith("/issues/") else self.reviews
            return 200, rows[(page - 1) * 100 : page * 100]
        self.writes.append((method, path))
        if path.startswith("/pulls/"):
            if sent["line"] != 4:
                return 422, {}
            self.reviews.append({**sent, "user": BOT})
        elif method == "POST":
            self.comments.append({"id": len(self.comments) + 1, "user": BOT, **sent})
        else:
            self.comments[int(path.rpartition("/")[2]) - 1]["body"] = sent["body"]
        return 200, {}


class GitLab:
    """A merge request without notes."""

    def __init__(self):
        self.notes = []

    def __call__(self, method, path, _page, sent):
        assert path.startswith("/projects/3/merge_requests/5/notes")
        if method == "GET":
            return 200, self.notes
        if method == "POST":
            self.notes.append({"id": 9, **sent})
        else:
            self.notes[0]["body"] = sent["body"]
        return 200, {}


@contextmanager
def serving(store):
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        server.store = store
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def say(store, folder, **environment):
    with serving(store) as url:
        known = {"TOKEN": "t", "GITHUB_API_URL": url, "GITHUB_REPOSITORY": "a/b", "HEAD_SHA": HEAD}
        if isinstance(store, GitLab):
            known = {"TOKEN": "t", "CI_API_V4_URL": url, "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "5"}
        words = [sys.executable, SCRIPT, str(folder)]
        return subprocess.run(words, env=known | environment, capture_output=True, text=True, check=False, timeout=60)


def suggestion(line=4, text="职权类型: 行政检查", path="catalog/items/a.yaml", message="最接近的是「行政检查」"):
    return {"path": path, "line": line, "text": text, "message": message}


@pytest.fixture(name="report")
def _report(tmp_path):
    def write(markdown="# 改动报告\n", number="7\n", found=()):
        (tmp_path / "report.md").write_text(markdown, "utf-8")
        (tmp_path / "number").write_text(number, "utf-8")
        (tmp_path / "report.json").write_text(json.dumps({"records": [{"suggestions": [*found]}]}), "utf-8")
        return tmp_path

    return write


def test_there_is_one_comment_and_it_is_kept_up_to_date(report):
    host = GitHub(comments=[{"id": 1, "user": PERSON, "body": "<!-- quanze report -->\n冒充的"}])
    assert say(host, report("# 一\n")).returncode == 0
    assert say(host, report("# 二\n")).returncode == 0
    assert [one["body"] for one in host.comments[1:]] == ["<!-- quanze report -->\n# 二\n"]
    assert host.comments[0]["body"].endswith("冒充的")


@pytest.mark.parametrize(("store", "name"), [(GitHub, "RUN_URL"), (GitLab, "CI_PIPELINE_URL")])
def test_the_comment_leads_to_the_preview(report, store, name):
    host = store()
    assert say(host, report("# 一\n"), **{name: "https://host.example/run/9"}).returncode == 0
    (said,) = host.comments if store is GitHub else host.notes
    assert "[预览的网站、审批表和完整的报告](https://host.example/run/9)" in said["body"]


def test_the_comment_is_found_behind_a_hundred_others(report):
    others = [{"id": n, "user": PERSON, "body": "话"} for n in range(1, 121)]
    host = GitHub(comments=others)
    say(host, report("# 一\n"))
    say(host, report("# 二\n"))
    assert [one["body"].splitlines()[-1] for one in host.comments[120:]] == ["# 二"]


def test_another_pull_request_s_number_is_not_believed(report):
    host = GitHub(head="b" * 40)
    done = say(host, report())
    assert (done.returncode, host.writes) == (0, [])
    assert "nothing said" in done.stdout


def test_what_is_no_number_writes_nothing(report):
    host = GitHub()
    assert say(host, report(number="7/../../orgs\n")).returncode != 0
    assert host.writes == []


def test_a_report_calls_nobody_and_is_no_longer_than_it_may_be(report):
    host = GitHub()
    say(host, report("- @zhang-san 一行\n" * 9_000))
    body = host.comments[0]["body"]
    assert "@" not in body
    assert len(body) < 65_536
    assert body.endswith("余下的见检查留下的文件 report.md。")


def test_a_suggestion_stands_once_at_its_line(report):
    host = GitHub()
    folder = report(found=[suggestion(), suggestion(line=9)])
    assert say(host, folder).returncode == 0
    assert say(host, folder).returncode == 0
    (one,) = host.reviews
    assert (one["path"], one["line"], one["side"], one["commit_id"]) == ("catalog/items/a.yaml", 4, "RIGHT", HEAD)
    assert one["body"].endswith("\n\n```suggestion\n职权类型: 行政检查\n```")


@pytest.mark.parametrize(
    "wrong", [suggestion(line="4"), suggestion(text="一\n```\n二"), suggestion(message="一\n二"), suggestion(path=1)]
)
def test_what_is_no_suggestion_is_left_out(report, wrong):
    host = GitHub()
    assert say(host, report(found=[wrong])).returncode == 0
    assert host.reviews == []


def test_a_value_with_fences_stays_inside_its_own(report):
    host = GitHub()
    say(host, report(found=[suggestion(text="备注: ```x")]))
    assert host.reviews[0]["body"].endswith(f"\n{'`' * 9}suggestion\n备注: ```x\n{'`' * 9}")


def test_gitlab_has_one_note_too(report):
    host = GitLab()
    assert say(host, report("# 一\n")).returncode == 0
    assert say(host, report("# 二\n")).returncode == 0
    assert [one["body"].splitlines()[-1] for one in host.notes] == ["# 二"]
