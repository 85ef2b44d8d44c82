"""The documents say what the code does: settings, commands, words, files."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.admin.desk import COMMANDS as ADMIN_COMMANDS
from bot.cli import app
from bot.metrics import REGISTRY
from bot.texts import COMMANDS
from claims.comparison import QuotationResult
from newsroom.rights import RIGHTS
from newsroom.settings import PREFIX, Settings
from scrapers.outlets import Outlets

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = (
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / name for name in (".env.example", "Makefile", "pyproject.toml", "constraints.txt")),
)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(heading: str, text: str = README) -> dict[str, list[str]]:
    """The table of a section: the first cell's code word -> the other cells."""
    section = re.split(r"^## ", text.split(f"## {heading}\n")[1], flags=re.MULTILINE)[0]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in section.splitlines() if "|" in line]
    return {row[0].strip(" `|"): row[1:] for row in cells if row[0].lstrip("| ").startswith("`")}


def settings() -> Iterator[tuple[str, str]]:
    """Each setting's name in the environment and its default as a person would write it."""
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = default.get_secret_value() if isinstance(default, SecretStr) else default
        shown = f"{shown:g}" if isinstance(shown, float) else shown
        yield str(field.validation_alias or PREFIX + name.upper()), "none" if shown is None else f"`{shown}`"


def test_readme_lists_every_setting_with_its_default() -> None:
    listed = {name: cells[0] for name, cells in rows("Settings").items()}
    assert listed == dict(settings())


def test_env_example_names_every_setting_and_changes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    example = ROOT / ".env.example"
    lines = [line for line in example.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert [line.partition("=")[0] for line in lines if line.endswith("=")] == [line[:-1] for line in lines]
    assert sorted(line.rstrip("=") for line in lines) == sorted(name for name, _ in settings())
    for name, _ in settings():
        monkeypatch.delenv(name, raising=False)
    assert Settings(_env_file=example) == Settings(_env_file=None)  # type: ignore[call-arg]


def test_readme_lists_the_bots_commands() -> None:
    assert {name.removeprefix("/") for name in rows("As a Telegram bot")} == {name for name, _ in COMMANDS}


def test_the_admins_commands_are_listed_with_who_may() -> None:
    text = (ROOT / "docs/administration.md").read_text(encoding="utf-8")
    listed = {name.removeprefix("/"): cells[0] for name, cells in rows("Looking after the bot", f"\n#{text}").items()}
    assert listed == {name: f"{RIGHTS[name].title}s" for name in ADMIN_COMMANDS}


def test_every_metric_is_explained() -> None:
    text = (ROOT / "docs/administration.md").read_text(encoding="utf-8")
    ours = {metric.name: metric for metric in REGISTRY.collect() if metric.name.startswith("second_source")}
    named = {name.removesuffix("_total") for name in rows("What is watched", text)}
    assert named == set(ours)


def test_readme_lists_the_command_line() -> None:
    listed = {name.removeprefix("second-source ") for name in rows("The command line")}
    assert listed == {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }


def test_options_that_the_readme_names_exist() -> None:
    import inspect

    code = inspect.getsource(__import__("bot.cli", fromlist=["cli"]))
    options = set(re.findall(r"--[a-z]+", " ".join(" ".join(cells) for cells in rows("The command line").values())))
    assert options
    for option in options:
        assert f'"{option}"' in code or re.search(rf"\b{option[2:]}: Annotated", code), option


def test_make_targets_that_the_documents_name_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {target for path in DOCUMENTS if path.suffix == ".md" for target in targets_in(path)}
    assert {"run", "test", "check", "format"} <= named <= targets


def targets_in(path: Path) -> list[str]:
    return re.findall(r"(?:^|`)make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_result_of_the_quotation_check_is_explained() -> None:
    text = (ROOT / "docs/quotation-check.md").read_text(encoding="utf-8")
    assert set(rows("What you can be told", text)) == {result.value for result in QuotationResult}


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.suffix == ".md"], ids=lambda path: path.name)
def test_links_and_files_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if not target.startswith("https://"):
            assert (path.parent / target).exists(), target
    for name in re.findall(r"`((?:bot|newsroom|scrapers|storage|claims|tests|docs|benchmarks)/[\w/.-]*)`", text):
        assert (ROOT / name).exists(), name


def test_the_map_of_the_house_is_the_house() -> None:
    house = README.split("## The house")[1].split("```")[1]
    folders = re.findall(r"^(\w+)/", house, re.MULTILINE)
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert set(folders) == packages | {"docs"}
    for name in re.findall(r"\b[\w/]+\.(?:py|toml)\b", house):
        assert list(ROOT.glob(f"**/{name}")), name


def test_changelog_opens_with_the_current_version_and_the_right_number_of_outlets() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    first, latest = changelog.split("\n## ")[:2]
    assert first.startswith("# Changes")
    assert latest.startswith(version)
    assert f"{len(Outlets.load().all)} outlets" in changelog


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_names_a_package_registry_or_a_persons_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = re.search(
        r"pypi\.|pythonhosted|index-url|artifactory|registry\.|(?<![\w.:/])/(?:work|tmp|home|root|Users)\b", text
    )
    assert found is None, found and found[0]
