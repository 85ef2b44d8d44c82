"""The walk from a link to an answer, on the news web's invented story."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.errors import FetchError
from claims.types import Held
from newsroom.desk import Desk
from newsroom.intake import Query
from scrapers.outlets import Outlets
from scrapers.web import WebOptions, open_web
from storage.store import open_store
from tests.news_web import news_web

NOW = datetime(2025, 3, 3, 18, tzinfo=UTC)
GDELT_DOWN = {"kind": "status", "status": 429, "host": "api.gdeltproject.org"}


@pytest.fixture
async def world(shared: Path) -> AsyncIterator[Any]:
    async with news_web(None, now=NOW.isoformat()) as running:
        yield running


@pytest.fixture
def clock() -> list[datetime]:
    """The desk's time is its last entry."""
    return [NOW]


@pytest.fixture
def loads() -> list[str]:
    """One entry for each time that the desk asks for its model."""
    return []


@pytest.fixture
async def desk(world: Any, tmp_path: Path, clock: list[datetime], loads: list[str]) -> AsyncIterator[Desk]:
    """A desk with an empty store; nobody waits between two visits."""

    async def sleep(seconds: float) -> None:
        pass

    outlets = Outlets.load()
    options = WebOptions(egress_proxy=world.proxy, ca_file=world.ca_path, pause_s=0.0)
    async with (
        open_store(f"sqlite+aiosqlite:///{tmp_path}/desk.db") as store,
        open_web(options, outlets, now=lambda: NOW, sleep=sleep) as web,
    ):
        yield Desk(web=web, store=store, outlets=outlets, now=lambda: clock[-1], model=lambda: loads.append("loaded"))


def tram(world: Any, outlet: str) -> Any:
    """The page on the tram extension of one outlet."""
    return next(page for page in world.articles if page.outlet.name == outlet and "tram" in page.title)


async def test_without_gdelt_the_others_are_found_by_their_hidden_addresses(world: Any, desk: Desk) -> None:
    world.set_faults(GDELT_DOWN)
    answer = await desk.answer(Query(link=tram(world, "Reuters").url))
    held = {article.url: article.held for article in answer.comparison.articles}
    assert held[tram(world, "The Guardian").url] is Held.FULL


async def test_where_no_hidden_address_is_told_the_headlines_stand_under_their_outlets(world: Any, desk: Desk) -> None:
    world.set_faults([GDELT_DOWN, {"kind": "status", "status": 500, "url": "https://news.google.com/_/*"}])
    answer = await desk.answer(Query(link=tram(world, "Reuters").url))
    [other] = answer.comparison.articles[1:]
    assert (other.outlet.name, other.held) == ("The Guardian", Held.HEADLINE)
    assert ("The Guardian", "fault") in {(miss.outlet, miss.reason) for miss in answer.comparison.misses}


async def test_of_an_outlet_with_a_soft_paywall_the_open_part_is_compared(world: Any, desk: Desk) -> None:
    page = tram(world, "The Guardian")
    world.set_faults({"kind": "paywall", "soft": True, "url": f"{page.url}*"})
    answer = await desk.answer(Query(link=tram(world, "Reuters").url))
    [other] = [article for article in answer.comparison.articles if article.url == page.url]
    assert other.held is Held.PART
    assert page.paragraphs[0] in other.text
    assert ("The Guardian", "paywall") in {(miss.outlet, miss.reason) for miss in answer.comparison.misses}


async def test_a_held_article_keeps_the_time_of_its_reading_and_is_read_again_when_that_is_long_ago(
    world: Any, desk: Desk, clock: list[datetime]
) -> None:
    lead, other = tram(world, "Reuters").url, tram(world, "The Guardian").url
    for hours in (0, 4, 8):
        clock.append(NOW + timedelta(hours=hours))
        fetched = await desk.fetched((await desk.answer(Query(link=lead))).comparison)
        assert fetched[lead] == clock[-1]
        assert fetched[other] == {0: NOW, 4: NOW, 8: clock[-1]}[hours]


async def test_what_a_reader_pastes_again_is_kept_from_now_on(world: Any, desk: Desk, clock: list[datetime]) -> None:
    text = "\n\n".join(tram(world, "Reuters").paragraphs)
    await desk.answer(Query(text=text))
    clock.append(NOW + timedelta(days=6))
    again = await desk.answer(Query(text=text))
    clock.append(NOW + timedelta(days=12))
    await desk.forget(keep_days=90)
    assert await desk.recall(again.id) is not None


async def test_a_page_that_cannot_be_read_again_is_compared_as_it_was_held(
    world: Any, desk: Desk, clock: list[datetime]
) -> None:
    lead, other = tram(world, "Reuters").url, tram(world, "The Guardian").url
    await desk.answer(Query(link=lead))
    clock.append(NOW + timedelta(hours=8))
    world.set_faults({"kind": "status", "status": 401, "url": f"{other}*"})
    answer = await desk.answer(Query(link=lead))
    assert [article.held for article in answer.comparison.articles if article.url == other] == [Held.FULL]
    assert other not in {miss.url for miss in answer.comparison.misses}
    assert (await desk.fetched(answer.comparison))[other] == NOW


COPY = """2025-03-03 Northfield council votes to pause the tram extension, and nobody knows for how long.

“We have no money for rails,” said Ada Fenwick, who leads the council of Northfield. She said the tram extension to the
harbour would cost 40 million crowns. The vote on Monday was 21 to 9."""


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 401}, {"kind": "paywall", "soft": True}], ids=str)
async def test_a_readers_copy_of_the_asked_article_is_the_asked_article(
    world: Any, desk: Desk, fault: dict[str, Any]
) -> None:
    page = tram(world, "Reuters")
    world.set_faults(fault | {"host": "reuters.com", "url": f"{page.url}*"})
    answer = await desk.answer(Query(link=page.url, copies=(("Reuters", COPY),)))
    lead, *others = answer.comparison.articles
    assert (lead.url, lead.outlet.name, lead.held) == (page.url, "Reuters", Held.READER_COPY)
    assert "Ada Fenwick" in lead.text
    assert lead.day == NOW.date()
    assert "Reuters" not in {article.outlet.name for article in others}
    assert "The Guardian" in {article.outlet.name for article in others}
    assert any("Ada Fenwick" in (cell.source or "") for row in answer.comparison.rows for cell in row.cells)
    assert "Reuters" in {miss.outlet for miss in answer.comparison.misses}
    assert await desk.answer(Query(link=page.url)) != answer  # it serves this reader only


async def test_a_dead_host_is_said_to_be_dead(world: Any, desk: Desk) -> None:
    with pytest.raises(FetchError, match="nowhere\\.example"):
        await desk.answer(Query(link="https://nowhere.example/2025/03/03/a-tram-stops"))


@pytest.mark.parametrize("link", ["https://nowhere.example/2025/03/03/a-tram-stops", "https://nowhere.example/"])
async def test_where_nothing_can_be_reached_no_host_is_blamed(tmp_path: Path, link: str) -> None:
    dead = WebOptions(egress_proxy="http://127.0.0.1:9")
    async with (
        open_store(f"sqlite+aiosqlite:///{tmp_path}/desk.db") as store,
        open_web(dead, Outlets.load(), now=lambda: NOW) as web,
    ):
        desk = Desk(web=web, store=store, outlets=Outlets.load(), now=lambda: NOW)
        with pytest.raises(FetchError, match="Nothing on the web can be reached") as failed:
            await desk.answer(Query(link=link))
    assert failed.value.link == link


async def test_the_model_is_loaded_once_for_all_questions(world: Any, desk: Desk, loads: list[str]) -> None:
    assert not loads
    for outlet in ("Reuters", "The Guardian"):
        await desk.answer(Query(link=tram(world, outlet).url))
    assert loads == ["loaded"]
