import pytest

from claims.terms import GENERAL, Background, names, stem, terms
from claims.types import Span


def test_terms_fold_case_possessive_and_ending_and_drop_function_words() -> None:
    assert terms("The mayor’s sanctions were easing") == terms("MAYOR: a sanction eased")


def test_initials_are_one_word_with_or_without_points() -> None:
    assert terms("the N.R.A. report") == terms("The NRA reports")


def test_a_word_with_digits_is_kept_as_written() -> None:
    assert stem("B52s") == "b52s"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Monday Senator Ada Brook of Norland met Mr. Fenn.", ["Ada Brook", "Norland", "Fenn"]),
        ("He praised the Harbour Bridge Authority’s plan", ["Harbour Bridge Authority"]),
        ("officials of the U.S. Transport Department said", ["U.S. Transport Department"]),
        ("the Bank of Norland raised", ["Bank of Norland"]),
        ("told John A. Fenn of Norland", ["John A. Fenn", "Norland"]),
        ("However, nobody came.", []),
        ("Fenn came. People saw Fenn leave.", ["Fenn", "Fenn"]),
        ("", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert [name.text for name in names(text)] == expected


def test_a_name_points_at_its_words_and_two_forms_of_one_bearer_share_a_key() -> None:
    text = "She thanked Ada Brook. Later Ms. Brook’s aide left."
    found = names(text)
    assert [name.span.of(text) for name in found] == [name.text for name in found]
    assert len({name.key for name in found}) == 1


def test_names_within_a_span_only() -> None:
    text = "then Ada Brook met Jon Fenn"
    assert [name.text for name in names(text, Span(16, len(text)))] == ["Jon Fenn"]


def test_a_word_of_every_news_text_is_less_rare_than_any_other_and_counting_makes_it_commoner() -> None:
    assert GENERAL.rarity(stem("minister")) < GENERAL.rarity(stem("trebuchet"))
    counted = Background.of(["A trebuchet fell.", "The trebuchet rose.", "Nothing happened."] * 50)
    assert counted.rarity(stem("trebuchet")) < GENERAL.rarity(stem("trebuchet"))
