"""What the package brings to a register, and that the register's own files win."""

from __future__ import annotations

import pytest
from tests import project

OWN = {
    "docs/guide/clerk.md": "# 本局的说明\n\n找法规科。\n",
    "docs/assets/quanze/favicon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "overrides/partials/footer.html": "<footer>本局的页脚</footer>",
}


@pytest.fixture(name="own", scope="module")
def _own(tmp_path_factory):
    """Return the built site of a register that has files of the same names as the package's."""
    folder = project.copy(tmp_path_factory.mktemp("own"))
    for path, text in OWN.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return project.build(folder)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("guide/clerk/index.html", "<p>找法规科。</p>"),
        ("guide/auditor/index.html", "<footer>本局的页脚</footer>"),
        ("items/xzcf-015/index.html", "<footer>本局的页脚</footer>"),
        ("assets/quanze/favicon.svg", OWN["docs/assets/quanze/favicon.svg"]),
    ],
)
def test_a_registers_own_files_win(own, page, text):
    assert text in (own / page).read_text("utf-8")


@pytest.mark.parametrize("path", ["guide/index.html", "guide/auditor/index.html", "assets/quanze/frame.js"])
def test_what_the_register_does_not_have_comes_with_the_package(own, path):
    assert (own / path).is_file()


def test_a_page_of_the_package_is_not_edited_in_the_register(own):
    assert 'rel="edit"' not in (own / "guide/auditor/index.html").read_text("utf-8")
    assert 'rel="edit"' in (own / "guide/clerk/index.html").read_text("utf-8")
