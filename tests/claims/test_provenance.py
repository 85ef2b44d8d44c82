"""Provenance: links that the texts show, and how many independent origins they leave."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from claims.attribution import read
from claims.comparison import Cell, EdgeKind, Joined, Origins, Place, ViaSource
from claims.outlet_names import OutletNames
from claims.provenance import claim_origins, edges, origins
from claims.types import Article, Attribution, Authority, Held, OutletKind, QuotationType, Reading, Span, Story
from tests.factories import NOON, make_article, make_outlet

WIRE = make_outlet("Northern Wire", kind=OutletKind.AGENCY)
POST = make_outlet("Middleton Post")
LANTERN = make_outlet("Evening Lantern")
MIRROR = make_outlet("River Mirror")
NAMES = OutletNames([WIRE, POST, LANTERN, MIRROR])

WIRE_TEXT = (
    "Workers at the Orrin salt works walked out on Thursday after talks on night pay failed for the second time, two "
    "people close to the talks said.\n\nThe owner had offered four and a half percent, the people said, and the union "
    "had asked for nine percent and a bonus for every night before a holiday.\n\nProduction of road salt, which the "
    "county needs before winter, stopped completely when the second shift did not come in at ten in the evening."
)
POST_TEXT = "Northern Wire reports that salt workers walked out. The owner made an offer, it says, citing two people."
OWN_TEXT = "A union official said the strike would last for weeks. Northern Wire reported that talks had failed."
FREE_TEXT = "The county will buy road salt abroad, a spokesman for the county said, and he named no price for it."
SAME_SOURCE_TEXT = "Salt from abroad will be in the stores by March, the county hopes. It is not cheap."


def attribution(text: str, source: str, content: str, authority: Authority, **fields: Any) -> Attribution:
    at, starts = text.index(source), text.index(content)
    defaults: dict[str, Any] = {"cue": (), "quote": QuotationType.INDIRECT}
    return Attribution(
        source=(Span(at, at + len(source)),),
        content=(Span(starts, starts + len(content)),),
        authority=authority,
        **(defaults | fields),
    )


def by_wire(text: str, content: str) -> Attribution:
    return attribution(text, "Northern Wire", content, Authority.OUTLET, outlet="Northern Wire")


def wire(**fields: Any) -> Article:
    return make_article(WIRE_TEXT, outlet=WIRE, **fields)


def post(**fields: Any) -> Article:
    return make_article(POST_TEXT, outlet=POST, **({"published_at": NOON + timedelta(hours=2)} | fields))


READINGS_BY_TEXT = {
    WIRE_TEXT: (attribution(WIRE_TEXT, "two people", "Workers at the Orrin salt works", Authority.UNNAMED_GROUP),),
    POST_TEXT: (by_wire(POST_TEXT, "salt workers walked out"),),
    OWN_TEXT: (
        attribution(OWN_TEXT, "A union official", "the strike would last for weeks", Authority.UNNAMED),
        by_wire(OWN_TEXT, "talks had failed"),
    ),
    SAME_SOURCE_TEXT: (
        attribution(SAME_SOURCE_TEXT, "the county", "Salt from abroad", Authority.NAMED_GROUP, resolved="The county"),
    ),
    FREE_TEXT: (
        attribution(
            FREE_TEXT, "a spokesman for the county", "The county will buy", Authority.NAMED_GROUP, resolved="the county"
        ),
    ),
}


def readings(articles: Sequence[Article]) -> dict[str, Reading]:
    return {article.version: Reading(attributions=READINGS_BY_TEXT.get(article.text, ())) for article in articles}


def drawn(*articles: Article) -> list[tuple[str, str | None, str]]:
    story = Story(lead=articles[0], others=articles[1:])
    outlets = {article.url: article.outlet.name for article in articles}
    found = edges(story, readings(articles), NAMES)
    for edge in found:
        source = next(article for article in articles if article.url == edge.source)
        assert edge.evidence is None or (edge.evidence[0] == source.version and edge.evidence[1].of(source.text))
    return [(outlets[edge.source], outlets.get(edge.target or ""), edge.kind.value) for edge in found]


def counted(*articles: Article) -> Origins:
    story = Story(lead=articles[0], others=articles[1:])
    return origins(articles, edges(story, readings(articles), NAMES), readings(articles))


def numbers(*articles: Article) -> tuple[int, int]:
    found = counted(*articles)
    return found.at_least, found.at_most


# ---------------------------------------------------------------- edges


def test_an_outlet_named_as_the_source_is_cited_and_the_name_is_the_evidence() -> None:
    story = Story(lead=post(), others=(wire(),))
    (edge,) = edges(story, readings(story.articles), NAMES)
    assert (edge.kind, edge.target, edge.target_outlet) == (EdgeKind.CITES, story.others[0].url, "Northern Wire")
    assert edge.evidence is not None
    assert edge.evidence[1].of(POST_TEXT) == "Northern Wire"


def test_an_outlet_that_is_not_held_is_cited_all_the_same() -> None:
    assert drawn(post()) == [("Middleton Post", None, "cites")]


def test_a_credit_line_and_the_same_words_are_two_links() -> None:
    copy = make_article(WIRE_TEXT, outlet=LANTERN, credit="Northern Wire")
    assert drawn(copy, wire()) == [
        ("Evening Lantern", "Northern Wire", "credit_line"),
        ("Evening Lantern", "Northern Wire", "shares_text"),
    ]


def test_a_copy_without_a_credit_is_shown_by_its_words() -> None:
    silent = make_article(WIRE_TEXT.split("\n\n", 1)[1], outlet=MIRROR)
    assert drawn(silent, wire()) == [("River Mirror", "Northern Wire", "shares_text")]


def test_the_same_words_lead_from_the_later_to_the_earlier_text() -> None:
    early, late = (
        make_article(WIRE_TEXT, outlet=MIRROR),
        make_article(WIRE_TEXT, outlet=POST, published_at=NOON + timedelta(hours=1)),
    )
    assert drawn(early, late) == drawn(late, early) == [("Middleton Post", "River Mirror", "shares_text")]


def test_the_same_words_lead_to_the_agency_and_to_the_credited_text_whatever_the_time() -> None:
    silent = make_article(WIRE_TEXT, outlet=POST, published_at=NOON - timedelta(hours=5))
    assert drawn(wire(), silent) == [("Middleton Post", "Northern Wire", "shares_text")]
    carrier = make_article(WIRE_TEXT, outlet=LANTERN, credit="Northern Wire")
    assert drawn(carrier, silent)[1:] == [("Middleton Post", "Evening Lantern", "shares_text")]
    carriers = [make_article(WIRE_TEXT, outlet=outlet, credit="Northern Wire") for outlet in (LANTERN, MIRROR)]
    assert EdgeKind.SHARES_TEXT not in {kind for _, _, kind in drawn(*carriers)}


def test_earlier_time_alone_is_no_link() -> None:
    assert drawn(make_article(FREE_TEXT, outlet=POST, published_at=NOON + timedelta(hours=3)), wire()) == []


def test_a_link_to_the_article_or_its_outlet_is_a_link_and_one_to_a_home_page_is_none() -> None:
    text = "The strike at the salt works goes on into its second day, as was to be expected."
    linking = make_article(text, outlet=MIRROR, links=("https://www.northernwire.example/news/story/",))
    assert drawn(linking, wire()) == [("River Mirror", "Northern Wire", "links")]
    other_page = make_article(text, outlet=MIRROR, links=("https://northernwire.example/other/page",))
    assert drawn(other_page, wire()) == [("River Mirror", None, "links")]
    home = make_article(text, outlet=MIRROR, links=("https://northernwire.example/",))
    assert drawn(home, wire()) == []


def test_words_of_one_speech_are_a_shared_quotation() -> None:
    speech = "“We will come back to the table tomorrow at nine, but we will not beg for what is ours,”"
    ours = make_article(f"{speech} the union leader said at the gate of the salt works.", outlet=POST)
    theirs = make_article(f"In the rain a woman spoke: {speech} and the crowd cheered.", outlet=MIRROR)
    assert drawn(ours, theirs) == [("River Mirror", "Middleton Post", "shares_quote")]


def test_an_outlet_does_not_cite_itself_nor_the_agency_whose_text_it_prints() -> None:
    own = Reading(attributions=(by_wire(POST_TEXT, "salt workers walked out"),))
    for article in (
        make_article(POST_TEXT, outlet=WIRE),
        make_article(POST_TEXT, outlet=LANTERN, credit="Northern Wire"),
    ):
        story = Story(lead=article)
        assert EdgeKind.CITES not in {edge.kind for edge in edges(story, {article.version: own}, NAMES)}


# ---------------------------------------------------------------- origins of a story


def test_who_only_repeats_adds_no_origin() -> None:
    assert numbers(wire()) == (1, 1)
    assert numbers(post(), wire()) == (1, 1)
    assert numbers(post()) == (1, 1)


def test_another_copy_adds_no_origin() -> None:
    before = counted(post(), wire())
    copies = [
        make_article(WIRE_TEXT, outlet=make_outlet(f"Copy {number}"), url=f"https://copy{number}.example/a")
        for number in range(3)
    ]
    after = counted(post(), wire(), *copies)
    assert (after.at_least, after.at_most) == (before.at_least, before.at_most)
    assert numbers(*copies) == (1, 1)


def test_two_carriers_of_an_agency_that_is_closed_to_us_are_one_origin() -> None:
    carriers = [make_article(WIRE_TEXT, outlet=outlet, credit="Northern Wire") for outlet in (LANTERN, MIRROR)]
    found = counted(*carriers)
    assert (found.at_least, found.at_most) == (1, 1)
    assert found.chains == tuple((carrier.url, "Northern Wire") for carrier in carriers)


def test_an_outlet_with_a_source_of_its_own_may_be_an_origin_beside_the_one_it_names() -> None:
    own = make_article(OWN_TEXT, outlet=MIRROR)
    assert numbers(own, wire()) == (1, 2)
    assert numbers(post(), own, wire(), make_article(FREE_TEXT, outlet=LANTERN)) == (2, 3)


def test_articles_that_share_nothing_are_two_origins_and_two_of_one_outlet_are_one() -> None:
    assert numbers(wire(), make_article(FREE_TEXT, outlet=MIRROR)) == (2, 2)
    second = make_article(FREE_TEXT, outlet=WIRE, url="https://www.northernwire.example/second")
    assert numbers(wire(), second) == (1, 1)


def test_a_link_may_join_and_so_may_one_named_source() -> None:
    linking = make_article(FREE_TEXT, outlet=MIRROR, links=(wire().url,))
    assert numbers(linking, wire()) == (1, 2)
    one, other = make_article(FREE_TEXT, outlet=POST), make_article(SAME_SOURCE_TEXT, outlet=MIRROR)
    assert numbers(one, other) == (1, 2)
    assert Joined(a=one.url, b=other.url, why="same_source") in counted(one, other).joined


def test_a_circle_is_one_origin_and_its_chain_ends_where_it_began() -> None:
    a = make_article("River Mirror reports that the works are sold.", outlet=POST)
    b = make_article("Middleton Post reports that the works are sold.", outlet=MIRROR)
    found_readings = {
        a.version: Reading(
            attributions=(
                attribution(a.text, "River Mirror", "the works are sold", Authority.OUTLET, outlet="River Mirror"),
            )
        ),
        b.version: Reading(
            attributions=(
                attribution(b.text, "Middleton Post", "the works are sold", Authority.OUTLET, outlet="Middleton Post"),
            )
        ),
    }
    story = Story(lead=a, others=(b,))
    found = origins(story.articles, edges(story, found_readings, NAMES), found_readings)
    assert (found.at_least, found.at_most) == (1, 1)
    assert found.chains == ((a.url, b.url, a.url),)


def test_a_speech_that_a_copy_shares_with_another_outlet_may_join_the_agency_with_it() -> None:
    speech = " “We will come back to the table tomorrow at nine, but we will not beg for what is ours,” she said."
    copy = make_article(WIRE_TEXT + speech, outlet=LANTERN, credit="Northern Wire")
    assert numbers(copy, make_article(FREE_TEXT + speech, outlet=MIRROR)) == (1, 2)


def test_a_headline_alone_is_no_certain_origin() -> None:
    headline = make_article("County buys salt abroad", outlet=MIRROR, held=Held.HEADLINE)
    assert numbers(wire(), headline) == (1, 2)


def test_the_order_of_the_articles_does_not_change_the_numbers() -> None:
    articles = [post(), wire(), make_article(OWN_TEXT, outlet=MIRROR), make_article(FREE_TEXT, outlet=LANTERN)]
    assert len({numbers(*articles[n:], *articles[:n]) for n in range(4)} | {numbers(*articles[::-1])}) == 1


# ---------------------------------------------------------------- origins of one claim


def cell(article: Article, words: str, authority: Authority, **fields: Any) -> Cell:
    at = article.text.index(words)
    place = Place(outlet=article.outlet.name, url=article.url, version=article.version, span=Span(at, at + len(words)))
    return Cell(place=place, text=words, authority=authority, **fields)


def claim(articles: Sequence[Article], *cells: Cell) -> Origins:
    story = Story(lead=articles[0], others=tuple(articles[1:]))
    found = readings(articles)
    return claim_origins(cells, articles, edges(story, found, NAMES), found)


def test_a_claim_told_on_another_outlets_word_rests_on_that_outlet() -> None:
    own, agency = make_article(OWN_TEXT, outlet=MIRROR), wire()
    second_hand = cell(own, "talks had failed", Authority.OUTLET, attributed_to_outlet="Northern Wire")
    at_agency = cell(agency, "talks on night pay failed", Authority.UNNAMED_GROUP)
    found = claim([own, agency], second_hand, at_agency)
    assert (found.at_least, found.at_most) == (1, 1)
    assert found.chains == ((own.url, agency.url),)
    assert found.joined == (Joined(a=own.url, b=agency.url, why="cites"),)


def test_sources_reached_through_another_outlet_are_that_outlets() -> None:
    own, agency = make_article(OWN_TEXT, outlet=MIRROR), wire()
    via = (ViaSource(authority=Authority.OUTLET, source="Northern Wire", cue="told"),)
    nested = cell(own, "talks had failed", Authority.UNNAMED_GROUP, via=via)
    assert claim([own, agency], nested, cell(agency, "talks on night pay failed", Authority.UNNAMED_GROUP)).at_most == 1


def test_a_source_of_ones_own_is_an_origin_of_its_claim() -> None:
    own, agency = make_article(OWN_TEXT, outlet=MIRROR), wire()
    official = cell(own, "the strike would last for weeks", Authority.UNNAMED, source="A union official")
    assert claim([own, agency], official).at_most == 1
    both = claim([own, agency], official, cell(agency, "talks on night pay failed", Authority.UNNAMED_GROUP))
    assert (both.at_least, both.at_most) == (2, 2)


def test_what_a_repeater_says_in_its_own_voice_rests_on_whom_it_repeats() -> None:
    repeater, agency = post(), wire()
    unsourced = cell(repeater, "The owner made an offer", Authority.OWN_VOICE)
    at_agency = cell(agency, "The owner had offered", Authority.UNNAMED_GROUP)
    assert claim([repeater, agency], unsourced, at_agency).at_most == 1
    own = make_article(OWN_TEXT, outlet=MIRROR)
    unsure = claim([own, agency], cell(own, "the strike", Authority.OWN_VOICE), at_agency)
    assert (unsure.at_least, unsure.at_most) == (1, 2)


@pytest.mark.parametrize(
    ("authority", "source", "cue", "expected"),
    [
        (Authority.NAMED, "Petra Vance", "said", (1, 2)),
        (Authority.DOCUMENT, "the letter", "says", (1, 2)),
        (Authority.UNNAMED, "an official", "told reporters", (1, 2)),
        (Authority.UNNAMED, "an official", "said", (2, 2)),
    ],
)
def test_one_source_that_two_outlets_name_may_be_one_origin(
    authority: Authority, source: str, cue: str, expected: tuple[int, int]
) -> None:
    free, agency = make_article(FREE_TEXT, outlet=MIRROR), wire()
    one = cell(free, "The county will buy", authority, source=source, cue=cue)
    other = cell(agency, "the county needs", authority, source=source.removeprefix("Petra "), cue=cue)
    found = claim([free, agency], one, other)
    assert (found.at_least, found.at_most) == expected


def test_the_cell_of_a_copy_is_no_second_origin() -> None:
    copy = make_article(WIRE_TEXT, outlet=LANTERN, credit="Northern Wire")
    agency = wire()
    cells = [cell(article, "talks on night pay failed", Authority.UNNAMED_GROUP) for article in (copy, agency)]
    assert claim([copy, agency], *cells).at_most == 1
    assert claim([copy], cells[0]).chains == ((copy.url, "Northern Wire"),)


def test_no_cells_no_origins() -> None:
    assert claim([wire()]) == Origins(at_least=0, at_most=0)


def test_words_inside_what_an_outlet_is_quoted_with_are_that_outlets() -> None:
    text = f"Salt is scarce, a grocer said. Northern Wire writes: “{WIRE_TEXT[:110]}”"
    quoting, agency = make_article(text, outlet=MIRROR), wire()
    reading = Reading(
        attributions=(
            attribution(text, "a grocer", "Salt is scarce", Authority.UNNAMED),
            by_wire(text, WIRE_TEXT[:110]),
        )
    )
    found = {**readings([agency]), quoting.version: reading}
    story = Story(lead=quoting, others=(agency,))
    cells = (
        cell(quoting, "Workers at the Orrin salt works walked out", Authority.OWN_VOICE),
        cell(agency, "Workers at the Orrin salt works walked out", Authority.OWN_VOICE),
    )
    assert claim_origins(cells, story.articles, edges(story, found, NAMES), found).at_most == 1


# ---------------------------------------------------------------- never more origins than outlets


def test_cited_outlets_that_are_not_held_stand_in_the_place_of_who_cites_them() -> None:
    own = make_article(OWN_TEXT, outlet=MIRROR)
    assert numbers(own) == (1, 1)
    text = "Northern Wire reports a walkout. Middleton Post reports an offer."
    both = make_article(text, outlet=LANTERN)
    by_post = attribution(text, "Middleton Post", "an offer", Authority.OUTLET, outlet="Middleton Post")
    found = {both.version: Reading(attributions=(by_wire(text, "a walkout"), by_post))}
    story = Story(lead=both)
    counted = origins(story.articles, edges(story, found, NAMES), found)
    assert (counted.at_least, counted.at_most) == (1, 1)
    assert len(counted.chains) == 2


@pytest.mark.parametrize("size", [1, 2, 3])
def test_at_least_at_most_and_the_number_of_outlets_stand_in_this_order(size: int) -> None:
    whole = [
        wire(),
        post(),
        make_article(OWN_TEXT, outlet=MIRROR),
        make_article(FREE_TEXT, outlet=LANTERN),
        make_article(WIRE_TEXT, outlet=LANTERN, credit="Northern Wire", url="https://eveninglantern.example/copy"),
        make_article(OWN_TEXT, outlet=POST, url="https://middletonpost.example/second"),
        make_article("Strike", outlet=MIRROR, held=Held.HEADLINE, url="https://rivermirror.example/headline"),
    ]
    for articles in permutations(whole, size):
        found = counted(*articles)
        assert 1 <= found.at_least <= found.at_most <= len({article.outlet.key for article in articles})


def test_the_short_name_of_an_outlet_for_itself_is_no_other_outlet() -> None:
    harbour, times = make_outlet("The Harbour Times"), make_outlet("The Times")
    names = OutletNames([harbour, times])
    text = "The works are sold, two clerks told The Times. The Times reported on Monday that the price was low."
    for outlet, cited in ((harbour, []), (MIRROR, ["The Times"])):
        article = make_article(text, outlet=outlet)
        found = edges(Story(lead=article), {article.version: read(article, names)}, names)
        assert [edge.target_outlet for edge in found] == cited
