"""Speakers that only the layout names."""

from claims.attribution import read
from claims.outlet_names import OutletNames
from tests.factories import make_article

NAMES = OutletNames(())


def told(text: str) -> list[tuple[str, str]]:
    return [
        (" ".join(span.of(text) for span in one.source), " … ".join(span.of(text) for span in one.content))
        for one in read(make_article(text), NAMES).attributions
    ]


def test_a_signed_quotation_is_its_signers() -> None:
    text = "Readers on the new bridge:\n\n“We waited for ten years.” — Ann Lee\n\n“It is too dear.” ―Bo van Dam, baker."
    assert told(text)[-2:] == [("Ann Lee", "“We waited for ten years.”"), ("Bo van Dam, baker", "“It is too dear.”")]


def test_signed_quotations_on_lines_of_one_paragraph() -> None:
    first = "“We waited for ten years, and then for ten more, and nobody ever told us why.” – Ann Lee"
    text = f"{first}\n“It is too dear for a town of this size, and it is too late.” – Bo Marsh"
    assert [who for who, _ in told(text)] == ["Ann Lee", "Bo Marsh"]


def test_a_dash_that_goes_on_with_the_sentence_is_no_signature() -> None:
    text = "“We waited for ten years” – Ann Lee and the council had it painted on the quay – is gone again."
    assert "Ann Lee" not in dict(told(text))


def test_lines_of_a_transcript_are_their_speakers() -> None:
    text = "Mayor Ann Lee met Bo Marsh on Monday.\n\n“MARSH: When will it open?\n\n“LEE: In May, I hope."
    assert told(text)[-2:] == [("MARSH", "When will it open?"), ("LEE", "In May, I hope.")]


def test_a_label_that_names_nobody_is_no_speaker() -> None:
    assert told("Mayor Ann Lee opened the bridge.\n\nCORRECTION: The bridge opened on Monday.") == []
