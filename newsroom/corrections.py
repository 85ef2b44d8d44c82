"""A correction goes out: everybody who got the answer is told what it said and what it should say, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from newsroom.posting import Notice, Posting
from storage.corrections import KIND, Correction
from storage.deliveries import Key
from storage.store import Store

__all__ = ["KIND", "correction_text", "send_correction"]

BATCH = 200  # recipients taken up together
NEVER = timedelta(days=36_500)  # when a correction that is sent is due again


def correction_text(one: Correction) -> str:
    """What everybody who got the answer is told."""
    return f"Correction to an answer you got: {one.headline}\n\nIt said: {one.old}\n\nIt should say: {one.new}"


async def send_correction(store: Store, key: str, posting: Posting, now: Callable[[], datetime]) -> datetime:
    """Tell all that are left, each once; as a job."""
    number = int(key)
    told = await store.corrections.correction(number)
    while told is not None and (due := await store.corrections.due(number, limit=BATCH)):
        text = correction_text(told)
        for chat in due:
            await posting.post(Key(kind=KIND, target=chat, edition=key), chat, Notice(text))
    await store.corrections.end(number)
    return now() + NEVER
