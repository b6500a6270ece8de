"""A program of a register's own that runs with every build is told as a review: it may change what any page says."""

from __future__ import annotations

import importlib.util
import py_compile
import shutil
from types import SimpleNamespace

import pytest
from tests.clerk import DAY, Clerk

from quanze import __version__
from quanze.check.checking import check
from quanze.check.rules.programs import HOOKS, OURS, own_build, own_program, page_not_listed
from quanze.edit.starter import NewRegister, begin
from quanze.edit.starter.files import Pin
from quanze.proof.building import building

FRAME = "site_name: 权责清单\nhooks:\n  - hooks/quanze_hooks.py\n"


@pytest.fixture(name="root")
def _root(tmp_path):
    (tmp_path / "hooks").mkdir()
    (tmp_path / HOOKS).write_bytes(OURS.read_bytes())
    (tmp_path / "mkdocs.yml").write_text(FRAME, "utf-8")
    return tmp_path


def found(root):
    return [one.record.path for one in own_program(SimpleNamespace(root=root), "2026-11-23")]


def write(path, text):
    def do(root):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")

    return do


def deep(path):
    def do(root):
        (root / path).parent.mkdir(parents=True)
        (root / path).write_text("甲", "utf-8")

    return do


def add(text):
    return lambda root: (root / HOOKS).write_text(OURS.read_text("utf-8") + text, "utf-8")


def unchecked(root):
    """Leave a compiled file that Python runs whatever the source says."""
    write("other.py", "print(1)\n")(root)
    target = importlib.util.cache_from_source(str(root / HOOKS))
    py_compile.compile(str(root / "other.py"), target, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)


PROGRAMS = [
    (add("\nimport os\n"), HOOKS),
    (add("\n# -*- coding: utf-7 -*-\n"), HOOKS),
    (add("def on_page_content(html, **_): return html\n"), HOOKS),
    (write(HOOKS, "from quanze.frame import Frame as F\nglobals().update(F().events())\n"), HOOKS),
    (write(HOOKS, ""), HOOKS),
    (write("hooks/quanze.py", ""), "hooks/quanze.py"),
    (write("hooks/quanze/__init__.py", ""), "hooks/quanze/__init__.py"),
    (write("hooks/lib.so", ""), "hooks/lib.so"),
    (write("hooks/own.pyc", ""), "hooks/own.pyc"),
    (unchecked, None),
    (write("mkdocs.yml", FRAME + "  - docs/own.py\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "hooks: [docs/own.py]\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "plugins: [search]\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "plugins:\n  - own: {a: 1}\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "plugins: {search: {}}\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "markdown_extensions: [own]\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "theme: {name: material, custom_dir: own}\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "theme: readthedocs\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "extra_css: [own.css]\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "extra_javascript: [own.js]\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "extra_templates: [own.html]\n"), "mkdocs.yml"),
    (write("mkdocs.yml", FRAME + "docs_dir: own\n"), "mkdocs.yml"),
    (write("overrides/main.html", "{{ page.content }}"), "overrides/main.html"),
    (write("overrides/record.html", ""), "overrides/record.html"),
    (deep("docs/assets/quanze/frame.js"), "docs/assets/quanze/frame.js"),
    (deep("docs/assets/quanze/style.css"), "docs/assets/quanze/style.css"),
    (deep("docs/assets/quanze/item.css"), "docs/assets/quanze/item.css"),
    (deep("docs/guide/auditor.md"), "docs/guide/auditor.md"),
    (write("docs/index.md", "# 首页"), "docs/index.md"),
    (write("mkdocs.yml", "site_name: x\nhooks: !ENV [OWN, [docs/own.py]]\n"), "mkdocs.yml"),
    (write("mkdocs.yml", "a: &a [docs/own.py]\nhooks: *a\n"), "mkdocs.yml"),
    (write("mkdocs.yml", "hooks:\n  - hooks/../docs/quanze_hooks.py\n"), "mkdocs.yml"),
]


@pytest.mark.parametrize(("make", "path"), PROGRAMS)
def test_a_program_of_ones_own_is_told(root, make, path):
    assert found(root) == []
    make(root)
    assert [*dict.fromkeys(found(root))] == [path or importlib.util.cache_from_source(HOOKS)]


def windows(root):
    (root / HOOKS).write_bytes(OURS.read_bytes().replace(b"\n", b"\r\n"))


def run_once(root):
    target = importlib.util.cache_from_source(str(root / HOOKS))
    py_compile.compile(str(root / HOOKS), target, invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP)


def another_s(root):
    """Leave what nothing runs: a compiled file there is read beside its source alone."""
    write("hooks/__pycache__/own.cpython-311.pyc", "")(root)


def own_pages(root):
    for path in ("docs/images/a.png", "docs/assets/quanze/own/own.css", "docs/about.md"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("甲", "utf-8")


def usual(root):
    text = "site_description: 一\ncopyright: 二\ntheme: material\nplugins:\nexclude_docs: |\n  /develop/\n"
    (root / "mkdocs.yml").write_text(FRAME + text, "utf-8")


def another_nav(root):
    (root / "mkdocs.yml").write_text(
        FRAME + "theme:\n  name: material\nnav:\n  - 关于: about.md\nplugins: []\n", "utf-8"
    )


def flow(root):
    (root / "mkdocs.yml").write_text('"hooks": ["hooks/quanze_hooks.py"]\n', "utf-8")


def no_yaml(root):
    (root / "mkdocs.yml").write_text("hooks: [", "utf-8")


def too_deep(root):
    (root / "mkdocs.yml").write_text("hooks: " + "[" * 9999 + "]" * 9999, "utf-8")


def nothing(root):
    (root / HOOKS).unlink()
    (root / "hooks").rmdir()
    (root / "mkdocs.yml").unlink()


def what_python_does_not_load(root):
    for name in ("README.md", ".gitkeep", "quanze/notes.txt"):
        write(f"hooks/{name}", "一\n")(root)


@pytest.mark.parametrize(
    "make",
    [
        what_python_does_not_load,
        windows,
        run_once,
        another_s,
        another_nav,
        own_pages,
        usual,
        flow,
        no_yaml,
        too_deep,
        nothing,
    ],
)
def test_nothing_is_said_of(root, make):
    make(root)
    assert found(root) == []


def test_no_line_of_the_report_names_a_file_twice(root):
    write("overrides/main.html", "")(root)
    write("mkdocs.yml", FRAME + "plugins: [search]\n")(root)
    add("x")(root)
    for one in own_program(SimpleNamespace(root=root), "2026-11-23"):
        assert one.record.path not in one.message


# 建好以后怎样生成


@pytest.fixture(name="begun", scope="module")
def _begun(tmp_path_factory):
    root = tmp_path_factory.mktemp("begun") / "register"
    begin(root, NewRegister(address="https://quanze.example/a/"), Pin(__version__, "a" * 64))
    return root


@pytest.fixture(name="register")
def _register(begun, tmp_path):
    return shutil.copytree(begun, tmp_path / "register")


def told(root):
    found = building(root)
    return [*found.altered, *found.others] if found else None


def test_what_init_wrote_is_the_generator_s_own(register):
    assert told(register) == []
    assert found(register) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Makefile", "site:\n\ttouch site\n"),
        ("GNUmakefile", "site:\n"),
        ("makefile", "site:\n"),
        (".gitlab-ci.yml", "pages: {}\n"),
        (".github/workflows/publish.yml", "name: publish\n"),
        (".github/workflows/own.yaml", "name: own\n"),
        (".github/actions/own/action.yml", "name: own\n"),
        (".ci/comment.py", "print(1)\n"),
        (".ci/own.sh", "true\n"),
        (".workflow/own.yml", "name: own\n"),
        ("pip.py", "print(1)\n"),
        ("requirements.lock", f"quanze=={__version__} \\\n    --hash=sha256:{'b' * 64}\n"),
        (
            "requirements.lock",
            f"--index-url https://a.example\nquanze=={__version__} \\\n    --hash=sha256:{'b' * 64}\n",
        ),
        ("requirements.lock", "quanze==0.0.1 \\\n    --hash=sha256:" + "b" * 64 + "\n"),
        ("requirements.lock", "jinja2==3\n"),
        (".quanze.json", "{}"),
    ],
)
def test_what_builds_and_publishes_otherwise_is_told(register, path, text):
    (register / path).parent.mkdir(parents=True, exist_ok=True)
    (register / path).write_text(text, "utf-8")
    assert told(register) == [path]


def test_a_register_that_forgot_what_init_wrote_is_told(register):
    (register / ".quanze.json").unlink()
    assert told(register) == [".quanze.json"]


def test_what_a_bureau_may_do_is_not(register):
    shutil.rmtree(register / ".github")
    (register / "Makefile").write_bytes((register / "Makefile").read_bytes().replace(b"\n", b"\r\n"))
    (register / "README.md").write_text("甲", "utf-8")
    (register / ".gitlab/merge_request_templates/Default.md").write_text("甲", "utf-8")
    assert told(register) == []


def test_what_is_no_register_that_init_began_is_left_alone(root):
    assert building(root) is None


def test_the_rule_says_it(register):
    (register / "Makefile").write_text("甲", "utf-8")
    (register / "pip.py").write_text("甲", "utf-8")
    said = [(one.record.path, one.message) for one in own_build(None, *building(register))]
    assert said == [
        ("Makefile", f"不是 quanze {__version__} 写的那样，公布的不一定是它生成的；请核对，不是自己要的就换回来"),
        ("pip.py", "不是 quanze init 写的，生成、公布网站时会运行；请核对，不是自己要的就删去"),
    ]


# 没有写进导航的


def pages(root):
    return [one.record.path for one in page_not_listed(SimpleNamespace(root=root), "2026-11-23")]


@pytest.mark.parametrize("path", ["own.md", "a/b.md", "a/index.html", "x.htm", "lists/own.markdown", "develop/own.md"])
def test_a_page_that_stands_in_no_nav_is_told(root, path):
    deep("docs/other.md")(root)
    (root / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
    (root / "docs" / path).write_text("甲", "utf-8")
    (root / "mkdocs.yml").write_text(FRAME + "nav:\n  - 甲: other.md\n  - 乙: [丙: ./c.md]\n", "utf-8")
    assert pages(root) == [f"docs/{path}"]


@pytest.mark.parametrize(
    ("path", "settings"),
    [
        ("own.md", "nav:\n  - 甲: own.md\n"),
        ("own.md", "nav: [own.md]\n"),
        ("a/b.md", "nav:\n  - 甲:\n      - 乙: [丙: a/b.md]\n"),
        ("a/b.md", "nav: [&a {x: a/b.md}, *a]\n"),
        ("index.md", ""),
        ("develop/own.md", "exclude_docs: |\n  /develop/\n"),
        ("develop/a/own.md", "exclude_docs: |\n  develop/\n"),
        ("a/own.md", "exclude_docs: |\n  *.html\n  own.md\n"),
        ("a/own.md", "exclude_docs: |\n  a/*.md\n"),
        (".own/own.md", ""),
        ("own.png", ""),
    ],
)
def test_a_page_in_the_nav_or_left_out_is_not(root, path, settings):
    (root / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
    (root / "docs" / path).write_text("甲", "utf-8")
    (root / "mkdocs.yml").write_text(FRAME + settings, "utf-8")
    assert pages(root) == []


def test_what_a_bureau_means_to_have_can_be_waived(tmp_path):
    clerk = Clerk(tmp_path / "项目")
    clerk.write("docs/index.md", "# 首页\n")
    asked = {("own-program", "docs/index.md")}
    assert asked <= {(one.rule, one.path) for one in check(clerk.root, DAY).problems}
    waiver = "豁免:\n  - {规则: own-program, 记录: docs/index.md, 理由: 本机关自己的首页, 截止: 2026-12-31}\n"
    clerk.write("catalog/site.yaml", clerk.read("catalog/site.yaml") + waiver)
    checked = check(clerk.root, DAY)
    assert not asked & {(one.rule, one.path) for one in checked.problems}
    assert {(one.rule, one.finding.record.path) for one in checked.waived} == asked
    clerk.write("catalog/site.yaml", clerk.read("catalog/site.yaml").replace("docs/index.md", "docs/a b"))
    assert any("docs/a b" in one.message for one in check(clerk.root, DAY).errors)
