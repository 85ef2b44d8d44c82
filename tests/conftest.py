"""What all tests share: the folder of real data, and the rule that in CI nothing is skipped for want of it."""

import os
from pathlib import Path

import pytest

pytest_plugins = ["tests.databases"]

SHARED = Path(__file__).resolve().parents[2] / "shared"


def missing(what: str) -> None:
    """Skip for want of ``what`` on a person's machine; fail in CI, which has to bring it."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is not on this machine")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real pages, stories and tools, beside the project."""
    if not (SHARED / "data").is_dir():
        missing("the shared data folder (../shared)")
    return SHARED
