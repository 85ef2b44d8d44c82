"""The parts behind the first message: Claims, Quotations, Origins and the rest; all of an answer in one piece. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import language, texts
from bot.answer import (
    STATEMENT_MAX,
    TITLE_MAX,
    change_words,
    head,
    heading,
    label,
    origins_of,
    several,
    told_by_several,
)
from bot.blocks import QUOTE_MAX, Block, Kind, Run, Style, block, clean, cut, quoted
from bot.language import ENGLISH, _, lazy, plural
from bot.phrases import RESULT_ORDER, Phrases, counted, missed_name, when
from claims.comparison import Comparison, Difference, DifferenceKind, Row
from claims.matching import Match, reasons
from claims.types import Article, OwnVoiceKind

WHOLE = ("c", "q", "g", "s")  # parts of the answer in one piece; times and places stand in them and in the export
HEADING_ONE_STORY = lazy("Why these are one story")
NAMES_IN_BOTH = lazy("names in both: {names}")
NUMBERS_IN_BOTH = lazy("numbers in both: {numbers}")
WORDS_IN_BOTH = lazy("only other words in both")
SAME_DAY = lazy("published on the same day")
IN_COMMON_MAX, NAME_MAX = 3, 40  # names and numbers that two articles share: the most telling ones, and their letters
WHY_MAX = 12  # claims whose places are shown; the export has all


@dataclass(frozen=True, slots=True)
class Part:
    """One of the parts behind the first message."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    items: int | None  #: how many things are in it, where that tells something


def parts(comparison: Comparison, *, held_at: datetime | None, alone_max: int | None = None) -> tuple[Part, ...]:
    """Claims, Quotations, Origins, Timeline, Sources and Why; a part with nothing in it is left out.

    ``alone_max``: how many of the claims that only one outlet has are shown; None for all.
    """
    say = Phrases(comparison)
    claims = _claims(comparison, say, shared=told_by_several(comparison), alone_max=alone_max)
    made = (
        Part("c", _(texts.CLAIMS), tuple(claims), len(comparison.rows)),
        Part("q", _(texts.QUOTATIONS), tuple(_quotations(comparison, say, held_at)), len(comparison.quotations)),
        Part("g", _(texts.ORIGINS), tuple(_origins(comparison, say)), None),
        Part("t", _(texts.TIMELINE), tuple(_timeline(comparison, say)), None),
        Part("s", _(texts.SOURCES), tuple(_sources(comparison, say)), len(comparison.articles)),
        Part("w", _(texts.WHY), tuple(_why(comparison, say)), None),
    )
    return tuple(part for part in made if part.blocks)


def beyond(comparison: Comparison) -> list[Block]:
    """What stands below a table of the shared claims: what only one outlet has, and opinion."""
    return _claims(comparison, Phrases(comparison), shared=())


def whole(comparison: Comparison, *, held_at: datetime | None = None) -> list[Block]:
    """The whole answer in one piece, for a terminal. ``held_at``: when the texts were held, told where it matters."""
    blocks = head(comparison)
    for part in parts(comparison, held_at=held_at):
        if part.key not in WHOLE:
            continue
        blocks += [heading(part.title)] if part.blocks[0].kind is not Kind.HEADING else []
        blocks += part.blocks
    return blocks


def one_story(comparison: Comparison) -> tuple[Block, ...]:
    """Why the other articles are one story with the asked one: names, numbers and days that they have in common.

    Some 20 ms for each article, so only for who asks for it.
    """
    blocks = [
        block(Run(label(match.other, comparison), link=match.other.url), f": {_in_common(match)}", kind=Kind.ITEM)
        for match in reasons(comparison.lead, comparison.articles[1:])
    ]
    return (heading(HEADING_ONE_STORY), *blocks) if blocks else ()


def _in_common(match: Match) -> str:
    names = texts.commas([cut(clean(name), NAME_MAX) for name in match.shared_names[:IN_COMMON_MAX]])
    numbers = texts.commas(match.shared_numbers[:IN_COMMON_MAX])
    told = [NAMES_IN_BOTH.format(names=names)] if names else []
    told += [NUMBERS_IN_BOTH.format(numbers=numbers)] if numbers else []
    told = told or [_(WORDS_IN_BOTH)]
    if match.days_apart is not None:
        apart = plural("published {n} day apart", "published {n} days apart", match.days_apart)
        told.append(apart if match.days_apart else _(SAME_DAY))
    return _("; ").join(told)


def _claims(
    comparison: Comparison, say: Phrases, *, shared: Sequence[Row], alone_max: int | None = None
) -> list[Block]:
    alone = [row for row in comparison.rows if len(row.cells) == 1]
    left_out = len(alone) - alone_max if alone_max is not None and several(comparison) else 0
    alone = alone[:alone_max] if left_out > 0 else alone
    blocks: list[Block] = []
    for title, rows in ((texts.HEADING_SHARED, shared), (texts.HEADING_ALONE, alone)):
        if rows:
            blocks.append(heading(title if several(comparison) else texts.HEADING_READING))
            if rows is alone and several(comparison):
                blocks.append(block(Run(_(texts.ALONE_NOTE), Style.ITALIC), kind=Kind.NOTE))
        for row in rows:
            blocks.append(block(quoted(row.statement), kind=Kind.STATEMENT))
            blocks += say.differs(row)
            blocks += say.sides(row)
            if len(row.cells) > 1:
                origins = texts.origins(row.origins.at_least, row.origins.at_most)
                blocks.append(block(texts.commas([texts.outlets(len(row.cells)), origins])))
    if left_out > 0:
        blocks.append(block(Run(texts.alone_more(left_out), Style.ITALIC), kind=Kind.PARAGRAPH))
    return blocks + _opinions(comparison)


def _opinions(comparison: Comparison) -> list[Block]:
    """What the asked article says of its own opinion: marked, not compared."""
    url = comparison.lead.url
    own = [one for one in comparison.own_voice if one.url == url and one.kind is not OwnVoiceKind.FACT]
    lines = [block(f"{texts.OWN_VOICE[one.kind]}: ", quoted(one.text), kind=Kind.FOLDED) for one in own]
    return [heading(texts.HEADING_OWN_VOICE), *lines] if lines else []


def _quotations(comparison: Comparison, say: Phrases, held_at: datetime | None) -> list[Block]:
    checked = sorted(comparison.quotations, key=lambda one: RESULT_ORDER.index(one.result))
    if not checked:
        return []
    blocks = [block(texts.CHECKED.format(counts=counted([one.result for one in checked])))]
    for one in checked:
        blocks += say.quotation(one, held_at=held_at)
    return blocks


def _sources(comparison: Comparison, say: Phrases) -> list[Block]:
    blocks = [heading(texts.HEADING_SOURCES)]
    for article in comparison.articles:
        blocks += _source(article, comparison, say)
    if comparison.changes:
        blocks += [heading(texts.HEADING_CHANGES), *_changes(comparison, say)]
    if comparison.fact_checks:
        blocks.append(heading(texts.HEADING_FACT_CHECKS))
        for check in comparison.fact_checks:
            day = language.day(check.reviewed_at) if check.reviewed_at else ""
            about = texts.FACT_CHECK.format(claim=quoted(check.claim), rating=quoted(check.rating))
            line = texts.commas([day, about])
            blocks.append(block(Run(check.publisher, link=check.url), _(", "), line, kind=Kind.ITEM))
    if comparison.misses:
        blocks.append(heading(texts.HEADING_MISSES))
        for miss in comparison.misses:
            blocks.append(
                block(
                    Run(texts.capital(missed_name(miss)), link=miss.url),
                    f": {texts.MISSED[miss.reason]}",
                    kind=Kind.ITEM,
                )
            )
    return blocks


def _source(article: Article, comparison: Comparison, say: Phrases) -> list[Block]:
    title = cut(clean(article.title).strip() or _(texts.UNTITLED), TITLE_MAX)
    facts = [when(article), _(texts.HELD[article.held])]
    if article.carried_for:
        facts.append(texts.CARRIED.format(agency=article.carried_for))
    return [
        block(Run(label(article, comparison), Style.BOLD), kind=Kind.STATEMENT),
        block(Run(title, link=article.url)),
        block(texts.commas(facts), kind=Kind.ITEM),
        *(block(texts.capital(line), kind=Kind.ITEM) for line in _ties(article, comparison, say)),
    ]


def _ties(article: Article, comparison: Comparison, say: Phrases) -> list[str]:
    """From whom an article takes over, and in which words it says so."""
    ties: dict[str, str] = {}
    for edge in comparison.edges:
        if edge.source == article.url and edge.target != article.url:
            target = say.name(edge.target) if edge.target else edge.target_outlet
            line = texts.EDGES[edge.kind].format(target=target)
            words = say.words(*edge.evidence) if edge.evidence else None
            told = words is not None and clean(words).strip() not in edge.target_outlet
            ties.setdefault(line, f": {quoted(words, STATEMENT_MAX)}" if words and told else "")
    return [line + words for line, words in ties.items()]


def _origins(comparison: Comparison, say: Phrases) -> list[Block]:
    """Where the reports go back to: who takes over from whom, who stands alone, and what counts as one."""
    if not several(comparison):
        return []
    origins = comparison.origins
    blocks = [block(texts.capital(origins_of(comparison)) + ".")]
    tied = []
    for article in comparison.articles:
        if ties := _ties(article, comparison, say):
            tied.append(block(Run(label(article, comparison), Style.BOLD, article.url), kind=Kind.STATEMENT))
            tied += [block(texts.capital(line), kind=Kind.ITEM) for line in ties]
    if tied:
        blocks += [heading(texts.HEADING_TIES), *tied]
    alone = [chain[0] for chain in origins.chains if len(chain) == 1]
    if alone:
        names = dict.fromkeys(texts.capital(say.name(one)) for one in alone)
        blocks += [heading(texts.HEADING_NO_TIES), *(block(name, kind=Kind.ITEM) for name in names)]
    if origins.joined:
        blocks.append(heading(texts.HEADING_ORIGINS))
        pairs = dict.fromkeys(_joined(say.name(one.a), say.name(one.b), one.why) for one in origins.joined)
        blocks += [block(texts.capital(pair), kind=Kind.ITEM) for pair in pairs]
    return blocks


def _timeline(comparison: Comparison, say: Phrases) -> list[Block]:
    """The articles by their own times, earliest first, and those that give none."""
    if not several(comparison):
        return []
    dated = sorted((one.published_at, n, one) for n, one in enumerate(comparison.articles) if one.published_at)
    blocks, day = [block(Run(texts.TIMELINE_NOTE.format(zone=language.zone()), Style.ITALIC))], ""
    for at, __, article in dated:
        if language.day(at) != day:
            day = language.day(at)
            blocks.append(heading(day))
        # an outlet that gives a day alone stands at midnight
        clock = f"{language.clock(at)} " if at.hour or at.minute else ""
        blocks.append(block(clock, Run(label(article, comparison), link=article.url), kind=Kind.ITEM))
        blocks.append(block(quoted(article.title, TITLE_MAX), kind=Kind.LINE))
        if article.modified_at and article.modified_at > at:
            blocks.append(block(texts.MODIFIED.format(time=language.time(article.modified_at))))
    undated = [one for one in comparison.articles if not one.published_at]
    if undated:
        blocks.append(heading(texts.HEADING_UNDATED))
        blocks += [block(Run(label(one, comparison), link=one.url), kind=Kind.ITEM) for one in undated]
    return blocks


def _why(comparison: Comparison, say: Phrases) -> list[Block]:
    """For each claim the places it rests on: words, characters and version, as the export has them."""
    rows = told_by_several(comparison) or list(comparison.rows)
    if not rows:
        return []
    blocks = [block(Run(_(texts.WHY_NOTE), Style.ITALIC), kind=Kind.PARAGRAPH)]
    for row in rows[:WHY_MAX]:
        blocks.append(block(quoted(row.statement), kind=Kind.STATEMENT))
        # silence has no place
        told = (_reason(one, say) for one in row.differences if one.kind is not DifferenceKind.PRESENCE)
        blocks += [block(one, kind=Kind.ITEM) for one in dict.fromkeys(told)]
        for cell in row.cells:
            place = texts.PLACE.format(start=cell.place.span.start, end=cell.place.span.end, version=cell.place.version)
            cue = texts.CUE.format(cue=quoted(cell.cue, STATEMENT_MAX)) if cell.cue else ""
            blocks.append(
                block(say.outlet(cell.place.url), _(", "), f"{place}: {quoted(cell.text)}{cue}", kind=Kind.FOLDED)
            )
    return blocks


def _reason(one: Difference, say: Phrases) -> str:
    """In what two outlets differ; the sentence that the comparison has for it is English."""
    if language.language() == ENGLISH:
        return one.reason
    names = texts.commas([say.name(url) for url in one.between])
    return f"{texts.capital(str(texts.DIFFERENT[one.kind]))}: {names}"


def _joined(one: str, other: str, why: str) -> str:
    """Why two articles count as one origin; two of one outlet have one name."""
    form = texts.JOINED_ALIKE if one == other else texts.JOINED.get(why, texts.JOINED_SOMEHOW)
    return form.format(a=one, b=other)


def _changes(comparison: Comparison, say: Phrases) -> list[Block]:
    """For each changed article what became what."""
    blocks = []
    for change in comparison.changes:
        how = texts.CHANGED_MARKED if change.marked else texts.CHANGED
        blocks.append(
            block(Run(say.outlet(change.url).text, Style.BOLD, change.url), _(", "), _(how), kind=Kind.STATEMENT)
        )
        blocks += [block(texts.capital(words), kind=Kind.ITEM) for words in change_words(change, QUOTE_MAX)]
    return blocks
