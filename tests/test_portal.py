"""The portal over a province of twelve registers, served from this machine: what is taken, kept and told."""

from __future__ import annotations

import errno
import functools
import gzip
import json
import operator
import os
import random
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import duckdb
import jsonschema
import pytest
from click.testing import CliRunner
from tests import project, province
from tests.project import files
from tests.province import ADOPTING, BACK, BROKEN, COLUMNS, DOWN, HOSTILE, NEWER, OTHER_LAW, SLOW
from tests.server import serve

from quanze import cli
from quanze.base.package import __version__
from quanze.base.problem import Fault
from quanze.frame import package
from quanze.io.exchange import alone
from quanze.portal import fetching, reading, settings
from quanze.portal.gathering import RegisterFacts, gather
from quanze.portal.pages import STYLES, PortalPages
from quanze.portal.publish import portal, publish
from quanze.portal.refreshing import Refresh, unlike
from quanze.portal.schemas import FILES
from quanze.portal.state import StateFolder
from quanze.proof import manifest
from quanze.proof.log.publications import Publication, PublicationLog

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COMMON = "schema/common.schema.json"
DAY, LATER = "2026-11-26", "2026-12-01"


@dataclass
class Asked:
    """One portal, asked one time after the other."""

    folder: Path
    commits: Mapping[str, str]
    base: str
    answers: dict[str, object]

    def put(self, sites: Mapping[str, Mapping[str, bytes]]) -> None:
        """Let the sources serve these files from now on."""
        self.answers.clear()
        for id_, found in sites.items():
            self.answers.update({f"{id_}/{path}": content for path, content in found.items()})

    def run(self, at: str, seconds: int = 0) -> dict[str, object]:
        """Ask every source and publish; return what is held of each."""
        addresses = {one.id: f"{self.base}{one.id}/" for one in province.BUREAUS}
        text = province.settings(addresses, self.commits, seconds=seconds)
        (self.folder / "portal.yaml").write_text(text, "utf-8")
        told, problems = settings.load(self.folder)
        assert not problems
        kept = StateFolder(self.folder / "state")
        self.said: list[str] = []
        news = Refresh(told, self.folder, kept, at).run(self.said.append)
        self.whole = portal(told, news, kept)
        self.built = publish(self.whole, kept, self.folder / "site")
        return {one.source.id: one.state for one in news}

    def page(self, path: str) -> str:
        return (self.folder / "site" / path / "index.html").read_text("utf-8")


def trickling(handler) -> None:
    """Promise a file and send nothing of it, until whoever asked has gone."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    handler.connection.recv(1)


@pytest.fixture(name="twelve", scope="module")
def _twelve(tmp_path_factory):
    return province.province(tmp_path_factory.mktemp("province"))


@pytest.fixture(name="asked", scope="module")
def _asked(twelve, tmp_path_factory):
    """Return the portal after its first round, and after its second, in which seven of the twelve are amiss."""
    answers: dict[str, object] = {}
    with serve(answers) as base:
        one = Asked(tmp_path_factory.mktemp("portal"), twelve.commits, base, answers)
        one.put(twelve.first)
        one.first = one.run(DAY)
        one.pages = files(one.folder / "site")
        one.put(twelve.later)
        answers[f"{SLOW}/data/v1/items.json"] = trickling
        one.later = one.run(LATER, seconds=1)
        yield one


def test_what_is_sound_is_taken_and_one_that_claims_anothers_code_is_not(asked):
    assert {id_: one.trouble.said for id_, one in asked.first.items() if one.trouble and id_ != HOSTILE} == {}
    assert asked.first[HOSTILE].trouble.kind == fetching.CLAIMS
    assert "示例市应急管理局" in asked.first[HOSTILE].trouble.said
    assert not asked.first[HOSTILE].manifest
    assert asked.first["shi"].signed


def test_of_those_amiss_the_last_sound_state_is_kept(asked):
    kinds = {id_: state.trouble.kind for id_, state in asked.later.items() if state.trouble}
    assert kinds == {
        SLOW: fetching.SLOW,
        NEWER: fetching.NEWER,
        BROKEN: fetching.BROKEN,
        DOWN: fetching.DOWN,
        BACK: fetching.BACK,
        HOSTILE: fetching.CLAIMS,
    }
    for id_ in kinds:
        assert asked.later[id_].manifest == asked.first[id_].manifest
        assert asked.later[id_].files == asked.first[id_].files
    assert asked.later["shi"].publications == 2
    assert "data/v1/items.json" in asked.later[BROKEN].trouble.said


def test_of_each_source_it_is_said_whether_something_new_was_taken(asked):
    said = {line.split(" ")[0]: line.partition("：")[2] for line in asked.said}
    for id_, state in asked.later.items():
        new = "没有变" if state.manifest == asked.first[id_].manifest else "取到新的"
        assert said[id_] == (f"{state.trouble.kind}：{state.trouble.said}" if state.trouble else new)
    assert {"没有变", "取到新的"} <= {*said.values()}


@pytest.mark.parametrize("id_", [SLOW, NEWER, BROKEN, DOWN, BACK])
def test_what_was_kept_is_told_with_its_day_on_every_page_that_rests_on_it(asked, id_):
    trouble = asked.later[id_].trouble
    day = asked.later[id_].dated
    for path in ("", f"bureaus/{id_}/", "laws/an-quan-sheng-chan-fa/97/"):
        text = asked.page(path)
        assert f"这里是上一次完好的数据（{day}，{DAY} 取得），以后的没有采用。{trouble.kind}（{LATER} 看到）" in text


def test_many_that_are_amiss_are_told_in_a_line_that_opens(asked):
    for path, number in (("", 6), ("laws/an-quan-sheng-chan-fa/97/", 5)):
        opening = f'<details class="qz-more"><summary>{number} 个机关没有取到最新的</summary>'
        before, after = asked.page(path).split(opening)
        assert "这里是上一次完好的数据" not in before
        assert after.partition("</details>")[0].count("这里是上一次完好的数据") == 5


def test_the_pages_of_the_others_do_not_change_by_those_amiss(asked):
    for id_ in ("sheng", "xian-1", COLUMNS, OTHER_LAW):
        assert asked.page(f"bureaus/{id_}/").encode() == asked.pages[f"bureaus/{id_}/index.html"]


def test_an_article_sets_the_ranges_tiers_and_exemptions_of_all_side_by_side(asked):
    text = asked.page("laws/an-quan-sheng-chan-fa/97/")
    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", text, re.DOTALL)
    assert len(rows) == 11
    city = next(row for row in rows if "示例市应急管理局" in row)
    assert "责令限期改正、罚款（十万元以下）" in city
    assert "从轻：不满十人没有培训，四万元以下" in city
    assert "适用条件：初次被发现、漏记的不超过三人、在限定的期限内补记" in city
    assert f'href="{asked.base}shi/items/xzcf-001/"' in city
    assert "示例癸县" not in "".join(rows)
    assert "都以这部法律 2021年修正的第九十七条第三项为罚则依据" in text
    assert "名称有 2 种写法" in text


def test_the_same_conduct_is_found_by_its_place_and_not_by_its_name(asked):
    text = asked.page("conduct/")
    assert "第九十七条第三项</a></th>" in text
    assert "未按照规定对从业人员进行安全生产教育和培训" in text
    assert '<td data-label="机关数">11</td>' in text


def test_two_registers_that_differ_about_a_law_are_told(asked):
    text = asked.page("differences/")
    assert re.search(
        r"条数</th><td[^>]*>119</td>.*?<td[^>]*>118</td><td[^>]*><a[^>]*>示例戊县应急管理局</a></td>", text, re.DOTALL
    ) or ("示例丁县应急管理局" in text and ">118</td>" in text)
    assert "第九十七条 → 第九十九条（仅改号）" in text


def test_a_field_and_a_column_of_ones_own_are_found_by_the_search(asked):
    told = asked.folder / "site/search" / f"{COLUMNS}-1"
    assert "网" in (told / "texts.js").read_text("utf-8")


def test_what_a_register_writes_is_text_on_every_page(asked):
    assert not [path for path, content in files(asked.folder / "site").items() if b"<script>alert" in content]


def test_equal_states_make_equal_bytes_and_write_nothing(asked, tmp_path):
    told, _ = settings.load(asked.folder)
    kept = StateFolder(asked.folder / "state")
    news = [type("News", (), {"source": one, "state": kept.recall(one.id)}) for one in told.sources]
    whole = portal(told, news, kept)
    before = files(asked.folder / "site")
    assert publish(whole, kept, asked.folder / "site").written == 0
    publish(whole, StateFolder(asked.folder / "state"), tmp_path / "anew")
    assert files(tmp_path / "anew") == before


def test_only_pages_that_tell_of_what_changed_are_written_anew(asked):
    now = files(asked.folder / "site")
    # of those that were taken anew, the city alone changed, and only its inspection
    assert now["laws/an-quan-sheng-chan-fa/28/index.html"] != asked.pages["laws/an-quan-sheng-chan-fa/28/index.html"]
    same = {path for path, content in now.items() if asked.pages.get(path) == content}
    assert {"bureaus/xian-1/index.html", "search/sheng-1/texts.js", "search/" + BROKEN + "-1/names.js"} <= same


def test_the_data_are_lines_that_name_their_bureau(asked):
    told = (asked.folder / "site/data/v1/bulk/powers.ndjson").read_text("utf-8").splitlines()
    powers = [json.loads(line) for line in told]
    assert len(powers) == 22
    assert {one["bureau"] for one in powers} == asked.later.keys() - {HOSTILE}
    assert all(one["demonstration"] for one in powers)
    whole = json.loads((asked.folder / "site/data/v1/portal.json").read_text("utf-8"))
    assert {one["id"]: one["standing"] for one in whole["result"]}[BROKEN] == "沿用上一次的"


def test_every_file_of_the_portals_own_fits_its_published_schema(asked):
    site = asked.folder / "site"
    for path in FILES:
        schema = json.loads((site / path).read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        valid = jsonschema.Draft202012Validator(closed(schema))
        name = path.rpartition("/")[2].partition(".")[0]
        whole = site / "data/v1/portal.json"
        lines = site / f"data/v1/bulk/{name}.ndjson"
        told = [whole.read_text("utf-8")] if name == "portal" else lines.read_text("utf-8").splitlines()
        assert told, path
        for one in told:
            valid.validate(json.loads(one))
        assert not valid.is_valid({}), path


def closed(schema):
    """Return a schema that allows nothing that it does not name, so that no field goes without one."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(one) for name, one in schema.items()}
    return {**inner, "additionalProperties": False} if schema.get("type") == "object" else inner


def test_a_database_counts_joins_and_sets_ranges_side_by_side(asked):
    bulk = asked.folder / "site/data/v1/bulk"
    with duckdb.connect() as engine:
        for name in ("powers", "laws", "changes"):
            engine.execute(f"CREATE VIEW {name} AS SELECT * FROM read_json_auto('{bulk}/{name}.ndjson')")
        assert engine.execute("SELECT count(*), count(DISTINCT bureau) FROM powers").fetchone() == (22, 11)
        joined = engine.execute(
            "SELECT p.bureau, l.rank FROM powers p, unnest(p.bases) AS b(basis) "
            "JOIN laws l ON l.bureau = p.bureau AND l.title = basis.law "
            "WHERE basis.law = '安全生产法' AND basis.article = '97' GROUP BY ALL"
        ).fetchall()
        assert len(joined) == 11
        assert {rank for _, rank in joined} == {"法律"}
        ranges = engine.execute(
            "SELECT p.body, s.sanction.fine FROM powers p, unnest(p.sanctions) AS s(sanction) WHERE list_contains("
            "list_transform(p.bases, lambda b: b.law || b.article || b.role), '安全生产法97罚则')"
        ).fetchall()
        assert len({body for body, _ in ranges}) == 11
        assert {fine for _, fine in ranges} == {"十万元以下"}


def test_whoever_looks_finds_the_old_portal_or_the_new_one_whole(asked, tmp_path, monkeypatch):
    kept, site = StateFolder(asked.folder / "state"), tmp_path / "site"
    told, _ = settings.load(asked.folder)
    news = [type("News", (), {"source": one, "state": kept.recall(one.id)}) for one in told.sources]
    whole = portal(told, news, kept)
    publish(whole, kept, site)
    before = files(site)
    (site / "about/index.html").write_text("旧的", "utf-8")
    stale = files(site)
    monkeypatch.setattr("quanze.portal.publish.put", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(whole, kept, site)
    assert files(site) == stale
    assert not site.with_name("site.new").exists(), "what is not whole goes, also where the disk is full"
    monkeypatch.undo()
    mask = os.umask(0o077)
    try:
        publish(whole, kept, site)
    finally:
        os.umask(mask)
    assert files(site) == before
    unreadable = [path for path in site.rglob("*") if path.stat().st_mode & 0o044 != 0o044]
    assert os.name == "nt" or not unreadable, "a server is another user"
    assert not site.with_name("site.new").exists()


ALONE = """\
名称: 示例门户
区划: [{代码: "990000", 名称: 示例省}]
来源: [{编号: a, 机关: 示例局, 区划代码: "990000", 网址: https://a.example/, 文件夹: .}]
"""


def test_a_second_portal_waits_for_no_first(tmp_path):
    (tmp_path / "portal.yaml").write_text(ALONE, "utf-8")
    with alone(tmp_path / "state/portal.lock", ""):
        done = CliRunner().invoke(cli.main, ["portal", str(tmp_path), "--offline"])
    assert (done.exit_code, done.stderr) == (2, "另一次汇集还没有完，没有再做一次；请等它完，或者先停掉它\n")
    assert not (tmp_path / "site").exists()
    assert CliRunner().invoke(cli.main, ["portal", str(tmp_path), "--offline"]).exit_code == 0


def killed(*_given):
    raise KeyboardInterrupt


def test_what_a_county_takes_over_is_told_as_its_word_and_changes_nothing_of_the_citys(asked, twelve):
    text = asked.page("adopted/")
    row = next(
        row for row in re.findall(r"<tr><th scope=\"row\".*?</tr>", text, re.DOTALL) if "示例甲县应急管理局" in row
    )
    assert "shi/items/xzjc-001/" in row
    assert "行使主体、备注" in row
    lines = (asked.folder / "site/data/v1/bulk/powers.ndjson").read_text("utf-8").splitlines()
    over = {one["bureau"]: one["adopted"] for one in map(json.loads, lines) if one["adopted"]}
    assert over == {
        ADOPTING: {
            "body": "示例市应急管理局",
            "id": "items/xzjc-001",
            "dated": "2026-05-01",
            "sha256": "d" * 64,
            "own": ["行使主体", "备注", "核对"],
        }
    }
    assert "采用" not in asked.page("bureaus/shi/").partition("<h2")[2]
    claimed = {
        path: content.replace(b'"\xe7\xbc\x96\xe5\x8f\xb7":"xzjc-001"', '"编号":"../../evil"'.encode())
        for path, content in twelve.first[ADOPTING].items()
    }
    assert claimed != twelve.first[ADOPTING]
    assert [one.there for one in gather(claimed, "示例甲县应急管理局", DAY).facts.adopted] == [""]


def test_every_link_leads_to_a_page_of_the_portal_or_to_a_bureau(asked):
    site = asked.folder / "site"
    for path in site.rglob("*.html"):
        if path.name == "404.html":
            continue
        text = path.read_text("utf-8")
        ids = set(re.findall(r' id="([^"]+)"', text))
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            if link.startswith("#"):
                assert link[1:] in ids, (path, link)
            elif "://" not in link:
                target = (path.parent / link.partition("#")[0]).resolve()
                assert (target / "index.html" if target.is_dir() else target).is_file(), (path, link)
            else:
                assert link.startswith((asked.base, "https://portal.example/")), link


def test_the_first_answer_of_the_search_is_small(asked):
    names = (asked.folder / "site/search/shi-1/names.js").read_bytes()
    assert len(gzip.compress(names)) < 150_000


def test_the_command_tells_what_it_did_and_what_is_amiss(asked, tmp_path):
    done = project.run(asked.folder, "quanze", "portal", ".", "--offline", "--site", str(tmp_path / "site"))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("6 个机关没有取到最新的，已在网页上写明")
    assert files(tmp_path / "site") == files(asked.folder / "site")
    (tmp_path / "portal.yaml").write_text("名称: 示例门户\n区划: []\n来源: []\n", "utf-8")
    done = project.run(tmp_path, "quanze", "portal", ".")
    assert done.returncode == 1
    assert done.stdout.startswith("portal.yaml:2:5: ")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/mine.txt").write_text("别的", "utf-8")
    done = project.run(asked.folder, "quanze", "portal", ".", "--offline", "--site", str(tmp_path / "other"))
    assert done.returncode == 2
    assert "里有别的文件，不是门户" in done.stderr


ODD = (
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "<b>",
    "\ud800",
    [],
    [[]],
    {},
    {"a": 1},
    ["x", None, {}],
    {"依据文件": {}, "条": {"x": 1}},
)
"""What no register of ours publishes."""


def places(value, at=()):
    """Yield where the values of a document stand."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield (*at, step)
        yield from places(one, (*at, step))


def test_data_of_any_shape_is_read_or_refused(asked, twelve):
    sound = twelve.first["sheng"]
    base = {path: sound[path] for path in asked.first["sheng"].files}
    chance = random.Random(16)
    paths = [path for path in base if path.startswith("data/") or path in {"schema/items.schema.json", COMMON}]
    known = {"read": 0, "refused": 0}
    for _ in range(60):
        files_ = dict(base)
        for path in chance.sample(paths, 3):
            document = json.loads(base[path])
            *above, last = chance.choice([*places(document)])
            functools.reduce(operator.getitem, above, document)[last] = chance.choice(ODD)
            files_[path] = json.dumps(document).encode()
        try:
            found = gather(files_, "示例省应急管理厅", DAY)
            assert RegisterFacts.of(json.loads(found.facts.content())).content() == found.facts.content()
            known["read"] += 1
        except ValueError:
            known["refused"] += 1
    assert min(known.values()) > 5, known


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("0.0.9", f"它写明由 quanze 0.0.9 生成，早于这个门户的 {__version__}，它的数据或者表单这里读不了；请那里升级"),
        ("99.10", f"它写明由 quanze 99.10 生成，晚于这个门户的 {__version__}，它的数据或者表单这里读不了；请升级这个"),
        (__version__, "不是 quanze 写的，或者被改动过"),
        ("", "不是 quanze 写的，或者被改动过"),
        ("1.x<b>", "不是 quanze 写的，或者被改动过"),
        ("9" * 5000 + ".1", "不是 quanze 写的，或者被改动过"),
        ("１.２", "不是 quanze 写的，或者被改动过"),
    ],
)
def test_what_another_version_wrote_is_not_called_altered(version, said):
    assert said in unlike(version)


def test_a_kept_file_that_was_altered_is_refused(tmp_path):
    kept = StateFolder(tmp_path)
    kept.store([b"{}"])
    state = kept.recall("nobody")
    assert state == type(state)()
    (found,) = (tmp_path / "objects").glob("*/*")
    found.write_bytes(b"[]")
    with pytest.raises(Exception, match="被改动过"):
        kept.contents(type(state)(files={"data/v1/index.json": found.name}))


@pytest.mark.parametrize("spoilt", ["whole", "laws.ndjson"])
def test_what_was_made_of_a_source_is_made_again_where_it_is_not_as_it_was(tmp_path, spoilt):
    kept = StateFolder(tmp_path)
    made = kept.keep_shard("a", {"laws.ndjson": b"{}"})
    assert kept.shard("a") == made
    (made / spoilt).write_bytes(b"")  # as a machine leaves it that lost its power
    assert kept.shard("a") is None


def test_a_full_disk_leaves_nothing_of_what_it_could_not_keep(tmp_path, monkeypatch):
    def part(path, _):
        path.open("wb").close()
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr("pathlib.Path.write_bytes", part)
    with pytest.raises(OSError, match="No space"):
        StateFolder(tmp_path).store([b"{}"])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_log_that_is_another_publishers_is_refused(asked, twelve):
    told, _ = settings.load(asked.folder)
    source = next(one for one in told.sources if one.id == "xian-1")
    state = asked.later["xian-2"]
    answers = {f"xian-1/{path}": content for path, content in twelve.first["xian-2"].items()}
    with serve(answers) as base:
        site = fetching.Web(f"{base}xian-1/")
        with pytest.raises(fetching.Refused, match="不是约定的") as why:
            fetching.take(site, source, type(state)())
    assert why.value.kind == fetching.ANOTHER


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (fetching.EARLY, {"dated": "9999-12-31"}),
        (fetching.EARLY, {"dated": "2026-11-28"}),
        ("", {"dated": "2026-11-27"}),
        (fetching.UNREADABLE, {"dated": "2026-11-31"}),
        (fetching.UNREADABLE, {"dated": "~"}),
        (fetching.PAST, {"dated": "2026-11-26", "at": "2026-11-24"}),
        ("", {"dated": "2026-11-26", "at": "2026-11-25"}),
        ("", {"dated": "2026-11-26", "at": ""}),
        (fetching.DRAFT, {"commit": ""}),
        (fetching.BROKEN, {"logged": "c" * 40}),
        ("", {"logged": ""}),
    ],
)
def test_a_state_that_nobody_could_check_or_follow_is_refused(asked, twelve, kind, said):
    """`logged` is the commit that its log names: another one, or for an empty text its own."""
    dated, commit, logged = map(said.get, ("dated", "commit", "logged"))
    told, _ = settings.load(asked.folder)
    source = replace(next(one for one in told.sources if one.id == "xian-1"), first="", key="")
    served = {path: body for path, body in twelve.first["xian-1"].items() if not path.startswith("log/")}
    made = manifest.parse(served[manifest.NAME])
    index = json.loads(served[reading.INDEX])
    served[reading.INDEX] = json.dumps(index | ({"dated": dated} if dated else {})).encode()
    origin = made.origin if commit is None else replace(made.origin, commit=commit)
    listed = {**made.files, reading.INDEX: manifest.digest(served[reading.INDEX])}
    served[manifest.NAME] = replace(made, origin=origin, files=listed, at=said.get("at", made.at)).content()
    if logged is not None:
        one = Publication(manifest.digest(served[manifest.NAME]), logged or origin.commit, "2026-11-26T12:00:00+08:00")
        served.update(PublicationLog("xian", (one,)).files())
    with serve(served) as base:
        try:
            fetching.take(fetching.Web(base), source, type(asked.first["xian-1"])(), DAY)
            found = ""
        except fetching.Refused as why:
            found = why.kind
    assert found == kind


def test_as_many_files_as_the_limit_are_taken_and_not_one_more(asked, twelve):
    told, _ = settings.load(asked.folder)
    source = next(one for one in told.sources if one.id == "xian-1")
    nothing = type(asked.first["xian-1"])()
    with serve({f"xian-1/{path}": content for path, content in twelve.first["xian-1"].items()}) as base:
        site = fetching.Web(f"{base}xian-1/")
        many = len(fetching.take(site, source, nothing).files)

        def most(files):
            return replace(source, limits=replace(source.limits, files=files))

        assert len(fetching.take(site, most(many), nothing).files) == many
        with pytest.raises(fetching.Refused, match=f"有 {many} 个，超过限额 {many - 1} 个"):
            fetching.take(site, most(many - 1), nothing)


def test_conduct_that_two_bureaus_punish_is_set_side_by_side_and_of_one_alone_is_not(asked):
    (law,) = (law for law in asked.whole.laws.values() if law.title == "安全生产法")
    rows = {row.holding.id: row for row in law.articles["97"]}

    def told(*ids):
        few = replace(law, articles={"97": tuple(rows[id_] for id_ in ids)})
        whole = replace(asked.whole)
        vars(whole)["laws"] = {law.slug: few}
        return "第九十七条" in PortalPages(whole, "")._conduct().decode()

    assert [told("xian-1"), told("xian-1", "xian-2")] == [False, True]
    elsewhere = tuple(basis._replace(item=basis.item + 1) for basis in rows["xian-2"].bases)
    rows["xian-2"] = rows["xian-2"]._replace(bases=elsewhere)
    assert not told("xian-1", "xian-2")


def test_whatever_styles_a_class_on_a_page_is_there(asked):
    site = asked.folder / "site"
    written = "".join(path.read_text("utf-8") for path in site.rglob("*.html"))
    used = {
        name for found in re.findall(r'class="([^"]*)"', written) for name in found.split() if name.startswith("qz-")
    }
    own = "".join(path.read_text("utf-8") for path in (site / "assets/quanze").glob("*.css"))
    assert [name for name in sorted(used) if not re.search(rf"\.{name}(?![\w-])", own)] == []
    rest = {*package.NAMES} - {*STYLES}
    assert rest == {"stages", "item", "sheet"}, "a sheet that pages of a portal may need: see portal/pages.py"


def test_a_title_that_no_feed_may_hold_is_written_out():
    row = {"date": "2026-01-01", "commit": "a", "collection": "items", "id": "x", "title": "对\x01的处罚", "kind": "改"}
    content = json.dumps({"schema_version": "1.0", "result": [row]}).encode()
    (change,) = reading.changes({"data/v1/changes.json": content}, 9)
    assert change.title == "对<U+0001>的处罚"


@pytest.mark.parametrize("spoilt", ['{"dated": 5}', '{"checkpoint": "junk"}', "[]", "[" * 50_000, '{"other": ""}'])
def test_a_spoilt_state_is_told_and_no_first_visit(tmp_path, spoilt):
    place = tmp_path / "sources"
    place.mkdir()
    (place / "a.json").write_text(spoilt, "utf-8")
    with pytest.raises(Fault, match="读不懂"):
        StateFolder(tmp_path).recall("a")
