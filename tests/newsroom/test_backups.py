"""Copies from the command line: out of one database and into another, by the real command."""

from pathlib import Path

from storage.audit import By
from storage.store import open_store
from tests.factories import NOON
from tests.news_web import product_env, second_source


async def test_a_copy_goes_out_and_comes_back(tmp_path: Path) -> None:
    old, new = product_env(tmp_path / "old"), product_env(tmp_path / "new")
    file = tmp_path / "copy.db"
    async with open_store(old["SECOND_SOURCE_DATABASE_URL"]) as store:
        await store.admin.set_role(7, "admin", by=By(1, NOON))
    made = await second_source("backup", str(file), env=old)
    assert (made.status, made.err) == (0, "")
    assert made.out.startswith(f"{file}: ")
    restored = await second_source("restore", str(file), env=new)
    assert (restored.status, restored.err) == (0, "")
    async with open_store(new["SECOND_SOURCE_DATABASE_URL"]) as store:
        assert (await store.admin.standing()).staff == {7: "admin"}
    again = await second_source("restore", str(file), env=new)
    assert again.status == 2
    assert again.err == "The database holds something already. Give an empty one to restore into.\n"
