"""Say a report in the conversation of a pull request (GitHub) or a merge request (GitLab), and keep it up to date.

    python3 .ci/comment.py report/

Trusted: it runs with a token, from the default branch, and takes what an untrusted check left in a folder for text and
nothing else. report.md becomes the one comment; the suggestions of report.json become suggestions at their lines
(GitHub). On GitHub the number of the pull request is believed only where its newest commit is the one that was checked.
Only what Python has is used, so that nothing need be installed where the token is.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

MARK = "<!-- quanze report -->"
_LONGEST = 60_000
"""Characters; a comment of GitHub holds 65,536."""
_MOST = 20
"""So many suggestions at once."""
_REFUSED = (404, 422)
"""How GitHub answers where a line is not part of the difference."""


def main(folder: Path) -> str:
    """Comment, and say what was done."""
    body = text((folder / "report.md").read_text("utf-8"))
    if "CI_API_V4_URL" in os.environ:
        return _gitlab(body)
    return _github(folder, body)


def text(report: str) -> str:
    """Return a comment: marked, calling nobody, and no longer than it may be."""
    calm = report.replace("@", "＠")
    if len(calm) > _LONGEST:
        calm = calm[: calm.rindex("\n", 0, _LONGEST)] + "\n\n……报告太长，余下的见检查留下的文件 report.md。"
    run = os.environ.get("RUN_URL") or os.environ.get("CI_PIPELINE_URL")
    files = f"\n\n[预览的网站、审批表和完整的报告]({run}) 在这次运行附带的文件里。\n" if run else ""
    return f"{MARK}\n{calm}{files}"


def _github(folder: Path, body: str) -> str:
    repository, head = os.environ["GITHUB_REPOSITORY"], os.environ["HEAD_SHA"]
    number = int((folder / "number").read_text("utf-8"))
    base = f"{os.environ['GITHUB_API_URL']}/repos/{repository}"
    if _ask(f"{base}/pulls/{number}")["head"]["sha"] != head:
        return f"#{number} has moved on, or is another: nothing said"
    mine = _mine(f"{base}/issues/{number}/comments?per_page=100")
    if mine:
        _ask(f"{base}/issues/comments/{mine[0]['id']}", "PATCH", {"body": body})
    else:
        _ask(f"{base}/issues/{number}/comments", "POST", {"body": body})
    said = {(one["path"], one["body"]) for one in _mine(f"{base}/pulls/{number}/comments?per_page=100")}
    count = 0
    for one in _suggestions(folder)[:_MOST]:
        if (one["path"], one["body"]) not in said:
            count += _suggest(f"{base}/pulls/{number}/comments", {**one, "commit_id": head, "side": "RIGHT"})
    return f"#{number}: one comment, {count} new suggestions"


def _mine(url: str) -> list[dict[str, Any]]:
    """Return the comments that this script made, from all pages."""
    found: list[dict[str, Any]] = []
    for page in range(1, 31):
        rows = _ask(f"{url}&page={page}")
        found += [row for row in rows if row["user"]["type"] == "Bot" and row["body"].startswith(MARK)]
        if not rows:
            break
    return found


def _suggestions(folder: Path) -> list[dict[str, Any]]:
    """Return the suggestions of a report that are what they should be: one line of one file each."""
    found = []
    whole = json.loads((folder / "report.json").read_bytes())
    for one in (each for record in whole["records"] for each in record["suggestions"]):
        path, line, new, why = one["path"], one["line"], one["text"], one["message"]
        if isinstance(line, int) and all(isinstance(each, str) and "\n" not in each for each in (path, new, why)):
            fence = "`" * (len(new) + 1 if "```" in new else 3)
            body = f"{MARK}\n{why.replace('@', '＠')}\n\n{fence}suggestion\n{new}\n{fence}"
            found.append({"path": path, "line": line, "body": body})
    return found


def _suggest(url: str, comment: dict[str, Any]) -> int:
    """Make a suggestion; return 0 where its line is not part of what the pull request changes."""
    try:
        _ask(url, "POST", comment)
    except urllib.error.HTTPError as error:
        if error.code not in _REFUSED:
            raise
        return 0
    return 1


def _gitlab(body: str) -> str:
    project, number = os.environ["CI_PROJECT_ID"], os.environ["CI_MERGE_REQUEST_IID"]
    notes = f"{os.environ['CI_API_V4_URL']}/projects/{project}/merge_requests/{number}/notes"
    known = _ask(f"{notes}?per_page=100&sort=asc&order_by=created_at")
    mine = [one for one in known if one["body"].startswith(MARK)]
    if mine:
        _ask(f"{notes}/{mine[0]['id']}", "PUT", {"body": body})
    else:
        _ask(notes, "POST", {"body": body})
    return f"!{number}: one comment"


def _ask(url: str, method: str = "GET", data: dict[str, Any] | None = None) -> Any:
    token = os.environ["TOKEN"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "User-Agent": "quanze"}
    content = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(url, content, headers, method=method)  # noqa: S310 — the runner's own API
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return json.loads(answer.read() or b"null")


if __name__ == "__main__":
    sys.stdout.write(main(Path(sys.argv[1])) + "\n")
