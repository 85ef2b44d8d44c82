"""A correction goes out: everybody who got the answer is told what it said and what it should say, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from newsroom.posting import Amends, Posting
from storage.corrections import KIND
from storage.deliveries import Key
from storage.store import Store

__all__ = ["KIND", "send_correction"]

BATCH = 200  # recipients taken up together
NEVER = timedelta(days=36_500)  # when a correction that is sent is due again


async def send_correction(store: Store, key: str, posting: Posting, now: Callable[[], datetime]) -> datetime:
    """Tell all that are left, each once; as a job."""
    number = int(key)
    told = await store.corrections.correction(number)
    while told is not None and (due := await store.corrections.due(number, limit=BATCH)):
        amends = Amends(told.headline, told.old, told.new)
        for chat in due:
            await posting.post(Key(kind=KIND, target=chat, edition=key), chat, amends)
    await store.corrections.end(number)
    return now() + NEVER
