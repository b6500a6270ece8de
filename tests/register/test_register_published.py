"""The reference register as it is published: every record fits the schema that stands beside it."""

from __future__ import annotations

from tests.test_published import records, validators


def test_every_published_record_fits(reference):
    site, count = reference / "site", 0
    known = validators(site)
    for schema, file, record in records(site):
        count += 1
        assert [f"{file}: {error.message}" for error in known[schema].iter_errors(record)][:3] == []
    assert count > 800
