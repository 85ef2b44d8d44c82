"""Which articles belong to the story of one, by likeness and days apart; articles and misses -> ``Story``."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from claims.matching.likeness import (
    DAY_COST,
    SAME_STORY_HEADLINE_MIN,
    SAME_STORY_MIN,
    STORY_WINDOW,
    Meaning,
    Sketch,
    days_between,
    likeness,
    sketch,
)
from claims.matching.searching import folded
from claims.matching.telling import telling_names, telling_numbers
from claims.terms import GENERAL, Background, names
from claims.types import Article, Held, Miss, Story

SHOWN_MAX = 4  # names and numbers that are told; the first are the most telling


@dataclass(frozen=True, kw_only=True)
class Match:
    """How near another article is to the lead, and by what."""

    same: bool
    score: float  #: 0..1
    days_apart: int | None  #: None where one has no date
    lead: Article
    other: Article

    @cached_property
    def shared_names(self) -> tuple[str, ...]:
        """Names that both have, as the lead writes them, most telling first."""
        theirs = {name.key for name in names(f"{self.other.title}\n{self.other.text}")}
        mine = telling_names(self.lead, sketch(self.lead).whole)
        return tuple(name for name, key in mine if key in theirs)

    @cached_property
    def shared_numbers(self) -> tuple[str, ...]:
        """Numbers that both have, most repeated first."""
        theirs = set(telling_numbers(self.other))
        return tuple(number for number in telling_numbers(self.lead) if number in theirs)

    @cached_property
    def why(self) -> str:
        """For a person: what the two share by which they are one story, or are not; in plain English."""
        told = []
        if self.lead.language and self.other.language and self.lead.language != self.other.language:
            told.append("They are in different languages, so only names and numbers can be set side by side.")
        if self.shared_names:
            told.append(f"Both name {', '.join(self.shared_names[:SHOWN_MAX])}.")
        if self.shared_numbers:
            told.append(f"Both give {', '.join(self.shared_numbers[:SHOWN_MAX])}.")
        if not (self.shared_names or self.shared_numbers):
            told.append("They share no name and no number, only other words.")
        if self.days_apart is not None:
            apart = "on the same day" if self.days_apart == 0 else f"{self.days_apart} days apart"
            told.append(f"They were published {'one day apart' if self.days_apart == 1 else apart}.")
        return " ".join(told)


def same_story(
    lead: Article, other: Article, background: Background = GENERAL, meaning: Meaning | None = None
) -> Match:
    """Whether two articles report the same event. Symmetric, but the names are written as the lead has them."""
    return _match(lead, sketch(lead, background, meaning), other, sketch(other, background, meaning))


def reasons(lead: Article, others: Iterable[Article]) -> tuple[Match, ...]:
    """For a reader who asks why these are one story: what each of the others has in common with the lead, in order.

    Names and numbers are those of the lead; each ``Match`` also tells the days between, and ``why`` in one sentence or
    two. What a reader brought along is in a story unasked: its match may say that it shares nothing.
    """
    mine = sketch(lead)
    return tuple(_match(lead, mine, other, sketch(other)) for other in others)


def gather(
    lead: Article, results: Iterable[Article | Miss], background: Background = GENERAL, meaning: Meaning | None = None
) -> Story:
    """The story around ``lead``: what reports the same event, best match first, one entry a version; misses are kept.

    Wire copies of one text stay in as members of their outlets, and so does what the reader brought along. Articles of
    another story are dropped.
    """
    misses: list[Miss] = []
    found: dict[str, tuple[float, Article]] = {}
    mine = sketch(lead, background, meaning)
    for result in results:
        if isinstance(result, Miss):
            misses.append(result)
        elif result.version != lead.version and folded(result.url) != folded(lead.url):
            match = _match(lead, mine, result, sketch(result, background, meaning))
            if match.same or result.held is Held.READER_COPY:
                found[result.version] = (match.score, result)
    ordered = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].outlet.key, pair[1].url))
    distinct = sorted(set(misses), key=lambda miss: (miss.outlet, miss.url or "", miss.reason))
    return Story(lead=lead, others=tuple(article for _, article in ordered), misses=tuple(distinct))


def _match(lead: Article, mine: Sketch, other: Article, theirs: Sketch) -> Match:
    apart = days_between(lead.published_at, other.published_at)
    score = likeness(mine, theirs) - DAY_COST * (apart or 0)
    short = Held.HEADLINE in (lead.held, other.held)
    least = SAME_STORY_HEADLINE_MIN if short else SAME_STORY_MIN
    return Match(
        same=score >= least and (apart or 0) <= STORY_WINDOW.days,
        score=max(0.0, min(1.0, score)),
        days_apart=apart,
        lead=lead,
        other=other,
    )
