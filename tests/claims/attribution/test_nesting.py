"""Who passes a word on: the same sentence as rules and as the model see it."""

from claims.attribution.found import Found
from claims.attribution.joining import joined
from claims.attribution.model import Told
from claims.attribution.nesting import cited, vias
from claims.types import Span

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
