"""Lines among and below the paragraphs: what is furniture, and what only looks like it."""

import pytest

from scrapers._blocks import Block, blocks_of
from scrapers._page import Page
from scrapers._promos import is_promo
from scrapers._tails import is_sign_off, without_tail

AUTHORS = ("Tilda Crane",)


def block(html: str) -> Block:
    (found,) = blocks_of(Page(f"<html><body>{html}</body></html>".encode(), url="https://harbourcourier.example/").tree)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Read more: The harbour in numbers",
        "READ ALSO: The harbour in numbers",
        "► See also: The harbour in numbers",
        "RELATED: The harbour in numbers",
        "Also on harbour.com The clock is gone too",
        "More from the harbour",
        "Lesen Sie auch: Der Hafen in Zahlen",
        "À lire aussi Le port en chiffres",
        "Lea también: El puerto en cifras",
        "Leggi anche Il porto in cifre",
        "Читайте также: Порт в цифрах",
        "Sign up for our newsletter",
        "Get the harbour news in your inbox with our newsletter.",
        "CLICK HERE TO GET THE HARBOUR APP",
        "Follow Tilda Crane on Twitter",
        "By signing up you agree to our terms of service.",
        "Advertisement",
        "Advertisement · Scroll to continue",
        "Photo: AFP",
        "(Photo by Somebody/Getty Images)",
        "BERTA GREY / AFP",
        "Image source, Getty Images",
        "Il vous reste 57.09% de cet article à lire.",
        "17:41 JST, October 13, 2024",
        "___",
        "12",
        "— Odo Brandt (@odo) March 3, 2025",
    ],
)
def test_a_promo_is_known(text: str) -> None:
    assert is_promo(block(f"<p>{text}</p>"))


@pytest.mark.parametrize(
    "text",
    [
        "Also on Thursday, the council had said that the ferry would not be sold.",
        "More than a hundred boats left the harbour.",
        "More on the bridge than in the boats, the captain said, people were afraid.",
        "By Tuesday, all captains must register with the port authority.",
        "The US won by 2 to 1.",
        "We had to sign in at the gate, she said, and then wait for an hour.",
        "Advertisement spending in the harbour rose by a tenth.",
        "Anzeige gegen den Kapitän wurde am Montag erstattet.",
        "“Read the map,” he said.",
        "Reuters was first to report the sale of the ferry.",
        "See the harbour at night and you will understand, says the mayor.",
        "In 2019, 12 boats sank.",
    ],
)
def test_a_sentence_is_no_promo(text: str) -> None:
    assert not is_promo(block(f"<p>{text}</p>"))


def test_a_paragraph_that_is_all_link_is_a_promo_and_one_with_a_link_is_not() -> None:
    assert is_promo(block("<p><a href='/x'><strong>DECKHANDS CALL OFF THEIR STRIKE</strong></a></p>"))
    assert not is_promo(block("<p>The deckhands <a href='/x'>called off their strike</a> on Monday.</p>"))
    assert not is_promo(block("<h2><a href='/x'>Deckhands call off their strike</a></h2>"))


@pytest.mark.parametrize(
    "text",
    [
        "Reporting by Tilda Crane in Ellery; Editing by Odo Brandt",
        "(Additional reporting by Tilda Crane)",
        "Tilda Crane contributed to this report.",
        "Crane reported from Ellery and Brandt from Quarrytown.",
        "Associated Press writers Odo Brandt and Ilse Marrow contributed to this report.",
        "With files from Odo Brandt",
        "This article was originally published in the Quarrytown Post.",
        "A version of this article appears in print on March 4.",
        "© The Harbour Courier",
        "sak/Reuters",
        "Quelle: dpa",
        "tc, ob; Foto: Hafenarchiv",
    ],
)
def test_a_sign_off_is_known(text: str) -> None:
    assert is_sign_off(text, AUTHORS)


@pytest.mark.parametrize(
    "text",
    [
        "Reporting by the harbour board found that the ferry was unsafe.",
        "The report was published on Monday by the port authority.",
        "Two cases were reported from Quarrytown.",
        "He contributed to the success of the ferry, the mayor said.",
        "Contact with the boat was lost at 3 a.m.",
        "This story is not over, he said.",
    ],
)
def test_a_last_sentence_is_no_sign_off(text: str) -> None:
    assert not is_sign_off(text, AUTHORS)


def test_a_sign_off_goes_and_a_correction_below_it_stays() -> None:
    blocks = [
        block(f"<p>{text}</p>")
        for text in (
            "The ferry left.",
            "It came back.",
            "Reporting by Odo Brandt",
            "Correction: it left at noon, not at one.",
        )
    ]
    kept, tail = without_tail(blocks, AUTHORS)
    assert [b.text for b in kept] == ["The ferry left.", "It came back.", "Correction: it left at noon, not at one."]
    assert tail == ["Reporting by Odo Brandt"]


def test_the_authors_biography_goes() -> None:
    biography = block("<p>Tilda Crane is a transport reporter for the Courier.</p>")
    kept, tail = without_tail([block("<p>The ferry left.</p>"), biography], AUTHORS)
    assert ([b.text for b in kept], tail) == (["The ferry left."], [biography.text])
    kept, _ = without_tail([biography], ("Odo Brandt",))
    assert kept == [biography]
