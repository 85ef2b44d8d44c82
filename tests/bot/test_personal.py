"""What is kept of a person: sent to them, and erased for real."""

from typing import Any

from bot import texts
from bot.personal import FILE
from tests.bot.loopback import ANNA, StoryDesk, edited, running, sent

TEXT = "The council weighs closing the bridge, people who know of it say. " * 5


async def test_a_person_gets_and_erases_what_is_kept(telegram: Any, desk: StoryDesk) -> None:
    async with running(telegram, desk):
        await telegram.people.send(ANNA, TEXT)
        await edited(telegram, "Reported by")
        await telegram.people.send(ANNA, "/export_me")
        file, told = await sent(telegram, 2)
        await telegram.people.send(ANNA, "/forget")
        [erased] = await sent(telegram)
        await telegram.people.send(ANNA, "/about")
        await sent(telegram)
    assert file["media"]["file_name"] == FILE
    assert told["text"] == str(texts.EXPORTED[0])
    assert erased["text"] == str(texts.FORGOTTEN[0])
    kept = await desk.inbox.traces(ANNA)
    assert (kept.asks, kept.answers, kept.texts) == ((), (), ())
