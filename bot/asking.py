"""What a message asks, wherever it was written: links, a text, or too little of both. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot import texts
from bot.blocks import clean
from claims.errors import NewsError, OutletRefused, Paywalled, RobotsRefused
from newsroom.intake import Query

LONG_TEXT = 1000  # a text of this length is an article; links hidden in its words are the article's own
SENTENCE_END = re.compile(r"[.!?:;…][\"”’»)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions to answer in turn, links beyond the limit, or a sentence why there is nothing to answer."""

    queries: tuple[Query, ...] = ()
    rest: tuple[str, ...] = ()
    reply: str | None = None


def asked_in(
    text: str,
    *,
    links_in: Callable[[str], Sequence[str]],
    hidden: Sequence[str] = (),
    forwarded: bool = False,
    title: str | None = None,
) -> Asked:
    """What a text asks. ``hidden``: addresses behind its words; ``title``: whose post it is, where it is forwarded.

    A link counts before the text around it. In a long text that was not forwarded only a link that can be seen does.
    """
    links = list(links_in(text))
    if forwarded or len(text) < LONG_TEXT:
        links += [link for address in hidden for link in links_in(address)]
    links = list(dict.fromkeys(links))
    if links:
        queries = tuple(Query(link=link) for link in links[: texts.LINKS_MAX])
        return Asked(queries=queries, rest=tuple(links[texts.LINKS_MAX :]))
    if len(text.strip()) < texts.TEXT_MIN:
        return Asked(reply=texts.TOO_SHORT)
    return Asked(queries=(Query(text=text, title=title),))


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
    what = (urlsplit(query.link).hostname or query.link).removeprefix("www.") if query.link else texts.READING_TEXT
    return texts.READING.format(what=clean(what))


def explained(error: NewsError) -> str:
    """The error's own sentence; where a reader may get in though we may not, also what helps."""
    closed = isinstance(error, OutletRefused | Paywalled | RobotsRefused)
    return f"{error} {texts.PASTE}" if closed else str(error)
