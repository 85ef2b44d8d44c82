"""Pages of an invented outlet, for the tests beside this file."""

import json
from typing import Any

from claims.types import Article, Outlet
from scrapers.pages import read_page
from tests.factories import make_outlet

COURIER = make_outlet()
URL = "https://www.harbourcourier.example/news/ferry-fares-rise?utm_source=x"
SENTENCES = [
    f"The {n}th boat of the day left the inner harbour at {n} past noon, as it always does." for n in range(1, 9)
]


def page(*paragraphs: str, head: str = "", title: str = "The boats are on time") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or SENTENCES)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{text}</article></body></html>"
    )


def linked(**fields: Any) -> str:
    data = {"@type": "NewsArticle", "headline": "The boats are on time"} | fields
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def read(html: str | bytes, *, url: str = URL, outlet: Outlet = COURIER, **options: Any) -> Article:
    return read_page(html.encode() if isinstance(html, str) else html, url=url, outlet=outlet, **options)
