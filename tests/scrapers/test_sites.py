"""Site rules: every outlet that has one, every layout that it names, on skeletons of its pages with words of ours."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from claims.types import Outlet
from scrapers.pages import read_page, record
from scrapers.sites import SITES, Site, site_of

PAGES = Path(__file__).parents[1] / "fixtures" / "pages" / "sites"
LAYOUTS = sorted(PAGES.glob("*.html"))


def outlet_of(site: Site) -> Outlet:
    return Outlet(key=site.key, name=site.key, domains=site.domains)


def site_for(layout: Path) -> Site:
    return next(site for site in SITES if site.key == layout.stem.split("-")[0])


def expected(layout: Path) -> list[str]:
    """The elements that the skeleton marks as the story, without what it marks as noise in them."""
    soup = BeautifulSoup(layout.read_bytes(), "lxml")
    for noise in soup.select("[data-noise]"):
        noise.extract()
    return [" ".join(tag.get_text().split()) for tag in soup.select("[data-story]")]


def test_every_site_has_a_layout_of_its_own() -> None:
    assert SITES
    assert {site.key for site in SITES} == {layout.stem.split("-")[0] for layout in LAYOUTS}
    assert len({site.key for site in SITES}) == len(SITES)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_a_layout_gives_the_story_and_nothing_else(layout: Path) -> None:
    site = site_for(layout)
    url = f"https://www.{site.domains[0]}/2025/03/07/a-story-of-ours"
    found = record(read_page(layout.read_bytes(), url=url, outlet=outlet_of(site), strict=False))
    assert found["paragraphs"] == expected(layout)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_the_rule_knows_the_layout_itself(layout: Path) -> None:
    fields = site_for(layout).read(BeautifulSoup(layout.read_bytes(), "lxml"))
    words = " ".join(tag.get_text() for tag in fields.body)
    assert all(" ".join(paragraph.split())[:30] in " ".join(words.split()) for paragraph in expected(layout))


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.key)
def test_a_layout_that_no_rule_knows_is_left_to_the_generic_reader(site: Site) -> None:
    page = b"<html><body><h1>A new layout</h1><section><p>" + b"Words that nobody marked. " * 20 + b"</p></section>"
    assert site.read(BeautifulSoup(page, "lxml")).body == ()
    article = read_page(page, url=f"https://{site.domains[0]}/a/b/c", outlet=outlet_of(site), strict=False)
    assert article.text.startswith("Words that nobody marked.")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_a_rule_that_finds_a_fraction_gives_way(layout: Path) -> None:
    site = site_for(layout)
    more = [
        f"The {n}th paragraph of a new layout, and it is a good deal longer than the old one was." for n in range(30)
    ]
    longer = "".join(f'<p class="new">{paragraph}</p>' for paragraph in more)
    html = layout.read_text(encoding="utf-8").replace("</body>", f"<section>{longer}</section></body>")
    article = read_page(html.encode(), url=f"https://{site.domains[0]}/a/b/c", outlet=outlet_of(site), strict=False)
    assert more[0] in article.text
    assert more[-1] in article.text


def test_a_rule_is_found_by_domain_and_only_by_its_own() -> None:
    for site in SITES:
        assert site_of(outlet_of(site)) is site
    assert site_of(Outlet(key="harbour", name="Harbour", domains=("harbour.example",))) is None


def test_the_visible_byline_goes_before_json_ld_where_the_rule_says_so() -> None:
    page = (PAGES / "guardian-2024.html").read_text(encoding="utf-8")
    linked = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Tilda Crane"}}</script>'
    outlet = outlet_of(next(site for site in SITES if site.key == "guardian"))
    article = read_page(
        page.replace("<body>", f"<body>{linked}", 1).encode(), url="https://theguardian.com/a/b/c", outlet=outlet
    )
    assert (article.authors, article.credit) == (("Associated Press",), "AP")
