"""The screens of one message and the buttons between them."""

from dataclasses import replace

import pytest

from bot import texts
from bot.blocks import units
from bot.parts import whole
from bot.screens import ALONE_MAX, Screen, View, first_screen, screen, sentences
from tests.bot.stories import CLOSING, FERRIES, MADE_AT, READING, STORY

MANY = replace(STORY, rows=(CLOSING,) * 40)


def labels(shown: Screen) -> list[list[str]]:
    return [[one.text for one in row] for row in shown.buttons]


def test_the_overview_has_a_door_to_each_part() -> None:
    assert labels(screen(STORY, View(), held_at=MADE_AT)) == [
        ["Claims 4", "Quotations 1", "Origins"],
        ["Timeline", "Sources 5", "Why"],
        ["Export"],
        ["Report a mistake"],
    ]


def test_a_part_with_nothing_in_it_has_no_door() -> None:
    rows = labels(screen(replace(STORY, quotations=()), View(), held_at=MADE_AT))
    doors = [label for row in rows for label in row]
    assert doors == ["Claims 4", "Origins", "Timeline", "Sources 5", "Why", "Export", "Report a mistake"]


def test_the_page_is_a_door_of_its_own() -> None:
    [*_, [_, page], _] = screen(STORY, View(), held_at=MADE_AT, page_url="https://second.example/answer/1").buttons
    assert page.url == "https://second.example/answer/1"
    assert page.data is None


def test_a_part_leads_back_and_to_the_others() -> None:
    assert labels(screen(STORY, View("q"), held_at=MADE_AT)) == [
        [str(texts.BACK), "Claims", "Origins"],
        ["Timeline", "Sources", "Why"],
        ["Export"],
    ]


@pytest.mark.parametrize(
    ("page", "paging"),
    [
        (1, [str(texts.LATER)]),
        (2, [str(texts.EARLIER), str(texts.LATER)]),
        (0, [str(texts.LATER)]),
        (999, [str(texts.EARLIER)]),
    ],
)
def test_a_long_part_has_pages(page: int, paging: list[str]) -> None:
    shown = screen(MANY, View("c", page), held_at=MADE_AT)
    assert labels(shown)[0] == paging
    assert "Claims, part " in shown.html
    assert units(shown.html) < 8000


def test_of_what_only_one_outlet_has_a_message_shows_the_weightiest_and_counts_the_rest() -> None:
    rows = tuple(replace(FERRIES, id=f"{n:08}", statement=f"{FERRIES.statement} {n}") for n in range(30))
    crowded = replace(STORY, rows=(CLOSING, *rows))
    shown = [screen(crowded, View("c", page), held_at=MADE_AT).html for page in (1, 2, 3)]
    assert sum(f"{FERRIES.statement} {n}”" in "".join(dict.fromkeys(shown)) for n in range(30)) == ALONE_MAX
    assert texts.alone_more(30 - ALONE_MAX) in shown[-1]
    assert "”".join(one.text for one in whole(crowded)).count(FERRIES.statement) >= 30


def test_pages_follow_each_other() -> None:
    pages, view = [], View("c")
    while True:
        shown = screen(MANY, view, held_at=MADE_AT)
        pages.append(shown.html)
        later = [one for row in shown.buttons for one in row if one.text == str(texts.LATER)]
        if not later:
            break
        found = View.of(later[0].data or "")
        assert found is not None
        view = found
    assert len(pages) == len(set(pages)) > 3
    assert sum(page.count("<i>Said and denied") for page in pages) == 40


def test_buttons_carry_little_and_come_back() -> None:
    for row in screen(MANY, View("c", 2), held_at=MADE_AT).buttons:
        for one in row:
            assert one.data is not None
            assert len(one.data.encode()) <= 64
            view = View.of(one.data)
            assert view is not None
            assert view.data == one.data


@pytest.mark.parametrize("data", ["", "v1", "v0:c:1", "v1:c:x", "v1:c:-1", "v1:c:99999999", "v1:c:1:2"])
def test_what_is_no_button_of_ours_is_none(data: str) -> None:
    assert View.of(data) is None


def test_an_unknown_part_is_the_overview() -> None:
    assert screen(STORY, View("zz"), held_at=MADE_AT) == screen(STORY, View(), held_at=MADE_AT)


def test_the_first_reading_has_no_doors_yet() -> None:
    assert first_screen(READING).buttons == ()


def test_sentences_stand_apart_and_are_escaped() -> None:
    assert sentences(["a < b", "c"]).html == "a &lt; b\n\nc"


def test_why_begins_with_what_makes_the_articles_one_story() -> None:
    shown = screen(STORY, View("w"), held_at=MADE_AT).html
    told = [line for line in shown.splitlines() if "in both: " in line or "only other words in both" in line]
    assert shown.index("Why these are one story") < shown.index("characters")
    assert len(told) == len(STORY.articles) - 1
    assert all("apart" in line or "same day" in line for line in told)


def test_an_article_alone_is_no_story_to_be_explained() -> None:
    alone = replace(STORY, articles=STORY.articles[:1])
    assert "Why these are one story" not in screen(alone, View("w"), held_at=MADE_AT).html
