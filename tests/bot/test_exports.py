"""An answer as a file: nothing is lost, nothing runs, and no article is in it whole."""

import csv
import io
import json
from dataclasses import replace

import pytest

from bot.exports import FORMATS, exported
from tests.bot.stories import CLOSING, QUAY, STORY


def body(form: str, comparison: object = STORY) -> str:
    return exported(comparison, form)[1].decode("utf-8-sig")  # type: ignore[arg-type]


def test_json_is_the_contract() -> None:
    assert json.loads(body("JSON"))["article"]["url"] == QUAY.url


def test_csv_has_a_line_for_each_statement_with_its_place() -> None:
    rows = list(csv.DictReader(io.StringIO(body("CSV"))))
    assert len(rows) == sum(len(row.cells) for row in STORY.rows)
    texts = {article.version: article.text for article in STORY.articles}
    for row in rows:
        assert texts[row["version"]][int(row["start"]) : int(row["end"])] == row["text"]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@x"])
def test_no_spreadsheet_runs_what_an_article_says(formula: str) -> None:
    hostile = replace(STORY, rows=(replace(CLOSING, statement=formula),))
    assert f"'{formula}" in body("CSV", hostile)


def test_markdown_has_the_headline_the_sections_and_no_markup_of_an_article() -> None:
    text = body("Markdown", replace(STORY, articles=(replace(QUAY, title="*Council* [x](y) <b>"), *STORY.articles[1:])))
    assert text.startswith("# ")
    assert "\\*Council\\* \\[x\\](y) \\<b\\>" in text
    assert "## Told by several outlets" in text


@pytest.mark.parametrize("form", FORMATS)
def test_no_article_is_in_a_file_whole(form: str) -> None:
    assert all(article.text not in body(form) for article in STORY.articles)


def test_a_headline_in_any_script_gives_a_file_name() -> None:
    hostile = replace(STORY, articles=(replace(QUAY, title="\u05e9\u05dc\u05d5\u05dd/../x\x00"), *STORY.articles[1:]))
    assert exported(hostile, "CSV")[0] == "second-source-x.csv"
