"""A comparison as the JSON of docs/comparison.schema.json: the object of ``--json``, the export and the API.

No clock value and no database id is in it: the same comparison gives the same bytes.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from claims.comparison import (
    Cell,
    Change,
    Comparison,
    Difference,
    Edge,
    FactCheck,
    Origins,
    OwnVoiceClaim,
    Place,
    Quotation,
    Row,
    ViaSource,
)
from claims.types import Article, Held, Span

Json = dict[str, Any]


def as_json(comparison: Comparison, *, fetched: Mapping[str, datetime] | None = None) -> str:
    """The contract's object as text, ending in a newline. ``fetched``: address -> time of fetching, for ``--times``."""
    body = as_dict(comparison)
    if fetched is not None:
        body["fetched"] = {url: _time(moment) for url, moment in sorted(fetched.items())}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def as_dict(comparison: Comparison) -> Json:
    """The contract's object as plain dicts and lists."""
    return {
        "article": _lead(comparison.lead),
        "story": {"id": story_id(comparison), "articles": [_member(article) for article in comparison.articles]},
        "rows": [_row(row) for row in comparison.rows],
        "quotations": [_quotation(quotation) for quotation in comparison.quotations],
        "own_voice": [
            {
                "text": item.text,
                "url": item.url,
                "version": item.version,
                **_offsets(item.span),
                "kind": item.kind.value,
            }
            for item in comparison.own_voice
        ],
        "edges": [_edge(edge) for edge in comparison.edges],
        "origins": _origins(comparison.origins),
        "changes": [_change(change) for change in comparison.changes],
        "fact_checks": [_fact_check(check) for check in comparison.fact_checks],
        "misses": [{"outlet": miss.outlet, "url": miss.url, "reason": miss.reason.value} for miss in comparison.misses],
        "notes": [note.value for note in comparison.notes],
    }


def story_id(comparison: Comparison) -> str:
    """First 16 hex digits of SHA-256 over the sorted addresses: the same story whichever article was asked about."""
    addresses = sorted(article.url for article in comparison.articles)
    return sha256("\n".join(addresses).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _lead(article: Article) -> Json:
    return {
        "outlet": article.outlet.name,
        "url": article.url,
        "title": article.title,
        "published_at": _time(article.published_at),
        "version": article.version,
        "held": article.held.value,
    }


def _member(article: Article) -> Json:
    version = None if article.held is Held.KNOWN else article.version
    return {**_lead(article), "version": version, "carried_for": article.carried_for}


def _row(row: Row) -> Json:
    return {
        "id": row.id,
        "statement": row.statement,
        "importance": round(row.importance, 3),
        "cells": [_cell(cell) for cell in row.cells],
        "differences": [_difference(difference) for difference in row.differences],
        "origins": _origins(row.origins),
    }


def _cell(cell: Cell) -> Json:
    return {
        "outlet": cell.place.outlet,
        "url": cell.place.url,
        "version": cell.place.version,
        **_offsets(cell.place.span),
        "text": cell.text,
        "quotation_type": cell.quotation_type.value if cell.quotation_type else None,
        "authority": cell.authority.value,
        "source": cell.source,
        "source_description": cell.source_description,
        "cue": cell.cue,
        "certainty": cell.certainty.value,
        "polarity": cell.polarity.value,
        "via": [_via(source) for source in cell.via],
        "attributed_to_outlet": cell.attributed_to_outlet,
    }


def _via(source: ViaSource) -> Json:
    return {"authority": source.authority.value, "source": source.source, "cue": source.cue}


def _difference(difference: Difference) -> Json:
    return {
        "kind": difference.kind.value,
        "between": list(difference.between),
        "spans": [[version, span.start, span.end] for version, span in difference.spans],
        "strength": round(difference.strength, 3),
        "reason": difference.reason,
    }


def _quotation(quotation: Quotation) -> Json:
    found = quotation.found
    return {
        "text": quotation.text,
        "quoting": _place(quotation.quoting),
        "cited_outlet": quotation.cited_outlet,
        "cited_person": quotation.cited_person,
        "result": quotation.result.value,
        "found": {**_place(found), "carried_for": found.carried_for} if found else None,
        "changes": [list(change) for change in quotation.changes],
    }


def _place(place: Place) -> Json:
    return {"outlet": place.outlet, "url": place.url, "version": place.version, **_offsets(place.span)}


def _own_voice(claim: OwnVoiceClaim) -> Json:
    return {
        "text": claim.text,
        "url": claim.url,
        "version": claim.version,
        **_offsets(claim.span),
        "kind": claim.kind.value,
    }


def _edge(edge: Edge) -> Json:
    evidence = None
    if edge.evidence is not None:
        version, span = edge.evidence
        evidence = [version, span.start, span.end]
    return {
        "from": edge.source,
        "to": edge.target,
        "to_outlet": edge.target_outlet,
        "kind": edge.kind.value,
        "evidence": evidence,
    }


def _origins(origins: Origins) -> Json:
    return {
        "at_least": origins.at_least,
        "at_most": origins.at_most,
        "chains": [list(chain) for chain in origins.chains],
        "joined": [{"a": joined.a, "b": joined.b, "why": joined.why} for joined in origins.joined],
    }


def _change(change: Change) -> Json:
    return {
        "url": change.url,
        "from_version": change.from_version,
        "to_version": change.to_version,
        "marked": change.marked,
        "spans": [list(span) for span in change.spans],
    }


def _fact_check(check: FactCheck) -> Json:
    return {
        "publisher": check.publisher,
        "url": check.url,
        "reviewed_at": _time(check.reviewed_at),
        "claim": check.claim,
        "rating": check.rating,
    }


def _offsets(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
