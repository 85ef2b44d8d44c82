"""How questions were answered day by day, as a picture: drawn by typst, where the extra ``pictures`` is installed.

Of what was measured for pictures (small raster libraries, an SVG renderer, a plotting library) typst alone lays out
text and boxes by itself and brings its own fonts; it is what all our pictures are made with.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from newsroom.machine_care import Day

PPI = 220.0  # of a picture as wide as a phone, sharp on its screen

#: everything comes in as data: no word of anybody is part of the program
_TEMPLATE = """
#let told = json(bytes(sys.inputs.told))
#set page(width: 360pt, height: auto, margin: 14pt, fill: white)
#set text(font: ("Noto Sans", "Libertinus Serif"), size: 9pt)
#text(size: 13pt, weight: "bold")[#told.title]
#v(2pt)
#text(fill: luma(90))[#told.note]
#v(6pt)
#let high = 90pt
#let bar(part, color) = if part > 0 { rect(width: 100%, height: part * high / 100, fill: color, stroke: none) }
#for chart in told.charts [
  #v(4pt)
  *#chart.title* #h(1fr) #text(fill: luma(90))[#chart.most]
  #grid(
    columns: (1fr,) * chart.bars.len(), column-gutter: 2pt, row-gutter: 3pt, align: center + bottom,
    ..chart.bars.map(one => stack(
      dir: ttb, text(size: 6pt)[#one.label], v(1pt),
      bar(one.rest, luma(200)), bar(one.part, rgb("#2b6cb0")))),
    ..chart.bars.map(one => text(size: 6pt, fill: luma(90))[#one.day]),
  )
]
"""


def chart(days: Sequence[Day]) -> bytes | None:
    """Questions and median time by day, as PNG; None where typst is not installed."""
    try:
        import typst
    except ImportError:
        return None
    told = json.dumps(_told(days))
    picture: Any = typst.compile(_TEMPLATE.encode(), format="png", ppi=PPI, sys_inputs={"told": told})
    return bytes(picture)


def _told(days: Sequence[Day]) -> dict[str, object]:
    """Bars in hundredths of the highest."""
    most = max((one.asked for one in days), default=0)
    slowest = max((one.median_s or 0.0 for one in days), default=0.0)
    return {
        "title": "Questions and answers by day",
        "note": f"{_day(days[0].day)} to {_day(days[-1].day)}, UTC",
        "charts": [
            {
                "title": "Answered (blue) of asked",
                "most": f"most: {most}",
                "bars": [
                    _bar(one.day, f"{one.asked or ''}", one.answered, one.asked - one.answered, most) for one in days
                ],
            },
            {
                "title": "Median seconds to the answer",
                "most": f"most: {slowest:.1f} s",
                "bars": [
                    _bar(
                        one.day, "" if one.median_s is None else f"{one.median_s:.1f}", one.median_s or 0.0, 0, slowest
                    )
                    for one in days
                ],
            },
            {
                "title": "Pages closed to us or not reached",
                "most": "of all in the answers",
                "bars": [
                    _bar(one.day, "" if one.not_held is None else f"{one.not_held:.0%}", one.not_held or 0.0, 0, 1)
                    for one in days
                ],
            },
        ],
    }


def _bar(day: date, label: str, part: float, rest: float, most: float) -> dict[str, object]:
    return {
        "day": f"{day.day}.",
        "label": label,
        "part": 100 * part / most if most else 0,
        "rest": 100 * rest / most if most else 0,
    }


def _day(day: date) -> str:
    return f"{day:%d %b}"
