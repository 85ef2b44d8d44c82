import pytest

from claims.outlet_names import OutletNames
from tests.factories import make_outlet

OUTLETS = [
    make_outlet("The Harbour Courier"),
    make_outlet("The Upland Courier"),
    make_outlet("The Lantern"),
    make_outlet("Northwire", aliases=("NW", "North Wire Agency"), domains=("northwire.example",)),
    make_outlet("Metro"),
    make_outlet("The Sun"),
    make_outlet("i", aliases=("The i Paper",)),
    make_outlet("Free Standard"),
]
NAMES = OutletNames(OUTLETS)


def found(text: str) -> list[tuple[str, str]]:
    return [(span.of(text), outlet.name) for span, outlet in NAMES.mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Northwire reports a leak.", [("Northwire", "Northwire")]),
        ("“No,” he told the North Wire Agency.", [("the North Wire Agency", "Northwire")]),
        ("See northwire.example or www.northwire.example for more.", [("northwire.example", "Northwire")] * 2),
        ("The Harbour Courier's report", [("The Harbour Courier", "The Harbour Courier")]),
        ("said the Lantern on Monday", [("the Lantern", "The Lantern")]),
        ("a Lantern reporter saw it", [("Lantern", "The Lantern")]),
        ("told Metro that it was over", [("Metro", "Metro")]),
        ("The Sun reported it first.", [("The Sun", "The Sun")]),
        ("a letter to The i Paper", [("The i Paper", "i")]),
    ],
)
def test_a_name_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Sun was hot and the Metro was full.",
        "He lit a Lantern.",
        "Northwires are cheap, northwire too; NWT as well.",
        "NW/Getty Images",
        "A Northwire/Ipsos poll",
        "mail@northwire.example",
        "the river i saw",
        "The Courier was late.",
    ],
)
def test_a_plain_word_or_a_credit_is_no_mention(text: str) -> None:
    assert found(text) == []


def test_a_short_name_means_the_paper_that_was_named_last() -> None:
    text = "The Harbour Courier had it. The Courier was first. The Upland Courier followed; the Courier said so."
    assert [name for _, name in found(text)] == ["The Harbour Courier"] * 2 + ["The Upland Courier"] * 2


def test_a_common_name_needs_no_context_once_it_was_named_with_one() -> None:
    text = "The Sun reported a leak. But The Sun was wrong."
    assert [name for _, name in found(text)] == ["The Sun", "The Sun"]


def test_an_outlet_is_found_by_any_of_its_names() -> None:
    for name in ("northwire", "NW", "north wire agency", "northwire.example", " Northwire "):
        outlet = NAMES.named(name)
        assert outlet is not None
        assert outlet.key == "northwire"
    lantern = NAMES.named("Lantern")
    assert lantern == NAMES.named("the lantern")
    assert NAMES.named("The Nobody") is None


def test_the_order_of_the_registry_does_not_matter() -> None:
    text = "The Courier, The Harbour Courier, the Courier, told Metro, The Upland Courier, the Courier"
    assert OutletNames(reversed(OUTLETS)).mentions(text) == NAMES.mentions(text)


def test_an_acronym_that_the_text_introduces_means_its_outlet() -> None:
    text = "The Harbour Courier (THC) was late. THC had it; THCs and THC/Getty had not."
    assert found(text) == [("The Harbour Courier", "The Harbour Courier"), ("THC", "The Harbour Courier")]
    assert found("THC had it.") == []
