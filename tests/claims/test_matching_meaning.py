from dataclasses import replace
from math import fsum
from pathlib import Path
from shutil import copytree

import pytest

from claims.matching import gather, same_story
from claims.matching.meaning import WEIGHTS, Model, load
from tests.factories import make_article

FIRE = make_article(
    "Firefighters fought through the night to contain the blaze that swept a warehouse in the harbour of Norland. "
    "Two crew members were hurt, the brigade said.",
    title="Warehouse burns in Norland harbour",
)
SAME = make_article(
    "Flames destroyed a warehouse near the docks of Norland before dawn. A pair of rescuers suffered injuries.",
    outlet="Delta Radio",
    title="Inferno guts dockside depot",
)
OTHER = make_article(
    "The council of Norland wants to build new tram lines near the harbour, the mayor said. Two routes are planned.",
    outlet="Evening Globe",
    title="New trams planned for Norland",
)


@pytest.fixture(scope="module")
def model() -> Model:
    loaded = load()
    if loaded.model is None:
        pytest.skip(loaded.state)
    return loaded.model


def test_a_meaning_has_length_one_and_is_the_same_for_the_same_text(model: Model) -> None:
    first = model.vector("A bridge is closed.")
    model.vector.cache_clear()
    assert model.vector("A bridge is closed.") == first
    assert fsum(x * x for x in first) == pytest.approx(1.0, abs=1e-5)


def test_other_words_for_one_event_bring_two_articles_nearer(model: Model) -> None:
    by_words, by_both = same_story(FIRE, SAME), same_story(FIRE, SAME, meaning=model)
    assert not by_words.same
    assert by_both.same
    assert by_both.score == pytest.approx(same_story(SAME, FIRE, meaning=model).score)


def test_the_same_words_for_another_event_hold_two_articles_apart(model: Model) -> None:
    assert same_story(FIRE, OTHER).same
    assert not same_story(FIRE, OTHER, meaning=model).same
    assert gather(FIRE, [OTHER, SAME], meaning=model).others == (SAME,)


def test_nothing_in_common_in_words_is_not_asked_about(model: Model) -> None:
    model.vector.cache_clear()
    unlike = replace(OTHER, title="Cricket results", text="The visitors won by six wickets.")
    assert same_story(FIRE, unlike, meaning=model).score == same_story(FIRE, unlike).score
    assert model.vector.cache_info().currsize == 0


def test_without_weights_there_is_no_model_and_a_reason(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert loaded.model is None
    assert "model.onnx is missing" in loaded.state


def test_weights_that_were_changed_are_not_used(tmp_path: Path) -> None:
    if not (WEIGHTS / "model.onnx").exists():
        pytest.skip("no weights here")
    folder = copytree(WEIGHTS, tmp_path / "weights")
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    loaded = load(folder)
    assert loaded.model is None
    assert "checksum of tokenizer.json" in loaded.state
