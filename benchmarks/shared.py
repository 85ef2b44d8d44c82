"""Where the shared data and scorers are, seen from the project's root; how data is read and figures are printed."""

import importlib.util
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from claims.errors import BadInput
from newsroom.batch import read_file, read_lines, text_of

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def scorer(name: str) -> ModuleType | None:
    """The scorer ``score_<name>.py`` of the shared tools as a module, or None where these are not at hand."""
    path = SHARED / "tools" / f"score_{name}.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location(f"score_{name}", path)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_rows(path: Path, need: tuple[str, ...]) -> list[dict[str, Any]]:
    """The JSON objects of a JSONL file, packed or not; of a folder's only one. Raises BadInput."""
    if path.is_dir() and len(only := [*path.glob("*.jsonl"), *path.glob("*.jsonl.gz")]) == 1:
        path = only[0]
    try:
        return list(read_lines(text_of(read_file(path), str(path)), need=need))
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from error


def read_json(path: Path) -> Any:
    """The value of a JSON file, packed or not. Raises BadInput."""
    try:
        return json.loads(text_of(read_file(path), str(path)))
    except json.JSONDecodeError as error:
        raise BadInput(f"{path} is no JSON: {error.msg}. Give another one.") from error


def beside(folder: Path, name: str) -> Path:
    """The file of that name in a folder, or its packed twin ``name.gz``; the first where there is neither."""
    packed = folder / f"{name}.gz"
    return packed if packed.exists() and not (folder / name).exists() else folder / name


def write_jsonl(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write one JSON object a line; the folder is made where it is missing."""
    write_text(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_text(path: Path, text: str) -> None:
    """Write a file; its folder is made where it is missing. Raises BadInput."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"The file {path} cannot be written: {error.strerror}. Give another one with --out.") from error


def print_table(rows: Mapping[str, Mapping[str, float | int | None]]) -> None:
    """A plain table: one line a system, one column a figure."""
    columns = list(dict.fromkeys(name for figures in rows.values() for name in figures))
    width = max((len(name) for name in rows), default=0)
    sizes = [max(len(name), 8) for name in columns]
    print(" " * width, *(name.rjust(size) for name, size in zip(columns, sizes, strict=True)), sep="  ")
    for name, figures in rows.items():
        cells = [_cell(figures.get(column)).rjust(size) for column, size in zip(columns, sizes, strict=True)]
        print(name.ljust(width), *cells, sep="  ")


def print_figures(figures: Mapping[str, object]) -> None:
    """The last line of every benchmark: one JSON object with the figures."""
    print(json.dumps(figures, ensure_ascii=False, sort_keys=True))


def _cell(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
