"""Stories as digests see them, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import update

from claims.comparison import Comparison, Origins
from claims.types import Article, Held
from storage.audit import By
from storage.store import Store
from storage.tables import stories
from tests.factories import NOON, make_article

HOUR = timedelta(hours=1)


def page(outlet: str, text: str, *, at: datetime = NOON, story: str = "bridge", **fields: object) -> Article:
    key = outlet.lower().replace(" ", "")
    url = f"https://{key}.example/{story}"
    return make_article(text, outlet=outlet, url=url, published_at=at, title=f"The {story} is closed", **fields)


QUAY, WIRE = page("Quay Post", "The bridge is closed."), page("North Wire", "The bridge was shut.")
PARADE = page("Quay Post", "A parade was held.", story="parade")


async def joined(store: Store, *articles: Article, at: datetime = NOON) -> None:
    for article in articles:
        await store.save_article(article, fetched_at=at)
    one = Origins(at_least=1, at_most=1)
    plain = Comparison(articles=articles, rows=(), quotations=(), own_voice=(), edges=(), origins=one)
    await store.save_comparison(articles[0].url, plain, made_at=at)


async def titles(store: Store, now: datetime = NOON, span: timedelta = HOUR) -> list[list[str]]:
    pool = await store.story_pool.recent(now, span)
    return sorted([one.url.split("/")[2].partition(".")[0] for one in news.members] for news in pool)


async def test_stories_of_several_outlets_with_an_article_of_the_window(store: Store) -> None:
    await joined(store, QUAY, WIRE)
    await joined(store, PARADE)
    assert await titles(store) == [["northwire", "quaypost"]]


async def test_days_are_told_by_the_newest_article_and_none_of_the_future(store: Store) -> None:
    await joined(store, QUAY, WIRE)
    late = page("Quay Post", "It is Christmas.", at=NOON + 48 * HOUR, story="christmas")
    await store.save_article(late, fetched_at=NOON)
    assert await titles(store, NOON + 2 * HOUR) == [["northwire", "quaypost"]]
    assert await titles(store, NOON + 500 * HOUR) == []
    assert await titles(store, NOON + 500 * HOUR, 49 * HOUR) == [["northwire", "quaypost"]]


async def test_a_member_says_what_a_choice_needs(store: Store) -> None:
    carried = page("Bay Radio", "The bridge was shut.", credit="North Wire", section="Local", language="en")
    await joined(store, replace(QUAY, text="The bridge " * 100), carried, replace(WIRE, credit="North Wire"))
    [news] = await store.story_pool.recent(NOON, HOUR)
    by_outlet = {one.outlet: one for one in news.members}
    assert news.voices == 2  # Bay Radio's text is North Wire's
    radio = by_outlet["bayradio"]
    assert (radio.credit, radio.section, radio.language, radio.full) == ("North Wire", "Local", "en", True)
    assert (radio.version, radio.first_seen, radio.changed_at) == (carried.version, NOON, None)
    assert by_outlet["northwire"].credit is None
    assert len(by_outlet["quaypost"].opening) == 600


async def test_a_changed_article_tells_when_and_stands_alone_where_no_other_outlet_has_it(store: Store) -> None:
    await joined(store, QUAY, WIRE)
    await joined(store, PARADE)
    for article in (QUAY, PARADE):
        changed = replace(article, text=f"{article.text} It stays so.")
        await store.save_article(changed, fetched_at=NOON + 3 * HOUR)
    pool = await store.story_pool.recent(NOON + 3 * HOUR, HOUR)
    moments = {one.url: one.changed_at for news in pool for one in news.members}
    assert moments == {QUAY.url: NOON + 3 * HOUR, WIRE.url: None, PARADE.url: NOON + 3 * HOUR}
    assert len(pool) == 2


async def test_a_page_after_its_headline_is_no_change(store: Store) -> None:
    await joined(store, replace(QUAY, held=Held.HEADLINE, text="Closed"), WIRE)
    await store.save_article(QUAY, fetched_at=NOON + HOUR)
    [news] = await store.story_pool.recent(NOON, HOUR)
    assert news.changed_at is None and all(one.full for one in news.members)


async def test_neither_hidden_stories_nor_outlets_switched_off_nor_readers_texts(store: Store) -> None:
    pasted = make_article("Pasted.", outlet="text", url="text:abc", held=Held.READER_COPY)
    await joined(store, QUAY, WIRE, pasted)
    [news] = await store.story_pool.recent(NOON, HOUR)
    assert len(news.members) == 2
    await store.admin.switch_outlet("quaypost", active=False, by=By(1, NOON))
    assert await titles(store) == [["northwire"]]
    async with store._database.writes() as connection:
        await connection.execute(update(stories).values(hidden=True))
    assert await titles(store) == []


async def test_the_story_of_an_article_with_all_its_articles_in_the_order_of_their_dates(store: Store) -> None:
    early = page("Bay Radio", "The bridge closes.", at=NOON - 5 * HOUR)
    await joined(store, QUAY, WIRE, early)
    news = await store.story_pool.story_of(store.story_pool.key_of(WIRE.url))
    assert news and news.members[0].outlet == "bayradio" and len(news.members) == 3
    alone = await store.story_pool.story_of(store.story_pool.key_of(PARADE.url))
    assert alone is None
    await store.save_article(PARADE, fetched_at=NOON)
    alone = await store.story_pool.story_of(store.story_pool.key_of(PARADE.url))
    assert alone and len(alone.members) == 1


async def test_articles_come_in_the_order_asked_for(store: Store) -> None:
    await joined(store, QUAY, WIRE)
    found = await store.story_pool.articles([WIRE.version, "0" * 16, QUAY.version])
    assert found == [WIRE, QUAY]
