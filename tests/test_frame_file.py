"""A register's mkdocs.yml: what is wrong with it is one sentence at its place."""

from __future__ import annotations

import pytest
from mkdocs.config.defaults import MkDocsConfig
from yaml import safe_load

from quanze.base.problem import Fault
from quanze.site.frame_file import FrameFile

SOUND = "site_name: 权责清单\nhooks:\n  - hooks/quanze_hooks.py\ntheme:\n  name: material\n"


def of(folder, text):
    (folder / "mkdocs.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return FrameFile.of(folder)


def aliases(layers, times):
    """Return settings in which each of some lists names the one before a number of times."""
    rows = (f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * times)}]\n" for n in range(layers))
    return "".join((SOUND, "extra:\n", *rows))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site_name: [x\n", "mkdocs.yml:1:12: 方括号"),
        ("site_name： 权责清单\n", "mkdocs.yml:1:10: "),
        ("site_name: x\n  theme: y\n", "mkdocs.yml:2:"),
        ("- 甲\n", "mkdocs.yml:1:1: "),
        ("", "mkdocs.yml:1:1: "),
        (b"\xff\xfe\x00", "mkdocs.yml:1:1: "),
        ("site_name: x\n", "mkdocs.yml:1:1: 没有写 hooks"),
        ("hooks: [a.py]\n", "mkdocs.yml:1:1: 没有写 site_name"),
        (f"{SOUND}extra: {'[' * 5000}{']' * 5000}\n", "mkdocs.yml:1:1: 套了 32 层以上"),
        (f"{SOUND}extra: {'[' * 300_000}", "mkdocs.yml:1:1: 套了 32 层以上"),
        (f"{SOUND}{'? ' * 300_000}", "mkdocs.yml:1:1: 套了 32 层以上"),
        (SOUND + "".join(f"k{n}: 1\n" for n in range(600)), "mkdocs.yml:1:1: 写了 60"),
        (aliases(9, 9), "mkdocs.yml:1:1: 「*」引用一层套一层"),
        (aliases(3000, 1), "mkdocs.yml:1:1: 「*」引用一层套一层"),
        (f"{SOUND}extra: &a [*a]\n", "mkdocs.yml:1:1: 「*」引用一层套一层"),
        (f"{SOUND}copyright: 2026-02-30\n", "mkdocs.yml:6:12: 「2026-02-30」不是有效的数或者日期"),
        (f"{SOUND}copyright: 1{'0' * 5000}\n", "mkdocs.yml:6:12: 「1000"),
        (f"{SOUND}copyright: !!float x\n", "mkdocs.yml:6:12: 「x」不是有效的数"),
        (f"{SOUND}copyright: !!omap [a]\n", "mkdocs.yml:6:20: 从这里起不合 YAML"),
        (f"{SOUND}<<: 5\n", "mkdocs.yml:"),
        (f"{SOUND}extra:\n  ? {{a: b}}\n  : c\n", "mkdocs.yml:7:5: 从这里起不合 YAML"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_place(tmp_path, text, said):
    with pytest.raises(Fault) as caught:
        of(tmp_path, text)
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


def test_without_the_file_it_is_told_what_it_is_for(tmp_path):
    with pytest.raises(Fault, match=r"没有 mkdocs\.yml"):
        FrameFile.of(tmp_path)


@pytest.mark.parametrize(
    "more",
    ["", "extra:\n  a: &a !ENV [X, 'y']\n  b: *a\n", "#注\n", "x: !!python/name:a.b\n", "x: &a {b: 1}\ny:\n  <<: *a\n"],
)
def test_what_only_this_file_may_hold_is_no_fault(tmp_path, more):
    assert of(tmp_path, SOUND + more).places["hooks"] == (2, 1)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "WARNING -  Config value 'theme': Unrecognised configuration name: theme",
            "mkdocs.yml:4:1: MkDocs 没有「theme」",
        ),
        (
            "ERROR   -  Config value 'markdown_extensions': Failed to load extension 'nope.nope'.",
            "mkdocs.yml:1:1: 没有扩展「nope.nope」",
        ),
        ("ERROR   -  Config value 'theme': Unrecognised theme name: 'materal'.", "mkdocs.yml:4:1: 「theme」写的值"),
        ("ERROR   -  Config value 'elsewhere': Invalid.", "mkdocs.yml:1:1: 「elsewhere」写的值"),
        ("ERROR   -  Config value 'site_dir': The 'docs_dir' should not be within", "mkdocs.yml:1:1: 网站不能放在"),
        ('  in "/a b/mkdocs.yml", line 10, column 12', "mkdocs.yml:10:12: 这里写的读不懂"),
        ("WARNING -  Template skipped: 'nope.html' not found in docs_dir.", "mkdocs.yml:1:1: 没有「docs/nope.html」"),
        ("Aborted with a configuration error!", ""),
        ("catalog/items/a.yaml:1:1: 别的话", "catalog/items/a.yaml:1:1: 别的话"),
    ],
)
def test_what_mkdocs_says_of_it_is_put_into_words(tmp_path, line, told):
    assert of(tmp_path, SOUND).worded(line).startswith(told)


@pytest.mark.parametrize(
    "line",
    [
        *("ModuleNotFoundError: No module named 'nope'", "ImportError: x", "yaml.YAMLError"),
        *("cannot find module 'nope' (No module named 'nope')", '  File "/a/b.py", line 3, in c', "    d()"),
        "ERROR   -  Error reading page 'about.md': no",
    ],
)
def test_what_python_adds_is_not_passed_on(tmp_path, line):
    assert of(tmp_path, SOUND).worded(line) == ""


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (f"{SOUND}  custom_dir: overides\n", "mkdocs.yml:6:3: 没有「overides」"),
        (f"{SOUND}  custom_dir: 自己的/模板\n", "mkdocs.yml:6:3: 没有「自己的/模板」"),
        (f"{SOUND}docs_dir: 文档\n", "mkdocs.yml:6:1: 没有「文档」"),
        (SOUND, "mkdocs.yml:1:1: 没有「docs」"),
        (f"{SOUND}docs_dir: .\n".replace("quanze_", "quanse_"), "mkdocs.yml:2:1: 没有「hooks/quanse_hooks.py」"),
    ],
)
def test_a_folder_or_file_that_is_not_there_is_named(tmp_path, settings, told):
    file = of(tmp_path, settings)
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks/quanze_hooks.py").touch()
    config = MkDocsConfig(str(tmp_path / "mkdocs.yml"))
    config.load_dict(safe_load(settings))
    failed, _ = config.validate()
    sentences = [file.worded(f"ERROR   -  Config value '{name}': {why}") for name, why in failed]
    assert any(one.startswith(told) for one in sentences), sentences
    assert not any(str(tmp_path) in one or "\n" in one for one in sentences)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("extra: !!python/object/apply:os.system ['touch x']", "会运行程序"),
        ("extra:\n  a: [1, !!python/module:os ]", "会运行程序"),
        ("INHERIT: /etc/passwd", "不写 INHERIT"),
        ("nav: [{甲: 'javascript:alert(1)'}]", "导航不能通到「javascript:alert"),
        ("nav:\n  - 甲:\n    - 乙: ' JAVA script:alert(1)'", "导航不能通到"),
        ("nav: [{甲: 'data:text/html,x'}]", "导航不能通到「data:"),
        ("nav: [{甲: /etc/passwd}]", "导航不能通到「/etc/passwd」"),
        ("nav: [/etc/passwd]", "导航不能通到「/etc/passwd」"),
        ("nav: [{甲: [{乙: //a.example/x}]}]", "导航不能通到「//a.example/x」"),
        ("nav: [{甲: '\\\\server\\x'}]", "导航不能通到「"),
        ("docs_dir: /etc", "「/etc」在项目文件夹外面"),
        ("docs_dir: docs/../../x", "「docs/../../x」在项目文件夹外面"),
        ("theme: {name: material, custom_dir: ~/x}", "「~/x」在项目文件夹外面"),
        ("theme: {name: material, custom_dir: 'C:\\x'}", "在项目文件夹外面"),
        ("markdown_extensions:\n  - pymdownx.snippets: {base_path: [/]}", "「/」在项目文件夹外面"),
        ("a: &a [&b [/etc], *b]\ntheme: {name: material, c: [*a, *a]}", "「/etc」在项目文件夹外面"),
    ],
)
def test_settings_run_no_program_and_read_nothing_that_no_commit_holds(tmp_path, line, told):
    (tmp_path / "mkdocs.yml").write_text(f"{SOUND}{line}\n", "utf-8")
    with pytest.raises(Fault, match=told) as caught:
        FrameFile.of(tmp_path)
    assert str(caught.value).startswith("mkdocs.yml:")


@pytest.mark.parametrize(
    "line",
    [
        "theme: {name: material, custom_dir: overrides}",
        "markdown_extensions:\n  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }",
        "nav:\n  - 'FAQ: 常见问题': faq.md\n  - '/ 与': faq.md",
        "nav:\n  - 首页: /\n  - 上级: ../\n  - 政府: https://a.example/x:y\n  - 信箱: mailto:a@b.example",
        "extra: {a: !ENV HOME, b: a..b}",
    ],
)
def test_settings_that_a_bureau_may_write(tmp_path, line):
    (tmp_path / "mkdocs.yml").write_text(f"{SOUND}{line}\n", "utf-8")
    assert "site_name" in FrameFile.of(tmp_path).places


def test_one_that_is_a_link_is_not_called_empty(tmp_path):
    (tmp_path / "own.yml").write_text("site_name: 甲\n")
    (tmp_path / "mkdocs.yml").symlink_to("own.yml")
    with pytest.raises(Fault, match="是一个链接，不是文件"):
        FrameFile.of(tmp_path)
