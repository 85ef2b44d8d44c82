"""A comparison as JSON without the texts of its articles, and back with the articles put in."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from claims.comparison import Comparison
from claims.types import Article

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def dump(comparison: Comparison) -> str:
    """The body to store. ASCII only: what a database cannot hold as text stands in it as an escape."""
    body = _adapter().dump_python(comparison, mode="json", exclude={"articles"})
    return json.dumps(body, separators=(",", ":"))


def load(body: str, articles: Sequence[Article]) -> Comparison | None:
    """The comparison that ``body`` was made from; None for a body that an incompatible release wrote."""
    from pydantic import ValidationError

    try:
        return _adapter().validate_python(json.loads(body) | {"articles": tuple(articles)})
    except ValidationError:
        return None


def evidence(comparison: Comparison) -> Iterator[str]:
    """Every version that the comparison's statements point at."""
    for row in comparison.rows:
        yield from (cell.place.version for cell in row.cells)
        yield from (version for difference in row.differences for version, _ in difference.spans)
    for quotation in comparison.quotations:
        yield quotation.quoting.version
        if quotation.found:
            yield quotation.found.version
    yield from (claim.version for claim in comparison.own_voice)
    yield from (edge.evidence[0] for edge in comparison.edges if edge.evidence)
    for change in comparison.changes:
        yield from (change.from_version, change.to_version)


@cache
def _adapter() -> "TypeAdapter[Comparison]":
    # built on first use: 0.1 s that a process which stores no answer need not spend
    from pydantic import TypeAdapter

    return TypeAdapter(Comparison)
