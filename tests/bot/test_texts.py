"""The wording rules: no verdict, no blame, in any sentence of ours."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bot
from bot import language, texts
from bot.language import Lazy
from bot.render import plain
from tests.bot.stories import MADE_AT, READING, STORY

BANNED = (
    *("false", "fake", "lie", "lies", "misleading", "debunked", "fabricated", "misquoted", "confirmed", "verified"),
    *("plagiarised", "plagiarized", "biased", "propaganda", "suspicious", "hoax", "true", "truth", "error"),
)
WORDS = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str | Lazy):
        yield value if isinstance(value, str) else value.text
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from strings(one)


SENTENCES = sorted({one for name, value in vars(texts).items() if name.isupper() for one in strings(value)})
PAGES = sorted(Path(bot.__file__).parent.glob("miniapp/*.html"))


def test_there_are_sentences_and_pages() -> None:
    assert len(SENTENCES) > 100
    assert len(PAGES) > 3


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_banned_word_in_a_sentence(sentence: str) -> None:
    assert not WORDS.search(sentence)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_hold_no_sentence_of_their_own(page: Path) -> None:
    visible = re.sub(r"\{[%{].*?[%}]\}|<[^>]*>", " ", page.read_text(encoding="utf-8"))
    assert not re.findall(r"[A-Za-z]{2,}", visible)


@pytest.mark.parametrize("comparison", [STORY, READING], ids=["story", "reading"])
def test_no_banned_word_in_an_answer(comparison: Any) -> None:
    ours = re.sub("“[^”]*”", "", plain(comparison, held_at=MADE_AT))
    assert not WORDS.search(ours)


def test_lists_and_counts() -> None:
    assert language.listed([]) == ""
    assert language.listed(["A"]) == "A"
    assert language.listed(["A", "B", "C"]) == "A, B and C"
    assert texts.origins(1, 1) == "1 independent origin"
    assert language.day(MADE_AT) == "3 March 2025"
