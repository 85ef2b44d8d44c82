"""The growth of search times as a picture: logarithmic in articles, so that what grows with them is seen to."""

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 400, 60, 50, 20, 190
LINES = (
    ("p50_ms", "median, words"),
    ("p95_ms", "95 of 100, words"),
    ("meaning_p95_ms", "95 of 100, words and meaning"),
)
COLOURS = {"sqlite": "#1b6ca8", "postgresql": "#b8520f"}
DASHES = ("2 3", "", "8 4")
ALLOWED_MS = 50.0


def picture(runs: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """An SVG: one line a figure and database, by the number of articles; and what is allowed."""
    rows = [row for held in runs.values() for row in held]
    sizes = sorted({row["articles"] for row in rows})
    highest = max([1.3 * ALLOWED_MS, *(1.1 * row[key] for row in rows for key, _ in LINES if key in row)])

    def across(articles: float) -> float:
        low, high = log10(sizes[0]), max(log10(sizes[-1]), log10(sizes[0]) + 0.1)
        return LEFT + (WIDTH - LEFT - RIGHT) * (log10(articles) - low) / (high - low)

    def up(milliseconds: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * milliseconds / float(highest)

    drawn = [_line(f"{LEFT},{TOP} {LEFT},{up(0)} {WIDTH - RIGHT},{up(0)}", "#444")]
    drawn += [_text(across(size), up(0) + 20, f"{size:,}", "middle") for size in sizes]
    step = 10 ** int(log10(highest)) / (2 if highest < 2 * 10 ** int(log10(highest)) else 1)
    marks = [step * n for n in range(int(highest / step) + 1)]
    drawn += [_text(LEFT - 8, up(mark) + 4, f"{mark:g}", "end") for mark in marks]
    drawn.append(_line(f"{LEFT},{up(ALLOWED_MS):.1f} {WIDTH - RIGHT},{up(ALLOWED_MS):.1f}", "#999", "1 4"))
    drawn.append(_text(WIDTH - RIGHT + 6, up(ALLOWED_MS) + 4, "allowed: 50 ms"))
    drawn.append(_text(LEFT, HEIGHT - 8, "articles in the store, spread over 30 days; milliseconds a search"))
    at = TOP + 90
    for name, held in runs.items():
        for (key, label), dash in zip(LINES, DASHES, strict=True):
            points = [(across(row["articles"]), up(row[key])) for row in held if key in row]
            if points:
                colour = COLOURS.get(name, "#444")
                path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
                drawn.append(_line(path, colour, dash))
                drawn.append(_line(f"{WIDTH - RIGHT + 6},{at - 4} {WIDTH - RIGHT + 30},{at - 4}", colour, dash))
                drawn.append(_text(WIDTH - RIGHT + 36, at, f"{name}: {label}", size=9))
                at += 18
    inside = "\n".join(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" role="img" '
        f'aria-label="Search times by number of articles"><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        f"{inside}\n</svg>\n"
    )


def _line(points: str, colour: str, dash: str = "") -> str:
    return f'<polyline fill="none" stroke="{colour}" stroke-width="1.5" stroke-dasharray="{dash}" points="{points}"/>'


def _text(x: float, y: float, words: str, anchor: str = "start", *, size: int = 11) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{words}</text>'
