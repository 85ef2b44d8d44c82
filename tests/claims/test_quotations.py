"""The quotation check: the rules of docs/quotation-check.md on invented texts, and what must hold for every quotation.

The table with hundreds of decided cases is in benchmarks/cases; here stand the interfaces and the properties.
"""

import random
from collections.abc import Callable
from typing import Any

import pytest

from claims.comparison import QuotationResult
from claims.quotations import HeldText, Why, check
from claims.quotations.folding import fold
from claims.types import (
    Held,
    Span,
)

FERRY = (
    "The ferry to Holm will not run before Friday, the harbour office said.\n\n"
    "“We looked at the keel and found a crack as long as my arm — it was there for years,” harbour master Ada Lund "
    "said. “No captain told us, and I don’t blame them: you can’t see it from the deck.”\n\n"
    "The repair costs some 45,000 crowns, a U.S. yard wrote in a letter to the council. The council, which owns the "
    "boat, has not answered. “Will it sail again?” asked Per Aas, who lives on Holm."
)
GERMAN = "Die Fähre nach Holm wird nicht vor Freitag fahren, sagte das Hafenamt, und das ist für die Insel ein Problem."
OTHER = "Islanders on Holm are cut off. “Nobody has told us anything since Monday,” teacher Eva Brandt said."


def held(text: str = FERRY, outlet: str = "The Harbour Courier", **fields: Any) -> HeldText:
    return HeldText(outlet=outlet, text=text, **({"url": "https://courier.example/ferry"} | fields))


def result(quote: str, *texts: HeldText, others: tuple[HeldText, ...] = (), sentence: str = "") -> str | None:
    finding = check(quote, texts or (held(),), others, quoting_sentence=sentence)
    return finding.result.value if finding else None


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("found a crack as long as my arm – it was there for years,", "exact"),
        ("I don't blame them: you can't see it from the deck.", "exact"),
        ("[w]e looked at the keel and found a crack", "exact"),
        ("a US yard wrote in a letter to the council", "exact"),
        ("… found a crack as long as my arm", "exact"),
        ("We looked at the keel … as long as my arm", "shortened"),
        ("We looked at the keel …", "shortened"),
        ("you can’t see it from the deck …", "exact"),
        ("The council … has … answered", "altered"),
        ("as long as my arm … We looked at the keel", "altered"),
        ("We looked at the keel and found a crack longer than my arm", "altered"),
        ("[They] looked at the keel and found a crack", "altered"),
        ("The repair costs 45,000 crowns", "altered"),
        ("Will it sail again", "altered"),
        ('We looked at the keel," she said, "and found a crack', "exact"),
        ('We looked at the keel," she said, "as long as my arm', "shortened"),
        ("We looked at the keel … and the mayor was told", "altered"),
        ("The harbour office sank the ferry on purpose to sell the wreck", "not_found"),
    ],
)
def test_a_quotation_in_the_text_of_the_cited_outlet(quote: str, expected: str) -> None:
    sentence = f"“{quote}”, a man on Holm said of the ferry, The Harbour Courier reported."
    assert result(quote, sentence=sentence if expected == "not_found" else "") == expected


@pytest.mark.parametrize(
    ("quote", "sentence", "expected"),
    [
        ("experts", "The so-called “experts” of the council were at lunch.", None),
        ("Night Boat", "The film “Night Boat” was shown, The Harbour Courier reported.", None),
        ("from the deck", "It could not be seen “from the deck”, Lund told The Harbour Courier.", "exact"),
        ("you … see it", "They say “you … see it”, Lund told The Harbour Courier.", "altered"),
        ("a shame", "Lund called it “a shame”, The Harbour Courier reported.", None),
        ("the repair costs some 45,000 crowns", "They say the repair costs some 45,000 crowns.", "paraphrase"),
    ],
)
def test_what_the_marks_mean(quote: str, sentence: str, expected: str | None) -> None:
    assert result(quote, sentence=sentence) == expected


def test_a_find_points_at_the_unfolded_words_and_shows_what_differs() -> None:
    finding = check("found a crack as long as my leg – it was there", [held()], [])
    assert finding is not None
    assert finding.found is not None
    assert finding.found.span.of(FERRY) == "found a crack as long as my arm — it was there"
    assert finding.changes == (
        ("keep", "found a crack as long as my", "found a crack as long as my"),
        ("replace", "arm", "leg"),
        ("keep", "— it was there", "– it was there"),
    )


def test_what_an_ellipsis_leaves_out_is_shown() -> None:
    finding = check("We looked at the keel …", [held()], [])
    assert finding is not None
    assert finding.changes[-1] == ("drop", "and found a crack as long as my arm — it was there for years", "")


def test_words_cut_from_their_negation_come_with_the_whole_sentence() -> None:
    finding = check("run before Friday", [held()], [], quoting_sentence="It would “run before Friday”, Lund said.")
    assert finding is not None
    assert finding.result is QuotationResult.EXACT
    assert finding.cut_at_negation is not None
    assert finding.cut_at_negation.of(FERRY).startswith("The ferry to Holm will not run before Friday")


def test_words_of_two_speakers_are_not_one_quotation() -> None:
    text = "“The tide was early,” Bo Ravn said. “The nets were torn,” Kit Dahl said."
    assert result("The tide was early … The nets were torn", held(text)) == "altered"
    assert result("The tide was early … The nets were torn", held(text.replace("Kit Dahl", "he"))) == "shortened"


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ((), Why.NOT_HELD),
        ((held("", state=Held.KNOWN),), Why.NOT_HELD),
        ((held(" \n\u00a0"),), Why.NOT_HELD),
        ((held(FERRY[:71], state=Held.PART),), Why.PART),
        ((held(), held(FERRY[:71], state=Held.PART, url="https://courier.example/second")), Why.PART),
        ((held("Forty bakers met in the town hall for the pastry contest of the nine villages."),), Why.OTHER_MATTER),
        (
            (held(GERMAN),),
            Why.OTHER_LANGUAGE,
        ),
    ],
)
def test_what_is_not_held_is_not_called_missing(texts: tuple[HeldText, ...], why: Why) -> None:
    quote = "It is a scandal that the keel of the ferry was never looked at by the council in all those years"
    finding = check(quote, texts, [])
    assert finding is not None
    assert (finding.result, finding.why) == (QuotationResult.NOT_CHECKABLE, why)


def test_another_outlet_has_it() -> None:
    lantern = held(OTHER, outlet="Evening Lantern", url="https://lantern.example/holm")
    quote = "Nobody has told us anything since Monday"
    sentence = f"“{quote},” a teacher on Holm told The Harbour Courier."
    finding = check(quote, [held()], [lantern], quoting_sentence=sentence)
    assert finding is not None
    assert finding.found is not None
    assert (finding.result, finding.found.held) == (QuotationResult.ELSEWHERE, lantern)
    sister = held(OTHER + " The ferry has a crack in its keel, the harbour master says.", outlet="Evening Lantern")
    assert result(quote, held(), others=(sister,)) == "elsewhere"  # plainly the same story, by the other text's words
    unheld = check(quote, [], [lantern])
    assert unheld is not None
    assert (unheld.result, unheld.found) == (QuotationResult.NOT_CHECKABLE, None)
    assert unheld.mentioned is not None
    assert unheld.mentioned.held == lantern


def test_what_is_only_similar_counts_in_a_long_part_and_never_in_a_headline() -> None:
    quote = "We looked at the keel and found a crack as long as my leg — it was there for years"
    assert result(quote, held(FERRY[:220], state=Held.PART)) == "altered"
    assert result(quote, held(FERRY[:220], state=Held.HEADLINE)) == "not_checkable"


def test_a_stop_may_stand_on_either_side_of_an_inner_mark() -> None:
    british = "She called it ‘a mess’. Then she left the island for good."
    assert result("She called it “a mess.” Then she left the island", held(british)) == "exact"


def test_an_older_version_is_named() -> None:
    new, old = held(FERRY.replace("as long as my arm", "in it"), version="2"), held(version="1")
    finding = check("found a crack as long as my arm", [new, old], [])
    assert finding is not None
    assert finding.found is not None
    assert (finding.result, finding.found.held.version) == (QuotationResult.EXACT, "1")


# ---------------------------------------------------------------- what holds for every quotation

VARIANTS: tuple[Callable[[str], str], ...] = (
    lambda quote: quote.replace("’", "'"),
    lambda quote: quote.replace("“", '"').replace("”", '"'),
    lambda quote: quote.replace("“", "‘").replace("”", "’"),
    lambda quote: quote.replace(" — ", "–"),
    lambda quote: quote.replace(" — ", " -- "),
    lambda quote: quote.replace(", ", " "),
    lambda quote: quote.replace("U.S.", "US"),
    lambda quote: quote.replace(" ", "\u00a0").replace("\n", " "),
    lambda quote: quote.replace(" ", "  \n"),
    lambda quote: quote[:3] + "\u00ad" + quote[3:] + "\u200b",
    lambda quote: quote[0].swapcase() + quote[1:],
    lambda quote: quote + ",",
    lambda quote: quote.replace(" ", " [sic] ", 1),
    lambda quote: "… " + quote,
)
CHANGES: tuple[Callable[[list[str], int], list[str]], ...] = (
    lambda words, at: [*words[:at], *words[at + 1 :]],
    lambda words, at: [*words[:at], "about", *words[at:]],
    lambda words, at: [*words[:at], words[at] + "s", *words[at + 1 :]],
    lambda words, at: [*words[:at], words[at + 1], words[at], *words[at + 2 :]],
    lambda words, at: [*words[:at], words[at].swapcase(), *words[at + 1 :]],
    lambda words, at: [*words[:at], "[this]", *words[at + 1 :]],
)


def runs(seed: int, count: int) -> list[Span]:
    """Runs of 6 to 30 tokens of the text that begin and end with a word, and do not stop short of a question mark."""
    folded, chance = fold(FERRY), random.Random(seed)
    found: list[Span] = []
    while len(found) < count:
        first, size = chance.randrange(len(folded.words) - 30), chance.randint(6, 30)
        edges = (folded.words[first], folded.words[first + size - 1])
        if all(edge.isalpha() for edge in edges) and folded.words[first + size] != "?":
            found.append(folded.span(first, first + size))
    return found


@pytest.mark.parametrize("variant", range(len(VARIANTS)))
def test_typography_never_matters(variant: int) -> None:
    for span in runs(variant, 25):
        quote = VARIANTS[variant](span.of(FERRY))
        finding = check(quote, [held()], [])
        assert finding is not None
        assert finding.result is QuotationResult.EXACT, quote
        assert finding.found is not None
        theirs = fold(finding.found.span.of(FERRY)).words
        ours = fold(span.of(FERRY)).words
        assert theirs == ours, quote


@pytest.mark.parametrize("change", range(len(CHANGES)))
def test_a_changed_word_is_never_exact(change: int) -> None:
    chance = random.Random(change)
    for span in runs(100 + change, 25):
        words = span.of(FERRY).split()
        quote = " ".join(CHANGES[change](words, chance.randrange(1, len(words) - 2)))
        if "said" in quote or fold(FERRY).runs(fold(quote).words):
            continue  # a changed attribution between two halves is the quoting outlet's own; some changes are none
        finding = check(quote, [held()], [])
        assert finding is not None
        assert finding.result is QuotationResult.ALTERED, quote


@pytest.mark.parametrize(
    "quote", ["found a crack as long as my arm", "found a crack … my arm", "found a hole as long as my arm"]
)
def test_the_order_of_the_texts_does_not_change_the_result(quote: str) -> None:
    texts = [
        held(),
        held(FERRY.replace("crack", "dent"), url="https://courier.example/2"),
        held(OTHER, url="https://courier.example/3"),
    ]
    results = {result(quote, *order) for order in (texts, texts[::-1], texts[1:] + texts[:1])}
    assert len(results) == 1


@pytest.mark.parametrize("text", ["", " ", "“”", "…", "'" * 40, "e\u0301" * 50, "[" * 50, "\ud800 lone", "中文" * 30])
def test_odd_texts_are_read(text: str) -> None:
    check(text, [held(text), held()], [held(text)], quoting_sentence=text)
    check("found a crack as long", [held(text)], [], quoting_sentence=f"“found a crack as long” {text}")


def test_folding_keeps_the_way_back() -> None:
    text = "“It’s ﬁne,” the cafe\u0301’s o\u00adwner said … in the\u00a0U.S."
    folded = fold(text)
    assert folded.words == ("'", "It's", "fine", "'", "the", "café's", "owner", "said", "…", "in", "the", "US")
    assert [text[start:end] for start, end in zip(folded.starts, folded.ends, strict=True)][2:8] == [
        "ﬁne",
        "”",
        "the",
        "cafe\u0301’s",
        "o\u00adwner",
        "said",
    ]
