"""The arrows of the house: who may import whom, and which library belongs to which package."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("bot", "newsroom", "scrapers", "storage", "claims", "migrations")
MAY_IMPORT = {
    "bot": {"newsroom", "claims"},
    "newsroom": {"scrapers", "storage", "claims"},
    "scrapers": {"claims"},
    "storage": {"claims", "migrations"},  # the store migrates its database by itself
    "claims": set[str](),
    "migrations": {"storage"},
}
OWNERS = {
    "telegram": {"bot"},
    "starlette": {"bot"},
    "uvicorn": {"bot"},
    "jinja2": {"bot"},
    "typer": {"bot"},
    "rich": {"bot"},
    "prometheus_client": {"bot"},
    "typst": {"bot"},
    "httpx2": {"scrapers"},
    "httpcore2": {"scrapers"},
    "hishel": {"scrapers"},
    "lxml": {"scrapers"},
    "bs4": {"scrapers"},
    "trafilatura": {"scrapers"},
    "feedparser": {"scrapers"},
    "protego": {"scrapers"},
    "courlan": {"scrapers"},
    "onnxruntime": {"claims"},
    "tokenizers": {"claims"},
    "sqlalchemy": {"storage", "migrations"},
    "alembic": {"storage", "migrations"},
    "dbos": {"newsroom"},
}
NO_IO_IN_CLAIMS = {"asyncio", "socket", "subprocess", "urllib.request", "http", "os", "time", "random"}


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_there_are_modules() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in modules()} == set(PACKAGES)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_arrows(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    for name in imports(path):
        top = name.split(".")[0]
        if top in PACKAGES and top != package:
            assert top in MAY_IMPORT[package], f"{package} must not import {name}"
            private = [part for part in name.split(".") if part.startswith("_")]
            assert not private, f"{name} is private to {top}"
        if top in OWNERS:
            assert package in OWNERS[top], f"{top} belongs to {OWNERS[top]}, not to {package}"
        if package == "claims":
            assert name not in NO_IO_IN_CLAIMS, f"claims is pure: {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_past_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_claims_has_no_async() -> None:
    found = [
        path.name
        for path in sorted((ROOT / "claims").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.AsyncFunctionDef | ast.Await)
    ]
    assert found == []


def test_constraints_hold_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert lines
    assert all("==" in line and "://" not in line and "@" not in line for line in lines)
