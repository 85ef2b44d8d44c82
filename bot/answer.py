"""A comparison as blocks, in the order a tired reader wants them. Pure: same comparison, same blocks.

The first message is the overview; Claims, Quotations and Sources are the parts behind its buttons and on the page.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import IntEnum

from bot import texts
from bot.blocks import Block, Kind, Run, Style, block, clean, cut, length, quoted
from bot.language import Lazy, _, listed
from bot.phrases import RESULT_ORDER, Phrases, authorities, counted, in_full, missed_name, on_word, strength, when
from claims.comparison import Change, Comparison, Note, QuotationResult, Row
from claims.types import Article
from newsroom.intake import TEXT_KEY

GROUP_MAX = 600  # of the message in a group: a few lines among what others say
FIRST_MAX = 1200  # visible characters of the first message: one screen of a phone, about
CLAIMS_MAX = 5  # claims in the first message
TITLE_MAX = 200
STATEMENT_MAX, BRIEF_STATEMENT_MAX = 110, 80  # of a claim in the first message; whole in the Claims part
ALONE_MAX = 90  # of what only one outlet has, in the first message
ALONE_ROWS = 3
WHO_MAX = 5  # outlets named in answer to a headline
LATEST = datetime.max.replace(tzinfo=UTC)
MISSES_NAMED = 3  # outlets named for each reason in the first message; all are named in the Sources part
#: of a quotation check that the first message shows in words; the other results are counted
TELLING_RESULTS = (
    QuotationResult.ALTERED,
    QuotationResult.NOT_FOUND,
    QuotationResult.ELSEWHERE,
    QuotationResult.SHORTENED,
)


class _Place(IntEnum):
    """Sections of the first message, in order."""

    HEAD = 0
    CLAIMS = 1
    CHANGES = 2
    QUOTATIONS = 3
    ALONE = 4
    MISSES = 5
    FOOT = 6


_Key = tuple[_Place, int]
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
    chosen = {(_Place.HEAD, 0): _head(comparison, say, searching=searching)}
    if searching:
        chosen[_Place.FOOT, 0] = [block(Run(_(texts.SEARCHING), Style.ITALIC), kind=Kind.PARAGRAPH)]
    for key, group in _wanted(comparison, say, held_at):
        tried = chosen | {key: group}
        if length(_in_order(tried)) <= limit:
            chosen = tried
    return _in_order(chosen)


def head(comparison: Comparison) -> list[Block]:
    """The headline, how many outlets and origins, and the notes: what stands above everything else."""
    return _head(comparison, Phrases(comparison), searching=False)


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
    return _(texts.LEAD_LINE) if sent(article) else texts.commas([article.outlet.name, texts.THE_ARTICLE])


def heading(text: str | Lazy) -> Block:
    """The line above a section."""
    return block(Run(_(text), Style.BOLD), kind=Kind.HEADING)


def change_words(change: Change, limit: int) -> Iterator[str]:
    """What became what, one phrase a place."""
    for __, __, old, new in change.spans:
        form = texts.CHANGE if old and new else texts.CHANGE_ADDED if new else texts.CHANGE_DROPPED
        yield form.format(old=quoted(old, limit), new=quoted(new, limit))


def headline(comparison: Comparison) -> str:
    """The asked article's headline in one line."""
    return cut(clean(comparison.lead.title).strip() or _(texts.UNTITLED), TITLE_MAX)


def _in_order(chosen: Mapping[_Key, list[Block]]) -> list[Block]:
    """The chosen groups in the order of the message, each section below its heading."""
    blocks, headed = [], set()
    for place, number in sorted(chosen):
        if place in _HEADINGS and place not in headed:
            headed.add(place)
            blocks.append(heading(_HEADINGS[place]))
        blocks += chosen[place, number]
    return blocks


def _wanted(comparison: Comparison, say: Phrases, held_at: datetime | None) -> list[tuple[_Key, list[Block]]]:
    """What the first message would like to hold, most wanted first. A later group of the same key takes its place."""
    if not several(comparison):
        return [((_Place.CLAIMS, n), _claim_of_one(row)) for n, row in enumerate(_top(comparison))]
    top = list(enumerate(_top(comparison)))
    brief = [((_Place.CLAIMS, n), _claim(row, say, brief=True)) for n, row in top]
    full = [((_Place.CLAIMS, n), _claim(row, say, brief=False)) for n, row in top]
    alone = [row for row in comparison.rows if len(row.cells) == 1]
    others_first = sorted(alone, key=lambda row: row.cells[0].place.url == comparison.lead.url)
    lonely = [((_Place.ALONE, n), [_alone(row, say)]) for n, row in enumerate(others_first[:ALONE_ROWS])]
    misses = [((_Place.MISSES, 0), lines) for lines in _misses_in_short(comparison)]
    changes = [((_Place.CHANGES, 0), [_change_in_short(change, say)]) for change in comparison.changes[:1]]
    checks = enumerate(_quotations_in_short(comparison, say, held_at))
    single = len(comparison.quotations) == 1  # then its own lines say what a count would
    quotations = [((_Place.QUOTATIONS, 0 if single else n), lines) for n, lines in checks]
    return [*misses, *brief[:2], *quotations, *changes, *brief[2:3], *full[:2], *lonely[:1], *full[2:], *lonely[1:]]


def _quotations_in_short(comparison: Comparison, say: Phrases, held_at: datetime | None) -> list[list[Block]]:
    """How many of each result, and the one that a reader should look at, if there is one."""
    checked = sorted(comparison.quotations, key=lambda one: RESULT_ORDER.index(one.result))
    telling = [one for one in checked[:1] if one.result in TELLING_RESULTS]
    if not checked:
        return []
    counts = [block(texts.CHECKED.format(counts=counted([one.result for one in checked])))]
    return [counts] + [say.quotation(one, held_at=held_at, brief=True) for one in telling]


def _head(comparison: Comparison, say: Phrases, *, searching: bool) -> list[Block]:
    lead = comparison.lead
    blocks = [
        block(Run(headline(comparison), Style.BOLD, lead.url), kind=Kind.TITLE),
        block(texts.commas(origin_of(comparison))),
    ]
    if several(comparison):
        blocks.append(block(Run(_reported(comparison), Style.BOLD), kind=Kind.PARAGRAPH))
        blocks += _who_reports(comparison) if _is_headline(lead) else []
        blocks += _rests_on(comparison, say)
    else:
        counts = authorities(row.cells[0] for row in comparison.rows)
        if counts:
            blocks.append(block(texts.ON_WHOSE_WORD.format(counts=counts), kind=Kind.PARAGRAPH))
    if not comparison.rows:
        blocks.append(block(_(texts.NO_CLAIMS), kind=Kind.PARAGRAPH))
    return blocks + _notes(comparison, searching=searching)


def _notes(comparison: Comparison, *, searching: bool) -> list[Block]:
    notes = [note for note in comparison.notes if note is not Note.NO_DATE or not _is_headline(comparison.lead)]
    if searching:  # what was found stands in a later message
        notes = [note for note in notes if note not in (Note.SINGLE_ARTICLE, Note.NOTHING_REACHABLE)]
    elif Note.NOTHING_REACHABLE in notes:
        notes = [note for note in notes if note is not Note.SINGLE_ARTICLE]
    return [block(Run(_(texts.NOTES[note]), Style.ITALIC), kind=Kind.PARAGRAPH) for note in notes]


def numbers(comparison: Comparison) -> str:
    """``5 outlets, 2 independent origins``: always both numbers."""
    return texts.commas([_outlets(comparison), origins_of(comparison)])


def origins_of(comparison: Comparison) -> str:
    """How many independent origins the reports have; a headline that a reader asks about is none of them."""
    lead, origins = comparison.lead, comparison.origins
    asked_alone = _is_headline(lead) and (lead.url,) in origins.chains
    return texts.origins(max(1, origins.at_least - asked_alone), max(1, origins.at_most - asked_alone))


def origin_of(comparison: Comparison) -> list[str]:
    """Whose article was asked about, and its day where there is one."""
    lead = comparison.lead
    return [one for one in (_(texts.LEAD_LINE) if sent(lead) else lead.outlet.name, when(lead)) if one]


def _outlets(comparison: Comparison) -> str:
    outlets = {article.outlet.key for article in comparison.articles if not sent(article)}
    return texts.outlets(len(outlets))


def _reported(comparison: Comparison) -> str:
    """Outlets and independent origins of what was asked about."""
    lead = comparison.lead
    form = texts.REPORTED_WITH_TEXT if sent(lead) and not _is_headline(lead) else texts.REPORTED
    return form.format(outlets=_outlets(comparison), origins=origins_of(comparison))


def _is_headline(article: Article) -> bool:
    """A reader sent a headline alone, or asked who reports it."""
    return sent(article) and len(article.text) < texts.TEXT_MIN


def _who_reports(comparison: Comparison) -> list[Block]:
    """The outlets that have it, earliest first."""
    others = sorted(comparison.articles[1:], key=lambda one: (one.published_at is None, one.published_at or LATEST))
    lines = [heading(texts.HEADING_WHO)]
    for article in others[:WHO_MAX]:
        day = _(", ") + when(article) if when(article) else ""
        title = quoted(article.title, ALONE_MAX)
        lines.append(block(Run(article.outlet.name, link=article.url), f"{day}: {title}", kind=Kind.ITEM))
    left = len(others) - WHO_MAX
    return [*lines, block(texts.MORE.format(count=left), kind=Kind.ITEM)] if left > 0 else lines


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
        texts.RESTS_ON.format(head=say.name(head), who=texts.commas(list(dict.fromkeys(map(say.name, who)))))
        for head, who in heads.items()
    ]
    return [block(line) for line in (*lines, *circles)]


def _top(comparison: Comparison) -> list[Row]:
    """The claims that matter most, strongest disagreement first."""
    rows = [row for row in comparison.rows if len(row.cells) > 1] or list(comparison.rows)
    weighty = sorted(rows, key=lambda row: -max(row.importance, strength(row)))[:CLAIMS_MAX]
    return sorted(weighty, key=lambda row: -strength(row))


def _claim(row: Row, say: Phrases, *, brief: bool) -> list[Block]:
    limit = BRIEF_STATEMENT_MAX if brief else STATEMENT_MAX
    sides = say.sides_in_short(row, brief=brief)
    return [block(quoted(row.statement, limit), kind=Kind.STATEMENT), *say.differs(row), *sides]


def _claim_of_one(row: Row) -> list[Block]:
    cell = row.cells[0]
    word = Run(texts.capital(on_word(cell, brief=True)), link=cell.place.url)
    return [block(quoted(row.statement, STATEMENT_MAX), kind=Kind.STATEMENT), block(word, kind=Kind.ITEM)]


def _alone(row: Row, say: Phrases) -> Block:
    [cell] = row.cells
    return block(say.outlet(cell.place.url), ": ", quoted(row.statement, ALONE_MAX), kind=Kind.FOLDED)


def _misses_in_short(comparison: Comparison) -> list[list[Block]]:
    by_reason: dict[str, list[str]] = {}
    read = {article.outlet.name for article in comparison.articles if in_full(article)}
    for miss in comparison.misses:
        names = by_reason.setdefault(_(texts.MISSED_IN_SHORT[miss.reason]), [])
        if miss.outlet not in read and missed_name(miss) not in names:
            names.append(missed_name(miss))
    by_reason = {reason: names for reason, names in by_reason.items() if names}
    if not by_reason:
        return []
    reasons = []
    for reason, names in by_reason.items():
        more = [texts.MORE.format(count=len(names) - MISSES_NAMED)] if len(names) > MISSES_NAMED else []
        reasons.append(f"{listed([*names[:MISSES_NAMED], *more])} ({reason})")
    return [[block(Run(_(texts.NOT_READ), Style.BOLD), f": {'; '.join(reasons)}.", kind=Kind.PARAGRAPH)]]


def _change_in_short(change: Change, say: Phrases) -> Block:
    heading = texts.capital(_(texts.CHANGED_MARKED if change.marked else texts.CHANGED))
    words = next(change_words(change, ALONE_MAX), "")
    return block(
        Run(heading, Style.BOLD), ": ", say.outlet(change.url, within=True), _(", "), words, kind=Kind.PARAGRAPH
    )


def sent(article: Article) -> bool:
    """True for what a reader sent as text."""
    return article.url.startswith(TEXT_KEY)
