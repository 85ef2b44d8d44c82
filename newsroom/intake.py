"""What a reader brings in, made into the article that the answer is about: a link, a text, a reader's copy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from claims.comparison import Note
from claims.errors import BadInput, FetchError, OutletRefused, Paywalled, RobotsRefused
from claims.matching import headline_for, same_story, terms_of_link
from claims.text import paragraphs, sentences
from claims.types import Article, Candidate, Held, Miss, MissReason, Outlet, Story
from scrapers.outlets import Outlets
from scrapers.pages import split_dateline
from scrapers.web import Found, Web, fold

TEXT_MAX = 30_000  # characters read of a pasted text: some 5,000 words, longer than any news article of the data
FULL_WORDS = 4  # words that a sentence has at least; "New York." and "Wow." have fewer
TITLE_MAX = 120  # characters of a pasted text's first sentence that stand for its headline
LEAD_DATE = re.compile(r"\s*(?:date[:\s]+)?(\d{4}-\d{2}-\d{2})\b[\s:,-]*", re.IGNORECASE)
TEXT_KEY = "text:"  # begins the address of a text that a reader brought, and what is asked about it
SENT_TEXT = Outlet(key="sent-text", name="the article you sent", domains=("text.invalid",))
#: pages that are there, only not open to us now; what was taken down or is no article has no headline to show
UNREAD = frozenset(MissReason) - {MissReason.GONE, MissReason.NOT_ARTICLE, MissReason.UNSAFE_ADDRESS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a reader sent: a link or a text, and copies of closed articles that the reader pasted."""

    link: str | None = None
    text: str | None = None
    title: str | None = None  #: whose post it is, where it was forwarded: the channel's name
    post: str | None = None  #: address of the channel's post that the text is: channel and number are in it
    published_at: datetime | None = None  #: when a forwarded text was written
    copies: tuple[tuple[str, str], ...] = ()  #: (outlet's name, text)

    @property
    def asked(self) -> str:
        """What an answer is kept under: the folded link, else a hash of the text, whose it is, and where and when it
        stood; copies count too. So nobody is given an answer that names another reader's post.
        """
        asked = fold(self.link) if self.link is not None else _text_key("\n".join(self._told_of_text))
        return asked if not self.copies else asked + " " + _text_key("\n".join(f"{a}\n{b}" for a, b in self.copies))

    @property
    def _told_of_text(self) -> list[str]:
        at = self.published_at.isoformat() if self.published_at else ""
        beside = [self.post or "", at] if self.post or at else []
        return [self.title or "", self.text or "", *beside]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The asked article, what was closed on the way to it, and what the reader should know of it."""

    article: Article
    misses: tuple[Miss, ...] = ()
    notes: tuple[Note, ...] = ()
    found: Found | None = None  #: what the search for its headline gave; the story needs no second one


def article_of_text(query: Query) -> Lead:
    """A pasted or forwarded text as an article. A date at its head is its date. Raises BadInput for an empty one."""
    text = (query.text or "").replace("\x00", "")
    if not text.strip():
        raise BadInput("There is no text in it. Send a link to an article, or paste its text.")
    notes = (Note.CUT,) if len(text) > TEXT_MAX else ()
    article = _text_article(text[:TEXT_MAX], _publisher(query), published_at=query.published_at)
    return Lead(article=replace(article, url=query.post or article.url), notes=notes)


async def closed_lead(query: Query, error: FetchError, copies: Sequence[Article], *, web: Web, seconds: float) -> Lead:
    """The asked article when its page is closed to us: the reader's copy of it, what was open, the web archive's copy,
    else the headline that a search service knows.

    Raises the error again where nothing is known of the article at all, or the address is no article.
    """
    link = query.link or error.link
    outlet = web.outlet_of(error.link)
    misses, notes = (Miss.of(error, outlet.name),), (Note.LEAD_CLOSED,)
    if copy := next((copy for copy in copies if copy.outlet.key == outlet.key), None):
        return Lead(article=_in_place(copy, error), misses=misses)
    if error.part is not None:
        return Lead(article=error.part, misses=misses, notes=notes)
    if copied := await web.archived(error):
        return Lead(article=copied, misses=misses)
    if not isinstance(error, RobotsRefused | OutletRefused | Paywalled):
        raise await _of_the_network(error, link, web=web, seconds=seconds) if error.unreached else error
    terms = terms_of_link(link)
    if not terms.words:
        raise error
    found = await web.search(terms, seconds=seconds, lead=link)
    known = headline_for(link, outlet, found.candidates)
    article = (
        headline_article(known, url=error.link)
        if known
        else Article(
            url=error.link,
            outlet=outlet,
            title=terms.title,
            text="",
            held=Held.KNOWN,
            published_at=_date_of_link(link),
        )
    )
    return Lead(article=article, misses=misses, notes=notes, found=found)


async def _of_the_network(error: FetchError, link: str, *, web: Web, seconds: float) -> FetchError:
    """The error of a host that gave no answer; where no search gives one either, the fault is no host's."""
    terms = terms_of_link(link)
    plain = replace(terms, words=terms.words or ("news",), since=None, until=None)  # undated: feeds are asked too
    if (await web.search(plain, seconds=seconds, lead=link)).reached:
        return error
    reason = "Nothing on the web can be reached from here; check the connection, then send the link again."
    return type(error)(reason, link=error.link)


def about(
    lead: Article, candidates: Sequence[Candidate], results: Sequence[Article | Miss | None]
) -> list[Article | Miss]:
    """What the candidates came to, in their order. A page that could not be read counts as its headline and summary
    beside the miss, unless its outlet is there with an article; one of some other story is no loss and is left out.
    Of a page that is open in part, the part stands beside the miss.
    """
    found: list[Article | Miss] = []
    there = {result.outlet.key for result in results if isinstance(result, Article) and same_story(lead, result).same}
    for candidate, result in zip(candidates, results, strict=True):
        if isinstance(result, Article):
            if result.held is Held.PART and same_story(lead, result).same:
                found.append(Miss(outlet=result.outlet.name, url=result.url, reason=MissReason.PAYWALL))
            found.append(result)
        elif result and same_story(lead, headline := headline_article(candidate, url=result.url)).same:
            found.append(result)
            if result.reason in UNREAD and candidate.outlet.key not in there:
                found.append(headline)
                there.add(candidate.outlet.key)
    return found


def headline_article(candidate: Candidate, *, url: str | None = None) -> Article:
    """What a feed or a search service openly gives of an article: headline and summary."""
    return Article(
        url=url or candidate.url,
        outlet=candidate.outlet,
        title=candidate.title,
        text="\n\n".join(part for part in (candidate.title, candidate.summary) if part),
        held=Held.HEADLINE,
        published_at=candidate.published_at,
    )


def reader_copies(query: Query, outlets: Outlets) -> list[Article]:
    """The copies that came with the question, for this answer alone. Raises BadInput for an unknown outlet."""
    articles = []
    for name, text in query.copies:
        outlet = outlets.named(name)
        if outlet is None:
            raise BadInput(f"There is no outlet named {name!r} in the list. `second-source outlets` prints the names.")
        if not text.strip():
            raise BadInput(f"The copy for {name} is empty. Paste the article's text into the file.")
        articles.append(_text_article(text[:TEXT_MAX], outlet))
    return articles


def newest(results: Sequence[Article | Miss], held: Sequence[Article]) -> list[Article | Miss]:
    """What was read now, and of what is held the pages that were not; a text held in full gives way to no less."""
    full = {article.url for article in held if article.held is Held.FULL}
    now = [one for one in results if one.url not in full or (isinstance(one, Article) and one.held is Held.FULL)]
    read = {one.url for one in now if isinstance(one, Article)}
    return [*now, *(article for article in held if article.url not in read)]


def as_candidate(article: Article) -> Candidate:
    """A held article as one whose page is to be read again."""
    return Candidate(url=article.url, title=article.title, outlet=article.outlet, published_at=article.published_at)


def with_copies(story: Story, copies: Sequence[Article]) -> Story:
    """The story with the reader's copies in it, each in the place of what was open of that outlet's article."""
    copies = [copy for copy in copies if copy.text != story.lead.text]  # that one is the lead
    outlets = {copy.outlet.key for copy in copies}
    kept = [article for article in story.others if article.outlet.key not in outlets or article.held is Held.FULL]
    return replace(story, others=(*copies, *kept))


def _in_place(copy: Article, error: FetchError) -> Article:
    """A reader's copy at the address of its article, with what the outlet's page says of itself where it does."""
    page = error.part or replace(copy, url=error.link, published_at=_date_of_link(error.link))
    return replace(
        page,
        title=page.title or copy.title,
        text=copy.text,
        held=Held.READER_COPY,
        published_at=copy.published_at or page.published_at,
        dateline=copy.dateline or page.dateline,
    )


def _date_of_link(link: str) -> datetime | None:
    """The middle of the window that the address gives, None where it gives none."""
    terms = terms_of_link(link)
    return terms.since + (terms.until - terms.since) / 2 if terms.since and terms.until else None


def _publisher(query: Query) -> Outlet:
    """A channel is an outlet of its own, and so is whoever else a text was forwarded from; other texts are nobody's.

    Each has a key of its own: a reader's private group must not lend its name to another reader's text.
    """
    if query.post:
        channel = query.post.rpartition("/")[0].partition("://")[2]
        return replace(SENT_TEXT, key=channel, name=query.title or channel, domains=(channel,))
    if query.title:
        return replace(SENT_TEXT, key=f"{SENT_TEXT.key}:{_text_key(query.title)}", name=query.title)
    return SENT_TEXT


def _text_article(text: str, outlet: Outlet, *, published_at: datetime | None = None) -> Article:
    dated = LEAD_DATE.match(text)
    published = published_at
    if dated:
        try:
            published = datetime.fromisoformat(dated[1]).replace(tzinfo=UTC)
        except ValueError:  # 2025-13-40 is no date
            dated = None
    opening = text[dated.end() :].lstrip() if dated else text.lstrip()
    dateline, body = split_dateline(opening)
    return Article(
        url=_text_key(text if outlet is SENT_TEXT else f"{outlet.key}\n{text}"),
        outlet=outlet,
        title=_cut(_headline(body)),
        text=body if dateline else text,  # where and by whom it was filed is none of what it says
        dateline=dateline,
        held=Held.READER_COPY,
        published_at=published,
    )


def _headline(text: str) -> str:
    """The first paragraph's first full sentence: "Berlin. The ..." begins with a place and no news."""
    opening = next((span.of(text) for span in paragraphs(text)), text)
    told = [span.of(opening) for span in sentences(opening)]
    return " ".join(next((one for one in told if len(one.split()) >= FULL_WORDS), opening).split())


def _cut(line: str) -> str:
    if len(line) <= TITLE_MAX:
        return line
    return line[: line.rfind(" ", 0, TITLE_MAX)] + " …" if " " in line[:TITLE_MAX] else line[:TITLE_MAX] + "…"


def _text_key(text: str) -> str:
    return TEXT_KEY + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
