"""Escaping: what markupsafe makes of a value, whatever it is."""

from __future__ import annotations

import re

import markupsafe
import pytest
from markupsafe import Markup
from tests.project import ROOT

from quanze.base.markup import escape
from quanze.site.pages.page import TEMPLATES, compile_all


class Shown:
    def __html__(self):
        return "<b>"


@pytest.mark.parametrize(
    "value", ["", "甲", "<a href=\"x\" title='y'>&amp;</a>", Markup("<b>&"), 3, None, True, 1.5, Shown()]
)
def test_a_value_is_escaped_as_markupsafe_does(value):
    assert escape(value) == markupsafe.escape(value)
    assert type(escape(value)) is Markup


def test_templates_escape_in_the_same_way():
    compile_all()
    for name in TEMPLATES.list_templates():
        assert TEMPLATES.get_template(name).root_render_func.__globals__["escape"] is escape


def test_nothing_else_asks_markupsafe_to_escape():
    asking = re.compile(r"^from markupsafe import (Markup, )?escape", re.MULTILINE)
    assert not [path for path in (ROOT / "src").rglob("*.py") if asking.search(path.read_text("utf-8"))]
