"""A comparison's values in words: who says it, on whose word, what differs, what a quotation check found. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bot import language, texts
from bot.blocks import QUOTE_MAX, Block, Kind, Run, Style, block, clean, cut, joined, marked, quoted
from bot.language import _
from claims.comparison import Cell, Comparison, Difference, DifferenceKind, Quotation, QuotationResult, Row, ViaSource
from claims.types import Article, Authority, Certainty, Held, Miss, Span

SOURCE_MAX = 60  # characters of a source's words in a line on a phone
DIFFERING_MAX = 45  # characters of the words in which an outlet differs, in the first message
BRIEF_DIFFERING_MAX = 25  # a longer piece is left out where there is little room
TELLING_MAX = 30  # a longer piece of the statement is not said again in an outlet's line
DIFFERING_SPANS = 2  # of one outlet in the first message
WHOLE_RUNS = 4  # a colon, two marks and one run: no part of the words is set apart
CONTEXT_WORDS = 4  # shared words shown on each side of a difference between quotation and original
BRIEF_CONTEXT_WORDS = 1  # in the first message
TYPOGRAPHY = str.maketrans("‘’“”–—", "''\"\"--")
#: words that describe nobody
BARE = frozenset(("a", "an", "the", "two", "three", "several", "some", "source", "sources", "person", "people"))
#: name nobody outside the sentences they stand in
PRONOUNS = frozenset(
    (
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "me",
        "him",
        "her",
        "us",
        "them",
        "who",
        "this",
        "that",
        "one",
        "both",
    )
)
#: begin a description; with a capital only where it begins a sentence
ARTICLES = frozenset(
    ("a", "an", "the", "this", "that", "these", "his", "her", "its", "their", "our", "some", "two", "three", "several")
)
#: told in words of their own: presence in its section, authority in each outlet's line
NOT_IN_LINES = (DifferenceKind.PRESENCE, DifferenceKind.AUTHORITY)
#: what a reader should look at first
RESULT_ORDER = (
    QuotationResult.ALTERED,
    QuotationResult.NOT_FOUND,
    QuotationResult.ELSEWHERE,
    QuotationResult.SHORTENED,
    QuotationResult.EXACT,
    QuotationResult.PARAPHRASE,
    QuotationResult.NOT_CHECKABLE,
)


class Phrases:
    """Words for one comparison: knows its articles by address and version."""

    def __init__(self, comparison: Comparison) -> None:
        self._lead = comparison.lead
        self._by_url = {article.url: article for article in comparison.articles}
        self._by_version = {article.version: article for article in comparison.articles}
        self._missed = {miss.outlet: miss.reason for miss in comparison.misses}

    def name(self, url_or_outlet: str) -> str:
        """The outlet behind an address, "the article you sent" for the asked one; a name stays as it is."""
        if url_or_outlet == self._lead.url:
            return _(texts.THE_ARTICLE)
        article = self._by_url.get(url_or_outlet)
        return article.outlet.name if article else url_or_outlet

    def outlet(self, url: str, *, within: bool = False) -> Run:
        """The outlet's name, linked to its article; at the head of a line, or ``within`` one."""
        name = self.name(url)
        return Run(name if within else texts.capital(name), link=url)

    def words(self, version: str, span: Span) -> str | None:
        """The words at a span of a compared article, None for a version that is not among them."""
        article = self._by_version.get(version)
        return span.of(article.text) if article else None

    def differs(self, row: Row) -> list[Block]:
        """One line that names in what the outlets of a row differ, strongest first; none where they do not."""
        kinds = dict.fromkeys(one.kind for one in _by_strength(row) if one.kind not in NOT_IN_LINES)
        if not kinds:
            return []
        words = texts.capital(texts.commas([texts.DIFFERENT[kind] for kind in kinds]))
        return [block(Run(words, Style.ITALIC), kind=Kind.NOTE)]

    def sides_in_short(self, row: Row, *, brief: bool) -> list[Block]:
        """One line for the outlets that say it on the same word: that word, and those in which they differ."""
        groups: dict[str, list[Cell]] = {}
        for cell in row.cells:
            telling = [one for one in self._telling(cell, row) if not brief or len(one) <= BRIEF_DIFFERING_MAX]
            own = [quoted(one, DIFFERING_MAX) for one in telling]
            line = on_word(cell, brief=True) + (": " + texts.commas(own) if own else "")
            groups.setdefault(line, []).append(cell)
        lines = []
        for line, group in groups.items():
            names = ((self.outlet(cell.place.url, within=bool(n)),) for n, cell in enumerate(group))
            lines.append(block(*joined(names, _(", ")), _(", "), line, kind=Kind.ITEM))
        return lines

    def _telling(self, cell: Cell, row: Row) -> list[str]:
        """The words in which an outlet differs, unless they say a long piece of the statement again."""
        statement, spans = same_words(row.statement), self._differing(row).get(cell.place.url, ())
        words = (self.words(cell.place.version, span) for span in spans[:DIFFERING_SPANS])
        differing = (one for one in words if one)
        told = (one for one in differing if len(one) <= TELLING_MAX or same_words(one) not in statement)
        return list(dict.fromkeys(told))

    def sides(self, row: Row) -> list[Block]:
        """One line an outlet: on whose word, and its own words with those marked in which it differs."""
        lines, told = [], False
        for cell in row.cells:
            words: tuple[Run | str, ...] = (": ", *self.own_words(cell, row))
            same = same_words(cell.text) == same_words(row.statement)
            if same and len(words) <= WHOLE_RUNS:
                words, told = ((_(texts.SAME_WORDS),) if told else ()), True
            lines.append(block(self.outlet(cell.place.url), _(", "), on_word(cell), *words, kind=Kind.ITEM))
        return lines

    def own_words(self, cell: Cell, row: Row) -> tuple[Run, ...]:
        """An outlet's words in a row, quoted, with those in bold in which it differs."""
        start, end = cell.place.span.start, cell.place.span.end
        spans = self._differing(row).get(cell.place.url, ())
        within = (
            Span(max(one.start, start), min(one.end, end)) for one in spans if one.start < end and one.end > start
        )
        inside = [Span(one.start - start, one.end - start) for one in within]
        # with everything marked nothing is
        return marked(cell.text, [one for one in inside if same_words(one.of(cell.text)) != same_words(cell.text)])

    def quotation(self, item: Quotation, *, held_at: datetime | None, brief: bool = False) -> list[Block]:
        """Who quotes whom, the quoted words, and what the check found. ``brief``: less of what both texts share."""
        cited = cut(clean(item.cited_person or item.cited_outlet or ""), SOURCE_MAX)
        quoting = self.name(item.quoting.url)
        who = texts.capital(texts.QUOTING.format(who=quoting, cited=cited) if cited else quoting)
        words: tuple[Run | str, ...] = (quoted(item.text),)
        result = self._result(item, held_at)
        if item.result is QuotationResult.ALTERED:
            context = BRIEF_CONTEXT_WORDS if brief else CONTEXT_WORDS
            if len(item.changes) > 1:
                words = tuple(_side(item.changes, item.text, context, theirs=False))
            result = (*result, *_side(item.changes, self._original(item), context, theirs=True))
        return [
            block(Run(who, link=item.quoting.url), ":", kind=Kind.STATEMENT),
            block(*words),
            block(*result, kind=Kind.ITEM),
            *self._beside(item),
        ]

    def _beside(self, item: Quotation) -> list[Block]:
        """What else a reader should know: a sentence cut at its negation, another outlet, the nearest passage."""
        shown = ((texts.CUT_AT_NEGATION, item.cut), (texts.NEAREST, item.nearest), (texts.ALSO, item.also))
        lines = []
        for form, place in shown:
            words = self.words(place.version, place.span) if place else None
            if place and words:
                outlet = Run(form.format(outlet=place.outlet), link=place.url)
                lines.append(block(outlet, ": ", quoted(words), kind=Kind.ITEM))
        return lines

    def _result(self, item: Quotation, held_at: datetime | None) -> tuple[Run | str, ...]:
        found, result, day = item.found, item.result, ""
        agency = found.carried_for if found else None
        forms = texts.RESULTS_CARRIED if agency and result in texts.RESULTS_CARRIED else texts.RESULTS
        original = found and self._by_url.get(found.url)
        if original and original.published_at:
            day = _(", ") + language.day(original.published_at)
        outlet = found.outlet if found else item.cited_outlet or ""
        sentence = forms[result].format(
            agency=agency,
            outlet=_without_article(outlet) if forms is texts.RESULTS and result in texts.RESULTS_CARRIED else outlet,
            cited=_without_article(item.cited_outlet or ""),
            day=day,
            time=texts.AS_OF.format(time=language.time(held_at)) if held_at else "",
        )
        if item.stands_in:
            sentence += str(texts.STANDS_IN.get(item.stands_in, ""))
        words, colon, __ = texts.capital(sentence).partition(": ")
        lead = (Run(words, link=found.url if found else None), colon)
        if result is QuotationResult.SHORTENED:
            left_out = (theirs for __, theirs, ours in item.changes if _has_words(theirs) and not _has_words(ours))
            told = texts.commas([quoted(one, DIFFERING_MAX) for one in left_out])
            return (*lead, told) if told else lead[:1]
        if result is QuotationResult.PARAPHRASE and found:
            return *lead, quoted(self.words(found.version, found.span) or "")
        if result is QuotationResult.NOT_CHECKABLE:
            return *lead, texts.REASON.format(reason=self._why_not_held(item))
        return lead

    def _original(self, item: Quotation) -> str:
        """The text that the found words stand in, from their begin on; a headline has no place of its own."""
        if item.found:
            article = self._by_version.get(item.found.version)
            return article.text[item.found.span.start :] if article else ""
        cited = (one for one in self._by_version.values() if one.outlet.name == item.cited_outlet)
        heads = (head for one in cited for head in (one.title, one.standfirst or ""))
        wanted = [theirs for __, theirs, __ in item.changes if theirs]
        return next((head for head in heads if all(_places(wanted, head))), "")

    def _why_not_held(self, item: Quotation) -> str:
        if item.cited_outlet in self._missed:
            return _(texts.MISSED[self._missed[item.cited_outlet]])
        return _(texts.NOT_CHECKED.get(item.why or "", texts.NOT_CHECKED["not_held"]))

    def _differing(self, row: Row) -> Mapping[str, list[Span]]:
        """For each address the spans in which it differs from others, strongest difference first."""
        spans: dict[str, list[Span]] = {}
        for one in _by_strength(row):
            if one.kind in NOT_IN_LINES:
                continue
            for url, (version, span) in zip(one.between, one.spans, strict=True):
                article = self._by_url.get(url)
                if article and article.version == version and span not in spans.setdefault(url, []):
                    spans[url].append(span)
        return spans


def on_word(cell: Cell, *, brief: bool = False) -> str:
    """On whose word an outlet says it: "citing the mayor", "in its own voice"."""
    source = _named(cell.source) or _named(cell.attributed_to_outlet)
    named = cut(source if source == cell.attributed_to_outlet else within_line(source), SOURCE_MAX)
    denied = cell.certainty is Certainty.DENIED
    if cell.authority in texts.UNNAMED_IN_SHORT:
        phrase = _unnamed(cell, source, brief=brief or denied)
        phrase = texts.DENIED_BY.format(source=phrase) if denied else phrase
    elif not source or cell.authority in (Authority.WITNESS, Authority.OWN_VOICE, Authority.UNCLEAR):
        word = _(texts.ON_WORD[cell.authority])
        phrase = texts.DENIED.format(phrase=word) if denied else word
    else:
        description = clean(cell.source_description or "").strip(" ,;:")
        described = description and not brief and description.casefold() not in source.casefold()
        extra = texts.DESCRIBED.format(words=quoted(description, SOURCE_MAX)) if described else ""
        phrase = (texts.DENIED_BY if denied else texts.CITING).format(source=named) + extra
    via = _via(cell)
    return phrase + (_(", ").rstrip() if via and phrase.endswith(_(texts.NO_DESCRIPTION)) else "") + via


def same_words(text: str) -> str:
    """The text with its typography folded, so that the same words are equal."""
    return clean(text).strip(" .,").translate(TYPOGRAPHY)


def strength(row: Row) -> float:
    """The strongest disagreement in a row; what only one has is no disagreement."""
    return max((one.strength for one in row.differences if one.kind is not DifferenceKind.PRESENCE), default=0.0)


def counted(results: Sequence[QuotationResult]) -> str:
    """``1 with differences, 2 word for word``: what needs a look first."""
    counts = Counter(results)
    return texts.commas([texts.result_counts(result, counts[result]) for result in RESULT_ORDER if counts[result]])


def authorities(cells: Iterable[Cell]) -> str:
    """``own voice 4, unnamed sources 2``: most frequent first."""
    counts = Counter(_(texts.AUTHORITY_NAMES[cell.authority]) for cell in cells)
    most_first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return texts.commas([f"{name} {number}" for name, number in most_first])


def when(article: Article) -> str:
    """The outlet's own date, or nothing."""
    return language.day(article.published_at) if article.published_at else ""


def missed_name(miss: Miss) -> str:
    """The outlet that could not be read; a search by the name that readers know it by."""
    return str(texts.SEARCHES.get(miss.outlet, miss.outlet))


def in_full(article: Article) -> bool:
    """True where silence of the article means something: its whole text is held."""
    return article.held in (Held.FULL, Held.READER_COPY)


def _by_strength(row: Row) -> list[Difference]:
    return sorted(
        (one for one in row.differences if one.kind is not DifferenceKind.PRESENCE), key=lambda one: -one.strength
    )


def _via(cell: Cell) -> str:
    """The way a claim took; a step that names nobody tells nothing."""
    steps = (step for step in cell.via if _named(step.source) or step.authority in texts.UNNAMED_IN_SHORT)
    names = dict.fromkeys(_step(step) for step in steps)
    for own in (clean(cell.source or ""), within_line(clean(cell.source or ""))):
        names.pop(own, None)  # nobody is reached through themselves
    return "".join(texts.VIA.format(source=cut(name, SOURCE_MAX)) for name in names)


def _step(step: ViaSource) -> str:
    source = _named(step.source)
    if not source:
        return _(texts.AUTHORITY_NAMES[step.authority])
    return source if step.authority is Authority.OUTLET else within_line(source)


def _named(words: str | None) -> str:
    """The words for a source in one line; empty where they are a pronoun, which names nobody outside its text."""
    source = clean(words or "").strip(" ,;:")
    return "" if source.casefold() in PRONOUNS else source


def within_line(source: str) -> str:
    """A source as it stands within a line: "The council" of a sentence's head is "the council"."""
    first, blank, rest = source.partition(" ")
    return f"{first.lower()}{blank}{rest}" if rest and first.casefold() in ARTICLES else source


def _unnamed(cell: Cell, source: str, *, brief: bool) -> str:
    """Anonymous sourcing in neutral words: the description as the text gives it, or that there is none."""
    description = clean(cell.source_description or "").strip(" ,;:")
    bare = not set(source.casefold().split()) - BARE
    given = [source] if source and not (brief and bare) else []
    if description and description.casefold() not in source.casefold() and (bare or not brief):
        given.append(description)
    words = texts.DESCRIBED.format(words=texts.commas([quoted(part, SOURCE_MAX) for part in given])) if given else ""
    if brief:
        return _(texts.UNNAMED_IN_SHORT[cell.authority]) + words
    return _(texts.ON_WORD[cell.authority]) + words + (_(texts.NO_DESCRIPTION) if bare and not description else "")


def _side(changes: Sequence[tuple[str, str, str]], text: str, context: int, *, theirs: bool) -> Iterator[Run]:
    """The quotation's words, or those of the original, as ``text`` has them, with what differs in bold."""
    pieces = [original if theirs else quoted_so for __, original, quoted_so in changes]
    places = _places(pieces, text)
    room, end = QUOTE_MAX, None
    yield Run("“")
    for index, (piece, place) in enumerate(zip(pieces, places, strict=True)):
        same = clean(changes[index][1]) == clean(changes[index][2])
        shown = _ends(piece, context, first=not index, last=index == len(pieces) - 1) if same else clean(piece)
        if not shown:
            continue
        # what stands between two pieces is the text's own; " … " where the text is not at hand
        between = "" if room == QUOTE_MAX else " … " if place is None or end is None else clean(text[end : place.start])
        end = place.end if place else None
        room -= len(between) + len(shown)
        if room < 0:
            yield Run(" …")
            break
        yield Run(between)
        yield Run(shown, Style.PLAIN if same else Style.BOLD)
    yield Run("”")


def _places(pieces: Sequence[str], text: str) -> list[Span | None]:
    """Where the pieces stand in the text, one after the other; None for one that is empty or does not."""
    places: list[Span | None] = []
    end = 0
    for piece in pieces:
        start = text.find(piece, end) if piece else -1
        places.append(Span(start, start + len(piece)) if start >= 0 else None)
        end = start + len(piece) if start >= 0 else end
    return places


def _without_article(outlet: str) -> str:
    """An outlet's name where "the" stands before it."""
    return outlet.removeprefix("The ")


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _ends(words: str, context: int, *, first: bool, last: bool) -> str:
    """Words that both have, as far as they show where a difference stands."""
    parts = clean(words).split()
    if len(parts) <= 2 * context + 1:
        return " ".join(parts)
    before = [] if first else parts[:context]
    after = [] if last else parts[-context:]
    return " ".join((*before, "…", *after))
