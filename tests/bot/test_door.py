"""The one way out for new messages: one after the other, until each is noted."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

import pytest

from bot import door
from bot.door import Door, noted, until_noted

Send = Callable[[], Coroutine[None, None, str]]


class Line:
    """Sends what it is told; remembers what has begun."""

    def __init__(self) -> None:
        self.begun: list[str] = []

    def sending(self, text: str, until: Awaitable[object] | None = None) -> Send:
        async def send() -> str:
            self.begun.append(text)
            if until is not None:
                await until
            return text

        return send


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_the_next_goes_out_once_the_one_before_is_noted() -> None:
    line, way = Line(), Door()
    with until_noted():
        assert await way.through(line.sending("one")) == "one"
        second = asyncio.create_task(way.through(line.sending("two")))
        await settled()
        assert line.begun == ["one"]
        noted()
        assert await second == "two"
    assert line.begun == ["one", "two"]


async def test_what_an_update_has_sent_is_noted_when_it_is_closed() -> None:
    line, way = Line(), Door()
    with until_noted():
        await way.through(line.sending("one"))
        second = asyncio.create_task(way.through(line.sending("two")))
        await settled()
        assert line.begun == ["one"]
    assert await second == "two"


async def test_what_was_not_sent_holds_up_nobody() -> None:
    async def refused() -> str:
        raise ConnectionError

    line, way = Line(), Door()
    with until_noted():
        with pytest.raises(ConnectionError):
            await way.through(refused)
        assert await way.through(line.sending("two")) == "two"


async def test_a_line_that_stands_still_lets_others_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "BESIDE_S", 0.01)
    line, way, moves = Line(), Door(), asyncio.Event()
    first = asyncio.create_task(way.through(line.sending("one", moves.wait())))
    await settled()
    assert await way.through(line.sending("two")) == "two"
    moves.set()
    assert await first == "one"
