"""What a page is made of goes when it is written: a build works without the collector of cycles."""

from __future__ import annotations

import gc

from quanze.site import build


def test_the_page_of_a_record_leaves_nothing_to_collect(shili):
    made = build.prepare(shili, "2026-11-26")
    pages = [job for url, job in made.jobs.items() if url.count("/") == 2 and not url.startswith("lists/")]
    assert len(pages) > 100
    for job in pages:
        job.make()
    gc.collect()
    gc.disable()
    try:
        gc.freeze()
        left = {}
        for job in pages:
            job.make()
            left[job.url] = gc.collect()
    finally:
        gc.unfreeze()
        gc.enable()
    assert {url: count for url, count in left.items() if count} == {}
