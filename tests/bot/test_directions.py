"""Right to left: a line of ours runs so whatever it begins with, and what is foreign in it keeps its own order."""

import pytest

from bot.blocks import ALONE, NOT_ALONE, RUN_RIGHT, Kind, Run, block, clean, directed, length, units
from bot.language import LANGUAGES, speaking
from bot.parts import parts
from bot.render import telegram
from bot.screens import View, screen
from tests.bot.stories import MADE_AT, STORY


def alone(text: str) -> str:
    return f"{ALONE}{text}{NOT_ALONE}"


def test_a_name_at_the_head_of_a_line_does_not_turn_it() -> None:
    line = block(Run("North Wire", link="https://north.example"), "، مصادر غير مسماة", kind=Kind.ITEM)
    with speaking("ar"):
        mark, texts = directed(line, "• ")
    assert mark == f"{RUN_RIGHT}• "
    assert texts == (alone("North Wire"), "، مصادر غير مسماة")


def test_quoted_words_keep_their_marks_also_over_several_runs() -> None:
    line = block("يقول: “", Run("is shut"), "”.", kind=Kind.LINE)
    with speaking("ar"):
        _, texts = directed(line)
    assert texts == (f"يقول: {ALONE}“", alone("is shut"), f"”{NOT_ALONE}.")


@pytest.mark.parametrize("text", ["“The bridge is shut”", "Council to shut bridge, sources say"])
def test_a_quotation_or_headline_alone_runs_as_it_does(text: str) -> None:
    with speaking("ar"):
        assert directed(block(text)) == ("", (text,))


def test_commands_addresses_and_headlines_are_one_piece() -> None:
    with speaking("ar"):
        _, texts = directed(block("الأقوال: Council: no decision, says Tor. /settings zone Lisbon UTC+1"))
    assert texts == (f"الأقوال: {alone('Council: no decision, says Tor.')} {alone('/settings zone Lisbon UTC+1')}",)


def test_left_to_right_gets_no_signs() -> None:
    for code in LANGUAGES:
        with speaking(code):
            html = "".join(
                screen(STORY, View(part.key), held_at=MADE_AT).html for part in parts(STORY, held_at=MADE_AT)
            )
        assert (RUN_RIGHT in html) == (ALONE in html) == (code == "ar")


def test_signs_are_balanced_and_count() -> None:
    with speaking("ar"):
        for part in parts(STORY, held_at=MADE_AT):
            for html in telegram(part.blocks):
                assert html.count(ALONE) == html.count(NOT_ALONE)
            assert length(part.blocks) > sum(units(one.text) for one in part.blocks)


def test_an_article_brings_no_signs_of_its_own() -> None:
    assert clean(f"{ALONE}a{NOT_ALONE}\u202eb") == "ab"
