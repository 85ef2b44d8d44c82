"""The product as a process on Telegram's emulator, and what the machine tells of a process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.shared import SHARED

TOKEN = "123456:CROWD"  # noqa: S105 -- the emulator's
TOOLS = SHARED / "tools"
NOW = "2025-03-04T00:00Z"
WORLD = SHARED / "data" / "seed" / "world"
LINKS = (
    "https://www.aggregatordesk.example/2025/03/03/plans-to-drop-some-russia-sanctions",
    "https://www.harbourcourier.example/world/us-plan-russia-sanctions",
)


@contextmanager
def started(command: Sequence[str], env: Mapping[str, str] | None = None) -> Iterator[dict[str, Any]]:
    """A process and the JSON line that it says when it is ready."""
    paths = {"PYTHONPATH": str(TOOLS)}
    process = subprocess.Popen(
        command, env=dict(env or os.environ | paths), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        if process.stdout is None:
            raise RuntimeError("the process gave no output")
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.communicate(timeout=20)


@contextmanager
def telegram(limits: str) -> Iterator[tuple[Any, Mapping[str, str]]]:
    """The emulator as a process: its control, and the settings that lead the product to it. ``limits``: off or real."""
    sys.path.insert(0, str(TOOLS))
    from botapi import Control

    with started([sys.executable, "-m", "botapi", "--port", "0", "--token", TOKEN, "--limits", limits]) as said:
        control = Control(said["control_url"])
        try:
            yield (
                control,
                {
                    "TELEGRAM_BOT_TOKEN": TOKEN,
                    "SECOND_SOURCE_TELEGRAM_API_URL": said["base_url"],
                    "SECOND_SOURCE_TELEGRAM_FILE_URL": said["file_url"],
                },
            )
        finally:
            control.close()


def product_env(database: str, *settings: Mapping[str, str]) -> dict[str, str]:
    """The product's environment: that database, any free port, nothing collected, and the settings given."""
    own = {
        "SECOND_SOURCE_DATABASE_URL": database,
        "SECOND_SOURCE_COLLECT_SECONDS": "0",
        "SECOND_SOURCE_WEB_PORT": "0",
    }
    env = os.environ | own
    for given in settings:
        env |= given
    return env


def sqlite(folder: Path) -> str:
    """The address of a new database in a folder."""
    return f"sqlite+aiosqlite:///{folder}/live.db"


def resident_mb(pid: int) -> float:
    """Memory of a process that lies in RAM."""
    with Path(f"/proc/{pid}/statm").open(encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def busy_s(pid: int) -> float:
    """CPU seconds of the process so far: unlike the times, they hardly depend on what else the machine does."""
    with Path(f"/proc/{pid}/stat").open(encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
