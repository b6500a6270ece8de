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
    schemas = {f"schema/{path.name}": json.loads(path.read_bytes()) for path in (site / "schema").iterdir()}
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


@pytest.fixture(name="site", scope="module")
def _site(example):
    return example / "site"


def test_every_record_fits_in_python(site):
    known, count = validators(site), 0
    for schema, file, record in records(site):
        count += 1
        assert [f"{file}: {error.message}" for error in known[schema].iter_errors(record)][:3] == []
    assert count > 300


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
    assert ran.stderr == ""
