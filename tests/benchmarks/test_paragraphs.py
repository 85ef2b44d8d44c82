from benchmarks.paragraphs import in_tokens, runs

ROWS = [
    {"id": 7, "tokens": ["``", "It", "is", "n't", "late", ",", "''", "Ann", "Lee", "said", "."]},
    {"id": 8, "tokens": ["Bo", "'s", "view", "(", "of", "it", ")", ":", "-LSB-", "none", "-RSB-"]},
]


def test_tokens_become_text_as_it_is_printed() -> None:
    assert next(runs(ROWS)).text == "“It isn't late,” Ann Lee said.\n\nBo's view (of it): [none]"


def _text(*paragraphs: str) -> str:
    return next(runs([{"id": number, "tokens": words.split()} for number, words in enumerate(paragraphs)])).text


def test_straight_quotes_are_opening_or_closing_by_turns() -> None:
    told = _text(
        "Ann Lee said , '' It is late , '' and left .", "He met the `` gang , '' an `` aide `` of sorts '' '' said ."
    )
    assert told == "Ann Lee said, “It is late,” and left.\n\nHe met the “gang,” an “aide “of sorts”” said."


def test_a_mark_at_the_end_of_a_paragraph_that_opens_no_quotation_opens_the_next_one() -> None:
    rows = [
        {"id": 1, "tokens": ["The", "mayor", "spoke", ".", "''"]},
        {"id": 2, "tokens": ["It", "is", "late", ",", "''", "he", "said", "."]},
    ]
    run = next(runs(rows))
    assert run.text == "The mayor spoke.\n\n“It is late,” he said."
    at = run.text.index("“")
    told = [{"source": [], "cue": [], "content": [[at, at + len("“It is late,”")]]}]
    assert in_tokens(run, told) == {1: [["content", 4, 5]], 2: [["content", 0, 5]]}


def test_a_quotation_goes_on_over_paragraphs_until_a_mark_closes_it() -> None:
    assert _text("He said : `` It is late .", "We go home . ''") == "He said: “It is late.\n\nWe go home.”"


def test_a_stop_behind_an_abbreviation_stands_once() -> None:
    assert _text("Del. . Ann Lee of Ohio , U.S. .", "So ...") == "Del. Ann Lee of Ohio, U.S.\n\nSo..."


def test_spans_come_back_as_numbers_of_tokens_by_paragraph() -> None:
    run = next(runs(ROWS))

    def span(words: str) -> list[list[int]]:
        at = run.text.index(words)
        return [[at, at + len(words)]]

    told = [
        {"source": span("Ann Lee"), "cue": span("said"), "content": span("“It isn't late,”")},
        {"source": span("Bo"), "cue": [], "content": span("said.\n\nBo's view")},
    ]
    assert in_tokens(run, told) == {
        7: [["source", 7, 9], ["cue", 9, 10], ["content", 0, 7], ["content", 9, 11]],
        8: [["source", 0, 1], ["content", 0, 3]],
    }
