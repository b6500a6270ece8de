"""The frame is mortal: a second engine builds the same pages from the same files."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from tests import project

LOCK = Path(__file__).with_name("properdocs.lock")


@pytest.fixture(name="engine", scope="module")
def _engine(tmp_path_factory):
    """Return ProperDocs in an environment of its own, which borrows the theme and quanze from this one."""
    venv = tmp_path_factory.mktemp("properdocs")
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    install = [venv / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", LOCK]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"ProperDocs cannot be installed here: {done.stderr.strip().splitlines()[-1]}")
    (site,) = venv.glob("lib/python*/site-packages")
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), str(project.ROOT / "src")}
    (site / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", "utf-8")
    return venv / "bin" / "properdocs"


def test_properdocs_builds_the_same_pages(engine, small):
    done = project.run(small, str(engine), "build", "--strict", "-f", "mkdocs.yml", "--site-dir", "other")
    assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = project.files(small / "site"), project.files(small / "other")
    generated = [path for path in ours if not path.startswith("sitemap") and path != "404.html"]
    assert [path for path in generated if path not in theirs] == []
    assert [path for path in generated if ours[path] != theirs[path]] == []
