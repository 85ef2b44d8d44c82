"""The table side by side."""

from bot.table import table
from tests.bot.stories import READING, STORY


def test_the_asked_article_is_the_first_column() -> None:
    columns = table(STORY).columns
    assert [one.name for one in columns] == [
        "Quay Post, the article you sent",
        "North Wire",
        "Bay Radio",
        "The Harbour Courier",
        "City Sheet",
    ]
    assert columns[4].note == "3 March 2025, only headline and summary held"


def test_every_row_has_an_entry_a_column() -> None:
    made = table(STORY)
    assert [line.statement.text for line in made.lines] == [f"“{row.statement}”" for row in STORY.rows[:2]]
    assert all(tuple(one.column for one in line.entries) == made.columns for line in made.lines)


def test_silence_and_not_held_are_different() -> None:
    entries = table(STORY).lines[1].entries
    assert entries[2].absent == "nothing on this found"
    assert entries[4].absent == "only headline and summary held"


def test_an_entry_has_the_words_and_on_whose_word() -> None:
    words, word = table(STORY).lines[0].entries[3].lines
    assert words.text == "“No decision to close the swing bridge has been taken”"
    assert word.text == "Denied by Tor Vik (“a council spokesman”)"
    assert word.runs[0].link == STORY.articles[3].url


def test_one_article_has_no_table() -> None:
    assert table(READING).lines == ()
