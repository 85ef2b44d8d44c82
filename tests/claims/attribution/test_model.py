"""The model beside the rules: loading, what it adds, and that its answers do not waver."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from claims.attribution import SURE_MIN, read, sure
from claims.attribution.model import WEIGHTS, Model, load
from claims.outlet_names import OutletNames
from claims.types import Article, Reading
from tests.factories import make_article

NAMES = OutletNames(())
TEXT = "\n\n".join([
    "Harbour council delays the new bridge",
    "The council of Tolvik put off a vote on the new harbour bridge on Monday, after a long evening of complaints "
    "about its price and about the noise that the works would bring to the old town.",
    "Mayor Ann Lee said the town could not afford to wait for another year. “We have the money, and we have the plan,” "
    "she told reporters after the meeting.",
    "Critics fear the works will take far longer than announced. Residents along the quay want the council to publish "
    "the whole of the engineers' report before it decides.",
    "The port authority has long argued that the present bridge is safe. According to a survey of last spring, two "
    "thirds of the residents would rather keep it.",
])  # fmt: skip

MODEL = load().model
needs_weights = pytest.mark.skipif(MODEL is None, reason=load().state)


def article(text: str = TEXT) -> Article:
    return make_article(text)


def cues(reading: Reading) -> set[str]:
    return {span.of(TEXT) for one in reading.attributions for span in one.cue}


def weights_in(folder: Path) -> Path:
    for name in ("model.onnx", "tokenizer.json", "SHA256SUMS"):
        shutil.copy(WEIGHTS / name, folder)
    return folder


def test_without_weights_the_rules_read_alone(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert loaded.model is None
    assert "model.onnx is missing" in loaded.state
    assert {"said", "told"} <= cues(read(article(), NAMES, loaded.model))


@needs_weights
def test_weights_that_were_changed_are_refused(tmp_path: Path) -> None:
    file = weights_in(tmp_path) / "model.onnx"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    loaded = load(tmp_path)
    assert loaded.model is None
    assert "checksum of model.onnx is wrong" in loaded.state


@needs_weights
def test_nothing_that_the_rules_found_is_lost() -> None:
    alone, joined = read(article(), NAMES), read(article(), NAMES, MODEL)
    assert cues(alone) <= cues(joined)
    assert [one.content for one in alone.attributions if one.quote == "direct"] == [
        one.content for one in joined.attributions if one.quote == "direct"
    ]


@needs_weights
def test_the_same_text_gives_the_same_reading_however_many_threads_read_it() -> None:
    once = read(article(), NAMES, MODEL)
    assert once == read(article(), NAMES, MODEL)
    assert [read(article(), NAMES, load(threads=threads).model) == once for threads in (1, 2, 4)] == [True] * 3


@needs_weights
def test_every_span_lies_on_words_of_the_text() -> None:
    assert isinstance(MODEL, Model)
    for one in read(article(), NAMES, MODEL).attributions:
        for span in (*one.source, *one.cue, *one.content):
            assert span.of(TEXT) == span.of(TEXT).strip()
            assert not TEXT[max(0, span.start - 1) : span.start].isalnum()
            assert not TEXT[span.end : span.end + 1].isalnum()


@needs_weights
def test_a_text_that_is_no_article_and_other_languages_are_left_to_the_rules() -> None:
    short = "Mayor Ann Lee said the bridge was safe. Critics fear the works will take far longer than announced."
    german = "\n\n".join(["Der Stadtrat hat die Abstimmung über die neue Brücke am Montag verschoben."] * 8)
    for text in (short, german):
        assert read(article(text), NAMES, MODEL) == read(article(text), NAMES)


def test_an_answer_rests_on_nothing_indirect_that_is_unsure() -> None:
    whole = read(article(), NAMES)
    doubted = replace(whole, attributions=tuple(replace(one, confidence=SURE_MIN - 0.1) for one in whole.attributions))
    assert {one.quote for one in whole.attributions} == {"direct", "indirect"}
    assert {one.quote for one in sure(doubted).attributions} == {"direct"}
    assert sure(whole) == whole


def test_who_passed_it_on_is_still_known_where_others_are_left_out() -> None:
    passed_on = read(
        article("The council is broke, officials said. “The sources told us that it is,” Ann Lee said."), NAMES
    )
    first, *rest = passed_on.attributions
    left = sure(replace(passed_on, attributions=(replace(first, confidence=0.1), *rest)))
    outer = [one.via for one in rest if one.via is not None]
    assert [one.via for one in left.attributions if one.via is not None] == [via - 1 for via in outer] != []


@needs_weights
def test_what_somebody_is_supposed_to_think_is_the_articles_own() -> None:
    supposed = TEXT.replace("Critics fear the works", "The council has hopefully understood that the works")
    assert not [
        one for one in read(article(supposed), NAMES, MODEL).attributions if "hopefully" in one.cue[0].of(supposed)
    ]
