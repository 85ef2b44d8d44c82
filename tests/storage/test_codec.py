"""A comparison survives being written down, and holds no article's text while it is."""

import json
from dataclasses import fields, replace

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


def test_the_evidence_is_every_version_pointed_at() -> None:
    lead, other = bridge_articles()
    assert set(_codec.evidence(make_comparison(lead, other))) == {lead.version, other.version, "0" * 16}
