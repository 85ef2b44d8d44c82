"""What holds for every story: who is asked about, who is left out and who copies changes nothing else."""

from itertools import permutations

import pytest

from claims.attribution import read
from claims.comparing import compare
from claims.comparison import Comparison
from claims.grouping import group
from claims.matching.meaning import Model, load
from claims.outlet_names import OutletNames
from claims.statements import statements
from claims.types import Article, Story
from tests.factories import make_article

COURIER = make_article(
    "The council of Norland closed the Harbour Bridge on Monday because 40 anchor bolts are missing.\n\n"
    "Ada Brook, the chief engineer, found rust in the anchor chains last week.\n\n"
    "“We will not gamble with anybody's life,” Brook said.\n\n"
    "The repair will cost 12 million crowns, the council said.\n\n"
    "Bakers in the old town lost half of their customers.\n\n"
    "A school choir sang for the workers on the quay.",
    title="Norland closes Harbour Bridge",
)
RADIO = make_article(
    "Norland's council shut the Harbour Bridge on Monday, where 60 anchor bolts are missing.\n\n"
    "Rust in the anchor chains was found by chief engineer Ada Brook.\n\n"
    "Mending it costs 12 million crowns, according to the council.\n\n"
    "Shops near the harbour said that trade had fallen by 50 percent.\n\n"
    "The mayor opened a fair for young farmers in the evening.\n\n"
    "Heavy rain is expected until the weekend.",
    outlet="Delta Radio",
    title="Harbour Bridge of Norland shut",
)
GLOBE = make_article(
    "Commuters cross the water on ferries free of charge since the Harbour Bridge was closed on Monday.\n\n"
    "The boats leave every ten minutes from the north quay.\n\n"
    "Nobody wants to risk a life, chief engineer Ada Brook said.\n\n"
    "Ada Brook has worked for the city since 2009.\n\n"
    "The bridge was opened in 1931 by a queen.\n\n"
    "A museum shows the plans of its builders.",
    outlet="Evening Globe",
    title="Free ferries in Norland",
)
ARTICLES = (COURIER, RADIO, GLOBE)


@pytest.fixture(scope="module")
def model() -> Model:
    found = load().model
    assert found is not None
    return found


@pytest.fixture(params=["words", "meaning"])
def meaning(request: pytest.FixtureRequest, model: Model) -> Model | None:
    return model if request.param == "meaning" else None


def compared(*articles: Article, meaning: Model | None = None) -> Comparison:
    names = OutletNames(article.outlet for article in articles)
    readings = {article.version: read(article, names) for article in articles}
    return compare(Story(lead=articles[0], others=articles[1:]), readings, names, meaning)


def rows(comparison: Comparison) -> set[tuple[frozenset[str], frozenset[object]]]:
    return {(frozenset(cell.text for cell in row.cells), frozenset(row.differences)) for row in comparison.rows}


def cells(comparison: Comparison) -> set[tuple[str, str]]:
    return {(cell.place.url, cell.text) for row in comparison.rows for cell in row.cells}


def test_order_and_who_is_asked_about_change_no_row(meaning: Model | None) -> None:
    expected = rows(compared(*ARTICLES, meaning=meaning))
    assert any(len(texts) > 1 for texts, _ in expected)
    for order in permutations(ARTICLES):
        assert rows(compared(*order, meaning=meaning)) == expected


def test_without_an_outlet_only_what_it_carried_is_gone(meaning: Model | None) -> None:
    whole = cells(compared(*ARTICLES, meaning=meaning))
    for gone in ARTICLES:
        rest = compared(*(article for article in ARTICLES if article is not gone), meaning=meaning)
        assert cells(rest) == {(url, text) for url, text in whole if url != gone.url}
        assert all(gone.url not in one.between for row in rest.rows for one in row.differences)


def test_an_identical_copy_adds_no_origin(meaning: Model | None) -> None:
    before = compared(*ARTICLES, meaning=meaning).origins
    copy = make_article(RADIO.text, outlet="Copy Mail", title=RADIO.title)
    after = compared(*ARTICLES, copy, meaning=meaning).origins
    assert (after.at_least, after.at_most) == (before.at_least, before.at_most)


def test_every_span_is_the_words_it_stands_for(meaning: Model | None) -> None:
    found = compared(*ARTICLES, meaning=meaning)
    texts = {article.version: article.text for article in found.articles}
    for row in found.rows:
        assert all(cell.place.span.of(texts[cell.place.version]) == cell.text for cell in row.cells)
        assert all(
            0 <= span.start < span.end <= len(texts[version]) for one in row.differences for version, span in one.spans
        )


def test_what_is_said_in_other_words_is_found_by_meaning(model: Model) -> None:
    names = OutletNames(article.outlet for article in ARTICLES)
    claims = [claim for article in ARTICLES for claim in statements(article, read(article, names))]

    def together(meaning: Model | None) -> bool:
        return any(
            {"Bakers", "Shops"} <= {claim.text.split()[0] for claim in found.claims} for found in group(claims, meaning)
        )

    assert not together(None)
    assert len([one for one in group(claims, model) if len(one.claims) > 1]) >= len(
        [one for one in group(claims) if len(one.claims) > 1]
    )
