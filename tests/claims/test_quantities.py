import pytest

from claims.quantities import Quantity, Unit, quantities


def only(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, found
    assert found[0].span.of(text) == found[0].text
    return found[0]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("it cost $84,000 in all", Unit.MONEY, 84_000),
        ("it cost €1.2bn", Unit.MONEY, 1.2e9),
        ("some 716 billion dollars", Unit.MONEY, 716e9),
        ("44 percent of them", Unit.PERCENT, 44),
        ("44% of them", Unit.PERCENT, 44),
        ("forty-four per cent", Unit.PERCENT, 44),
        ("fifteen ships sank", Unit.COUNT, 15),
        ("a 225-page report", Unit.COUNT, 225),
        ("the 27th district", Unit.ORDINAL, 27),
        ("a hundred people", Unit.COUNT, 100),
        ("the vote was 97-1", Unit.TALLY, 97),
        ("voted 348 to 77 for it", Unit.TALLY, 348),
        ("a one-in-four chance", Unit.CHANCE, 0.25),
        ("1 out of 4 voters", Unit.CHANCE, 0.25),
    ],
)
def test_value_and_unit(text: str, unit: Unit, value: float) -> None:
    found = only(text)
    assert found.unit is unit
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "on March 3 he left",
        "at 5 p.m. sharp",
        "since 2014 nothing",
        "from 1967 to 1979",
        "on 3 May 2020",
        "no one came",
        "flight AB-12 left",
        "",
    ],
)
def test_dates_clock_times_and_codes_are_no_numbers(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("about 700 people", 680, 900),
        ("more than 700 people", 716, 690),
        ("at least 5 people", 6, 4),
        ("up to 40 people", 35, 45),
        ("dozens of people", 60, 12),
        ("1.5 million people", 1.52e6, 1.6e6),
        ("between 500 and 600 people", 550, 700),
        ("10-15 people", 12, 20),
    ],
)
def test_words_widen_the_range(text: str, inside: float, outside: float) -> None:
    found = only(text)
    assert found.low <= inside <= found.high
    assert not found.low <= outside <= found.high


def test_the_counted_noun_is_found_behind_adjectives() -> None:
    assert only("1,200 other former officers").of == only("90 officers").of


def test_a_year_with_a_noun_behind_it_is_a_count() -> None:
    assert only("sent 2000 troops").value == 2000
