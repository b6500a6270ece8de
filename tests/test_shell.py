"""The contract of the shells: a filled page is, byte for byte, the one that the theme would have rendered."""

from __future__ import annotations

import pytest
from tests import project

from quanze.site.page_template import SLOTS, PageTemplate, encoded
from quanze.site.today import put_in

DIRECT = '''
"""Two records rendered by the theme in the ordinary way, beside the filled pages."""
from pathlib import Path
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import AnchorLink, TableOfContents
from quanze.site import build, page_template

WANTED = {"items/direct-1.md": "items/xzcf-001/", "laws/direct-2.md": "laws/an-quan-sheng-chan-fa/"}
made = {}

def on_config(config):
    made["build"] = build.prepare(Path(config.config_file_path).parent, "2026-11-23")
    return config

def on_files(files, config):
    for name in WANTED:
        files.append(File.generated(config, name, content=name, inclusion=InclusionLevel.NOT_IN_NAV))
    return files

def on_page_content(html, page, config, files):
    if page.file.src_uri not in WANTED:
        return html
    build_ = made["build"]
    job = build_.jobs[WANTED[page.file.src_uri]]
    page.toc = TableOfContents([AnchorLink(title, anchor, 2) for anchor, title in job.toc])
    page.meta["frame"] = page_template.frame(job.make(), build_.checked.catalog.settings)
    return page.meta["frame"].body
'''


@pytest.fixture(name="direct", scope="module")
def _direct(tmp_path_factory):
    folder = project.copy(tmp_path_factory.mktemp("direct"))
    (folder / "hooks" / "direct.py").write_text(DIRECT, "utf-8")
    config = (folder / "mkdocs.yml").read_text("utf-8")
    hooks = "  - hooks/quanze_hooks.py\n"
    assert hooks in config
    (folder / "mkdocs.yml").write_text(config.replace(hooks, f"{hooks}  - hooks/direct.py\n"), "utf-8")
    return project.build(folder)


@pytest.mark.parametrize(
    ("rendered", "filled"),
    [("items/direct-1", "items/xzcf-001"), ("laws/direct-2", "laws/an-quan-sheng-chan-fa")],
)
def test_a_filled_page_equals_a_rendered_one(direct, rendered, filled):
    slotted = (direct / rendered / "index.html").read_bytes()
    by_theme, places = put_in(slotted, project.DAY.encode())
    by_shell = (direct / filled / "index.html").read_bytes()
    assert by_theme == by_shell
    assert places, "the day is told"


def test_no_hole_is_left_and_no_shell_is_published(small):
    files = project.files(small / "site")
    assert [path for path, content in files.items() if any(hole.encode() in content for hole in SLOTS)] == []
    assert [path for path in files if path.startswith("shell")] == []


def test_what_fills_a_hole_is_not_filled_again():
    template = PageTemplate(f"<title>{SLOTS.title}</title>{SLOTS.body}")
    page = SLOTS._replace(title="甲", body=f"正文里写着 {SLOTS.title}")
    assert template.fill(encoded(page)) == f"<title>甲</title>正文里写着 {SLOTS.title}".encode()
