"""What a message asks, wherever it was written: links, a text, or too little of both. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot import texts
from bot.blocks import clean
from bot.language import ENGLISH, Lazy, _, language
from claims.errors import BadInput, FetchError, NewsError, OutletRefused, Paywalled, RobotsRefused
from claims.types import MissReason
from newsroom.intake import Query

#: fewer words are no headline; "who reports it?" alone asks nothing
HEADLINE_WORDS, QUESTION_WORDS = 5, 2
LONG_TEXT = 1000  # a text of this length is an article; links hidden in its words are the article's own
WORD = re.compile(r"\w{2,}")
WHO_REPORTS = re.compile(
    r"(?:so\s+)?(?:who|which\s+outlets?|what\s+outlets?)\s+(?:else\s+)?(?:is\s+|are\s+|was\s+|has\s+|have\s+|first\s+)*"
    r"(?:report(?:s|ed|ing)?|sa(?:ys?|id|ying)|wr(?:ites?|ote|iting)|claim(?:s|ed|ing)?|cover(?:s|ed|ing)?|broke)\b"
    r"[\s:,]*(?:that\b|about\b|on\b|of\b)?[\s:]*(?P<what>.*?)[\s?.!]*",
    re.IGNORECASE | re.DOTALL,
)
SENTENCE_END = re.compile(r"[.!?:;…][\"”’»)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions to answer in turn, links beyond the limit, or a sentence why there is nothing to answer."""

    queries: tuple[Query, ...] = ()
    rest: tuple[str, ...] = ()
    reply: str | Lazy | None = None


def asked_in(
    text: str,
    *,
    links_in: Callable[[str], Sequence[str]],
    hidden: Sequence[str] = (),
    forwarded: bool = False,
    title: str | None = None,
    post: str | None = None,
    written_at: datetime | None = None,
) -> Asked:
    """What a text asks. ``hidden``: addresses behind its words. Of a forwarded one, ``title``: whose post it is;
    ``post``: that post's address; ``written_at``: its date.

    A link counts before the text around it. In a long text that was not forwarded only a link that can be seen does.
    A short text is a headline, or asks who reports one.
    """
    links = list(links_in(text))
    if forwarded or len(text) < LONG_TEXT:
        links += [link for address in hidden for link in links_in(address)]
    links = list(dict.fromkeys(links))
    if links:
        queries = tuple(Query(link=link) for link in links[: texts.LINKS_MAX])
        return Asked(queries=queries, rest=tuple(links[texts.LINKS_MAX :]))
    if len(text.strip()) < texts.TEXT_MIN:
        headline = headline_in(text)
        if headline is None:
            return Asked(reply=texts.TOO_SHORT)
        text = headline
    return Asked(queries=(Query(text=text, title=title, post=post, published_at=written_at),))


def headline_in(text: str) -> str | None:
    """The headline that a short text is or asks about ("who reports that ...?"); None where it is too short for one."""
    line = " ".join(text.split())
    question = WHO_REPORTS.fullmatch(line)
    headline, least = (question["what"], QUESTION_WORDS) if question else (line, HEADLINE_WORDS)
    headline = headline.strip(" \"'“”‘’«»„")
    return headline if len(WORD.findall(headline)) >= least else None


def joined_text(parts: Sequence[str]) -> str:
    """The parts of one text: at a sentence's end a new paragraph, else the sentence goes on."""
    text = parts[0]
    for part in parts[1:]:
        text += ("\n\n" if SENTENCE_END.search(text) else " ") + part
    return text


def left_over(asked: Asked) -> str:
    """The sentence about links that are not answered."""
    return texts.LINKS_LEFT.format(taken=len(asked.queries), rest=" ".join(asked.rest))


def reading(query: Query) -> str:
    """The sentence while the article is being read."""
    what = _host(query.link) if query.link else _(texts.READING_TEXT)
    return texts.READING.format(what=clean(what))


def explained(error: NewsError) -> str:
    """The error's own sentence, in other languages than English what it says in short; where a reader may get in though
    we may not, also what helps.
    """
    told = str(error) if language() == ENGLISH else _in_short(error)
    closed = isinstance(error, OutletRefused | Paywalled | RobotsRefused)
    return f"{told} {_(texts.PASTE)}" if closed else told


def _in_short(error: NewsError) -> str:
    if isinstance(error, FetchError):
        return f"{_host(error.link)}: {_(texts.MISSED[MissReason(error.reason)])}."
    return _(texts.NOT_READABLE if isinstance(error, BadInput) else texts.TROUBLE)


def _host(link: str) -> str:
    return (urlsplit(link).hostname or link).removeprefix("www.")
