"""What a publisher wants out is erased; what is next to it stays. On both databases."""

from dataclasses import replace

from sqlalchemy import String, cast, false, or_, select

from claims.types import Article, SearchTerms
from storage.audit import By
from storage.collection import Item, Source
from storage.store import Store
from storage.tables import metadata
from tests.factories import NOON, make_article
from tests.storage.comparisons import bridge_articles, make_comparison

BY = By(1, NOON)


def within(url: str) -> bool:
    return "tide.example" in url


async def found(store: Store, word: str) -> list[str]:
    terms = SearchTerms(words=(word,), names=(), numbers=(), title="", since=None, until=None)
    return [one.url for one in await store.search(terms)]


def at(article: Article, url: str) -> Article:
    return replace(article, url=url)


async def test_texts_answers_and_what_feeds_said_are_gone(store: Store) -> None:
    lead, other = bridge_articles()
    theirs = at(other, "https://www.tide.example/bridge")
    unrelated = make_article("The ferry sails on Sunday, the harbour office said.", outlet="Kelp Courier")
    for article in (lead, theirs, unrelated):
        await store.save_article(article, fetched_at=NOON)
    resting = await store.save_comparison("https://a.example/", make_comparison(lead, theirs), made_at=NOON)
    standing = await store.save_comparison("https://b.example/", make_comparison(lead, other), made_at=NOON)
    rows = store.collection
    await rows.add_sources([Source(outlet=theirs.outlet.key, url="https://tide.example/feed", due_at=NOON)])
    [source] = await rows.sources(theirs.outlet.key)
    item = Item(outlet=theirs.outlet.key, url=theirs.url, title="Bridge to close", first_seen=NOON, due_at=NOON)
    await rows.save_source(source, [item])

    extent = await store.takedowns.extent("tide.example", domain=True, within=within)
    assert (extent.articles, extent.texts, extent.answers, extent.feeds) == (1, 1, 1, 1)
    await store.takedowns.close("tide.example", domain=True, by=BY)
    erased = await store.takedowns.erase("tide.example", domain=True, within=within)
    assert erased == extent

    assert await store.latest(theirs.url) is None
    assert await store.comparison(resting) is None
    assert await store.comparison(standing) is not None
    assert theirs.url not in await found(store, "bridge")
    assert unrelated.url in await found(store, "ferry")
    assert await rows.sources(theirs.outlet.key) == []
    assert await rows.due_item(theirs.outlet.key, now=NOON) is None
    assert [one.address for one in await store.takedowns.all()] == ["tide.example"]
    again = await store.takedowns.erase("tide.example", domain=True, within=within)
    assert (again.texts, again.answers, again.feeds) == (0, 0, 0)


async def test_the_words_are_nowhere_any_more(store: Store) -> None:
    """Whatever the table: no column holds them."""
    lead, other = bridge_articles()
    theirs = at(
        replace(other, title="Kelpies seen", text="Kelpies were seen at dusk, a diver said."), "https://tide.example/k"
    )
    await store.save_article(theirs, fetched_at=NOON)
    await store.save_article(lead, fetched_at=NOON)
    await store.save_comparison("https://a.example/", make_comparison(lead, theirs), made_at=NOON)
    await store.takedowns.close("tide.example", domain=True, by=BY)
    await store.takedowns.erase("tide.example", domain=True, within=within)
    async with store._database.reads() as connection:
        for table in metadata.sorted_tables:
            if table.name == "search_index":
                continue
            told = [column for column in table.c if str(column.type) in ("TEXT", "VARCHAR")]
            anywhere = or_(false(), *(cast(column, String).contains("Kelpies") for column in told))
            rows = (await connection.execute(select(table).where(anywhere))).all()
            assert rows == [], table.name
