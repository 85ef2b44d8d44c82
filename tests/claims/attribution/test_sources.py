"""Whom a source's words mean, where other names stand beside the one that speaks."""

import pytest

from claims.attribution import read
from claims.outlet_names import OutletNames
from claims.types import Attribution, Authority
from tests.factories import make_article, make_outlet

NAMES = OutletNames([make_outlet("Northwire")])


def last(text: str) -> Attribution:
    """The attribution that stands last in the text."""
    return max(read(make_article(text), NAMES).attributions, key=lambda one: one.cue[0].start)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mayor Bo Marsh won. Marsh senior adviser Ann Lee said the count was over.", "Ann Lee"),
        ("Norland’s Ann Lee said the count was over.", "Ann Lee"),
        ("The then Norland Home Secretary, Ann Lee, said the count was over.", "Ann Lee"),
        ("Workers’ Party of Norland leader Ann Lee said the count was over.", "Ann Lee"),
        ("Talking about the count, Ann Lee smiled. She said it was over.", "Ann Lee"),
        ("Northwire’s Ann Lee said the count was over.", "Ann Lee"),
        ("Prime Minister Ann Lee spoke in Port Hall. The Prime Minister said the count was over.", "Ann Lee"),
    ],
)
def test_the_person_that_speaks(text: str, name: str) -> None:
    assert last(text).resolved == name
    assert last(text).authority is Authority.NAMED


@pytest.mark.parametrize(
    "text",
    [
        "Lawmakers close to chairman Bo Marsh said the count was over.",
        "Executives in Hollywood said the count was over.",
        "A baker who met Bo Marsh said the count was over.",
        "Analysts at the Norland banking giant Golding Sacks said the count was over.",
        "Several port owners, including Norland’s Bo Marsh and Velmora’s Tom Hall, said the count was over.",
        "Bo Marsh was in Port Lee with his family. The Peterson family said the count was over.",
        "The Harbour Safety and Health Administration met. The Marsh administration said the count was over.",
    ],
)
def test_a_person_who_only_stands_beside_does_not_speak(text: str) -> None:
    resolved = last(text).resolved or ""
    assert not {"Marsh", "Hollywood", "Sacks", "Hall", "Health Administration"} & {resolved, *resolved.split()[-1:]}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The rights organization Night Watchers said the count was over.", "Night Watchers"),
        ("The navy said the count was over.", None),
        ("The port’s trust, whose 30,000 members wait, said the count was over.", None),
        ("The coast guard said the count was over.", None),
        ("The Bank of Norland grew. Norland said the count was over.", "Norland"),
    ],
)
def test_a_body_is_no_person(text: str, name: str | None) -> None:
    assert (last(text).authority, last(text).resolved) == (Authority.NAMED_GROUP, name)


def test_a_plea_is_nobodys_word() -> None:
    assert not read(make_article("Bo Marsh pleaded guilty to fraud on Monday in Port Lee."), NAMES).attributions


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norland broadcaster NTB reported that the count was over.", "NTB"),
        ("Norland state-linked TV channel Al-Bahr News reported that the count was over.", "Al-Bahr News"),
        ("The Norland daily Bladet reported that the count was over.", "Bladet"),
        ("The Monday report in Northwire said the count was over.", "Northwire"),
    ],
)
def test_an_outlet_by_what_it_is_called(text: str, name: str) -> None:
    assert (last(text).authority, last(text).outlet) == (Authority.OUTLET, name)


def test_the_same_article_is_that_of_the_outlet_named_last() -> None:
    names = OutletNames([make_outlet("Northwire"), make_outlet("Bay TV")])
    text = "The port closed, Northwire said. Ann Lee spoke to Bay TV. The same article said the count was over."
    found = read(make_article(text), names).attributions
    assert max(found, key=lambda one: one.cue[0].start).outlet == "Bay TV"


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("According to the audit, dated 3 May and seen by the newspaper, the count was over.", Authority.DOCUMENT),
        ("A video verified by Northwire shows that the count was over.", Authority.DOCUMENT),
        ("According to data compiled by Golding, the count was over.", Authority.DATA),
    ],
)
def test_a_document_whoever_holds_it(text: str, authority: Authority) -> None:
    assert last(text).authority is authority


def test_why_a_source_is_not_named_is_kept_and_nobodys_claim() -> None:
    text = "A port official told Ann Lee, asking not to be named because talks go on, that the count was over."
    found = read(make_article(text), NAMES).attributions
    assert [one.description for one in found] == ["port official … asking not to be named because talks go on"]


def test_he_is_the_one_whom_the_paragraph_is_about() -> None:
    text = (
        "Bo Marsh won the vote, and his rivals lost it, he told Northwire.\n\n"
        "Former captain Tom Hall was asked about it. “The count is over,” he said."
    )
    assert last(text).resolved == "Tom Hall"


def test_who_is_named_within_the_words_is_spoken_of() -> None:
    text = "Tom Hall spoke in Port Lee to a crowd.\n\n“Bo Marsh has lost the count,” he said."
    assert last(text).resolved != "Bo Marsh"


def test_a_place_that_begins_a_sentence_is_not_the_one_who_speaks() -> None:
    text = "Tom Hall led the march.\n\nPort Lee was quiet. “I cried,” he said."
    assert last(text).resolved != "Port Lee"


def test_he_is_the_office_holder_who_was_named_and_not_a_stranger() -> None:
    text = (
        "Gov. Tom Hall signed it.\n\nThe governor, a former judge, told Northwire it was over. “It is done,” he said."
    )
    assert last(text).resolved == "Tom Hall"
