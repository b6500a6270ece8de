"""No pattern takes quadratic time: each is asked of what it looks for, repeated, and of four times as much."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import shutil
import signal
import subprocess
import time
from collections import defaultdict
from functools import partial
from itertools import product
from re import _constants as op
from re import _parser as parser

import pytest
from tests import project

import quanze
from quanze.edit.importer import bases

SHORT, LONG = 6_000, 24_000
NOTICED, ENDLESS = 0.01, 1
"""Seconds: what takes less for the shorter text is not measured, what takes more is not waited for."""
MOST = 9
"""How much longer four times as much may take: between 4, which is linear, and 16, which is quadratic."""
ASKING = frozenset({"search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"})
INSIDE = {
    op.BRANCH: lambda value: value[1],
    op.MAX_REPEAT: lambda value: [value[2]],
    op.MIN_REPEAT: lambda value: [value[2]],
    op.POSSESSIVE_REPEAT: lambda value: [value[2]],
    op.SUBPATTERN: lambda value: [value[3]],
    op.ASSERT: lambda value: [value[1]],
    op.ASSERT_NOT: lambda value: [value[1]],
    op.ATOMIC_GROUP: lambda value: [value],
}
"""What has a part of a pattern inside it."""
CLASSES = {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " \n", op.CATEGORY_WORD: "a一", op.CATEGORY_NOT_SPACE: "a"}
BOUNDED = {
    "quanze.edit.importer.formats.numbers._LITERAL": "a format is cut where its module reads it",
    "quanze.edit.importer.layout._COUNT": "a heading has 24 characters",
    "quanze.law.reader.known._NO_LAW": "a title has 300 characters",
    "quanze.register.litter._LITTER": "a file's name has 255 bytes",
}
"""Patterns that are asked of short texts alone, and why these are short."""
BOUNDED_IN_SCRIPTS = {
    r"\B(?=(?:[0-9]{3})+$)": "a number has few digits",
    r"([a-z0-9-]+\/[a-z0-9-]+)\/(?:index\.html)?$": "an address of a page is our own",
}
THROUGH = {
    "quanze.edit.importer.bases._LABELS": lambda text: bases._marked(f"依据名称：{text}"),
    "quanze.edit.importer.bases._TITLE": bases._marked,
}
"""Functions that make a text fit before they ask a pattern of it."""


def modules():
    for found in pkgutil.walk_packages(quanze.__path__, "quanze."):
        if ".templates" not in found.name and not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def held(value, depth=0):
    """Yield the patterns in a value."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, dict):
        for inner in (*value, *value.values()):
            yield from held(inner, depth + 1)
    elif depth < 3 and isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from held(inner, depth + 1)


def sources():
    """Yield the name of every module and its tree."""
    folder = project.ROOT / "src"
    for path in sorted((folder / "quanze").rglob("*.py")):
        module = ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
        yield module, ast.parse(path.read_text("utf-8"))


def asked():
    """Return (name, pattern, methods) of every pattern of the sources.

    A private name is asked by what its own module asks, any other by what any module does; by everything what is handed
    on, and what stands in a call of `re` by that one.
    """
    methods, told = defaultdict(set), {}
    for module, tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Attribute) or node.attr not in ASKING:
                continue
            name = getattr(node.value, "attr", getattr(node.value, "id", ""))
            methods[f"{module}.{name}" if name.startswith("_") else name].add(node.attr)
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=method), args=[ast.Constant(value=text), *_]
                ) if method in ASKING:
                    told[text, 0] = (f"{module}:{node.lineno}", re.compile(text), {method})
    for module in modules():
        for name, value in vars(module).items():
            for one in held(value):
                whole = f"{module.__name__}.{name}"
                told.setdefault(
                    (one.pattern, one.flags), (whole, one, methods.get(whole) or methods.get(name) or ASKING)
                )
    return [*told.values()]


def words(items):
    """Yield what a pattern looks for: its letters, and the runs of them, in the order in which they stand."""
    run = ""
    for code, value in [*items, (None, None)]:
        if code is op.LITERAL:
            run += chr(value)
            yield chr(value)
            continue
        if len(run) > 1:
            yield run
        run = ""
        if code is op.IN:
            yield from (sign for one in value for sign in signs(*one))
        elif code in {op.ANY, op.NOT_LITERAL}:
            yield "a"
        elif code in INSIDE:
            for inner in INSIDE[code](value):
                yield from words(inner)


def signs(code, value):
    """Return a sign or two of those that one part of a class takes."""
    if code is op.LITERAL:
        return chr(value)
    return chr(value[0]) if code is op.RANGE else CLASSES.get(value, "") if code is op.CATEGORY else ""


def units(pattern):
    """Return what is repeated, and what may stand before it.

    That are the signs and words of a pattern, pairs of its first signs, and usual signs; its first word, or nothing.
    """
    found = dict.fromkeys(words(parser.parse(pattern.pattern, pattern.flags)))
    single = [one for one in found if len(one) == 1]
    longer = [one for one in found if len(one) > 1]
    pairs = map("".join, product(single[:4], repeat=2))
    return product(dict.fromkeys([*single[:16], *longer[:8], *pairs, "a", " ", "\n", "1"]), {"", *single[:1]})


def seconds(ask, text):
    """Return how long the processor took to ask a text, at most ENDLESS."""

    def ring(*_):
        raise TimeoutError

    start = time.process_time()
    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        found = ask(text)
        if hasattr(found, "__next__"):
            for _ in found:
                pass
    except TimeoutError:
        return ENDLESS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - start


def slow(pattern, method, through=None):
    """Return the first unit whose repetition takes quadratic time, and the seconds of both texts; None for none."""
    plain = bytes if isinstance(pattern.pattern, bytes) else str
    ask = through or (partial(pattern.sub, plain()) if method == "sub" else getattr(pattern, method))
    for unit, head in units(pattern):
        short, long = (f"{head}{unit * (size // len(unit))}!\x01" for size in (SHORT, LONG))
        if plain is bytes:
            short, long = short.encode(), long.encode()
        if seconds(ask, short) > NOTICED and (shorter := seconds(ask, short)) > NOTICED:
            longer = seconds(ask, long)
            if longer >= ENDLESS or longer > MOST * shorter:
                return head, unit, round(shorter, 4), round(longer, 4)
    return None


ALIKE = {"finditer": "findall", "split": "findall", "subn": "sub"}
"""Methods that go through a text in the same way."""


@pytest.mark.skipif(not hasattr(signal, "SIGVTALRM"), reason="没有这样的时钟")
@pytest.mark.parametrize("share", range(4))
def test_no_pattern_takes_quadratic_time(share):
    every = [one for one in asked() if one[0] not in BOUNDED]
    assert len(every) > 200
    found = {
        f"{name}.{method}": slow(pattern, method, THROUGH.get(name))
        for name, pattern, methods in every[share::4]
        for method in ([""] if name in THROUGH else sorted({ALIKE.get(one, one) for one in methods}))
    }
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.skipif(not shutil.which("node"), reason="没有装 node")
def test_no_pattern_of_the_scripts_does():
    scripts = map(str, (project.ROOT / "src/quanze/frame/assets").rglob("*.js"))
    command = ["node", str(project.ROOT / "tests/growth.mjs")]
    done = subprocess.run(command, input="\n".join(scripts), capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told["count"] > 100
    assert told["slow"].keys() == BOUNDED_IN_SCRIPTS.keys()


def test_a_pattern_that_does_is_found():
    assert slow(re.compile(r"(?P<a>[0-9]+)条"), "search")
    assert slow(re.compile(r"甲\s*\s*乙"), "match")
    assert slow(re.compile(r"(?<![0-9])[0-9]+条"), "search") is None


def test_what_is_excused_is_there():
    assert {name for name, *_ in asked()} >= {*BOUNDED, *THROUGH}
