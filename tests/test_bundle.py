"""The site's scripts put together: each whole, in order, and with nothing of a module's shape left."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from quanze.base.problem import Fault
from quanze.site import bundle


@pytest.fixture(autouse=True)
def _fresh():
    bundle.bundle.cache_clear()
    yield
    bundle.bundle.cache_clear()


def made(monkeypatch, **sources):
    monkeypatch.setattr(bundle, "modules", lambda: {f"{name}.js": source for name, source in sources.items()})
    return bundle.bundle("a.js")


@pytest.mark.skipif(not shutil.which("node"), reason="没有 node，不运行脚本")
def test_a_bundle_does_what_its_modules_would(monkeypatch):
    text = made(
        monkeypatch,
        a='import { one as first, two } from "./b.js";\nimport words from "./c.js";\n/** Told. */\n'
        "export const all = [first(), two, words];\n",
        b='import words from "./c.js";\nexport function one() {\n  return words.length; // kept\n}\n'
        'export { two } from "./d.js";\n',
        c='export default "text";\n',
        d="const two = 2;\n// alone\nexport { two };\n",
    )
    said = subprocess.run(
        ["node", "-e", f"{text}console.log(JSON.stringify(globalThis.quanze['a.js'].all))"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert said.stdout == '[4,2,"text"]\n'
    assert "Told" not in text
    assert "alone" not in text


def test_what_is_loaded_when_it_is_needed_leaves_out_what_is_there(monkeypatch):
    sources = {
        "a": 'import { c } from "./c.js";\nimport { d } from "./d.js";\nexport const a = [c, d];\n',
        "b": 'import { c } from "./c.js";\nexport const b = () => c || load("a.js");\n',
        "c": "export const c = 1;\n",
        "d": "const e = 1;\nexport { e as d };\n",
    }
    assert 'quanze["c.js"] ??=' not in made(monkeypatch, **sources)
    bundle.bundle.cache_clear()
    alone = made(monkeypatch, **sources, e='new Worker(new URL("a.js", HERE));\n')
    assert 'quanze["c.js"] ??=' in alone
    assert "d: e" in alone


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({"a": 'import { b } from "./b.js";\n', "b": 'import { a } from "./a.js";\n'}, "脚本互相引用"),
        ({"a": 'import * as b from "./b.js";\n', "b": ""}, "不是能合并的写法"),
        ({"a": 'const b = await import("./b.js");\n', "b": ""}, "不是能合并的写法"),
        ({"a": "const here = import.meta.url;\n"}, "不是能合并的写法"),
    ],
)
def test_what_cannot_be_put_together_is_refused(monkeypatch, sources, said):
    with pytest.raises(Fault, match=said):
        made(monkeypatch, **sources)


@pytest.mark.skipif(not shutil.which("node"), reason="没有 node，不运行脚本")
@pytest.mark.parametrize("script", bundle.scripts())
def test_every_script_of_the_site_is_sound_and_whole(tmp_path, script):
    path = tmp_path / "script.js"
    path.write_text(bundle.bundle(script), "utf-8")
    subprocess.run(["node", "--check", str(path)], check=True)
    assert "\nexport " not in path.read_text("utf-8")
