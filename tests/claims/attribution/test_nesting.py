"""Who passes a word on: the same sentence as rules and as the model see it."""

import pytest

from claims.attribution import SURE_MIN, read
from claims.attribution.found import Found
from claims.attribution.joining import joined
from claims.attribution.model import Told
from claims.attribution.nesting import cited, vias
from claims.outlet_names import OutletNames
from claims.types import Span
from tests.factories import make_article, make_outlet

NORTHWIRE = OutletNames([make_outlet("Northwire")])
TEXT = "Northwire, quoting the governor, reported that 31 boats were lost. Bay TV, citing bad weather, said nothing."
LAST = "The port will close, Northwire reported, citing two aides."


def spot(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_the_one_who_is_quoted_says_what_the_outlet_reports() -> None:
    reported = Found(spot("Northwire"), spot("reported"), (spot("that 31 boats were lost"),), "reported", 0.9)
    quoting = Found(spot("Northwire"), spot("quoting"), (spot("the governor"),), "quoting", 0.6)
    found = cited(TEXT, [quoting, reported])
    assert (found[0].source, found[0].content) == (spot("the governor"), reported.content)
    assert vias(found) == [1, None]


def test_a_reason_is_nobody_who_speaks() -> None:
    said = Found(spot("Bay TV"), spot("said"), (spot("nothing"),), "said", 0.9)
    citing = Found(spot("Bay TV"), spot("citing"), (spot("bad weather"),), "citing", 0.6)
    assert cited(TEXT, [citing, said]) == [citing, said]


@pytest.mark.parametrize("reason", ["the Fifth Amendment right", "another reason the state is poor", "a lack of staff"])
def test_a_right_or_a_reason_is_nobody_who_speaks(reason: str) -> None:
    text = f"Ann Lee, citing {reason}, said nothing."
    said = Found(spot("Ann Lee", text), spot("said", text), (spot("nothing", text),), "said", 0.9)
    citing = Found(spot("Ann Lee", text), spot("citing", text), (spot(reason, text),), "citing", 0.6)
    assert cited(text, [citing, said]) == [citing, said]


def test_nobody_is_quoted_across_a_full_stop() -> None:
    said = Found(spot("Northwire"), spot("said"), (spot("nothing"),), "said", 0.9)
    quoting = Found(spot("Northwire"), spot("quoting"), (spot("the governor"),), "quoting", 0.6)
    assert cited(TEXT, [quoting, said])[0] == quoting


def test_the_rules_tell_who_is_cited_where_the_model_takes_it_for_what_is_said() -> None:
    source, content = spot("Northwire", LAST), spot("The port will close", LAST)
    reported = Found(source, spot("reported", LAST), (content,), "reported", 0.9)
    aides = spot("two aides", LAST)
    citing = Found(aides, spot("citing", LAST), (content,), "citing", 0.8, through=reported.cue)
    told = [Told(source, spot("citing", LAST), (aides,), 0.9), Told(source, spot("reported", LAST), (content,), 0.9)]
    found = {one.word: one for one in joined(LAST, [reported, citing], told, ())}
    assert found["citing"].source == aides
    assert found["citing"].content == (content,)
    assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        "“The pier is closed,” Tom Hall said in an interview with Northwire.",
        "“The pier is closed,” Tom Hall said on Northwire.",
        "Speaking to Northwire, Tom Hall said the pier was closed.",
        "Writing in Northwire, the sailor Tom Hall argues that the pier is closed.",
        "“The pier is closed,” Tom Hall was quoted as saying by Northwire.",
        "Tom Hall told Northwire that the pier was closed.",
    ],
)
def test_an_outlet_that_somebody_spoke_to_passes_it_on(text: str) -> None:
    inner, outer = read(make_article(text), NORTHWIRE).attributions
    assert (inner.resolved, inner.via, outer.outlet) == ("Tom Hall", 1, "Northwire")
    assert inner.content == outer.content


def test_an_outlet_of_another_sentence_passes_nothing_on() -> None:
    text = "“The pier is closed,” Tom Hall said. He had spoken to Northwire before. Bo Marsh said it was open."
    assert [one.via for one in read(make_article(text), NORTHWIRE).attributions] == [None, None]


def test_an_unlisted_paper_is_told_too() -> None:
    text = "Tom Hall told the Springfield Gazette that the pier was closed."
    assert [one.outlet for one in read(make_article(text), NORTHWIRE).attributions] == [None, "Springfield Gazette"]


@pytest.mark.parametrize(
    "text",
    ["Per Northwire, the pier is closed.", "As first reported by Northwire, the pier is closed."],
)
def test_per_and_as_reported_by(text: str) -> None:
    (one,) = read(make_article(text), NORTHWIRE).attributions
    assert (one.outlet, one.content[0].of(text)) == ("Northwire", "the pier is closed")


def test_a_live_report_s_times_are_no_part_of_what_is_said() -> None:
    text = "14:05 Norland tells Northwire that the pier is closed.\n\n2:40 p.m. “It is shut,” Tom Hall says."
    found = read(make_article(text), NORTHWIRE).attributions
    assert [one.source[0].of(text) for one in found if one.outlet is None] == ["Norland", "Tom Hall"]
    assert "2:40" not in found[-1].content[0].of(text)


def test_a_source_does_not_run_into_what_it_says() -> None:
    text = "According to figures by the firm Golding, sales fell. Ann Lee smiled at the port."
    rules = [
        Found(
            spot("figures", text),
            spot("According to", text),
            (spot("by the firm Golding, sales fell", text),),
            "according",
            0.9,
        )
    ]
    told = [Told(spot("the firm Golding", text), spot("According to", text), (spot(", sales fell", text),), 0.9)]
    (one,) = joined(text, rules, told, ())
    assert one.source is not None
    assert not any(part.start < one.source.end and one.source.start < part.end for part in one.content)


def test_the_model_s_source_of_another_sentence_gives_way() -> None:
    text = "The pier is closed, Northwire reported. His aide, Tom Hall, vowed to open it."
    rules = [Found(spot("His aide, Tom Hall", text), spot("vowed", text), (spot("to open it", text),), "vowed", 0.55)]
    told = [Told(spot("Northwire", text), spot("vowed", text), (spot("to open it", text),), 0.6)]
    assert joined(text, rules, told, ())[0].source == rules[0].source


def test_according_to_the_rules_alone_is_sure_enough_to_be_shown() -> None:
    text = "Per Northwire, the pier is closed."
    rules = [Found(spot("Northwire", text), spot("Per", text), (spot("the pier is closed", text),), "per", 0.9)]
    assert joined(text, rules, (), ())[0].confidence >= SURE_MIN
