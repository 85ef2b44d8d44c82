"""Readings of invented texts, for the tests beside this file."""

from claims.attribution import read
from claims.outlet_names import OutletNames
from claims.types import Attribution, Reading
from tests.factories import make_article, make_outlet

NAMES = OutletNames([make_outlet(name) for name in ("Northwire", "The Lantern", "Bay TV", "Estuary One")])


def reading(text: str) -> Reading:
    return read(make_article(text), NAMES)


def parts(text: str, one: Attribution) -> tuple[str, str, list[str]]:
    return (
        " ".join(span.of(text) for span in one.source),
        " ".join(span.of(text) for span in one.cue),
        [span.of(text) for span in one.content],
    )


def only(text: str) -> Attribution:
    found = reading(text).attributions
    assert len(found) == 1, [parts(text, one) for one in found]
    return found[0]
