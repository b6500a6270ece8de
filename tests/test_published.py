"""Every published record fits the published schema, in Python and with the validator that most re-users have."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from tests import project

AJV = project.ROOT / "tests/ajv"


def validators(site):
    """Return the published schemas' validators by their address."""
    paths = (path for path in (site / "schema").rglob("*.json"))
    schemas = {str(path.relative_to(site)): json.loads(path.read_bytes()) for path in paths}
    by_id = [(schema.get("$id", name), Resource.from_contents(schema)) for name, schema in schemas.items()]
    registry = Registry().with_resources(by_id)
    return {name: Draft202012Validator(schema, registry=registry) for name, schema in schemas.items()}


def records(site):
    """Yield (schema, file, record) of all that the data's index names."""
    for family in json.loads((site / "data/v1/index.json").read_bytes())["result"]:
        for file in family["files"] if family["schema"] else ():
            if file.endswith(".json"):
                result = json.loads((site / file).read_bytes())["result"]
                for record in result if isinstance(result, list) else [result]:
                    yield family["schema"], file, record


def wholes(site):
    """Yield (schema, file, content) of every file of JSON that is there to be used."""
    named = {
        file: family["file_schema"]
        for family in json.loads((site / "data/v1/index.json").read_bytes())["result"]
        for file in family["files"]
    }
    for path in (*sorted((site / "data").rglob("*.json")), site / "manifest.json"):
        file = str(path.relative_to(site))
        yield named[file], file, json.loads(path.read_bytes())


@pytest.fixture(name="site", scope="module")
def _site(example):
    return example / "site"


def test_every_file_of_the_data_is_named(site):
    index = json.loads((site / "data/v1/index.json").read_bytes())
    named = {file for family in index["result"] for file in family["files"]}
    assert [file for file in named if not (site / file).is_file()] == []
    there = {str(path.relative_to(site)) for path in (site / "data").rglob("*") if path.is_file()}
    assert {file for file in named if file.startswith("data/")} == there


def test_every_file_fits_its_schema_in_python(site):
    known, count = validators(site), 0
    for schema, file, whole in wholes(site):
        count += 1
        assert [f"{file}: {error.message}" for error in known[schema].iter_errors(whole)][:3] == []
    assert count > 200


@pytest.mark.parametrize(
    ("file", "wrong"),
    [
        ("data/v1/items.json", lambda whole: whole.pop("total")),
        ("data/v1/items.json", lambda whole: whole.pop("demonstration")),
        ("data/v1/items.json", lambda whole: whole.update(dated="2026-5-1")),
        ("data/v1/items.json", lambda whole: whole["result"][0].update(职权类型="处罚")),
        ("data/v1/index.json", lambda whole: whole["result"][0].pop("files")),
        ("data/v1/changes.json", lambda whole: whole["result"][0].pop("commit")),
        ("data/v1/lists/quan-ze-qing-dan.json", lambda whole: whole["result"]["rows"][0].pop("事项名称")),
        ("data/v1/lists/quan-ze-qing-dan.json", lambda whole: whole["result"]["rows"][0]["values"].update(序号=["1"])),
        (
            "data/v1/lists/quan-ze-qing-dan.json",
            lambda whole: whole["result"]["rows"][0]["values"].update(实施依据=["法"]),
        ),
        ("data/v1/lists/quan-ze-qing-dan/2026-06.json", lambda whole: whole["result"]["rows"][0].pop("values")),
        ("manifest.json", lambda whole: whole["files"].update({"index.html": "0"})),
    ],
)
def test_a_wrong_file_does_not_fit(site, file, wrong):
    schema, whole = next((schema, whole) for schema, name, whole in wholes(site) if name == file)
    wrong(whole)
    assert [*validators(site)[schema].iter_errors(whole)] != []


def test_the_rows_of_a_list_hold_values_beside_their_texts(site):
    row = json.loads((site / "data/v1/lists/quan-ze-qing-dan.json").read_bytes())["result"]["rows"][11]
    assert (row["序号"], row["values"]["序号"]) == ("12", [12])
    assert row["行使主体"] == "示例市应急管理局"
    assert row["values"]["行使主体"] == ["shi-li-shi-ying-ji-guan-li-ju"]
    assert row["values"]["实施依据"][0] == {"依据文件": "安全生产法", "条": 41, "款": 2, "作用": "义务"}
    assert len(row["values"]["实施依据"]) == len(row["实施依据"].split("\n"))


def test_the_schemas_are_schemas_and_a_wrong_record_does_not_fit(site):
    for validator in validators(site).values():
        validator.check_schema(validator.schema)
    schema = validators(site)["schema/items.schema.json"]
    record = next(record for name, _, record in records(site) if name == "schema/items.schema.json")
    for wrong in ({**record, "没有的栏目": 1}, {k: v for k, v in record.items() if k != "id"}):
        assert [*schema.iter_errors(wrong)] != []


def test_every_record_fits_with_ajv(site, tmp_path):
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("这里没有 node")
    folder = tmp_path / "ajv"
    shutil.copytree(AJV, folder)
    install = (npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
    done = subprocess.run(install, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("这里取不到 Ajv")
    ran = subprocess.run([node, "validate.mjs", site], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2_000:]
    told = json.loads(ran.stdout)
    assert told["wrong"] == []
    assert told["records"] > 300
    assert told["wholes"] > 200
    assert ran.stderr == ""
