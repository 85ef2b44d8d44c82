"""Telegram HTML: within every limit, balanced and escaped, whatever the articles hold; and the terminal's text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bot.answer import overview
from bot.blocks import Block, Kind, Run, Style, block, cut, length, marked, quoted, units
from bot.parts import parts
from bot.render import BYTES_MAX, ENTITIES_MAX, MESSAGE_MAX, plain, telegram
from claims.types import Span
from tests.bot.stories import CLOSING, MADE_AT, QUAY, STORY

HOSTILE = (
    '<b>&"_*[](`</b></a><script>',
    "a & b < c > d 'e' \"f\"",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 family \U0001f1fa\U0001f1f3 " * 30,
    "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 " * 40,
    "word " * 300,
    "W" * 5000,
    "line\nbreak\r\n\x00\x0b\u2028and\ttab",
    "half a pair \ud83d here",
    "",
    "   ",
)


class Shown(HTMLParser):
    """Reads Telegram HTML strictly: known tags only, each closed in order; keeps the visible text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: Counter[str] = Counter()
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i", "a", "blockquote"}
        assert not (tag == "blockquote" and "blockquote" in self._open)
        self.tags[tag] += 1
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def checked(messages: Sequence[str], *, limit: int = MESSAGE_MAX) -> list[Shown]:
    """Every message as it is shown, after its limits have been checked."""
    shown = [Shown(one) for one in messages]
    for source, one in zip(messages, shown, strict=True):
        assert 0 < units(one.text.strip()) <= units(one.text) <= limit
        assert sum(one.tags.values()) <= ENTITIES_MAX
        assert len(source.encode()) <= BYTES_MAX
    return shown


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_shown_and_break_nothing(hostile: str) -> None:
    lead = replace(QUAY, title=hostile)
    row = replace(CLOSING, statement=hostile or "x", cells=tuple(replace(c, source=hostile) for c in CLOSING.cells))
    comparison = replace(STORY, articles=(lead, *STORY.articles[1:]), rows=(row,) * 4)
    checked(telegram(overview(comparison, held_at=MADE_AT)))
    for part in parts(comparison, held_at=MADE_AT):
        checked(telegram(part.blocks, limit=600), limit=600)


def test_markup_in_a_title_is_text() -> None:
    [shown] = checked(telegram([block(Run("<b>x</b> & <i>", Style.BOLD, "https://a.example/?a=1&b='\""))]))
    assert shown.text == "<b>x</b> & <i>"


def test_a_link_that_is_no_web_address_is_left_out() -> None:
    [shown] = checked(telegram([block(Run("x", link="javascript:alert(1)"), Run("y", link="text:abc"))]))
    assert shown.tags["a"] == 0


def test_long_answers_are_split_at_blocks_and_nothing_is_lost() -> None:
    lines = [block(f"line {n} ", "\U0001f600" * 20, kind=Kind.ITEM) for n in range(300)]
    shown = checked(telegram(lines, limit=1000), limit=1000)
    assert len(shown) > 10
    assert [line for one in shown for line in one.text.split("\n")] == [f"• {one.text}" for one in lines]


def test_many_links_are_split_by_entities() -> None:
    lines = [block(Run(f"{n}", Style.BOLD, f"https://a.example/{n}")) for n in range(200)]
    shown = checked(telegram(lines))
    assert sum(one.tags["a"] for one in shown) == 200


def test_long_links_are_split_by_bytes() -> None:
    lines = [block(Run(f"{n}", link=f"https://a.example/{n}?{'&' * 150}")) for n in range(150)]
    assert sum(one.tags["a"] for one in checked(telegram(lines))) == 150


def test_a_heading_goes_with_what_it_heads() -> None:
    lines = [block("x" * 60), block("Heading", kind=Kind.HEADING), block("y" * 60)]
    assert [one.text for one in checked(telegram(lines, limit=90), limit=90)] == ["x" * 60, "Heading\n" + "y" * 60]


@pytest.mark.parametrize("kinds", [(Kind.HEADING, Kind.NOTE), (Kind.HEADING, Kind.NOTE, Kind.STATEMENT, Kind.NOTE)])
def test_a_heading_and_its_note_never_stand_alone_at_the_foot(kinds: tuple[Kind, ...]) -> None:
    above = [block("x" * 10, kind=kind) for kind in kinds]
    lines = [block("y" * 80), *above, block("z" * 60, kind=Kind.ITEM)]
    first, second = checked(telegram(lines, limit=130), limit=130)
    assert first.text == "y" * 80
    assert second.text.endswith("z" * 60)


def test_a_block_longer_than_a_message_is_cut() -> None:
    [shown] = checked(telegram([block(Run("word " * 100, Style.BOLD), "z" * 100)], limit=200), limit=200)
    assert shown.text.rstrip().endswith("…")


def test_folded_lines_share_one_quote() -> None:
    folded = [block("a", kind=Kind.FOLDED), block("b", kind=Kind.FOLDED), block("c")]
    assert telegram(folded) == ["<blockquote expandable>a\nb</blockquote>\nc"]


@pytest.mark.parametrize(
    "blocks", [overview(STORY, held_at=MADE_AT), *(p.blocks for p in parts(STORY, held_at=MADE_AT))]
)
def test_length_is_what_is_shown(blocks: Sequence[Block]) -> None:
    [shown] = checked(telegram(blocks))
    assert units(shown.text) == length(blocks)


def test_visible_length_counts_utf16() -> None:
    assert units("a\U0001f600") == 3
    assert units(cut("\U0001f600" * 100, 21)) <= 21


@pytest.mark.parametrize("limit", [10, 50, 300])
@pytest.mark.parametrize("text", [one for one in HOSTILE if one.strip()])
def test_a_quotation_is_never_longer_than_allowed(text: str, limit: int) -> None:
    assert units(quoted(text, limit)) <= limit
    runs = marked(text, [Span(0, min(5, len(text)))], limit)
    assert units("".join(run.text for run in runs)) <= limit + 2


def test_marks_that_stand_around_are_not_doubled() -> None:
    assert quoted('"No," ') == "“No”"
    assert quoted('"No," she said, "never"') == '“"No," she said, "never"”'


def test_the_differing_words_are_bold() -> None:
    runs = marked("it will shut now", [Span(3, 12)])
    assert [(run.text, run.style) for run in runs] == [
        ("“", Style.PLAIN),
        ("it ", Style.PLAIN),
        ("will shut", Style.BOLD),
        (" now", Style.PLAIN),
        ("”", Style.PLAIN),
    ]


def test_the_terminal_has_everything_and_numbers_its_links() -> None:
    text = plain(STORY, held_at=MADE_AT)
    for words in (
        QUAY.title,
        "ferries would carry 3,000 people a day",
        "Articles compared",
        "Evening Tide",
        "Quotations",
    ):
        assert words in text
    assert f"[1] {QUAY.url}" in text
    assert "\x1b" not in text
    assert text.endswith("\n")
