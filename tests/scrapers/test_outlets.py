import csv
from collections import defaultdict
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from claims.errors import BadInput
from claims.types import OutletKind
from scrapers.outlets import Outlets
from tests.factories import make_outlet

OUTLETS = Outlets.load()


def registry(**row: object) -> Outlets:
    """A registry of one row, with what a row needs."""
    return Outlets.of_rows([{"key": "courier", "name": "The Courier", "domains": ["courier.example"]} | row])


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("https://www.reuters.com/world/us-2025-03-03/", "Reuters"),
        ("https://edition.cnn.com/2025/03/03/politics/row/index.html", "CNN"),
        ("http://hosted.ap.org/dynamic/stories/1", "AP"),
        ("https://apnews.com/article/1", "AP"),
        ("https://www.bbc.co.uk/news/1", "BBC"),
        ("https://www.bbc.com/news/1", "BBC"),
        ("https://WWW.BBC.COM.:443/news/1", "BBC"),
        ("https://faktencheck.afp.com/doc.1", "AFP Fact Check"),
        ("https://www.afp.com/en/1", "AFP"),
        ("https://fr.euronews.com/2026/01/06/a", "Euronews"),
        ("https://www.huffingtonpost.com/entry/a", "HuffPost"),
        ("https://timesofindia.indiatimes.com/a.cms", "The Times of India"),
        ("https://economictimes.indiatimes.com/a.cms", "The Economic Times"),
        ("https://edition.cnn.com", "CNN"),
    ],
)
def test_a_link_belongs_to_the_longest_matching_domain(link: str, name: str) -> None:
    assert OUTLETS.of(link).name == name


@pytest.mark.parametrize("link", ["https://notcnn.com/a", "https://cnn.com.example/a", "https://indiatimes.com/a"])
def test_a_domain_that_only_looks_alike_is_somebody_else(link: str) -> None:
    outlet = OUTLETS.of(link)
    assert outlet not in OUTLETS.all
    assert outlet.name == outlet.key


def test_an_unlisted_outlet_is_called_what_its_page_says() -> None:
    said = OUTLETS.of("https://www.harbourcourier.example/a", site_name=" The Harbour Courier ")
    assert (said.key, said.name, said.domains) == (
        "harbourcourier.example",
        "The Harbour Courier",
        ("harbourcourier.example",),
    )
    assert OUTLETS.of("https://www.harbourcourier.example/a", site_name=" ").name == "harbourcourier.example"


@pytest.mark.parametrize("door", ["www.", "m.", "mobile.", "amp.", ""])
def test_mobile_pages_of_an_unlisted_outlet_are_not_a_second_outlet(door: str) -> None:
    assert OUTLETS.of(f"http://{door}harbourcourier.example/a").key == "harbourcourier.example"


@pytest.mark.parametrize("link", ["", "text:0123", "reuters.com/world", "https://", "http://[::1", "/news"])
def test_what_is_no_address_belongs_to_nobody(link: str) -> None:
    with pytest.raises(BadInput, match="not a web address"):
        OUTLETS.of(link)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("AFP", "AFP"),
        ("Agence France-Presse", "AFP"),
        ("the  associated press", "AP"),
        ("AP News", "AP"),
        ("the BBC", "BBC"),
        ("new york times", "The New York Times"),
        ("WSJ", "The Wall Street Journal"),
        ("Zero Hedge", "ZeroHedge"),
        ("Spiegel Online", "Der Spiegel"),
        ("Коммерсантъ", "Kommersant"),
    ],
)
def test_an_outlet_answers_to_all_its_names(words: str, name: str) -> None:
    found = OUTLETS.named(words)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("words", ["the Times", "Post", "the Journal", "the Sun-Times", "Herald", "News", ""])
def test_a_name_that_many_papers_bear_is_nobodys(words: str) -> None:
    found = OUTLETS.named(words)
    # "The Times" in full is the London paper's own name; bare words are nobody's
    assert found is None or (words == "the Times" and found.key == "the-times")


def test_outlets_of_the_reference_table_are_all_there_with_exactly_their_addresses(shared: Path) -> None:
    rows = list(csv.DictReader((shared / "data/outlets.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 100
    stated: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if not row["domain"]:
            assert OUTLETS.named(row["name"].removesuffix(" (wire)")), row["name"]
            continue
        outlet = OUTLETS.of(f"https://{row['domain']}/")
        assert outlet in OUTLETS.all, row["name"]
        for column, field in (("rss", "feeds"), ("sitemap", "sitemaps"), ("news_map", "news_sitemaps")):
            stated[outlet.key, field] |= set(row[column].split())
    by_key = {outlet.key: outlet for outlet in OUTLETS.all}
    for (key, field), addresses in stated.items():
        if addresses:  # where the table has none, a row may know one all the same
            assert set(getattr(by_key[key], field)) == addresses, (key, field)


def test_agencies_are_marked_as_such() -> None:
    agencies = {outlet.name for outlet in OUTLETS.all if outlet.kind is OutletKind.AGENCY}
    assert {"Reuters", "AP", "AFP", "dpa", "TASS", "Xinhua", "Interfax", "ANSA", "EFE", "Kyodo", "PTI"} <= agencies


def test_extra_outlets_join_or_replace() -> None:
    ours = make_outlet()
    joined = OUTLETS.with_outlets([ours])
    assert joined.of("http://harbourcourier.example/a") is ours
    assert len(joined.all) == len(OUTLETS.all) + 1
    renamed = make_outlet("CNN", key="cnn", domains=("cnn.example",))
    replaced = OUTLETS.with_outlets([renamed])
    assert replaced.named("cnn") is renamed
    assert replaced.of("https://cnn.com/") not in replaced.all
    assert OUTLETS.of("https://cnn.com/").name == "CNN"


def test_the_registry_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        OUTLETS.all = ()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("second", "complaint"),
    [
        ({"key": "courier", "name": "Another", "domains": ["another.example"]}, "share the key “courier”"),
        ({"key": "other", "name": "Another", "domains": ["courier.example"]}, "share the domain “courier.example”"),
        ({"key": "other", "name": "the courier", "domains": ["another.example"]}, "share the name “the courier”"),
    ],
)
def test_two_outlets_share_nothing(second: dict[str, object], complaint: str) -> None:
    first = {"key": "courier", "name": "The Courier", "domains": ["courier.example"]}
    with pytest.raises(BadInput, match=complaint):
        Outlets.of_rows([first, second])


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"kind": "blog"}, "“courier” cannot be read"),
        ({"editor": "A. Person"}, "“courier” cannot be read"),
        ({"domains": []}, "lacks one"),
        ({"domains": ["www.courier.example"]}, "without “www.”"),
        ({"domains": ["Courier.example"]}, "small letters"),
        ({"domains": ["localhost"]}, "not a public host"),
        ({"domains": ["10.0.0.7"]}, "not a public host"),
        ({"domains": ["desk.internal"]}, "not a public host"),
        ({"feeds": ["http://127.0.0.1/rss"]}, "not a public host"),
        ({"feeds": ["http://[::1]/rss"]}, "not a public host"),
        ({"sitemaps": ["file:///etc/passwd"]}, "no web address"),
        ({"news_sitemaps": ["courier.example/news.xml"]}, "no web address"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_with_its_name(row: dict[str, object], complaint: str) -> None:
    assert registry().all
    with pytest.raises(BadInput, match=complaint):
        registry(**row)
