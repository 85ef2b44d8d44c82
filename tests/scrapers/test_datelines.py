"""Datelines and credits as agencies and their customers print them."""

import pytest

from claims.types import Outlet
from scrapers._datelines import AGENCIES, credit_of, split_dateline
from tests.factories import make_outlet

REUTERS = Outlet(key="reuters", name="Reuters", domains=("reuters.com",))
AP_NEWS = Outlet(key="ap", name="AP News", domains=("apnews.com",))


@pytest.mark.parametrize(
    "dateline",
    [
        "WASHINGTON, March 3 (Reuters) -",
        "BEIRUT/THE HAGUE, March 7 (Reuters) -",
        "PORT-AU-PRINCE, Haiti, March 3, 2024 (AP) —",
        "LA CROSSE, Wis. (AP) —",
        "KYIV, Ukraine (AP) —",
        "(CNN)",
        "(CNN) --",
        "Washington (CNN) —",
        "New York (CNN Business) --",
        "Moskau (dpa) -",
        "Berlin/Paris (AFP) -",
        "Madrid, 3 mar (EFE).-",
        "(ANSA) - ROMA, 03 MAR -",
        "MOSCOW, March 3. /TASS/.",
        "BEIJING, Oct. 1 (Xinhua) --",
        "New Delhi, Nov 20 (PTI)",
        "New Delhi [India], March 3 (ANI):",
        "TOKYO (Jiji Press) —",
        "PARIS, 3 mars (Reuters) -",
        "DUBLIN —",
        "DHAKA, Bangladesh —",
        "KUALA LUMPUR, Nov 22 ―",
        "BHOPAL:",
        "NEW DELHI:",
        "КИЇВ —",
    ],
)
def test_a_dateline_is_taken_apart(dateline: str) -> None:
    assert split_dateline(f"{dateline} The ferry left on time.") == (dateline, "The ferry left on time.")


@pytest.mark.parametrize(
    "text",
    [
        "The report (AP) said that the ferry left on time.",
        "WATCH: The ferry leaves on time.",
        "NATO — the alliance of 32 — has no ferry.",
        "U.S. President Somebody - the oldest so far - took the ferry.",
        "“It is over” (Reuters) - said the captain.",
        "A — B is no ferry line.",
        "NATO chief says: The ferry left.",
        "NATO Chief Somebody: The ferry left.",
        "قال الرئيس: إن العبارة وصلت",
        "船長は語る: 船は出た",
        "The ferry (built in 1902) - a paddle steamer - left on time.",
        "DUBLIN —",
        "",
    ],
)
def test_a_sentence_keeps_its_beginning(text: str) -> None:
    assert split_dateline(text) == (None, text)


@pytest.mark.parametrize(
    ("dateline", "bylines", "sign_off", "credit"),
    [
        ("ELLERY, March 3 (Reuters) -", [], [], "Reuters"),
        ("ELLERY (AP) —", ["Reuters"], [], "AP"),
        ("ELLERY —", ["Tilda Crane", "Associated Press in Ellery"], [], "AP"),
        (None, ["AFP, MANILA"], [], "AFP"),
        (None, ["Le Courrier et AFP"], [], "AFP"),
        (None, ["Agence France-Presse"], [], "AFP"),
        (None, ["JIJI"], [], "Jiji"),
        (None, ["Tilda Crane"], ["sak/Reuters"], "Reuters"),
        (None, [], ["© dpa-infocom, dpa:250303-99-1"], "dpa"),
        (None, [], ["Source: AFP"], "AFP"),
        (None, [], ["(Reporting by Tilda Crane; Editing by Odo Brandt)"], "Reuters"),
        (None, [], ["—Associated Press writer Odo Brandt in Ellery contributed to this report."], "AP"),
        (None, ["Tilda Crane"], ["With files from The Associated Press"], None),
        (None, ["Ap Singh", "Tilda Crane"], ["Reporting by Tilda Crane"], None),
        (None, ["Tilda Crane, CNN Editor-at-large"], [], None),
        (None, [], [], None),
    ],
)
def test_the_credit_comes_from_dateline_byline_or_sign_off(
    dateline: str | None, bylines: list[str], sign_off: list[str], credit: str | None
) -> None:
    assert credit_of(dateline=dateline, bylines=bylines, sign_off=sign_off, outlet=make_outlet()) == credit


def test_on_an_agencys_own_page_the_credit_is_the_outlet() -> None:
    assert credit_of(dateline="ELLERY (Reuters) -", bylines=[], sign_off=[], outlet=REUTERS) == "Reuters"
    assert credit_of(dateline="ELLERY (AP) —", bylines=[], sign_off=[], outlet=AP_NEWS) == "AP News"


def test_every_agency_is_known_by_its_own_name_in_brackets() -> None:
    assert len(AGENCIES) > 20
    for name, _ in AGENCIES:
        dateline, _ = split_dateline(f"ELLERY, March 3 ({name}) - The ferry left.")
        assert credit_of(dateline=dateline, bylines=[], sign_off=[], outlet=make_outlet()) == name


def test_an_agency_that_nobody_listed_is_taken_at_its_word() -> None:
    dateline, rest = split_dateline("PORT MERROW, November 23 (Skerrywire) - The city is drawing up a plan.")
    assert (dateline, rest) == ("PORT MERROW, November 23 (Skerrywire) -", "The city is drawing up a plan.")
    credit = credit_of(dateline=dateline, bylines=(), sign_off=(), outlet=make_outlet("The Pellan Observer"))
    own = credit_of(dateline=dateline, bylines=(), sign_off=(), outlet=make_outlet("Skerrywire"))
    assert (credit, own) == ("Skerrywire", "Skerrywire")


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, March 3 (the day of the vote) - the hall was full.",
        "The ferry, March 3 (a Monday) - as every day - was late.",
    ],
)
def test_a_remark_in_brackets_is_no_agency(text: str) -> None:
    assert split_dateline(text) == (None, text)
