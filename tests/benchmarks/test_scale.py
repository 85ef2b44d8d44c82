"""Made news: the same for a seed however much there is, and told in stories; the picture of growth."""

from xml.etree import ElementTree

import numpy as np
import pytest

from benchmarks.growth import picture
from benchmarks.made_news import BLOCK, MadeNews
from benchmarks.scale import main


def test_a_block_is_the_same_in_a_longer_run_and_another_for_another_seed() -> None:
    block = MadeNews(2 * BLOCK, words=40).block(1)
    longer, other = (MadeNews(5 * BLOCK, words=40, seed=seed).block(1) for seed in (1, 2))
    assert [one.article for one in block] == [one.article for one in longer]
    assert all(np.array_equal(one.vector, same.vector) for one, same in zip(block, longer, strict=True))
    assert not {one.article for one in block} & {one.article for one in other}


def test_a_story_shares_its_words_its_days_and_what_it_means() -> None:
    news = MadeNews(BLOCK, words=150)
    told = news.block(0)
    near, far = [], []
    for number, one in enumerate(told[:200]):
        story = news.story_of(number)
        assert number in story
        for other in story:
            if other != number and other < BLOCK:
                assert told[other].story == one.story
                near.append(float(one.vector @ told[other].vector))
        far.append(float(one.vector @ told[-1 - number].vector))
    assert np.mean(near) > 0.7
    assert np.mean(far) < 0.1


def test_a_small_run_finds_whole_stories_and_draws_its_growth(
    tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--articles", "1000", "--words", "60", "--out", str(tmp_path)])
    assert '"of_story": 1.0' in capsys.readouterr().out


def test_the_picture_has_a_line_for_each_figure_and_database() -> None:
    rows = [{"articles": size, "p50_ms": 5.0, "p95_ms": size / 1e4, "meaning_p95_ms": 9.0} for size in (10_000, 10**6)]
    drawn = picture({"sqlite": rows, "postgresql": rows[:1]})
    lines = [line for line in ElementTree.fromstring(drawn).iter() if line.tag.endswith("polyline")]
    across = {line.get("points", "").count(" ") for line in lines}
    assert len(lines) == 2 + 2 * 6
    assert across == {0, 1, 2}
