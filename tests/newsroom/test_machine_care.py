"""Copies on the machine: the newest stay, and what somebody has put beside them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsroom.machine_care import BACKUPS_KEPT, MachineCare
from storage.audit import By
from storage.store import open_store

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)


async def test_the_newest_copies_are_kept_and_those_of_others(sqlite_url: str, tmp_path: Path) -> None:
    folder, moments = tmp_path / "copies", [NOON + timedelta(days=n) for n in range(BACKUPS_KEPT + 2)]
    folder.mkdir()
    (folder / "before-the-move.db").touch()
    clock = iter(moments)
    async with open_store(sqlite_url) as store:
        machine = MachineCare(store, lambda: next(clock), folder=folder)
        made = [(await machine.back_up(by=By(1, NOON))).path.name for _ in moments]
    assert sorted(path.name for path in folder.iterdir()) == sorted(["before-the-move.db", *made[2:]])
