import random
from dataclasses import replace

import pytest

from claims.attribution import read
from claims.comparing import compare
from claims.comparison import Comparison, DifferenceKind, Note
from claims.outlet_names import OutletNames
from claims.types import (
    Article,
    Attribution,
    Authority,
    Held,
    Miss,
    MissReason,
    QuotationType,
    Reading,
    Span,
    Story,
)
from tests.factories import make_article, make_outlet

COURIER = make_article(
    "The council of Norland plans to close the Harbour Bridge, Northern Wire reported on Monday.\n\n"
    "“We found 40 missing bolts,” Ada Brook said.\n\n"
    "Ferries carry commuters across the harbour free of charge.",
    title="Norland plans to close Harbour Bridge",
)
WIRE = make_article(
    "The council of Norland is considering whether to close the Harbour Bridge, two officials said.\n\n"
    "“We found 40 missing bolts,” chief engineer Ada Brook told reporters.",
    outlet="Northern Wire",
    title="Norland weighs closing of Harbour Bridge",
)
RADIO = make_article(
    "The council of Norland could close the Harbour Bridge because 60 bolts are missing.\n\n"
    "The mayor sang at a school fair.",
    outlet="Delta Radio",
    title="Harbour Bridge of Norland could close",
)
STORY = Story(lead=COURIER, others=(WIRE, RADIO))
NAMES = OutletNames(article.outlet for article in STORY.articles)


def compared(story: Story) -> Comparison:
    return compare(story, {article.version: read(article, NAMES) for article in story.articles}, NAMES)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compared(STORY)


def test_the_headlines_claim_comes_first_with_all_outlets(comparison: Comparison) -> None:
    first = comparison.rows[0]
    assert [cell.place.outlet for cell in first.cells] == ["The Harbour Courier", "Delta Radio", "Northern Wire"]
    assert all("close the Harbour Bridge" in cell.text for cell in first.cells)
    assert DifferenceKind.CERTAINTY in {difference.kind for difference in first.differences}
    assert [row.importance for row in comparison.rows] == sorted(
        (row.importance for row in comparison.rows), reverse=True
    )


def test_every_cell_and_every_difference_points_at_its_words(comparison: Comparison) -> None:
    texts = {article.version: article.text for article in comparison.articles}
    cells = [cell for row in comparison.rows for cell in row.cells]
    assert cells
    assert all(cell.place.span.of(texts[cell.place.version]) == cell.text for cell in cells)
    assert all(row.statement in {cell.text for cell in row.cells} for row in comparison.rows)
    spans = [side for row in comparison.rows for one in row.differences for side in one.spans]
    assert spans
    assert all(span.end <= len(texts[version]) for version, span in spans)


def test_a_cell_tells_on_whose_word_it_stands(comparison: Comparison) -> None:
    by_outlet = {cell.place.outlet: cell for cell in comparison.rows[0].cells}
    assert by_outlet["The Harbour Courier"].attributed_to_outlet == "Northern Wire"
    assert by_outlet["The Harbour Courier"].authority is Authority.OUTLET
    quoted = next(cell for row in comparison.rows for cell in row.cells if "missing bolts" in cell.text)
    assert quoted.source == "Ada Brook"
    assert quoted.cue is not None


def test_the_order_of_the_others_changes_only_the_list_of_articles(comparison: Comparison) -> None:
    for seed in range(3):
        others = list(STORY.others)
        random.Random(seed).shuffle(others)
        again = compared(replace(STORY, others=tuple(others)))
        assert again.rows == comparison.rows
        assert set(again.edges) == set(comparison.edges)
        assert set(again.quotations) == set(comparison.quotations)


def test_another_lead_asks_another_question_of_the_same_facts(comparison: Comparison) -> None:
    turned = compared(Story(lead=RADIO, others=(COURIER, WIRE)))
    assert {row.id for row in turned.rows} == {row.id for row in comparison.rows}
    differences = {row.id: set(row.differences) for row in comparison.rows}
    assert all(set(row.differences) == differences[row.id] for row in turned.rows)
    assert all(row.cells[0].place.outlet == "Delta Radio" for row in turned.rows if len(row.cells) == 3)


def test_one_article_alone_has_its_rows_too() -> None:
    alone = compared(Story(lead=COURIER))
    assert len(alone.rows) == 3
    assert not any(row.differences for row in alone.rows)
    assert alone.notes == (Note.SINGLE_ARTICLE,)


def test_notes_and_misses_reach_the_answer() -> None:
    miss = Miss(outlet="Northern Wire", url=None, reason=MissReason.TIMEOUT)
    story = Story(lead=replace(COURIER, published_at=None), misses=(miss,))
    limited = compare(story, {story.lead.version: Reading(limited=True)}, NAMES)
    assert limited.misses == (miss,)
    # whether any place could be reached is known to the one who searched, and not from the misses
    assert set(limited.notes) == {Note.LANGUAGE_LIMITED, Note.SINGLE_ARTICLE, Note.NO_DATE}


@pytest.mark.parametrize(
    "article",
    [
        make_article("", held=Held.KNOWN, outlet="Evening Globe"),
        make_article("Norland bridge to close\n\nBolts missing.", held=Held.HEADLINE, outlet="Evening Globe"),
        make_article("?! … “”", outlet="Evening Globe", title=""),
    ],
)
def test_articles_with_next_to_no_text_do_not_disturb(article: Article, comparison: Comparison) -> None:
    story = Story(lead=COURIER, others=(*STORY.others, article))
    again = compared(story)
    assert again.articles == story.articles
    assert len(again.rows) >= len(comparison.rows)


def test_a_wire_copy_is_shown_as_carried_and_differs_in_nothing() -> None:
    copy = replace(
        WIRE, outlet=make_outlet("Evening Globe"), url="https://eveningglobe.example/a", credit="Northern Wire"
    )
    found = compared(Story(lead=WIRE, others=(copy,)))
    assert all(len(row.cells) == 2 for row in found.rows)
    assert not any(row.differences for row in found.rows)
    assert found.rows[0].cells[1].place.carried_for == "Northern Wire"
    assert found.rows[0].origins.at_most == 1


def test_a_claim_is_never_reached_through_itself() -> None:
    text = "Delta Radio said two engineers told it that the anchor chains of the bridge are rusty."
    outer, inner = Span(0, 11), Span(17, 30)
    circle = tuple(
        Attribution(
            source=(source,),
            cue=(),
            content=(Span(start, len(text) - 1),),
            authority=Authority.NAMED,
            quote=QuotationType.INDIRECT,
            via=via,
        )
        for source, start, via in ((outer, 17, 1), (inner, text.index("that the anchor"), 0))
    )
    article = make_article(text)
    reading = Reading(attributions=circle, sentences=(Span(0, len(text)),))
    found = compare(Story(lead=article), {article.version: reading}, NAMES)
    (cell,) = (cell for row in found.rows for cell in row.cells if "rusty" in cell.text)
    assert {cell.source, *(link.source for link in cell.via)} == {"Delta Radio", "two engineers"}
    assert len(cell.via) == 1
