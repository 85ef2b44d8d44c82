import pytest

from claims.attribution.marks import quotations
from claims.text import paragraphs


def found(text: str) -> list[str]:
    return [one.span.of(text) for one in quotations(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We won," he said. "It is late."', ['"We won,"', '"It is late."']),
        ("“We won,” he said.", ["“We won,”"]),
        ("„Gut“, sagte er. »Nein«, sagte sie.", ["„Gut“", "»Nein«"]),
        ("«Oui», dit-il. « Non », dit-elle.", ["«Oui»", "« Non »"]),
        ("''We won,'' he said.", ["''We won,''"]),
        ("‘We won’t go,’ said Ann’s mother. It isn’t far.", ["‘We won’t go,’"]),
        ('"She said "no" to me," he said.', ['"She said "no" to me,"']),
        ("”Hej”, sa hon.", ["”Hej”"]),
        ("He was 5'10\" tall and the farmers' union agreed.", []),
    ],
)
def test_quotations_of_all_kinds(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_an_unclosed_quotation_ends_with_its_paragraph_or_where_the_next_begins() -> None:
    assert found('"A lot. "We won," he said.') == ['"A lot.', '"We won,"']
    assert found("“It is late.\n\nHe left.") == ["“It is late."]
    assert found("We won,” he said.") == ["We won,”"]


def test_a_quotation_goes_on_where_the_next_paragraph_opens_with_a_mark_again() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” he said."
    kinds = [(one.goes_on, one.carried_on) for one in quotations(text, paragraphs(text))]
    assert kinds == [(True, False), (True, True), (False, True)]
