"""The quotations of a story, each looked up in the story's texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claims.attribution.marks import quotations
from claims.comparison import Place, Quotation, QuotationResult
from claims.outlet_names import OutletNames
from claims.quotations.checking import Finding, Found, HeldText, check
from claims.quotations.quote import FEW_WORDS
from claims.text import paragraphs, sentences, words
from claims.types import Article, Attribution, Authority, Held, Miss, QuotationType, Reading, Span, Story

#: an attribution between two halves of one quotation is not longer
BETWEEN_HALVES_CHARS = 120
#: a person's words in two outlets are one saying from this many words on; shorter ones are said twice in one speech
SAYING_WORDS = 5
SAYING_KEPT_MIN = 0.65  # with less of its words in common it is another thing that the same person said
_SAME_SAYING = (QuotationResult.EXACT, QuotationResult.SHORTENED, QuotationResult.ALTERED)
_PERSONS = (Authority.NAMED, Authority.NAMED_GROUP, Authority.UNNAMED, Authority.UNNAMED_GROUP)


def check_quotations(story: Story, readings: Mapping[str, Reading], names: OutletNames) -> tuple[Quotation, ...]:
    """Every quotation that one outlet attributes to another, and every saying of a person that stands in two outlets.

    What is reported of another outlet without marks is there too, as a paraphrase, where its text has the content.
    ``readings`` by version. In the order of the articles and of their texts. ``Quotation.quoting`` is the words without
    their marks; halves around an attribution are one quotation with the attribution inside.
    """
    shelf = _Shelf(story, names)
    found: list[Quotation] = []
    for article in story.articles:
        for said in _sayings(article, readings.get(article.version)):
            found.extend(_checked(article, said, shelf))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    """Words in marks with the one who said them and, where it is one, the outlet they are taken from."""

    span: Span
    outlet: str | None
    person: str | None
    marked: bool


class _Shelf:
    """The held texts of the story, each folded once."""

    def __init__(self, story: Story, names: OutletNames) -> None:
        self._names = names
        self._articles = story.articles
        self._texts = {article.url: _held(article) for article in story.articles}
        self._heads = {article.url: _heads(article) for article in story.articles}
        self._misses = story.misses

    def name(self, outlet: str) -> str:
        known = self._names.named(outlet)
        return known.name if known else outlet

    def own(self, outlet: str, article: Article) -> bool:
        """Whether the article itself is this outlet's text."""
        return self._same(article.outlet.name, outlet) or self._same(article.carried_for, outlet)

    def text(self, article: Article) -> HeldText:
        return self._texts[article.url]

    def cited(self, outlet: str, quoting: Article) -> list[HeldText]:
        """Texts of this outlet in the order of the search: linked, its others, open copies, what could not be read."""
        own = [one for one in self._others(quoting) if self._same(one.outlet.name, outlet)]
        own.sort(key=lambda one: (one.url not in quoting.links, one.held is Held.READER_COPY))
        copies = [one for one in self._others(quoting) if one not in own and self._same(one.carried_for, outlet)]
        unread = [miss for miss in self._misses if miss.url and self._same(miss.outlet, outlet)]
        texts = [self._texts[one.url] for one in (*own, *copies)]
        heads = [head for one in own for head in self._heads[one.url]]
        return [*texts, *heads, *map(_known, unread)]

    def others(self, outlet: str, quoting: Article) -> list[HeldText]:
        return [self._texts[one.url] for one in self._others(quoting) if not self.own(outlet, one)]

    def outside(self, quoting: Article) -> list[list[HeldText]]:
        """Texts of the outlets later in the story's order, by outlet; copies of the same agency's text left out."""
        later = self._articles[[one.url for one in self._articles].index(quoting.url) + 1 :]
        texts: dict[str, list[HeldText]] = {}
        for one in later:
            if one.outlet.key != quoting.outlet.key and not self.own(one.carried_for or one.outlet.name, quoting):
                texts.setdefault(one.outlet.key, []).append(self._texts[one.url])
        return list(texts.values())

    def _others(self, quoting: Article) -> list[Article]:
        return [one for one in self._articles if one.url != quoting.url]

    def _same(self, one: str | None, other: str) -> bool:
        return one is not None and _bare(self.name(one)) == _bare(self.name(other))


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _held(article: Article) -> HeldText:
    return HeldText(
        outlet=article.outlet.name,
        text=article.text,
        url=article.url,
        version=article.version,
        state=article.held,
        language=article.language,
        carried_for=article.carried_for,
        same_story=True,
    )


def _heads(article: Article) -> list[HeldText]:
    """Headline and standfirst, which stand apart from the text."""
    parts = {"headline": article.title, "standfirst": article.standfirst or ""}
    return [
        replace(_held(article), text=text, part=part, state=Held.HEADLINE)
        for part, text in parts.items()
        if text.strip()
    ]


def _known(miss: Miss) -> HeldText:
    return HeldText(outlet=miss.outlet, text="", url=miss.url or "", state=Held.KNOWN, same_story=True)


def _sayings(article: Article, reading: Reading | None) -> Iterator[_Saying]:
    """The marked words of the article's attributions, outer ones before those nested in them."""
    attributions = reading.attributions if reading else ()
    marked = [quoted.span for quoted in quotations(article.text, paragraphs(article.text))]
    seen: list[Span] = []
    in_order = sorted(
        attributions,
        key=lambda one: (
            one.quote is QuotationType.INDIRECT,
            one.authority is not Authority.OUTLET,
            one.content[0].start,
        ),
    )
    found = []
    for attribution in in_order:
        outlet = _outlet_behind(attribution, attributions)
        person = attribution.resolved if attribution.authority in _PERSONS else None
        in_marks = attribution.quote is not QuotationType.INDIRECT
        # of words without marks the first part that tells something: an addition has no passage of its own
        told = (span for span in attribution.content if len(words(article.text, span)) > FEW_WORDS)
        main = next(told, max(attribution.content, key=lambda span: span.end - span.start))
        spans = _marked_spans(article.text, attribution, marked) if in_marks else [main]
        for span in spans:
            if (in_marks or outlet) and not any(span.start < other.end and other.start < span.end for other in seen):
                seen.append(span)
                found.append(_Saying(span=span, outlet=outlet, person=person, marked=in_marks))
    yield from sorted(found, key=lambda saying: saying.span)


def _outlet_behind(attribution: Attribution, all_of_them: Sequence[Attribution]) -> str | None:
    """The outlet from which these words come: named itself, or the report that they are nested in."""
    step: Attribution | None = attribution
    for _ in all_of_them:
        if step is None:
            break
        if step.authority is Authority.OUTLET:
            return step.outlet or step.resolved
        step = all_of_them[step.via] if step.via is not None else None
    return None


def _marked_spans(text: str, attribution: Attribution, marked: Sequence[Span]) -> list[Span]:
    """The words in marks that the attribution's content holds, without the marks; halves together."""
    inside = []
    for content in attribution.content:
        for span in marked:
            start, end = max(span.start, content.start), min(span.end, content.end)
            if start < end:
                inside.append(_without_marks(text, start, end))
    spans = [span for span in inside if span]
    if attribution.quote is QuotationType.DIRECT and len(spans) > 1 and len(attribution.content) > 1:
        return list(_halves_joined(text, spans))
    return spans


def _halves_joined(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    start, end = spans[0].start, spans[0].end
    for span in spans[1:]:
        between = text[end : span.start]
        if len(between) > BETWEEN_HALVES_CHARS or "\n" in between or ". " in between:
            yield Span(start, end)
            start = span.start
        end = span.end
    yield Span(start, end)


_MARKS = "\"“”„‟«»'‘’‚‹› \n\t"


def _without_marks(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return Span(start, end) if start < end else None


def _checked(article: Article, said: _Saying, shelf: _Shelf) -> Iterator[Quotation]:
    quote = said.span.of(article.text)
    if said.outlet and not shelf.own(said.outlet, article):
        cited, others = shelf.cited(said.outlet, article), shelf.others(said.outlet, article)
        finding = check(quote, cited, others, quoting_sentence=_context(article.text, said))
        if finding and (said.marked or finding.result is QuotationResult.PARAPHRASE):
            yield _quotation(
                shelf.text(article), said.span, finding, outlet=shelf.name(said.outlet), person=said.person
            )
    elif not said.outlet and said.person and said.marked and len(words(quote)) >= SAYING_WORDS:
        for texts in shelf.outside(article):
            yield from _same_saying(shelf.text(article), said, texts)


def _context(text: str, said: _Saying) -> str:
    """What tells the meaning of the marks: the sentence of few words in marks, and words without marks themselves."""
    if not said.marked:
        return said.span.of(text)
    around = (sentence for sentence in sentences(text) if sentence.start <= said.span.start < sentence.end)
    few = len(words(text, said.span)) <= FEW_WORDS
    return next((sentence.of(text) for sentence in around), "") if few else ""


def _same_saying(ours: HeldText, said: _Saying, texts: Sequence[HeldText]) -> Iterator[Quotation]:
    """The saying in another outlet's text: as it is, or in marks with differences.

    Where the other outlet only quotes less of it, its quotation is the one that is looked up in our text.
    """
    finding = check(said.span.of(ours.text), texts, ())
    if finding is None or finding.found is None or finding.result not in _SAME_SAYING:
        return
    if finding.result is QuotationResult.EXACT:
        yield _quotation(ours, said.span, finding, outlet=None, person=said.person)
        return
    theirs, place = finding.found.held, finding.found.span
    marked = [quoted.span for quoted in quotations(theirs.text, paragraphs(theirs.text))]
    spans = [_without_marks(theirs.text, span.start, span.end) for span in marked if _overlap(span, place)]
    for span in (one for one in spans if one and len(words(theirs.text, one)) >= SAYING_WORDS):
        back = check(span.of(theirs.text), [ours], ())
        if back and back.found and back.result in (QuotationResult.EXACT, QuotationResult.SHORTENED):
            yield _quotation(theirs, span, back, outlet=None, person=said.person)
            return
    if any(spans) and _kept(finding) >= SAYING_KEPT_MIN:
        yield _quotation(ours, said.span, finding, outlet=None, person=said.person)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _kept(finding: Finding) -> float:
    """The share of the quotation's words that the other text has too."""
    counts = [(op, len(words(ours))) for op, _, ours in finding.changes]
    return sum(count for op, count in counts if op == "keep") / max(1, sum(count for _, count in counts))


def _quotation(quoting: HeldText, span: Span, finding: Finding, *, outlet: str | None, person: str | None) -> Quotation:
    found = finding.found
    whole = finding.cut_at_negation
    in_text = found is not None and found.held.part == "text"
    return Quotation(
        text=span.of(quoting.text),
        quoting=Place(outlet=quoting.outlet, url=quoting.url, version=quoting.version, span=span),
        cited_outlet=outlet,
        cited_person=person,
        result=finding.result,
        found=_place(found) if in_text else None,
        changes=finding.changes,
        nearest=_place(finding.nearest),
        also=_place(finding.mentioned),
        cut=_place(Found(held=found.held, span=whole)) if found and whole else None,
        stands_in=found.held.part if found and not in_text else None,
        why=finding.why,
    )


def _place(found: Found | None) -> Place | None:
    if found is None or found.held.part != "text":
        return None
    held = found.held
    return Place(outlet=held.outlet, url=held.url, version=held.version, span=found.span, carried_for=held.carried_for)
