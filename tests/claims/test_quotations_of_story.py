"""The quotation check over a whole story, on invented texts."""

from dataclasses import replace
from typing import Any

from claims.comparison import QuotationResult
from claims.outlet_names import OutletNames
from claims.quotations import check_quotations
from claims.types import (
    Article,
    Attribution,
    Authority,
    Held,
    Miss,
    MissReason,
    OutletKind,
    QuotationType,
    Reading,
    Span,
    Story,
)
from tests.factories import make_article, make_outlet

WIRE = make_outlet("Northern Wire", kind=OutletKind.AGENCY)
POST = make_outlet("Middleton Post")
LANTERN = make_outlet("Evening Lantern")
NAMES = OutletNames([WIRE, POST, LANTERN])
WIRE_TEXT = (
    "Workers at the salt works walked out on Thursday.\n\n“We will come back to the table tomorrow, but we will not "
    "beg,” union leader Petra Vance said. Talks on night pay have failed twice, two people close to them said."
)
QUOTED = "We will come back to the table tomorrow, but we will not beg"
POST_TEXT = (
    f"The strike goes on. “{QUOTED},” Vance told Northern Wire. The agency said talks on night pay had failed twice."
)


def attribution(text: str, content: str, authority: Authority, **fields: Any) -> Attribution:
    at = text.index(content)
    defaults: dict[str, Any] = {"source": (), "cue": (), "quote": QuotationType.DIRECT}
    return Attribution(content=(Span(at, at + len(content)),), authority=authority, **(defaults | fields))


def told_wire(text: str = POST_TEXT) -> Reading:
    """What the Post says: Vance, by way of the agency; and the agency once more, without marks."""
    return Reading(
        attributions=(
            attribution(text, f"“{QUOTED},”", Authority.NAMED, resolved="Petra Vance", via=1),
            attribution(text, f"“{QUOTED},”", Authority.OUTLET, outlet="Northern Wire"),
            attribution(
                text,
                "talks on night pay had failed twice",
                Authority.OUTLET,
                outlet="Northern Wire",
                quote=QuotationType.INDIRECT,
            ),
        )
    )


def checked(
    post: Article, *others: Article, reading: Reading | None = None, misses: tuple[Miss, ...] = ()
) -> list[tuple[str, str | None]]:
    story = Story(lead=post, others=others, misses=misses)
    quotations = check_quotations(story, {post.version: reading or told_wire(post.text)}, NAMES)
    for quotation in quotations:
        assert quotation.quoting.span.of(post.text) == quotation.text
        if quotation.found:
            text = next(article.text for article in others if article.version == quotation.found.version)
            assert quotation.found.span.of(text)
    return [(quotation.result.value, quotation.found.outlet if quotation.found else None) for quotation in quotations]


def test_a_quotation_of_another_outlet_is_looked_up_in_its_article() -> None:
    post, wire = make_article(POST_TEXT, outlet=POST), make_article(WIRE_TEXT, outlet=WIRE)
    assert checked(post, wire) == [("exact", "Northern Wire"), ("paraphrase", "Northern Wire")]


def test_an_open_copy_stands_for_the_agency() -> None:
    copy = make_article(WIRE_TEXT, outlet=LANTERN, credit="Northern Wire")
    story = Story(lead=make_article(POST_TEXT, outlet=POST), others=(copy,))
    first = check_quotations(story, {story.lead.version: told_wire()}, NAMES)[0]
    assert first.cited_outlet == "Northern Wire"
    assert first.found is not None
    assert (first.found.outlet, first.found.carried_for) == ("Evening Lantern", "Northern Wire")


def test_a_readers_copy_is_searched_and_a_page_that_could_not_be_read_is_not_called_empty() -> None:
    post = make_article(POST_TEXT, outlet=POST)
    copy = make_article(WIRE_TEXT, outlet=WIRE, held=Held.READER_COPY, url="text:1")
    assert checked(post, copy)[0] == ("exact", "Northern Wire")
    brief = make_article("Workers at the salt works walked out on Thursday over night pay.", outlet=WIRE)
    miss = Miss(outlet="Northern Wire", url="https://northernwire.example/second", reason=MissReason.REFUSED)
    assert checked(post, brief)[0] == ("not_found", None)
    assert checked(post, brief, misses=(miss,))[0] == ("not_checkable", None)
    assert checked(post) == [("not_checkable", None)]


def test_a_headline_counts_where_the_words_stand_in_it() -> None:
    wire = make_article(
        "Workers walked out on Thursday over night pay.", outlet=WIRE, title=f"“{QUOTED}”: salt works at rest"
    )
    story = Story(lead=make_article(POST_TEXT, outlet=POST), others=(wire,))
    first = check_quotations(story, {story.lead.version: told_wire()}, NAMES)[0]
    assert (first.result, first.found, first.stands_in) == (QuotationResult.EXACT, None, "headline")


def test_an_outlets_own_words_are_not_looked_up() -> None:
    copy = make_article(POST_TEXT, outlet=POST, credit="Northern Wire")
    assert checked(copy, make_article(WIRE_TEXT, outlet=WIRE)) == []


def sayings(ours: str, theirs: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Whose quotation is looked up, with which result and which changes; Vance speaks in ours."""
    post, wire = make_article(ours, outlet=POST), make_article(theirs, outlet=WIRE)
    said = ours[: ours.index(" Vance")]
    reading = Reading(attributions=(attribution(ours, said, Authority.NAMED, resolved="Petra Vance"),))
    found = check_quotations(Story(lead=post, others=(wire,)), {post.version: reading}, NAMES)
    assert all((one.cited_person, one.cited_outlet) == ("Petra Vance", None) for one in found)
    return [
        (one.quoting.outlet, one.result.value, [(a, b) for op, a, b in one.changes if op != "keep"]) for one in found
    ]


def test_a_persons_words_in_two_outlets_are_set_side_by_side() -> None:
    changed = "“We will be back at the table tomorrow, but we will not beg,” Vance said."
    differences = [("come", "be"), ("to", "at")]
    assert sayings(changed, WIRE_TEXT) == [("Middleton Post", "altered", differences)]
    assert sayings(f"“{QUOTED},” Vance said.", WIRE_TEXT) == [("Middleton Post", "exact", [])]
    assert sayings("“The road to the gate is long and cold in winter,” Vance said.", WIRE_TEXT) == []


def test_who_quotes_less_of_a_saying_is_the_one_that_is_looked_up() -> None:
    longer = f"“I say it for the last time: {QUOTED[0].lower()}{QUOTED[1:]} for what is ours,” Vance said."
    assert sayings(longer, WIRE_TEXT) == [("Northern Wire", "exact", [])]


def test_few_words_that_keep_a_distance_are_no_quotation_of_the_outlet() -> None:
    text = "The so-called “night pay” is a joke, Northern Wire wrote."
    post, wire = make_article(text, outlet=POST), make_article(WIRE_TEXT, outlet=WIRE)
    reading = Reading(
        attributions=(
            attribution(
                text,
                "The so-called “night pay” is a joke",
                Authority.OUTLET,
                outlet="Northern Wire",
                quote=QuotationType.MIXED,
            ),
        )
    )
    assert checked(post, wire, reading=reading) == []


def test_what_is_added_to_a_report_without_marks_is_not_looked_up_by_itself() -> None:
    post = make_article(
        "Talks on night pay failed a second time, Northern Wire says, after what two people close to them call it.",
        outlet=POST,
    )
    wire = make_article(WIRE_TEXT, outlet=WIRE)
    said = attribution(
        post.text,
        "Talks on night pay failed a second time",
        Authority.OUTLET,
        outlet="Northern Wire",
        quote=QuotationType.INDIRECT,
    )
    start = post.text.index("after what two")
    reading = Reading(attributions=(replace(said, content=(*said.content, Span(start, len(post.text) - 1))),))
    assert checked(post, wire, reading=reading) == [("paraphrase", "Northern Wire")]
