"""The open data as others take it: with the tools that they use, and by the examples of the guide."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import duckdb
import feedparser
import pytest
from frictionless import Package, system
from openapi_spec_validator import OpenAPIV31SpecValidator
from pyld import jsonld
from tests import project, server
from tests.small_register import Register

from quanze.law.citation import Citation
from quanze.register.settings import Licence
from quanze.site.pages.linked import _steps, linked

PAGE = (project.ROOT / "src/quanze/frame/guide/data.md").read_text("utf-8")
ANYWHERE = "https://网站地址/"
LAW = "an-quan-sheng-chan-fa"


@pytest.fixture(name="site", scope="module")
def _site(example):
    return example / "site"


@pytest.fixture(name="address", scope="module")
def _address(site):
    """Serve the data of the site and return the address of its root."""
    answers = {path: content for path, content in project.files(site).items() if path.startswith("data/")}
    with server.serve(answers) as address:
        yield address


def read(site, path):
    return json.loads((site / path).read_bytes())


# 数据包


def test_the_data_package_is_one_and_its_tables_hold_what_it_says(site):
    told = read(site, "datapackage.json")
    tables = [one for one in told["resources"] if one["profile"] == "tabular-data-resource"]
    assert len(tables) == len([*(site / "data/v1/lists").glob("*.csv")])
    few = {"list-quan-ze-qing-dan", "list-cai-liang-ji-zhun", "all-items"}
    told["resources"] = [one for one in told["resources"] if one["name"] in few]
    with system.use_context(trusted=True):
        report = Package.from_descriptor(told, basepath=str(site)).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "message"])
    rows = {task.name: task.stats.get("rows") for task in report.tasks}
    assert rows["list-quan-ze-qing-dan"] == read(site, "data/v1/lists/quan-ze-qing-dan.json")["total"]


def test_another_head_is_told_by_the_data_package(site, tmp_path):
    told = read(site, "datapackage.json")
    (table,) = (one for one in told["resources"] if one["name"] == "list-quan-ze-qing-dan")
    told["resources"] = [table]
    copied = tmp_path / table["path"]
    copied.parent.mkdir(parents=True)
    copied.write_text((site / table["path"]).read_text("utf-8").replace("职权类型", "种类", 1), "utf-8")
    with system.use_context(trusted=True):
        report = Package.from_descriptor(told, basepath=str(tmp_path)).validate()
    assert "incorrect-label" in [type_ for (type_,) in report.flatten(["type"])]


def test_each_resource_says_that_it_is_a_demonstration(site):
    told = read(site, "datapackage.json")
    assert told["demonstration"] is True
    assert all(one["description"].startswith("【虚构示例】") for one in told["resources"])
    assert "licenses" not in told  # nobody declared one


# 接口说明


def test_the_interface_is_described_as_openapi_asks(site):
    told, base = read(site, "openapi.json"), (site / "openapi.json").as_uri()
    assert [*OpenAPIV31SpecValidator(told, base_uri=base).iter_errors()] == []
    broken = {**told, "paths": {"/x": {"get": {"responses": {"200": {}}}}}}
    assert [*OpenAPIV31SpecValidator(broken, base_uri=base).iter_errors()] != []


def test_every_path_and_schema_of_the_interface_is_there(site):
    told = read(site, "openapi.json")
    files = {f"/{path.relative_to(site)}" for path in site.rglob("*") if path.is_file()}
    for path, methods in told["paths"].items():
        pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))
        found = [file for file in files if pattern.fullmatch(file)]
        collection = re.fullmatch(r"/data/v1/(\w+)/\{id\}[.]json", path)
        empty = collection and not read(site, f"data/v1/{collection[1]}.json")["total"]
        assert found or empty, path
        for schema in re.findall(r'"\$ref": "([^"]+)"', json.dumps(methods)):
            assert (site / schema).is_file()


# 整批


def test_the_lines_are_the_records(site):
    for path in sorted((site / "data/v1/bulk").glob("*.ndjson")):
        records = [json.loads(line) for line in path.read_bytes().splitlines()]
        assert all(one.pop("demonstration") is True for one in records)
        assert records == read(site, f"data/v1/{path.stem}.json")["result"]


def test_the_archive_holds_what_a_machine_takes_home(site):
    with zipfile.ZipFile(site / "data/v1/bulk/all.zip") as archive:
        members = archive.infolist()
        assert {(one.compress_type, one.date_time) for one in members} == {(zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))}
        names = [one.filename for one in members]
        assert names == sorted(names)
        assert all(archive.read(name) == (site / name).read_bytes() for name in names)
    told = read(site, "datapackage.json")["resources"]
    assert {one["path"] for one in told} <= {*names}
    assert {one["jsonSchema"] for one in told if "jsonSchema" in one} <= {*names}


def test_an_engine_counts_and_joins_the_lines(site):
    bulk = site / "data/v1/bulk"
    with duckdb.connect() as engine:
        (count,) = engine.execute(f"SELECT count(*) FROM '{bulk}/items.ndjson'").fetchone()
        joined = engine.execute(
            f"""SELECT i.id, b.名称 FROM (SELECT id, unnest(行使主体) AS body FROM '{bulk}/items.ndjson') i
            JOIN '{bulk}/bodies.ndjson' b ON i.body = b.id ORDER BY ALL"""
        ).fetchall()
    items = read(site, "data/v1/items.json")
    names = {one["id"]: one["名称"] for one in read(site, "data/v1/bodies.json")["result"]}
    assert count == items["total"]
    assert joined == sorted((one["id"], names[body]) for one in items["result"] for body in one["行使主体"])


def test_an_engine_tells_the_ranges_of_a_law_in_one_query(site):
    (query,) = example_code("sql")
    with duckdb.connect() as engine:
        found = engine.execute(query.replace(ANYWHERE, f"{site}/")).fetchall()
    names = next({one["名称"], *one["简称"]} for one in read(site, "data/v1/laws.json")["result"] if one["id"] == LAW)
    expected = {}
    for item in read(site, "data/v1/items.json")["result"]:
        for sanction in item.get("处罚", ()):
            for basis in sanction["依据"]:
                if basis.get("依据文件") in names:
                    ids, low, high = expected.setdefault(basis["条"], (set(), [], []))
                    ids.add(item["id"])
                    low += [sanction["罚款"]["下限"]] if "下限" in sanction.get("罚款", {}) else []
                    high += [sanction["罚款"]["上限"]] if "上限" in sanction.get("罚款", {}) else []
    assert found == [
        (article, len(ids), min(low, default=None), max(high, default=None))
        for article, (ids, low, high) in sorted(expected.items())
    ]
    assert len(found) > 3


# 订阅、网站地图、给程序的话


def test_a_reader_of_feeds_understands_the_feed(site):
    told = feedparser.parse((site / "feed.xml").read_bytes())
    assert (told.bozo, told.version) == (False, "atom10")
    assert told.entries
    assert len({one.id for one in told.entries}) == len(told.entries)


def test_programs_are_told_where_everything_is(site):
    robots = (site / "robots.txt").read_text("utf-8")
    assert robots.startswith("# 【虚构示例】")
    assert "Disallow" not in robots  # behind a closed door nobody would read the noindex
    assert "Sitemap: https://shili.example/sitemap.xml\n" in robots
    llms = (site / "llms.txt").read_text("utf-8")
    assert "【虚构示例】" in llms
    assert "数据的许可：未声明" in llms
    named = re.findall(r"\(https://shili[.]example/([^)]*)\)", llms)
    assert "data/v1/index.json" in named
    assert [path for path in named if not (site / path).exists()] == []


def test_the_guide_says_that_no_licence_is_declared(site):
    page = (site / "guide/data/index.html").read_text("utf-8")
    assert "<p>数据的许可：未声明。</p>" in page


@pytest.mark.parametrize(
    ("data", "licence"),
    [
        ({}, Licence("", "")),
        ({"名称": "某许可", "网址": "https://l.example/"}, Licence("某许可", "https://l.example/")),
    ],
)
def test_a_licence_is_what_was_declared(data, licence):
    assert Licence.of(data) == licence


def test_the_site_map_says_when_git_saw_a_record_change(site):
    told = (site / "sitemap.xml").read_text("utf-8")
    page = "https://shili.example/items/xzcf-012/"
    assert f"<loc>{page}</loc><lastmod>{read(site, 'data/v1/items/xzcf-012.json')['dated']}</lastmod>" in told
    listed = read(site, "data/v1/lists/quan-ze-qing-dan.json")["dated"]
    assert f"<loc>https://shili.example/lists/quan-ze-qing-dan/</loc><lastmod>{listed}</lastmod>" in told


# 网页里的数据


def data_of(site, page):
    """Return what a page says to programs, in full addresses as a processor of JSON-LD reads it."""
    html = (site / page / "index.html").read_text("utf-8")
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)

    def load(url, _options):
        context = {"@vocab": "http://schema.org/", "id": "@id", "type": "@type"}
        document = {"@context": context}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}

    (thing,) = jsonld.expand(json.loads(told), {"documentLoader": load})
    return thing


def terms(thing, name):
    return [one.get("@value", one) for one in thing.get(f"http://schema.org/{name}", ())]


def test_a_power_is_a_service_of_its_body_and_rests_on_provisions(site):
    thing, record = data_of(site, "items/xzcf-018"), read(site, "data/v1/items/xzcf-018.json")["result"]
    assert thing["@type"] == ["http://schema.org/GovernmentService"]
    assert thing["@id"] == "https://shili.example/items/xzcf-018/"
    assert (terms(thing, "name"), terms(thing, "serviceType")) == ([record["事项名称"]], [record["职权类型"]])
    (body,) = terms(thing, "provider")
    assert body["@id"] == data_of(site, f"bodies/{record['行使主体'][0]}")["@id"]
    provisions = terms(thing, "subjectOf")
    assert [one["@id"] for one in provisions] == [
        f"https://shili.example/laws/{LAW}/#t{basis['条']}" for basis in record["实施依据"]
    ]
    assert terms(provisions[1], "legislationIdentifier") == [f"laws/{LAW}/2021-06-10/art_97/pnt_5"]
    assert terms(thing, "disambiguatingDescription")[0].startswith("【虚构示例】")


def test_an_instrument_says_its_version_and_its_articles(site):
    thing = data_of(site, f"laws/{LAW}")
    assert thing["@type"] == ["http://schema.org/Legislation"]
    assert terms(thing, "legislationDateOfApplicability") == ["2021-09-01"]
    assert terms(thing, "legislationLegalForce") == ["InForce"]
    assert f"https://shili.example/laws/{LAW}/#t97" in [one["@id"] for one in terms(thing, "hasPart")]


def test_every_power_body_and_instrument_says_what_it_is(site):
    for collection in ("items", "bodies", "laws"):
        for record in read(site, f"data/v1/{collection}.json")["result"]:
            assert data_of(site, f"{collection}/{record['id']}")["@id"].endswith(f"/{collection}/{record['id']}/")


def test_a_page_leads_to_its_data(site):
    for page in ("items/xzcf-018", "lists/quan-ze-qing-dan"):
        html = (site / page / "index.html").read_text("utf-8")
        assert f'<link rel="alternate" type="application/json" href="../../data/v1/{page}.json">' in html


@pytest.mark.parametrize(
    ("place", "identifier"),
    [
        ({"article": 97, "item": 5}, ["art_97", "pnt_5"]),
        ({"article": 94, "paragraph": (1, 3)}, ["art_94"]),
        ({"article": "134之1", "paragraph": 2}, ["art_134-1", "par_2"]),
        ({"article": "95至97"}, []),
        ({}, []),
    ],
)
def test_a_provision_is_named_as_far_as_one_place_is_meant(place, identifier):
    assert [*_steps(Citation("某法", **place))] == identifier


def test_a_title_cannot_end_the_script(tmp_path):
    register = Register(tmp_path / "p")
    register.edit("catalog/items/xzcf-001.yaml", ("事项名称: ", "事项名称: </script><b>&"))
    context = register.site().context
    told = linked(context, context.catalog.records["items"]["xzcf-001"])
    assert told.count("<") == 2
    assert json.loads(re.sub("</?script[^>]*>", "", told))["name"].startswith("</script><b>&")


# 说明里的例子


def example_code(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def ran(*command):
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_for_the_shell_runs(site, address):
    if not shutil.which("curl"):
        pytest.skip("这里没有 curl")
    (code,) = example_code("sh")
    told = ran("sh", "-ec", code.replace(ANYWHERE, address).replace("xzcf-001", "xzcf-005"))
    index, record = (site / "data/v1/index.json").read_text("utf-8"), site / "data/v1/items/xzcf-005.json"
    assert told == index + record.read_text("utf-8")


def test_the_example_in_python_runs(site, address):
    (code,) = example_code("python")
    told = ran(sys.executable, "-c", code.replace(ANYWHERE, address))
    types = [one["职权类型"] for one in read(site, "data/v1/items.json")["result"]]
    assert told.splitlines() == [f"{name} {types.count(name)}" for name in dict.fromkeys(types)]


def test_the_example_in_javascript_runs(site, address):
    node = shutil.which("node")
    if not node:
        pytest.skip("这里没有 node")
    (code,) = example_code("js")
    told = ran(node, "--input-type=module", "-e", code.replace(ANYWHERE, address))
    items = read(site, "data/v1/items.json")["result"]
    citing = [one["id"] for one in items if any(basis.get("依据文件") == "安全生产法" for basis in one["实施依据"])]
    assert [line.split()[0] for line in told.splitlines()] == citing
