"""Where the shared data and scorers are, seen from the project's root; and how figures are printed."""

import importlib.util
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType

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


def write_jsonl(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write one JSON object a line; the folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


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
