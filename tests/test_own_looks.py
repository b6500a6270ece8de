"""What the package brings to a register, and that the register's own files win."""

from __future__ import annotations

import pytest
from tests import project

from quanze.register.colour import DARK_PAPER, WHITE, contrast, lightened, stylesheet

LOGO = "<svg xmlns='http://www.w3.org/2000/svg'/>"
OWN = {
    "docs/guide/clerk.md": "# 本局的说明\n\n找法规科。\n",
    "docs/assets/quanze/favicon.svg": LOGO,
    "docs/assets/quanze/stages.css": ".own-part{color:red}",
    "docs/images/hui-biao.svg": LOGO,
    "docs/index.md": "# 欢迎\n\n本局自己的首页。\n",
    "docs/about.md": "# 关于本站\n\n由法规科维护。\n",
    "docs/more/one.md": "# 一\n",
    "overrides/partials/footer.html": "<footer>本局的页脚</footer>",
    "overrides/main.html": '{% extends "quanze/main.html" %}{% block announce %}{{ super() }}<p>停办</p>{% endblock %}',
    "mkdocs.yml": "nav:\n  - 关于: about.md\n  - 更多:\n      - 其一: more/one.md\n",
    "catalog/site.yaml": '颜色:\n  主色: "#8a1c1c"\n标志: images/hui-biao.svg\n',
}


@pytest.fixture(name="own", scope="module")
def _own(tmp_path_factory):
    """Return the built site of a register that has pages, colours and files of its own."""
    folder = project.copy(tmp_path_factory.mktemp("own"))
    for path, text in OWN.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text("utf-8") if file.exists() else "") + text, "utf-8")
    done = project.run(folder, "quanze", "build", "--at", project.DAY)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("guide/clerk/index.html", "<p>找法规科。</p>"),
        ("guide/auditor/index.html", "<footer>本局的页脚</footer>"),
        ("items/xzcf-001/index.html", "<footer>本局的页脚</footer>"),
        ("guide/auditor/index.html", "跳到正文</a>"),
        ("items/xzcf-001/index.html", "<p>停办</p>"),
        ("404.html", "<p>停办</p>"),
        ("assets/quanze/favicon.svg", LOGO),
        ("assets/quanze/style.css", ".own-part{"),
        ("assets/quanze/style.css", ".qz-table"),
        ("index.html", "<p>本局自己的首页。</p>"),
        ("index.html", 'class="qz-box"'),
        ("items/xzcf-001/index.html", '<a href="../../about/">关于</a>'),
        ("items/xzcf-001/index.html", '<a href="../../more/one/">其一</a>'),
        ("items/xzcf-001/index.html", '<img class="qz-brand__logo" src="../../images/hui-biao.svg" alt="">'),
        ("items/xzcf-001/index.html", 'href="../../assets/quanze/colour.css"'),
        ("about/index.html", '首页</a></li><li aria-current="page">'),
        ("guide/clerk/index.html", '<a href="../">指南</a>'),
        ("guide/sitemap/index.html", '<a href="../../about/">关于</a>'),
        ("assets/quanze/colour.css", "--deep: var(--light, #8a1c1c)"),
    ],
)
def test_a_registers_own_files_win(own, page, text):
    assert text in (own / page).read_text("utf-8")


@pytest.mark.parametrize("path", ["guide/index.html", "guide/auditor/index.html", "assets/quanze/frame.js"])
def test_what_the_register_does_not_have_comes_with_the_package(own, path):
    assert (own / path).is_file()


def test_a_page_of_the_package_is_not_edited_in_the_register(tmp_path):
    folder = project.copy(tmp_path / "p")
    settings = folder / "catalog/site.yaml"
    settings.write_text(settings.read_text("utf-8") + "编辑地址: https://quanze.example/edit/\n", "utf-8")
    (folder / "docs/guide").mkdir(parents=True)
    (folder / "docs/guide/clerk.md").write_text(OWN["docs/guide/clerk.md"], "utf-8")
    site = project.build(folder)
    assert 'rel="edit"' not in (site / "guide/auditor/index.html").read_text("utf-8")
    assert 'rel="edit"' in (site / "guide/clerk/index.html").read_text("utf-8")


@pytest.mark.parametrize("path", ["docs/items/index.md", "docs/items/xzcf-001.md", "docs/search.md"])
def test_two_pages_with_one_address_are_a_fault(tmp_path, path):
    folder = project.copy(tmp_path / "p")
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text("# 同一个网址\n", "utf-8")
    done = project.run(folder, "quanze", "build", "--at", project.DAY)
    assert done.returncode == 1
    assert f"{path} 的网址 " in done.stderr
    assert "已经有生成的页面了" in done.stderr


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"docs/own.md": "# 甲\n", "docs/own/index.md": "# 乙\n"}, "的网址都是 own/"),
        ({"docs/about.md": "# 甲\n", "docs/About.md": "# 乙\n"}, "docs/About.md"),
        ({"docs/a/README.md": "# 甲\n", "docs/a/index.md": "# 乙\n"}, "的网址都是 a/"),
        ({"docs/index.md": "# 甲\n", "docs/README.md": "# 乙\n"}, "docs/README.md 的网址 ./ 已经有"),
        ({"docs/a/index.md": "# 甲\n", "docs/a/index.html": "【演示】"}, "的网址都是 a/"),
        ({"docs/README.md": "# 甲\n"}, "docs/README.md 的网址 ./ 已经有"),
        ({"docs/own.md": '---\ntitle: "甲\n---\n# 乙\n'}, "docs/own.md:2: 页头"),
        ({"docs/robots.txt": "User-agent: *\n"}, "docs/robots.txt 会被生成的同名文件盖掉"),
        ({"docs/data/v1/index.json": "{}"}, "docs/data/v1/index.json 会被"),
        ({"docs/manifest.json": "{}"}, "docs/manifest.json 与封版时写的文件同名"),
        ({"docs/lists/quan-ze-qing-dan/index.html": "【演示】"}, "docs/lists/quan-ze-qing-dan/index.html 会被"),
        ({"docs/own.md~": "# 甲\n"}, "docs/own.md~ 是编辑器"),
        ({"docs/a/~$甲.docx": "甲"}, "docs/a/~$甲.docx 是编辑器"),
        ({"docs/own.html": "<title>甲</title>"}, "docs/own.html 没有写「【演示】」"),
        ({"docs/own.md": "---\n甲\n---\n# 乙\n"}, "docs/own.md:2: 页头"),
        ({"docs/own.md": "---\ntitle: 甲\ntemplate: nope.html\n---\n# 乙\n"}, "docs/own.md:3: 没有模板「nope.html」"),
    ],
)
def test_a_page_that_would_be_lost_or_garbled_is_told(tmp_path, files, said):
    folder = project.copy(tmp_path / "p")
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    done = project.run(folder, "quanze", "build", "--at", project.DAY)
    assert (done.returncode, said in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


def test_the_head_of_a_page_and_a_line_across_are_no_fault(tmp_path):
    folder = project.copy(tmp_path / "p")
    (folder / "docs/own.md").write_text("---\ntitle: 甲\ntemplate: main.html\n---\n# 乙\n\n---\n\n丙\n", "utf-8")
    (folder / "docs/three.html").write_text("<title>【演示】丙</title>", "utf-8")
    (folder / "docs/four.txt").write_text("丁", "utf-8")
    (folder / "docs/two.md").write_text("第一段\n\n---\n\n第二段\n", "utf-8")
    site = project.build(folder)
    assert "第二段" in (site / "two/index.html").read_text("utf-8")


def test_contrast_is_that_of_the_guidelines():
    assert contrast(WHITE, "#000000") == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.005)
    assert contrast("#ff0000", WHITE) == pytest.approx(3.998, abs=0.005)


@pytest.mark.parametrize("colour", ["#8a1c1c", "#000000", "#0a5670", "#2f2fa0"])
def test_a_colour_can_be_read_in_the_dark_too(colour):
    assert contrast(lightened(colour), DARK_PAPER) >= 4.5
    assert lightened(colour) in stylesheet(colour)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('{% extends "base.html" %}', 1, ""),
        ('{% extends "quanze/main.html" %}\n{% block announce %}', 2, "写法不对，或者有一处没有写完"),
        (
            '{% extends "quanze/main.html" %}\n\n{% block announce %}{{ nope.more.x }}{% endblock %}',
            3,
            "「nope」没有值",
        ),
        ('{% extends "quanze/nothing.html" %}', 1, "它要的模板「quanze/nothing.html」没有"),
        ('{% extends "quanze/main.html" %}\n{% block announce %}{{ 1/0 }}{% endblock %}', 2, "里面有一步算不出来"),
    ],
)
def test_a_template_that_fails_is_told_by_its_line(tmp_path, text, line, said):
    folder = project.copy(tmp_path)
    (folder / "overrides").mkdir()
    (folder / "overrides/main.html").write_text(text, "utf-8")
    done = project.run(folder, "quanze", "build", "--at", project.DAY)
    assert done.returncode == 1
    assert f"overrides/main.html:{line}: 这个模板用不了：{said}" in done.stderr
    assert "Traceback" not in done.stderr
