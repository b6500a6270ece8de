"""Replay the history of the fictitious bureau into a repository of its own: the same commits each time.

    python examples/replay.py build/shili

What the register holds stands in examples/shili/register, what happened to it in examples/shili/steps.yaml; forms and
the facts of national law come from quanze, as they do for every register.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from quanze.edit.starter.package import folder

HERE = Path(__file__).parent / "shili"
REGISTER, STATUTES = HERE / "register", HERE / "statute"


def replay(root: Path) -> None:
    """Make the repository anew; a step adds files, replaces texts, opens or merges a branch, and may be tagged."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    told = yaml.safe_load((HERE / "steps.yaml").read_text("utf-8"))
    _git(root, "init", "--quiet", "--initial-branch=main")
    later = {path for step in told["步骤"] for path in _files(step)}
    for path in sorted(path for path in REGISTER.rglob("*") if path.is_file()):
        if path not in later:
            _copy(path, root / path.relative_to(REGISTER))
    _copy_tree(folder("schema"), root / "schema")
    for name in told["法律"]:
        _copy(folder("catalog/laws") / f"{name}.yaml", root / f"catalog/laws/{name}.yaml")
    _copy_tree(folder("catalog/remedies"), root / "catalog/remedies")
    _copy_tree(HERE.parents[1] / "hooks", root / "hooks")
    for step in told["步骤"]:
        _step(root, step)


def _step(root: Path, step: dict[str, Any]) -> None:
    if "合并" in step:
        _git(root, "merge", "--quiet", "--no-ff", "-m", step["说明"], step["合并"], step=step)
    else:
        if "分支" in step:
            _git(root, "checkout", "--quiet", "-b", step["分支"])
        for path in _files(step):
            _copy(path, root / path.relative_to(REGISTER))
        for change in step.get("改", ()):
            file = root / change["文件"]
            text = file.read_text("utf-8")
            if text.count(change["旧"]) != 1:
                sys.exit(f"{change['文件']}：「{change['旧']}」应当正好有一处")
            file.write_text(text.replace(change["旧"], change["新"]), "utf-8")
        _git(root, "add", "--all")
        _git(root, "commit", "--quiet", "-m", step["说明"], step=step)
        if "分支" in step:
            _git(root, "checkout", "--quiet", "main")
    if "标签" in step:
        _git(root, "tag", step["标签"])


def _files(step: dict[str, Any]) -> list[Path]:
    return sorted(path for pattern in step.get("加", ()) for path in REGISTER.glob(pattern))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _copy_tree(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))


def _git(root: Path, *words: str, step: dict[str, Any] | None = None) -> None:
    """Run git with nothing of this machine's settings: name and day are those of the step."""
    who = {"NAME": step["作者"], "EMAIL": "shili@shili.example", "DATE": step["日期"]} if step else {}
    told = {f"GIT_{role}_{name}": value for role in ("AUTHOR", "COMMITTER") for name, value in who.items()}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    words = ("-c", "core.autocrlf=false", "-c", "commit.gpgsign=false", *words)
    subprocess.run(("git", *words), cwd=root, env={**plain, **settings, **told}, check=True)  # noqa: S603, S607


if __name__ == "__main__":
    replay(Path(sys.argv[1]))
