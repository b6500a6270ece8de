"""What the package brings to every register: the theme's overrides, styles and scripts, and the guides.

A register's own files win: a page or an asset of the same name in its docs/, a template in its overrides/.
"""

from __future__ import annotations

import logging
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, TemplateNotFound, TemplateSyntaxError, UndefinedError
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.structure.files import File

from quanze.register.colour import stylesheet
from quanze.site.bundle import PORTAL, bundle, joined, scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from quanze.register.settings import Settings

_QUOTED = re.compile(r"'([^']{1,60})'")
HERE = Path(__file__).parent
OVERRIDES = HERE / "overrides"
FOLDERS = {"assets": "assets/quanze", "guide": "guide"}
"""Folders of the package → where they lie on the site."""
OWN_OVERRIDES = "overrides"
"""Where a register has templates of its own."""
WATCHED = ("catalog", "schema", OWN_OVERRIDES)
THEME = {"language": "zh", "font": False, "favicon": "assets/quanze/favicon.svg"}
NAMES = ("tokens", "base", "frame", "text", "rows", "stages", "pages", "item", "elder", "search", "print", "sheet")
PARTS = tuple(f"assets/quanze/{name}.css" for name in NAMES)
STYLE = "assets/quanze/style.css"
"""What every page is drawn with: the parts in one; a register's own part of the same name takes the place of ours."""
COLOUR = "assets/quanze/colour.css"
"""The register's own colour: made when site.yaml names one."""
EXTENSIONS = ("admonition", "attr_list", "tables")
GUIDE = [
    {"指南": "guide/index.md"},
    {"公众怎么用": "guide/citizen.md"},
    {"填写和修改": "guide/edit.md"},
    {"经办人怎么改": "guide/clerk.md"},
    {"动态调整": "guide/adjustments.md"},
    {"审计怎么核对": "guide/auditor.md"},
    {"三个日期": "guide/dates.md"},
    {"数据怎么用": "guide/data.md"},
    {"换成自己的清单": "guide/own.md"},
    {"部署到网站": "guide/deploy.md"},
    {"办一个门户": "guide/portal.md"},
    {"命令说明": "guide/commands.md"},
    {"给别的程序用": "guide/python.md"},
    {"无障碍说明": "guide/accessibility.md"},
    {"栏目说明": "guide/fields/"},
    {"检查规则": "guide/rules/"},
    {"罚则条覆盖": "guide/coverage/"},
]


def _script(name: str, **attributes: bool | str) -> ExtraScriptValue:
    script = ExtraScriptValue(f"assets/quanze/{name}.js")
    script.update(attributes)
    return script


SCRIPTS = (_script("frame", defer=True),)


def settings(config: MkDocsConfig, site: Settings) -> None:
    """Give MkDocs what every register needs, so that its own mkdocs.yml says only what is its own.

    Its templates come before the package's, its styles and scripts after them, its own entries before 指南.
    """
    root = Path(config.config_file_path).parent
    own = [str(root / OWN_OVERRIDES)] if (root / OWN_OVERRIDES).is_dir() else []
    ours = [*own, str(OVERRIDES)]
    config.theme.dirs[:] = [*ours, *(folder for folder in config.theme.dirs if folder not in ours)]
    config.theme.update(THEME)
    watched = [str(root / name) for name in WATCHED if (root / name).is_dir()]
    config.watch[:] = dict.fromkeys([*config.watch, *watched, str(HERE)])
    colour = [COLOUR] if site.colour else []
    config.extra_css[:] = dict.fromkeys([STYLE, *colour, *config.extra_css])
    config.extra_javascript[:] = [*SCRIPTS, *config.extra_javascript]
    config.markdown_extensions[:] = dict.fromkeys([*config.markdown_extensions, *EXTENSIONS])
    config.mdx_configs["tables"] = {"use_align_attribute": True}
    entries = [entry for entry in config.nav or () if "首页" not in entry]
    named = {title for entry in entries for title in entry}
    config.nav = [{"首页": "index.md"}, *entries, *([] if "指南" in named else [{"指南": GUIDE}])]
    # Links are followed in the finished site instead, where the generated pages are.
    for checks in (config.validation.nav, config.validation.links):
        checks.update(dict.fromkeys(checks, logging.DEBUG))


def reachable(env: Environment) -> None:
    """Let the package's own templates be found as `quanze/…`, whatever a register has under the same name."""
    ours = PrefixLoader({"quanze": FileSystemLoader(OVERRIDES)})
    env.loader = ChoiceLoader([loader for loader in (env.loader, ours) if loader])


def own_place(error: Exception, root: Path) -> str:
    """Return FILE:LINE of the register's own template in which an error arose; empty where it was in none."""
    lines = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        lines.append((error.filename or "", error.lineno))
    own = [(Path(name), line) for name, line in lines if Path(name).is_relative_to(root / OWN_OVERRIDES)]
    return f"{own[-1][0].relative_to(root).as_posix()}:{own[-1][1]}" if own else ""


def why(error: Exception) -> str:
    """Say in Chinese what is wrong with a template."""
    if isinstance(error, TemplateNotFound):
        return f"它要的模板「{error.name}」没有"
    if isinstance(error, TemplateSyntaxError):
        return "写法不对，或者有一处没有写完"
    if isinstance(error, UndefinedError):
        name = _QUOTED.search(str(error))
        return f"「{name[1]}」没有值" if name else "用到的一个名字没有值"
    return "它要的就是它自己" if isinstance(error, RecursionError) else "里面有一步算不出来"


def add(files: Files, config: MkDocsConfig, site: Settings) -> None:
    """Add the package's pages and assets that the register does not have itself, and its colour."""
    if files.get_file_from_path(STYLE) is None:
        files.append(File.generated(config, STYLE, content=joined(_parts(files))))
    for uri, path in sources():
        if uri not in PARTS and files.get_file_from_path(uri) is None:
            files.append(File.generated(config, uri, abs_src_path=str(path)))
    for name in scripts():
        uri = f"{FOLDERS['assets']}/{name}"
        if files.get_file_from_path(uri) is None:
            files.append(File.generated(config, uri, content=bundle(name)))
    if site.colour:
        files.append(File.generated(config, COLOUR, content=stylesheet(site.colour)))


def _parts(files: Files) -> Iterator[str]:
    """Yield the text of each part of the style, the register's own before ours."""
    for name, uri in zip(NAMES, PARTS, strict=True):
        own = files.get_file_from_path(uri)
        yield own.content_string if own else (HERE / "assets" / f"{name}.css").read_text("utf-8")


def sources() -> Iterator[tuple[str, Path]]:
    """Yield (source name as if in docs/, file) of what the package adds as it is; scripts are put together."""
    for folder, place in FOLDERS.items():
        for path in sorted((HERE / folder).rglob("*.*")):
            name = path.relative_to(HERE / folder).as_posix()
            if path.suffix != ".js" and not name.startswith(PORTAL):
                yield f"{place}/{name}", path
