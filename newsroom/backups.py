"""Copies of everything and back, for the command line; the chat's /backup is ``newsroom.machine_care``."""

from pathlib import Path

from newsroom.settings import Settings
from storage.backup import restore
from storage.store import open_store


async def copy_to(file: Path, settings: Settings) -> int:
    """Copy the settings' database into a new file; its size in bytes. Raises BadInput, StoreFault."""
    async with open_store(settings.database_url.get_secret_value()) as store:
        return await store.back_up(file)


async def fill_from(file: Path, settings: Settings) -> dict[str, int]:
    """Fill the settings' database, which must be empty, from a copy; rows by table. Raises BadInput, StoreFault."""
    return await restore(file, settings.database_url.get_secret_value())
