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


def test_a_dateline_is_no_speaker() -> None:
    text = "PORT LEE: The bridge opened on Monday.\n\nMayor Ann Lee came from Port Lee to see it."
    assert "PORT LEE" not in dict(told(text))


def test_who_has_two_lines_of_a_transcript_speaks_whether_the_text_names_them_or_not() -> None:
    text = "Mayor Ann Lee came.\n\n“HALL: When?\n\n“LEE: In May.\n\n“HALL: Why so late?"
    assert [who for who, _ in told(text)][-3:] == ["HALL", "LEE", "HALL"]


def test_a_heading_in_single_marks_is_nobodys_words() -> None:
    text = "Ann Lee said: “We waited for ten years for it.”\n\n'All Is Lost.'\n\nThe bridge opened on Monday."
    assert [said for _, said in told(text)] == ["“We waited for ten years for it.”"]
