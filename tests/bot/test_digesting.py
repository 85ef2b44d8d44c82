"""Digests as they look: within one message whatever stands in headlines, every span quoted, nothing judged."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from telegram import Bot

from bot.blocks import units
from bot.digesting import screen_of
from bot.language import LANGUAGES
from bot.render import MESSAGE_MAX
from claims.comparison import Comparison
from claims.digests import DigestSettings
from newsroom.desk import Answer
from newsroom.posting import Alert, Development, Issue, Notice, Shown
from tests.bot.loopback import ANNA
from tests.bot.stories import MADE_AT, QUAY, STORY

HOSTILE = (
    '<b>&"_*[`](tg://user?id=1)',
    "Bridge </a><script>alert(1)</script> & \"more\" 'quotes'",
    "🌊🚢" * 80,
    "\u202eegdirb\u2066 \u0000\u200b shut",
    "x" * 300,
    "إغلاق الجسر القديم غدا " * 12,
    "line\nbreaks\r\n\u2028everywhere",
    "",
)


def told(comparison: Comparison = STORY, number: int = 1) -> Answer:
    return Answer(id=str(number), asked="x", comparison=comparison, made_at=MADE_AT, from_store=True)


def titled(title: str) -> Comparison:
    lead = replace(QUAY, title=title)
    rows = tuple(replace(row, statement=title or row.statement) for row in STORY.rows)
    return replace(STORY, articles=(lead, *STORY.articles[1:]), rows=rows)


def issue(*answers: Answer, again: bool = False, **settings: Any) -> Issue:
    stories = tuple(Shown(answer=one, again=again) for one in answers)
    return Issue(settings=DigestSettings(**settings), stories=stories, at=MADE_AT)


def html(words: Issue | Alert | Development | Notice, *, private: bool = False) -> str:
    return screen_of(words, bot="lab_bot", private=private).html


def test_a_story_has_its_claim_who_stands_behind_it_the_largest_difference_and_links() -> None:
    shown = html(issue(told()))
    assert "1. Council to shut old swing bridge" in shown and f'href="{QUAY.url}"' in shown
    assert "5 outlets, at most 3, at least 2 independent origins" in shown
    assert "“The port council will shut the old swing bridge on Monday”" in shown
    assert "</a>, denied by Tor Vik" in shown
    assert "Said and denied</i>: " in shown and "“will shut”" in shown and "“No decision”" in shown
    assert 'href="https://t.me/lab_bot?start=a1"' in shown
    assert "article you sent" not in shown


def test_a_story_that_comes_again_says_so() -> None:
    assert "Told before; it has changed since." in html(issue(told(), again=True))


def test_the_change_that_was_last_is_told() -> None:
    wire = replace(STORY.changes[0], url=STORY.articles[1].url, marked=True, spans=((0, 3, "", "The"),))
    both = told(replace(STORY, changes=(wire, *STORY.changes)))
    shown = html(Issue(settings=DigestSettings(), stories=(Shown(answer=both, changed=wire.url),), at=MADE_AT))
    assert "Changed later with a note" in shown and "added: “The”" in shown
    assert "became" not in shown


def test_a_quiet_day_is_one_line() -> None:
    assert "A quiet day: no story that 3 or more outlets tell" in html(issue(min_outlets=3))


def test_only_a_persons_own_digest_says_how_to_end_it() -> None:
    assert "/subscribe" in html(issue(told()), private=True)
    assert "/subscribe" not in html(issue(told()))


def test_times_are_the_digests_own() -> None:
    late = replace(issue(told(), zone="Asia/Tokyo"), at=datetime.fromisoformat("2025-03-03T20:00+00:00"))
    assert "News of 4 March 2025" in html(late)


def test_many_long_stories_fit_one_message_the_last_ones_shortened() -> None:
    many = [told(titled(f"{number} {'long words ' * 40}"), number) for number in range(1, 13)]
    screen = screen_of(issue(*many), bot="lab_bot", private=True)
    assert all(f"start=a{number}" in screen.html for number in range(1, 9))
    assert screen.html.count("independent origins") >= 8


def test_what_is_new_in_a_followed_story() -> None:
    words = Development(
        follow=7, answer=told(), outlets=(STORY.articles[2].url,), changes=STORY.changes, rows=STORY.rows[:1]
    )
    screen = screen_of(words, bot="lab_bot", private=True)
    assert "New outlet: Bay Radio" in screen.html and "“is to shut” became “will shut”" in screen.html
    assert [button.data for row in screen.buttons for button in row] == ["v1:o:1", "w1:off:7"]


def test_an_admins_words_are_plain_text() -> None:
    assert html(Notice("<b>5 < 6 & 7</b>\nnext line")) == "&lt;b&gt;5 &lt; 6 &amp; 7&lt;/b&gt;\nnext line"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_telegram_takes_every_message_whatever_stands_in_it(telegram: Any, language: str) -> None:
    await telegram.people.user(ANNA, started=True)
    stories = [told(titled(title), number) for number, title in enumerate(HOSTILE * 2, 1)]
    late = replace(STORY, rows=(replace(STORY.rows[0], differences=()),), changes=())
    words: list[Issue | Alert | Development] = [
        issue(*stories, speaks=language, length=len(stories)),
        issue(*(told(titled("🌊" * 200), n) for n in range(20)), speaks=language),
        issue(speaks=language),
        issue(told(late), speaks=language),
        *(Alert(settings=DigestSettings(speaks=language), answer=one, outlets=9) for one in stories),
        *(
            Development(
                follow=1,
                answer=one,
                outlets=tuple(article.url for article in STORY.articles),
                changes=STORY.changes * 9,
                rows=STORY.rows * 9,
            )
            for one in stories
        ),
    ]
    async with Bot(telegram.token, base_url=telegram.base_url) as bot:
        for one in words:
            sent = await bot.send_message(ANNA, html(one, private=True), parse_mode="HTML")
            assert 0 < units(sent.text or "") <= MESSAGE_MAX
