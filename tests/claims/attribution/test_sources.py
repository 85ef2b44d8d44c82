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
        ("The Bank of Norland grew. Norland said the count was over.", "Norland"),
    ],
)
def test_a_body_is_no_person(text: str, name: str) -> None:
    assert (last(text).authority, last(text).resolved) == (Authority.NAMED_GROUP, name)


def test_a_plea_is_nobodys_word() -> None:
    assert not read(make_article("Bo Marsh pleaded guilty to fraud on Monday in Port Lee."), NAMES).attributions
