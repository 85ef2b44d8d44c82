"""Where rules and model meet: how far a content reaches."""

from claims.attribution.joining import joined
from claims.attribution.marks import quotations
from claims.attribution.model import Told
from claims.text import paragraphs
from claims.types import Span

TEXT = "He went on to list what the port had “spent on cranes. And on sheds. And on rope.” Nobody asked him why."


def spot(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_a_content_that_reaches_into_a_quotation_holds_it_whole() -> None:
    cut = Told(spot("He"), spot("list"), (spot("what the port had “spent on cranes"), spot("on sheds")), 0.9)
    (one,) = joined(TEXT, (), [cut], quotations(TEXT, paragraphs(TEXT)))
    assert one.content == (spot("what the port had “spent on cranes. And on sheds. And on rope.”"),)


def test_what_stands_before_a_quotation_is_not_drawn_into_it() -> None:
    before = Told(spot("He"), spot("list"), (spot("what the port had"),), 0.9)
    (one,) = joined(TEXT, (), [before], quotations(TEXT, paragraphs(TEXT)))
    assert one.content == before.content
