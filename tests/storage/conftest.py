"""A store on each kind of database, and the comparison that the tests keep."""

from collections.abc import AsyncIterator

import pytest

from storage.store import Store, open_store


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    async with open_store(store_url) as opened:
        yield opened
