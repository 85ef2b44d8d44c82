"""The product as a person starts it, beside the news web on loopback: processes, nothing of ours faked."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND = Path(sys.executable).with_name("second-source")
PROCESS_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def product_env(folder: Path, **settings: str) -> dict[str, str]:
    """An environment with this test's own database and nothing of the caller's settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SECOND_SOURCE_", "TELEGRAM_"))}
    own = {"SECOND_SOURCE_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/test.db", "SECOND_SOURCE_COLLECT_SECONDS": "0"}
    return kept | own | settings


async def second_source(*args: str, env: Mapping[str, str], stdin: bytes = b"", cwd: Path | None = None) -> Ended:
    """Run the ``second-source`` command to its end."""
    process = await asyncio.create_subprocess_exec(
        str(COMMAND),
        *args,
        env=dict(env),
        cwd=cwd,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(stdin), PROCESS_S)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Ended(status=process.returncode or 0, out=out.decode(), err=err.decode())


@asynccontextmanager
async def news_web(data: Path | None, *, now: str) -> AsyncIterator[Any]:
    """The news web in this test's loop: ``world`` with ``settings`` for the product's environment."""
    from newsworld import NewsWorld

    async with NewsWorld(data, now=now) as world:
        yield world


def web_settings(world: Any) -> dict[str, str]:
    """The settings that lead the product to this news web."""
    return {"SECOND_SOURCE_EGRESS_PROXY": world.proxy, "SECOND_SOURCE_CA_FILE": str(world.ca_path)}
