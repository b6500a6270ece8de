"""What pip refuses, in our words: it is asked of a folder of packages, so nothing is fetched."""

from __future__ import annotations

import sys
from hashlib import sha256
from zipfile import ZipFile

import pytest

from quanze.io import pip


@pytest.fixture(name="wheels")
def _wheels(tmp_path):
    """A folder that holds version 1.0 of a package, and nothing else."""
    wheel = tmp_path / "jia-1.0-py3-none-any.whl"
    with ZipFile(wheel, "w") as packed:
        packed.writestr("jia-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: jia\nVersion: 1.0\n")
        packed.writestr("jia-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        packed.writestr("jia-1.0.dist-info/RECORD", "")
    return wheel


@pytest.mark.parametrize(
    ("pin", "digest", "said"),
    [
        ("jia==1.0", "", ""),
        ("jia==1.0", "0" * 64, "取到的 jia==1.0 和锁定的哈希不同：安装包被换过，或者锁定的是另一个"),
        ("jia==2.0", "0" * 64, "取不到 jia==2.0：网络不通，安装包的来源里没有，或者没有这个版本的 Python 能用的"),
        ("yi==1.0", "0" * 64, "取不到 yi==1.0：网络不通，安装包的来源里没有，或者没有这个版本的 Python 能用的"),
        ("jia==", "0" * 64, "pip 没有照办（退出状态 1）"),
    ],
)
def test_what_pip_refuses(wheels, pin, digest, said):
    lock = wheels.with_name("lock")
    lock.write_text(f"{pin} --hash=sha256:{digest or sha256(wheels.read_bytes()).hexdigest()}\n", "utf-8")
    source = ("--no-index", "--find-links", str(wheels.parent), "--dest", str(wheels.parent / "got"))
    assert pip.refusal(sys.executable, "download", "--require-hashes", *source, "-r", str(lock)) == said
