"""The evidence of one row, in full."""

from bot.evidence import evidence
from tests.bot.stories import CLOSING, DURATION, STORY


def test_every_side_stands_there_with_its_place_and_its_words() -> None:
    told = evidence(STORY, CLOSING)
    for cell in CLOSING.cells:
        place = cell.place
        assert f"characters {place.span.start} to {place.span.end} of {place.version}" in told
        assert cell.text in told
        assert place.url in told


def test_a_statement_is_shown_within_its_paragraph() -> None:
    told = evidence(STORY, CLOSING)
    cell = next(one for one in CLOSING.cells if one.text + " sources say" not in one.text)
    text = next(article.text for article in STORY.articles if article.version == cell.place.version)
    before = text[: cell.place.span.start].rpartition("\n\n")[2]
    after = text[cell.place.span.end :].partition("\n\n")[0]
    assert f"{before}[{cell.text}]{after}" in told


def test_differences_show_both_sides_with_their_reason() -> None:
    told = evidence(STORY, DURATION)
    assert DURATION.differences
    for one in DURATION.differences:
        assert one.reason in told
        for version, span in one.spans:
            words = next(article for article in STORY.articles if article.version == version).text
            assert span.of(words) in told


def test_origins_are_told_with_the_reason_for_each_two() -> None:
    told = evidence(STORY, CLOSING)
    assert f"at least {CLOSING.origins.at_least}, at most {CLOSING.origins.at_most}" in told
    assert all(one.why.replace("_", " ") in told for one in CLOSING.origins.joined)
