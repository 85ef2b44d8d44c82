from benchmarks.paragraphs import in_tokens, runs

ROWS = [
    {"id": 7, "tokens": ["``", "It", "is", "n't", "late", ",", "''", "Ann", "Lee", "said", "."]},
    {"id": 8, "tokens": ["Bo", "'s", "view", "(", "of", "it", ")", ":", "-LSB-", "none", "-RSB-"]},
]


def test_tokens_become_text_as_it_is_printed() -> None:
    assert next(runs(ROWS)).text == "“It isn't late,” Ann Lee said.\n\nBo's view (of it): [none]"


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
