"""Invented statements of invented outlets, as claims and groups."""

from datetime import UTC, datetime
from typing import Any

from claims.grouping import Group
from claims.statements import Claim
from claims.types import Attribution, Authority, Certainty, Polarity, QuotationType, Span
from tests.factories import make_article

OUTLETS = ("The Harbour Courier", "Delta Radio", "Evening Globe", "Northern Wire")
WEDNESDAY = datetime(2025, 3, 5, 12, tzinfo=UTC)


def claim(text: str, outlet: str = OUTLETS[0], *, said: Attribution | None = None, **fields: Any) -> Claim:
    """One sentence as the whole text of an article."""
    article = make_article(text, outlet=outlet, **({"published_at": WEDNESDAY} | fields))
    whole = Span(0, len(text))
    content = said.content[0] if said else whole
    return Claim(article=article, span=content, sentence=whole, number=0, attribution=said)


def group(*texts: str | Claim) -> Group:
    """The sentences as statements of one fact, each of another outlet."""
    made = [text if isinstance(text, Claim) else claim(text, OUTLETS[n]) for n, text in enumerate(texts)]
    return Group(claims=tuple(made))


def said(text: str, content: str, source: str = "", cue: str = "", **fields: Any) -> Attribution:
    """An attribution whose parts are found in ``text``."""
    known: dict[str, Any] = {
        "authority": Authority.NAMED,
        "quote": QuotationType.INDIRECT,
        "certainty": Certainty.SAID,
        "polarity": Polarity.AFFIRMED,
    }
    return Attribution(
        source=(_at(text, source),) if source else (),
        cue=(_at(text, cue),) if cue else (),
        content=(_at(text, content),),
        **(known | fields),
    )


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
