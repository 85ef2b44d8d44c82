"""A comparison as blocks, in the order a tired reader wants them. Pure: same comparison, same blocks.

The first message is the overview; Claims, Quotations and Sources are the parts behind its buttons and on the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from bot import texts
from bot.blocks import QUOTE_MAX, Block, Kind, Run, Style, block, clean, cut, length, quoted
from bot.phrases import RESULT_ORDER, Phrases, authorities, counted, on_word, strength, when
from claims.comparison import Change, Comparison, Note, QuotationResult, Row
from claims.types import Article, OwnVoiceKind

FIRST_MAX = 1200  # visible characters of the first message: one screen of a phone, about
CLAIMS_MAX = 5  # claims in the first message
TITLE_MAX = 200
STATEMENT_MAX = 120  # of a claim in the first message; whole in the Claims part
ALONE_MAX = 90  # of what only one outlet has, in the first message
ALONE_ROWS = 3
MISSES_NAMED = 3  # outlets named for each reason in the first message; all are named in the Sources part
SENT_TEXT = "text:"  # an article that was sent as text has an address of this scheme


@dataclass(frozen=True, slots=True)
class Part:
    """One of the parts behind the first message."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    items: int


class _Place(IntEnum):
    """Sections of the first message, in order."""

    HEAD = 0
    CLAIMS = 1
    CHANGES = 2
    QUOTATIONS = 3
    ALONE = 4
    MISSES = 5
    FOOT = 6


_HEADINGS = {
    _Place.CLAIMS: texts.HEADING_CLAIMS,
    _Place.QUOTATIONS: texts.HEADING_QUOTATIONS,
    _Place.ALONE: texts.HEADING_ALONE,
}


def overview(
    comparison: Comparison, *, held_at: datetime | None, searching: bool = False, limit: int = FIRST_MAX
) -> list[Block]:
    """The first message, at most ``limit`` visible UTF-16 units. ``searching``: other outlets are being looked for."""
    say = Phrases(comparison)
    chosen: dict[_Place, list[Block]] = {_Place.HEAD: _head(comparison, say, searching=searching)}
    if searching:
        chosen[_Place.FOOT] = [block(Run(texts.SEARCHING, Style.ITALIC), kind=Kind.PARAGRAPH)]
    for place, group in _wanted(comparison, say, held_at):
        heading = [] if place in chosen or place not in _HEADINGS else [_heading(_HEADINGS[place])]
        tried = chosen | {place: [*chosen.get(place, ()), *heading, *group]}
        if length(_in_order(tried)) <= limit:
            chosen = tried
    return _in_order(chosen)


def parts(comparison: Comparison, *, held_at: datetime | None) -> tuple[Part, ...]:
    """Claims, Quotations and Sources; a part with nothing in it is left out."""
    say = Phrases(comparison)
    claims = _claims(comparison, say, shared=told_by_several(comparison))
    made = (
        Part("c", texts.CLAIMS, tuple(claims), len(comparison.rows)),
        Part("q", texts.QUOTATIONS, tuple(_quotations(comparison, say, held_at)), len(comparison.quotations)),
        Part("s", texts.SOURCES, tuple(_sources(comparison, say)), len(comparison.articles)),
    )
    return tuple(part for part in made if part.items)


def head(comparison: Comparison) -> list[Block]:
    """The headline, how many outlets and origins, and the notes: what stands above everything else."""
    return _head(comparison, Phrases(comparison), searching=False)


def beyond(comparison: Comparison) -> list[Block]:
    """What stands below a table of the shared claims: what only one outlet has, and opinion."""
    return _claims(comparison, Phrases(comparison), shared=())


def whole(comparison: Comparison, *, held_at: datetime | None = None) -> list[Block]:
    """The whole answer in one piece, for a terminal. ``held_at``: when the texts were held, told where it matters."""
    return [*head(comparison), *(one for part in parts(comparison, held_at=held_at) for one in part.blocks)]


def several(comparison: Comparison) -> bool:
    """True where there is something to compare with."""
    return len(comparison.articles) > 1


def told_by_several(comparison: Comparison) -> list[Row]:
    """The claims that more than one outlet has, strongest disagreement first."""
    return sorted((row for row in comparison.rows if len(row.cells) > 1), key=lambda row: -strength(row))


def label(article: Article, comparison: Comparison) -> str:
    """The outlet's name; of the asked article also that it is the one that was sent."""
    if article.url != comparison.lead.url:
        return article.outlet.name
    return texts.LEAD_LINE if _sent(article) else f"{article.outlet.name}, {texts.THE_ARTICLE}"


def headline(comparison: Comparison) -> str:
    """The asked article's headline in one line."""
    return cut(clean(comparison.lead.title).strip() or texts.UNTITLED, TITLE_MAX)


def _in_order(chosen: Mapping[_Place, list[Block]]) -> list[Block]:
    return [one for place in sorted(chosen) for one in chosen[place]]


def _wanted(comparison: Comparison, say: Phrases, held_at: datetime | None) -> list[tuple[_Place, list[Block]]]:
    """What the first message would like to hold, most wanted first."""
    claims = [(_Place.CLAIMS, _claim(row, say, alone=not several(comparison))) for row in _top(comparison)]
    if not several(comparison):
        return claims
    checked = sorted(comparison.quotations, key=lambda one: RESULT_ORDER.index(one.result))
    worth = [one for one in checked[:1] if RESULT_ORDER.index(one.result) < RESULT_ORDER.index(QuotationResult.EXACT)]
    counts = [block(texts.CHECKED.format(counts=counted([one.result for one in checked])))]
    counts = counts if len(checked) > len(worth) else []
    quotations = [(_Place.QUOTATIONS, counts)] if counts else []
    quotations += [(_Place.QUOTATIONS, say.quotation(one, held_at=held_at, brief=True)) for one in worth]
    alone = [row for row in comparison.rows if len(row.cells) == 1]
    others_first = sorted(alone, key=lambda row: row.cells[0].place.url == comparison.lead.url)
    lonely = [(_Place.ALONE, [_alone(row, say)]) for row in others_first[:ALONE_ROWS]]
    misses = [(_Place.MISSES, [line]) for line in _misses_in_short(comparison)]
    changes = [(_Place.CHANGES, [_change_in_short(change, say)]) for change in comparison.changes[:1]]
    return [*misses, *claims[:2], *quotations, *changes, *lonely[:1], *claims[2:], *lonely[1:]]


def _head(comparison: Comparison, say: Phrases, *, searching: bool) -> list[Block]:
    lead = comparison.lead
    facts = [texts.LEAD_LINE if _sent(lead) else lead.outlet.name, when(lead)]
    blocks = [
        block(Run(headline(comparison), Style.BOLD, lead.url), kind=Kind.TITLE),
        block(", ".join(filter(None, facts))),
    ]
    if several(comparison):
        blocks.append(block(Run(_reported(comparison), Style.BOLD), kind=Kind.PARAGRAPH))
        blocks += _rests_on(comparison, say)
    else:
        counts = authorities(row.cells[0] for row in comparison.rows)
        if counts:
            blocks.append(block(texts.ON_WHOSE_WORD.format(counts=counts), kind=Kind.PARAGRAPH))
    if not comparison.rows:
        blocks.append(block(texts.NO_CLAIMS, kind=Kind.PARAGRAPH))
    return blocks + _notes(comparison, searching=searching)


def _notes(comparison: Comparison, *, searching: bool) -> list[Block]:
    notes = list(comparison.notes)
    if searching or Note.NOTHING_REACHABLE in notes:
        notes = [note for note in notes if note is not Note.SINGLE_ARTICLE]
    return [block(Run(texts.NOTES[note], Style.ITALIC), kind=Kind.PARAGRAPH) for note in notes]


def _reported(comparison: Comparison) -> str:
    """Outlets and independent origins: always both numbers."""
    outlets = {article.outlet.key for article in comparison.articles if not _sent(article)}
    number = texts.count(len(outlets), "outlet", "outlets")
    origins = texts.origins(comparison.origins.at_least, comparison.origins.at_most)
    form = texts.REPORTED_WITH_TEXT if _sent(comparison.lead) else texts.REPORTED
    return form.format(outlets=number, origins=origins)


def _rests_on(comparison: Comparison, say: Phrases) -> list[Block]:
    """Which outlets go back to which one, and chains that return to themselves."""
    heads: dict[str, list[str]] = {}
    circles = []
    for chain in comparison.origins.chains:
        if len(chain) > 1 and chain[0] == chain[-1]:
            circles.append(texts.CIRCULAR.format(chain=" → ".join(map(say.name, chain))))
        elif len(chain) > 1:
            heads.setdefault(chain[-1], []).extend(one for one in chain[:-1] if one not in heads.get(chain[-1], ()))
    lines = [
        texts.RESTS_ON.format(head=say.name(head), who=", ".join(dict.fromkeys(map(say.name, who))))
        for head, who in heads.items()
    ]
    return [block(line) for line in (*lines, *circles)]


def _top(comparison: Comparison) -> list[Row]:
    """The claims that matter most, strongest disagreement first."""
    rows = [row for row in comparison.rows if len(row.cells) > 1] or list(comparison.rows)
    weighty = sorted(rows, key=lambda row: -max(row.importance, strength(row)))[:CLAIMS_MAX]
    return sorted(weighty, key=lambda row: -strength(row))


def _claim(row: Row, say: Phrases, *, alone: bool) -> list[Block]:
    if alone:
        cell = row.cells[0]
        word = Run(texts.capital(on_word(cell, brief=True)), link=cell.place.url)
        return [block(quoted(row.statement, STATEMENT_MAX), kind=Kind.STATEMENT), block(word, kind=Kind.ITEM)]
    return [
        block(quoted(row.statement, STATEMENT_MAX), kind=Kind.STATEMENT),
        *say.differs(row),
        *say.sides_in_short(row),
    ]


def _alone(row: Row, say: Phrases) -> Block:
    [cell] = row.cells
    return block(say.outlet(cell.place.url), ": ", quoted(row.statement, ALONE_MAX), kind=Kind.FOLDED)


def _misses_in_short(comparison: Comparison) -> list[Block]:
    by_reason: dict[str, list[str]] = {}
    for miss in comparison.misses:
        names = by_reason.setdefault(texts.MISSED_IN_SHORT[miss.reason], [])
        if miss.outlet not in names:
            names.append(miss.outlet)
    if not by_reason:
        return []
    reasons = []
    for reason, names in by_reason.items():
        more = [texts.MORE.format(count=len(names) - MISSES_NAMED)] if len(names) > MISSES_NAMED else []
        reasons.append(f"{texts.listed([*names[:MISSES_NAMED], *more])} ({reason})")
    return [block(Run(texts.NOT_READ, Style.BOLD), f": {'; '.join(reasons)}.", kind=Kind.PARAGRAPH)]


def _claims(comparison: Comparison, say: Phrases, *, shared: Sequence[Row]) -> list[Block]:
    alone = [row for row in comparison.rows if len(row.cells) == 1]
    blocks: list[Block] = []
    for heading, rows in ((texts.HEADING_SHARED, shared), (texts.HEADING_ALONE, alone)):
        if rows:
            blocks.append(_heading(heading if several(comparison) else texts.HEADING_READING))
            if rows is alone and several(comparison):
                blocks.append(block(Run(texts.ALONE_NOTE, Style.ITALIC)))
        for row in rows:
            blocks.append(block(quoted(row.statement), kind=Kind.STATEMENT))
            blocks += say.differs(row)
            blocks += say.sides(row)
            if len(row.cells) > 1:
                numbers = texts.count(len(row.cells), "outlet", "outlets")
                blocks.append(block(f"{numbers}, {texts.origins(row.origins.at_least, row.origins.at_most)}"))
    return blocks + _opinions(comparison)


def _opinions(comparison: Comparison) -> list[Block]:
    """What the asked article says of its own opinion: marked, not compared."""
    url = comparison.lead.url
    own = [one for one in comparison.own_voice if one.url == url and one.kind is not OwnVoiceKind.FACT]
    lines = [block(f"{texts.OWN_VOICE[one.kind]}: ", quoted(one.text), kind=Kind.FOLDED) for one in own]
    return [_heading(texts.HEADING_OWN_VOICE), *lines] if lines else []


def _quotations(comparison: Comparison, say: Phrases, held_at: datetime | None) -> list[Block]:
    checked = sorted(comparison.quotations, key=lambda one: RESULT_ORDER.index(one.result))
    blocks = [block(texts.CHECKED.format(counts=counted([one.result for one in checked])))]
    for one in checked:
        blocks += say.quotation(one, held_at=held_at)
    return blocks


def _sources(comparison: Comparison, say: Phrases) -> list[Block]:
    blocks = [_heading(texts.HEADING_SOURCES)]
    for article in comparison.articles:
        blocks += _source(article, comparison, say)
    if comparison.origins.joined:
        blocks.append(_heading(texts.HEADING_ORIGINS))
        for one in comparison.origins.joined:
            blocks.append(
                block(
                    f"{texts.capital(say.name(one.a))}, {say.name(one.b)}: {texts.JOINED.get(one.why, one.why)}",
                    kind=Kind.ITEM,
                )
            )
    if comparison.changes:
        blocks += [_heading(texts.HEADING_CHANGES), *_changes(comparison, say)]
    if comparison.fact_checks:
        blocks.append(_heading(texts.HEADING_FACT_CHECKS))
        for check in comparison.fact_checks:
            day = f", {texts.day(check.reviewed_at)}," if check.reviewed_at else ""
            line = (f"{day} on ", quoted(check.claim), ": ", quoted(check.rating))
            blocks.append(block(Run(check.publisher, link=check.url), *line, kind=Kind.ITEM))
    if comparison.misses:
        blocks.append(_heading(texts.HEADING_MISSES))
        for miss in comparison.misses:
            blocks.append(block(Run(miss.outlet, link=miss.url), f": {texts.MISSED[miss.reason]}", kind=Kind.ITEM))
    return blocks


def _source(article: Article, comparison: Comparison, say: Phrases) -> list[Block]:
    title = cut(clean(article.title).strip() or texts.UNTITLED, TITLE_MAX)
    facts = [when(article), texts.HELD[article.held]]
    if article.carried_for:
        facts.append(texts.CARRIED.format(agency=article.carried_for))
    edges: dict[str, str] = {}
    for edge in comparison.edges:
        if edge.source == article.url and edge.target != article.url:
            target = say.name(edge.target) if edge.target else edge.target_outlet
            line = texts.EDGES[edge.kind].format(target=target)
            words = say.words(*edge.evidence) if edge.evidence else None
            edges.setdefault(line, f": {quoted(words, STATEMENT_MAX)}" if words else "")
    return [
        block(Run(label(article, comparison), Style.BOLD), kind=Kind.STATEMENT),
        block(Run(title, link=article.url)),
        block(", ".join(filter(None, facts)), kind=Kind.ITEM),
        *(block(texts.capital(line) + words, kind=Kind.ITEM) for line, words in edges.items()),
    ]


def _changes(comparison: Comparison, say: Phrases) -> list[Block]:
    """For each changed article what became what."""
    blocks = []
    for change in comparison.changes:
        heading = texts.CHANGED_MARKED if change.marked else texts.CHANGED
        blocks.append(
            block(Run(say.outlet(change.url).text, Style.BOLD, change.url), f", {heading}", kind=Kind.STATEMENT)
        )
        blocks += [block(texts.capital(words), kind=Kind.ITEM) for words in _change_words(change, QUOTE_MAX)]
    return blocks


def _change_in_short(change: Change, say: Phrases) -> Block:
    heading = texts.capital(texts.CHANGED_MARKED if change.marked else texts.CHANGED)
    words = next(_change_words(change, ALONE_MAX), "")
    return block(Run(heading, Style.BOLD), ": ", say.outlet(change.url), f", {words}", kind=Kind.PARAGRAPH)


def _change_words(change: Change, limit: int) -> Iterator[str]:
    for _, _, old, new in change.spans:
        form = texts.CHANGE if old and new else texts.CHANGE_ADDED if new else texts.CHANGE_DROPPED
        yield form.format(old=quoted(old, limit), new=quoted(new, limit))


def _heading(text: str) -> Block:
    return block(Run(text, Style.BOLD), kind=Kind.HEADING)


def _sent(article: Article) -> bool:
    return article.url.startswith(SENT_TEXT)
