"""Looking after the digests of channels and groups."""

from claims.errors import BadInput
from newsroom.desk import Desk
from storage.audit import By
from storage.channels import Channel
from storage.store import Store
from storage.subscriptions import ACTIVE, ENDED, PAUSED

__all__ = ["Channel", "ChannelCare"]

ENDED_BY_ADMIN = "ended by an admin of the bot"


class ChannelCare:
    """Methods raise BadInput for what makes no sense, StoreFault."""

    def __init__(self, store: Store, desk: Desk) -> None:
        self._store = store
        self._desk = desk

    async def all(self) -> list[Channel]:
        """Running ones first."""
        return await self._store.channels.all()

    async def people(self) -> int:
        """How many people get a digest of their own."""
        return await self._store.channels.people()

    async def one(self, number: int) -> Channel:
        """One by its number."""
        found = await self._store.channels.one(number)
        if found is None:
            raise BadInput("There is no such digest any more. /channels lists them.")
        return found

    async def set_state(self, number: int, state: str, *, by: By) -> None:
        """Pause, resume or end a digest."""
        before, rows = await self.one(number), self._store.subscriptions
        found = await rows.of_id(number)
        if found is None or before.state == state:
            raise BadInput(f"This digest is {before.state} already.")
        await self._store.audit.note(by.did("channels.set", number, before=before.state, after=state))
        if state == ACTIVE:
            await self._desk.unasked.resume(found)
        elif state == PAUSED:
            await rows.pause(number)
        elif state == ENDED:
            await rows.end(found.chat_id, ENDED_BY_ADMIN)
