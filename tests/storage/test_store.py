"""What is kept comes back as it was, on both databases; what is to be forgotten is gone."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from sqlalchemy import func, select, update

from claims.comparison import Comparison, Origins
from claims.errors import StoreFault, UnknownVersion
from claims.types import Article, Held, SearchTerms
from storage import tables
from storage.audit import By
from storage.chats import Limit
from storage.store import Forgotten, Store, open_store
from tests.factories import NOON, make_article, make_outlet
from tests.storage.comparisons import bridge_articles, make_comparison

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KEEP_DAYS = 90
LIMIT = Limit(questions=5, within=DAY)


async def rows_in(store: Store, table: str) -> int:
    async with store._database.reads() as connection:
        counted = await connection.execute(select(func.count()).select_from(tables.metadata.tables[table]))
        return counted.scalar_one()


async def found(store: Store, word: str) -> list[Article]:
    terms = SearchTerms(words=(word,), names=(), numbers=(), title="", since=None, until=None)
    return await store.search(terms)


def plain_comparison(*articles: Article) -> Comparison:
    return Comparison(
        articles=articles, rows=(), quotations=(), own_voice=(), edges=(), origins=Origins(at_least=1, at_most=1)
    )


# Articles


async def test_an_article_comes_back_whole(store: Store) -> None:
    for article in bridge_articles():
        await store.save_article(article, fetched_at=NOON)
        assert await store.article(article.version) == article


@pytest.mark.parametrize(
    "text", ["", "zero \x00", "half a pair \ud83d", "escape \U0010fffd000000", "北京 😀 \u200b\r\n"]
)
async def test_any_text_comes_back_character_for_character(store: Store, text: str) -> None:
    article = make_article(text, title=text, authors=(text,), url=f"https://a.example/{text}")
    await store.save_article(article, fetched_at=NOON)
    assert await store.article(article.version) == article
    assert await store.latest(article.url) == (article, NOON)


async def test_an_address_of_any_length_is_kept(store: Store) -> None:
    article = make_article("x", url="https://a.example/" + "é7" * 5000)
    await store.save_article(article, fetched_at=NOON)
    assert await store.latest(article.url) == (article, NOON)


async def test_times_come_back_as_the_same_moment(store: Store) -> None:
    local = NOON.astimezone(timezone(timedelta(hours=5, minutes=30))).replace(microsecond=123456)
    article = make_article("x", published_at=local)
    await store.save_article(article, fetched_at=local)
    assert await store.latest(article.url) == (article, local)
    kept = (await store.article(article.version)).published_at
    assert kept is not None and kept.utcoffset() == timedelta(0)


async def test_a_time_without_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreFault):
        await store.save_article(make_article("x"), fetched_at=NOON.replace(tzinfo=None))


async def test_an_unknown_version_is_said_to_be_unknown(store: Store) -> None:
    with pytest.raises(UnknownVersion, match="No text is held under version 0123456789abcdef"):
        await store.article("0123456789abcdef")
    assert await store.latest("https://nowhere.example") is None
    assert await store.versions("https://nowhere.example") == []


async def test_a_version_is_kept_once_as_it_was_first_read_and_seen_again(store: Store) -> None:
    first = make_article("same words", title="First headline")
    await store.save_article(first, fetched_at=NOON)
    await store.save_article(replace(first, title="Other headline"), fetched_at=NOON + HOUR)
    await store.save_article(first, fetched_at=NOON - HOUR)
    assert await store.versions(first.url) == [(first, NOON)]
    assert await store.latest(first.url) == (first, NOON + HOUR)


async def test_versions_are_in_order_and_a_return_to_old_words_is_the_latest(store: Store) -> None:
    one, two = make_article("one"), make_article("two")
    for hours, article in enumerate((one, two, one)):
        await store.save_article(article, fetched_at=NOON + hours * HOUR)
    assert await store.versions(one.url) == [(one, NOON), (two, NOON + HOUR)]
    assert await store.latest(one.url) == (one, NOON + 2 * HOUR)


async def test_the_page_comes_before_a_later_headline(store: Store) -> None:
    page, headline = make_article("page"), make_article("headline", held=Held.HEADLINE)
    await store.save_article(page, fetched_at=NOON)
    await store.save_article(headline, fetched_at=NOON + HOUR)
    assert await store.latest(page.url) == (page, NOON)


async def test_a_reader_copy_is_given_out_by_its_version_only(store: Store) -> None:
    copy = make_article("pasted", held=Held.READER_COPY)
    await store.save_article(copy, fetched_at=NOON)
    assert await store.article(copy.version) == copy
    assert await store.latest(copy.url) is None
    assert await store.versions(copy.url) == []


# Outlets


async def test_an_outlet_is_what_the_registry_says(store: Store) -> None:
    article = make_article("x", outlet=make_outlet("courier.example", domains=("courier.example",)))
    await store.save_article(article, fetched_at=NOON)
    listed = replace(
        article.outlet, name="The Courier", country="ie", languages=("en",), feeds=("https://a.example/f",)
    )
    await store.seed_outlets([listed])
    assert (await store.article(article.version)).outlet == listed
    await store.save_article(make_article("y", outlet=article.outlet), fetched_at=NOON)
    assert (await store.article(article.version)).outlet == listed


async def test_what_an_admin_switched_off_stays_off_when_seeded_again(store: Store) -> None:
    courier, gazette = make_outlet("Courier"), make_outlet("Gazette")
    await store.seed_outlets([courier, gazette])
    by = By(1, NOON)
    assert await store.admin.switch_outlet("courier", active=False, by=by)
    await store.seed_outlets([courier, gazette])
    assert [one.key for one in await store.collection.outlets()] == ["gazette"]
    await store.admin.switch_outlet("courier", active=True, by=by)
    assert [one.key for one in await store.collection.outlets()] == ["courier", "gazette"]


# Comparisons


async def test_an_answer_comes_back_equal(store: Store) -> None:
    lead, other = bridge_articles()
    comparison = make_comparison(lead, other)
    await store.save_article(other, fetched_at=NOON - DAY)
    made = await store.save_comparison("https://asked.example/?x=1", comparison, made_at=NOON)
    stored = await store.comparison(made)
    assert stored is not None
    assert (stored.id, stored.asked, stored.made_at) == (made, "https://asked.example/?x=1", NOON)
    assert stored.comparison == comparison
    assert await store.latest(lead.url) == (lead, NOON)
    assert await store.latest(other.url) == (other, NOON - DAY)


@pytest.mark.parametrize("comparison_id", ["999", "", "x", "-1", "1; DROP TABLE claims", "٣", "9" * 40])
async def test_an_answer_that_is_not_kept_is_none(store: Store, comparison_id: str) -> None:
    assert await store.comparison(comparison_id) is None


async def test_an_answer_that_lost_a_text_is_not_given_in_part(store: Store) -> None:
    lead, other = bridge_articles()
    answer = await store.save_comparison(lead.url, make_comparison(lead, other), made_at=NOON)
    async with store._database.writes() as connection:
        taken_down = update(tables.versions).where(tables.versions.c.version == other.version)
        await connection.execute(taken_down.values(text=None))
    assert await store.comparison(answer) is None
    assert await store.recent(lead.url, since=NOON) is None


async def test_recent_is_the_newest_answer_to_the_same_question(store: Store) -> None:
    lead, other = bridge_articles()
    old = await store.save_comparison(lead.url, plain_comparison(lead), made_at=NOON)
    new = await store.save_comparison(lead.url, make_comparison(lead, other), made_at=NOON + HOUR)
    await store.save_comparison(other.url, plain_comparison(other), made_at=NOON + 2 * HOUR)
    recent = await store.recent(lead.url, since=NOON)
    assert recent is not None and recent.id == new != old
    assert await store.recent(lead.url, since=NOON + 2 * HOUR) is None


async def test_an_answer_on_what_a_reader_pasted_is_for_the_same_paste_only(store: Store) -> None:
    lead, _ = bridge_articles()
    copy = make_article("the agency's words", held=Held.READER_COPY, url="text:12ab")
    await store.save_comparison(lead.url, plain_comparison(lead, copy), made_at=NOON)
    pasted = await store.save_comparison("text:12ab", plain_comparison(copy, lead), made_at=NOON)
    assert await store.recent(lead.url, since=NOON) is None
    again = await store.recent("text:12ab", since=NOON)
    assert again is not None and again.id == pasted


async def test_answers_about_one_story_share_it(store: Store) -> None:
    lead, other = bridge_articles()
    third = make_article("third", outlet="Lantern Post")
    await store.save_comparison(lead.url, make_comparison(lead, other), made_at=NOON)
    await store.save_comparison(other.url, plain_comparison(other, third), made_at=NOON)
    assert (await rows_in(store, "stories"), await rows_in(store, "story_members")) == (1, 3)
    await store.save_comparison("x", plain_comparison(make_article("far", outlet="Far Post")), made_at=NOON)
    assert (await rows_in(store, "stories"), await rows_in(store, "story_members")) == (2, 4)


async def test_each_statement_is_a_claim_with_its_span(store: Store) -> None:
    lead, other = bridge_articles()
    comparison = make_comparison(lead, other)
    await store.save_comparison(lead.url, comparison, made_at=NOON)
    c = tables.claims.c
    async with store._database.reads() as connection:
        rows = (await connection.execute(select(c.version, c.span_start, c.span_end, c.authority))).all()
    cells = comparison.rows[0].cells
    expected = {(cell.place.version, cell.place.span.start, cell.place.span.end, cell.authority) for cell in cells}
    assert {tuple(row) for row in rows} == expected


async def test_a_failing_save_leaves_nothing_behind(store: Store) -> None:
    lead, other = bridge_articles()
    broken = make_comparison(lead, other)
    broken = replace(broken, articles=(lead,))  # its cells point at a version that is in no table
    with pytest.raises(StoreFault):
        await store.save_comparison(lead.url, broken, made_at=NOON)
    assert [await rows_in(store, table) for table in ("comparisons", "stories", "claims", "versions")] == [0, 0, 0, 0]


# Telegram's side


async def test_an_update_is_written_down_once_and_open_until_closed(store: Store) -> None:
    big = 2**40
    assert await store.write_updates([], now=NOON) == 0
    assert await store.write_updates([(big, '{"a": "\\ud83d"}'), (7, "b")], now=NOON) == 2
    assert await store.write_updates([(7, "other"), (8, "c")], now=NOON + HOUR) == 1
    assert await store.open_updates() == [(7, "b"), (8, "c"), (big, '{"a": "\\ud83d"}')]
    await store.close_updates([7])
    await store.close_updates([8], error="no JSON")
    assert await store.open_updates() == [(big, '{"a": "\\ud83d"}')]
    assert await store.write_updates([(7, "b"), (8, "c")], now=NOON) == 0
    async with store._database.reads() as connection:
        rows = await connection.execute(select(tables.updates.c.state, tables.updates.c.error).order_by("update_id"))
        assert [tuple(row) for row in rows] == [("done", None), ("poison", "no JSON"), ("new", None)]


async def test_a_lease_has_one_owner_until_it_ends(store: Store) -> None:
    assert await store.take_lease("poller", "a", now=NOON, seconds=30)
    assert not await store.take_lease("poller", "b", now=NOON, seconds=30)
    assert await store.take_lease("other", "b", now=NOON, seconds=30)
    assert await store.take_lease("poller", "a", now=NOON + timedelta(seconds=20), seconds=30)
    assert not await store.take_lease("poller", "b", now=NOON + timedelta(seconds=49), seconds=30)
    assert await store.take_lease("poller", "b", now=NOON + timedelta(seconds=50), seconds=30)
    await store.release_lease("poller", "a")
    assert not await store.take_lease("poller", "a", now=NOON + timedelta(seconds=51), seconds=30)
    await store.release_lease("poller", "b")
    assert await store.take_lease("poller", "a", now=NOON + timedelta(seconds=51), seconds=30)


async def test_a_message_finds_the_answer_it_carries_now(store: Store) -> None:
    lead, other = bridge_articles()
    first = await store.save_comparison(lead.url, plain_comparison(lead), made_at=NOON)
    second = await store.save_comparison(other.url, plain_comparison(other), made_at=NOON)
    group = -(10**12) - 5
    await store.remember_message(group, 1, first)
    await store.remember_message(group, 2, first)
    await store.remember_message(group, 1, second)
    assert [await store.comparison_of(group, n) for n in (1, 2, 3)] == [second, first, None]


# Forgetting


async def test_old_texts_go_unless_an_answer_rests_on_them(store: Store) -> None:
    lead, other = bridge_articles()
    stale, seen = (
        make_article("an old ferry tale", outlet="Stale Post"),
        make_article("a new tale", outlet="Fresh Post"),
    )
    for article in (stale, seen):
        await store.save_article(article, fetched_at=NOON)
    await store.save_article(seen, fetched_at=NOON + KEEP_DAYS * DAY)
    answer = await store.save_comparison(lead.url, make_comparison(lead, other), made_at=NOON)
    assert (await store.forget(now=NOON + KEEP_DAYS * DAY, keep_days=KEEP_DAYS)).texts == 0
    gone = await store.forget(now=NOON + (KEEP_DAYS + 1) * DAY, keep_days=KEEP_DAYS)
    assert gone == Forgotten(texts=1, pasted=0, updates=0, asks=0)
    with pytest.raises(UnknownVersion):
        await store.article(stale.version)
    assert await store.latest(stale.url) is None
    assert stale not in await found(store, "tale")
    assert await found(store, "tale") == [seen]
    kept = await store.comparison(answer)
    assert kept is not None and kept.comparison.articles == (lead, other)
    assert await rows_in(store, "versions") == 4


async def test_an_older_version_that_an_answer_points_at_is_kept_with_it(store: Store) -> None:
    lead, other = bridge_articles()
    before = replace(lead, text="The swing bridge will shut on Friday.")
    await store.save_article(before, fetched_at=NOON - DAY)
    comparison = make_comparison(lead, other)
    comparison = replace(comparison, changes=(replace(comparison.changes[0], from_version=before.version),))
    answer = await store.save_comparison(lead.url, comparison, made_at=NOON)
    assert (await store.forget(now=NOON + 1000 * DAY, keep_days=KEEP_DAYS)).texts == 0
    assert await store.article(before.version) == before
    kept = await store.comparison(answer)
    assert kept is not None and kept.comparison == comparison


async def test_a_text_that_was_forgotten_can_be_held_again(store: Store) -> None:
    article = make_article("an old ferry tale", standfirst="told")
    await store.save_article(article, fetched_at=NOON)
    assert (await store.forget(now=NOON + 100 * DAY, keep_days=KEEP_DAYS)).texts == 1
    await store.save_article(article, fetched_at=NOON + 100 * DAY)
    assert await store.versions(article.url) == [(article, NOON)]
    assert await found(store, "ferry") == [article]


async def test_forgetting_takes_as_many_steps_as_it_needs(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.store.FORGET_BATCH", 2)
    for n in range(5):
        await store.save_article(make_article(f"tale {n}", url=f"https://a.example/{n}"), fetched_at=NOON)
    assert (await store.forget(now=NOON + 100 * DAY, keep_days=KEEP_DAYS)).texts == 5
    assert await found(store, "tale") == []


async def test_a_pasted_text_goes_after_a_week_with_what_rests_on_it(store: Store) -> None:
    lead, _ = bridge_articles()
    copy = make_article("pasted words", held=Held.READER_COPY, url="text:12ab", published_at=None)
    answer = await store.save_comparison("text:12ab", plain_comparison(copy, lead), made_at=NOON)
    other = await store.save_comparison(lead.url, plain_comparison(lead), made_at=NOON)
    await store.remember_message(5, 1, answer)
    assert (await store.forget(now=NOON + 7 * DAY, keep_days=KEEP_DAYS)).pasted == 0
    assert (await store.forget(now=NOON + 8 * DAY, keep_days=KEEP_DAYS)).pasted == 1
    with pytest.raises(UnknownVersion):
        await store.article(copy.version)
    assert await store.comparison(answer) is None
    assert await store.comparison_of(5, 1) is None
    assert await store.comparison(other) is not None
    assert [await rows_in(store, table) for table in ("articles", "versions", "story_members")] == [1, 1, 1]


async def test_an_answers_id_never_comes_back(store: Store) -> None:
    copy = make_article("pasted words", held=Held.READER_COPY, url="text:12ab")
    first = await store.save_comparison("text:12ab", plain_comparison(copy), made_at=NOON)
    await store.forget(now=NOON + 8 * DAY, keep_days=KEEP_DAYS)
    assert await rows_in(store, "comparisons") == 0
    assert await store.save_comparison("text:12ab", plain_comparison(copy), made_at=NOON) != first


async def test_asks_go_after_a_month_and_updates_after_two_days(store: Store) -> None:
    await store.chats.admit(5, 5, "https://a.example", now=NOON, each=LIMIT, chatwise=LIMIT)
    await store.chats.remember_reply(5, 1, 0, 2, now=NOON)
    await store.write_updates([(1, "a")], now=NOON)
    assert await store.forget(now=NOON + 2 * DAY, keep_days=KEEP_DAYS) == Forgotten(
        texts=0, pasted=0, updates=0, asks=0
    )
    assert (await store.forget(now=NOON + 3 * DAY, keep_days=KEEP_DAYS)).updates == 1
    assert await store.chats.replies_to(5, 1) == {0: 2}
    assert (await store.forget(now=NOON + 31 * DAY, keep_days=KEEP_DAYS)).asks == 1
    assert await store.chats.replies_to(5, 1) == {}


async def test_what_was_kept_is_there_when_the_store_is_opened_again(store_url: str) -> None:
    article, _ = bridge_articles()
    async with open_store(store_url) as store:
        await store.save_article(article, fetched_at=NOON)
    async with open_store(store_url) as store:
        assert await store.latest(article.url) == (article, NOON)
