"""What a message asks."""

import re

import pytest

from bot import texts
from bot.asking import Asked, asked_in, explained, joined_text, reading
from claims.errors import FetchTimeout, NewsError, OutletRefused, Paywalled, RobotsRefused
from newsroom.intake import Query

TEXT = "Words of an article that is long enough. " * 6
ARTICLE = "Words of an article that is long enough. " * 30


def links_in(text: str) -> list[str]:
    return re.findall(r"https?://\S+", text)


def asked(text: str, *, hidden: tuple[str, ...] = (), forwarded: bool = False) -> Asked:
    return asked_in(text, links_in=links_in, hidden=hidden, forwarded=forwarded, title="Quay Channel")


def test_a_link_counts_before_the_text_around_it() -> None:
    assert asked(TEXT + "https://a.example/1").queries == (Query(link="https://a.example/1"),)


def test_each_link_once_and_in_order() -> None:
    both = asked("https://a.example/2 https://a.example/1 https://a.example/2")
    assert [query.link for query in both.queries] == ["https://a.example/2", "https://a.example/1"]


def test_links_beyond_the_limit_are_named() -> None:
    many = asked(" ".join(f"https://a.example/{n}" for n in range(texts.LINKS_MAX + 2)))
    assert len(many.queries) == texts.LINKS_MAX
    assert many.rest == (f"https://a.example/{texts.LINKS_MAX}", f"https://a.example/{texts.LINKS_MAX + 1}")


def test_a_link_behind_words_counts() -> None:
    assert asked("read this", hidden=("https://a.example/1",)).queries == (Query(link="https://a.example/1"),)


def test_a_pasted_article_keeps_its_own_links() -> None:
    assert asked(ARTICLE, hidden=("https://a.example/1",)).queries == (Query(text=ARTICLE, title="Quay Channel"),)


def test_a_long_forwarded_post_leads_to_its_link() -> None:
    assert asked(ARTICLE, hidden=("https://a.example/1",), forwarded=True).queries[0].link == "https://a.example/1"


@pytest.mark.parametrize(
    ("words", "headline"),
    [
        ("Who reports that the bridge is shut?", "the bridge is shut"),
        ("who else is reporting on bridge repairs", "bridge repairs"),
        ("Which outlets say: “The bridge is shut”?", "The bridge is shut"),
        ("Council to shut the old swing bridge", "Council to shut the old swing bridge"),
        ("who reports it?", None),
        ("thank you", None),
        ("who is the mayor", None),
    ],
)
def test_a_short_text_is_a_headline_or_asks_about_one(words: str, headline: str | None) -> None:
    found = asked(words)
    assert [query.text for query in found.queries] == ([headline] if headline else [])
    assert found.reply == (None if headline else texts.TOO_SHORT)


def test_too_short_gets_one_sentence() -> None:
    assert asked("hello") == Asked(reply=texts.TOO_SHORT)


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["One.", "Two."], "One.\n\nTwo."),
        (["One", "two."], "One two."),
        (["He said: “One.”", "Two."], "He said: “One.”\n\nTwo."),
    ],
)
def test_parts_are_joined_where_they_were_cut(parts: list[str], joined: str) -> None:
    assert joined_text(parts) == joined


def test_the_state_names_what_is_read() -> None:
    assert reading(Query(link="https://www.quaypost.example/x")) == "Reading quaypost.example …"
    assert reading(Query(text=TEXT)) == "Reading the text …"


@pytest.mark.parametrize("kind", [OutletRefused, Paywalled, RobotsRefused])
def test_a_closed_page_invites_its_text(kind: type[OutletRefused]) -> None:
    assert explained(kind("The page is closed.", link="https://a.example")) == f"The page is closed. {texts.PASTE}"


@pytest.mark.parametrize("error", [FetchTimeout("Too slow.", link="https://a.example"), NewsError("Too slow.")])
def test_other_failures_say_their_own_sentence(error: NewsError) -> None:
    assert explained(error) == "Too slow."
