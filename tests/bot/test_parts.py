"""The parts behind the first message, as a reader finds them."""

from dataclasses import replace

from bot.parts import parts
from claims.comparison import Joined, Origins
from tests.bot.stories import BAY, MADE_AT, QUAY, STORY, WIRE


def lines(key: str, **fields: object) -> list[str]:
    comparison = replace(STORY, **fields)  # type: ignore[arg-type]
    [part] = [one for one in parts(comparison, held_at=MADE_AT) if one.key == key]
    return [one.text for one in part.blocks]


def test_two_articles_of_one_outlet_are_told_once_and_by_one_name() -> None:
    second = replace(WIRE, url="https://northwire.example/a/78")
    joined = tuple(Joined(a=WIRE.url, b=second.url, why=why) for why in ("same_outlet", "shares_text"))
    joined += (Joined(a=BAY.url, b=QUAY.url, why="same_outlet"),)
    told = lines("g", articles=(*STORY.articles, second), origins=Origins(at_least=1, at_most=1, joined=joined))
    assert told.count("Two articles of North Wire count as one") == 1
    assert "Bay Radio and the article you sent are of one outlet" in told
