"""The real process is killed while people ask and a digest goes out: nothing lost, little twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import live
from benchmarks.kills import Plan, measured, too_many

SHORT = Plan(url="", kills=3, updates=24, subscribers=40, rate=0.0)


@pytest.mark.usefixtures("shared")
async def test_one_process_on_sqlite_and_a_line_that_breaks_as_well(tmp_path: Path) -> None:
    figures = await measured(replace(SHORT, url=live.sqlite(tmp_path), faults=True), tmp_path)
    assert too_many(figures) == []
    assert figures["broken_sends"], "the faults have acted"
    assert figures["digests_sent"] + figures["digests_unknown"] >= SHORT.subscribers


@pytest.mark.usefixtures("shared")
async def test_two_replicas_on_postgresql_of_which_one_is_killed_for_good(postgres_url: str, tmp_path: Path) -> None:
    assert too_many(await measured(replace(SHORT, url=postgres_url), tmp_path)) == []
