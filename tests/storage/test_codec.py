"""A comparison survives being written down, and holds no article's text while it is."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from claims.comparison import Comparison
from storage import _codec
from tests.storage.comparisons import bridge_articles, make_comparison


def test_a_comparison_comes_back_equal() -> None:
    comparison = make_comparison(*bridge_articles())
    empty = [field.name for field in fields(Comparison) if not getattr(comparison, field.name)]
    assert empty == [], "the example must fill every field, or this test proves nothing about it"
    assert _codec.load(_codec.dump(comparison), comparison.articles) == comparison


def test_the_texts_are_not_in_the_body() -> None:
    lead, other = bridge_articles()
    body = _codec.dump(make_comparison(lead, other))
    assert "Nobody asked the ferry crews" not in body
    assert "articles" not in json.loads(body)


def test_odd_characters_survive() -> None:
    comparison = make_comparison(*bridge_articles())
    odd = replace(comparison.own_voice[0], text="half a pair \ud83d, a zero \x00, 北京")
    comparison = replace(comparison, own_voice=(odd,))
    body = _codec.dump(comparison)
    assert body.isascii()
    assert _codec.load(body, comparison.articles) == comparison


@pytest.mark.parametrize("body", ["{}", '{"rows": [{"id": 1}]}', '{"rows": 7}'])
def test_a_body_of_another_release_is_no_comparison(body: str) -> None:
    assert _codec.load(body, bridge_articles()) is None


@pytest.mark.parametrize(
    ("part", "versions"),
    [
        ("rows", {"lead", "other"}),
        ("quotations", {"lead", "other"}),
        ("own_voice", {"lead"}),
        ("edges", {"other"}),
        ("changes", {"lead", "earlier"}),
    ],
)
def test_the_evidence_is_every_version_pointed_at(part: str, versions: set[str]) -> None:
    lead, other = bridge_articles()
    names = {lead.version: "lead", other.version: "other", "0" * 16: "earlier"}
    assert {names[version] for version in _codec.evidence(only(part, make_comparison(lead, other)))} == versions


def test_both_sides_of_a_difference_are_evidence() -> None:
    lead, other = bridge_articles()
    rows = only("rows", make_comparison(lead, other))
    bare = replace(rows, rows=(replace(rows.rows[0], cells=()),))
    assert set(_codec.evidence(bare)) == {lead.version, other.version}


def only(part: str, comparison: Comparison) -> Comparison:
    """The comparison with one kind of statement alone."""
    statements = ("rows", "quotations", "own_voice", "edges", "changes")
    others: dict[str, Any] = {name: () for name in statements if name != part}
    return replace(comparison, **others)
