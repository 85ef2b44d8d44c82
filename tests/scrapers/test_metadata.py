"""What a page says of itself: headlines, times, authors, languages and addresses as publishers really write them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from claims.types import Outlet
from scrapers._authors import clean_authors
from scrapers._blocks import blocks_of
from scrapers._languages import language_of
from scrapers._metadata import Metadata, read_metadata
from scrapers._page import Page
from scrapers._times import read_moment, written_moments
from tests.factories import make_outlet

COURIER = make_outlet(aliases=("Courier Online",))
URL = "https://www.harbourcourier.example/news/2025/03/04/boats"
BODY = "<p>" + "The boats of the inner harbour left on time again today, as they always do. " * 4 + "</p>"


def read(head: str = "", body: str = "", *, url: str = URL, outlet: Outlet = COURIER, lang: str = "") -> Metadata:
    html = f"<html{lang}><head>{head}</head><body>{body}{BODY}</body></html>"
    page = Page(html.encode(), url=url)
    return read_metadata(page, blocks_of(page.tree), outlet=outlet)


def meta(**named: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{content}">' for name, content in named.items()
    )


def linked(data: Any) -> str:
    return f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'


def article(**fields: Any) -> str:
    return linked({"@type": "NewsArticle", "headline": "The boats are on time"} | fields)


# --- headline


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("", "<h1>The boats are on time</h1>", "The boats are on time"),
        (
            meta(og__title="Boats on time | The Harbour Courier"),
            "<h1></h1><h1>The boats are on time</h1>",
            "The boats are on time",
        ),
        (
            meta(og__title="The boats are on time"),
            "<h1>The Harbour Courier</h1><h2>The boats are on time</h2>",
            "The boats are on time",
        ),
        (
            meta(og__title="The boats are on time"),
            "<h1>Other stories of the day</h1><h1>The boats are on time</h1>",
            "The boats are on time",
        ),
        (
            meta(og__title="Boats, and why: a harbour's pride"),
            "<h1>The boats are on time</h1>",
            "The boats are on time",
        ),
        (meta(og__title="The boats are on time | The Harbour Courier"), "", "The boats are on time"),
        (meta(og__title="The boats are on time - Courier Online"), "", "The boats are on time"),
        ("<title>Boats - a love story - harbourcourier.example</title>", "", "Boats - a love story"),
        (article(), "", "The boats are on time"),
        (
            "",
            "<h1>The <script>x()</script>boats<span class='visually-hidden'>, live</span> are on time</h1>",
            "The boats are on time",
        ),
    ],
)
def test_the_headline_is_the_one_that_readers_see(head: str, body: str, title: str) -> None:
    assert read(head, body).title == title


# --- times


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2025-03-04T05:06:07Z", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2025-03-04T05:06:07.123456789+0100", datetime(2025, 3, 4, 4, 6, 7, tzinfo=UTC)),
        ("2025-03-04 05:06:07Z", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2025-03-04 05:06:07 +01:00", datetime(2025, 3, 4, 4, 6, 7, tzinfo=UTC)),
        ("2025-03-04T05:06", datetime(2025, 3, 4, 5, 6, tzinfo=UTC)),
        ("2025-03-04 05:06:59.0", datetime(2025, 3, 4, 5, 6, 59, tzinfo=UTC)),
        ("2025-3-4", datetime(2025, 3, 4, tzinfo=UTC)),
        ("20250304050607", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("04 Mar 2025 05:06 GMT", datetime(2025, 3, 4, 5, 6, tzinfo=UTC)),
        ("Tue, 04 Mar 2025 05:06:07 -0500", datetime(2025, 3, 4, 10, 6, 7, tzinfo=UTC)),
        ("Tue Mar 04 2025 05:06:07 GMT-0500 (EST)", datetime(2025, 3, 4, 10, 6, 7, tzinfo=UTC)),
        ("1741064767", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("1741064767000", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)),
    ],
)
def test_a_machine_written_time_is_read(written: str, at: datetime) -> None:
    moment = read_moment(written)
    assert moment is not None
    assert moment.utc == at


@pytest.mark.parametrize(
    "written", ["0001-01-01T00:00:00Z", "1970-01-01", "14:20", "yesterday", "", "2025-13-45", "9" * 13]
)
def test_fillers_and_nonsense_are_no_time(written: str) -> None:
    assert read_moment(written) is None


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Published 7:07 p.m. ET Nov. 19, 2019", datetime(2019, 11, 20, 0, 7, tzinfo=UTC)),
        ("Updated 8:02 AM EDT, Tue July 1, 2025", datetime(2025, 7, 1, 12, 2, tzinfo=UTC)),
        ("1 July 2025, 13:55 BST", datetime(2025, 7, 1, 12, 55, tzinfo=UTC)),
        ("July 1, 2025 at 12:00 am GMT+2", datetime(2025, 6, 30, 22, tzinfo=UTC)),
    ],
)
def test_a_time_written_for_readers_is_read(written: str, at: datetime) -> None:
    assert [moment.utc for moment in written_moments(f"By Somebody {written} and more")] == [at]


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (article(datePublished="2025-03-04T05:00:00Z") + meta(article__published_time="2025-03-04T09:00:00Z"), "", 5),
        (article(datePublished="0001-01-01T00:00:00Z") + meta(article__published_time="2025-03-04T09:00:00Z"), "", 9),
        (article(datePublished="2025-03-04") + meta(article__published_time="2025-03-04T09:00:00Z"), "", 9),
        # no zone: it is UTC where another word for the same clock says so, else what zone the page writes at all
        (meta(article__published_time="2025-03-04T09:00:00") + article(dateModified="2025-03-04T09:00:00Z"), "", 9),
        (
            meta(article__published_time="2025-03-04T09:00:00", article__modified_time="2025-03-04T11:00:00+02:00"),
            "",
            7,
        ),
        (
            meta(article__published_time="2025-03-04T09:00:00", article__modified_time="2025-03-04T11:00:00+02:00")
            + article(dateModified="2025-03-04T09:00:00Z"),
            "",
            9,
        ),
        (meta(article__published="2025-03-04T06:00:00Z"), "", 6),
        # the time of a teaser is not the article's
        (
            "",
            '<h1>T a b</h1><time datetime="2025-03-04T08:00:00Z"></time><ul><li><time datetime="2024-01-01"></ul>',
            8,
        ),
        # a summer time that says Z in the markup, and rightly +01:00 in the head
        (
            meta(article__published_time="2025-03-04T08:00:00+01:00"),
            '<h1>T a b</h1><time datetime="2025-03-04T08:00:00Z"></time>',
            7,
        ),
        ("", "<h1>The boats are on time</h1><p>By Tilda Crane | 4 March 2025, 05:06 GMT</p>", 5),
    ],
)
def test_the_published_time_comes_from_the_most_trustworthy_word(head: str, body: str, published: int) -> None:
    at = read(head, body).published_at
    assert at is not None
    assert (at.date().isoformat(), at.hour) == ("2025-03-04", published)


def test_the_day_of_the_address_is_the_last_word() -> None:
    assert read(url=URL).published_at == datetime(2025, 3, 4, tzinfo=UTC)
    assert read(url="https://harbourcourier.example/world/2025/mar/05/boats").published_at == datetime(
        2025, 3, 5, tzinfo=UTC
    )
    assert read(url="https://harbourcourier.example/boats").published_at is None


def test_both_times_are_kept_as_the_page_gives_them() -> None:
    found = read(article(datePublished="2025-03-04T05:00:13Z", dateModified="2025-03-04T05:00:00Z"))
    assert found.published_at == datetime(2025, 3, 4, 5, 0, 13, tzinfo=UTC)
    assert found.modified_at == datetime(2025, 3, 4, 5, 0, tzinfo=UTC)


# --- JSON-LD


@pytest.mark.parametrize(
    "data",
    [
        '{"@type": "Thing", "name": }',
        '<![CDATA[{"@type": "Thing"}]]>',
        "[[[[",
        '{"@type": "Person", "name": "Nobody"',
    ],
)
def test_a_broken_block_does_not_stop_the_others(data: str) -> None:
    found = read(linked(data) + article(author={"name": "Tilda Crane"}))
    assert found.authors == ("Tilda Crane",)


@pytest.mark.parametrize(
    "data",
    [
        '{"@type": "NewsArticle", "headline": "The boats are on time", "wordCount": , "author": "Tilda Crane"}',
        '{"@type": "NewsArticle", "headline": "The boats are on time", "author": [{"name": "Tilda Crane"},],}',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "The boats are on time", "author": "Tilda Crane"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "The boats\nare on time", "author": "Tilda Crane"};',
        '[{"@type": ["Thing", "https://schema.org/ReportageNewsArticle"], "author": {"byline": "Tilda Crane"}}]',
        '{"@graph": [{"@type": "WebPage", "mainEntity": {"@type": "Article", "creator": "Tilda Crane"}}]}',
    ],
)
def test_what_can_be_mended_or_stands_deeper_is_read(data: str) -> None:
    assert read(linked(data)).authors == ("Tilda Crane",)


def test_the_article_of_another_story_is_passed_over() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "A lighthouse is sold",
        "datePublished": "2020-01-01",
        "author": "A. Nother",
    }
    found = read(linked(other) + article(author="Tilda Crane"), "<h1>The boats are on time</h1>")
    assert found.authors == ("Tilda Crane",)


def test_the_claimant_of_a_fact_check_is_not_its_author() -> None:
    check = {
        "@type": "ClaimReview",
        "datePublished": "2025-03-04T05:00:00Z",
        "author": {"@type": "Organization", "name": "The Harbour Courier"},
        "itemReviewed": {"@type": "CreativeWork", "author": {"name": "The Harbour Ministry"}},
    }
    statement = (
        '<h1>The boats are on time</h1><div class="statement-author"><h4 class="author">The Harbour Ministry</h4></div>'
    )
    found = read(linked(check), statement)
    assert (found.authors, found.published_at) == ((), datetime(2025, 3, 4, 5, tzinfo=UTC))


# --- authors


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By TILDA CRANE", ("Tilda Crane",)),
        ("Analysis by Tilda Crane, Courier Online Editor-at-large", ("Tilda Crane",)),
        ("By Tilda Crane and Odo Brandt", ("Tilda Crane", "Odo Brandt")),
        ("Tilda Crane, Odo Brandt & Ilse Marrow", ("Tilda Crane", "Odo Brandt", "Ilse Marrow")),
        ("Von Tilda Crane und Odo Brandt", ("Tilda Crane", "Odo Brandt")),
        ("Tilda\u00a0Crane", ("Tilda Crane",)),
        ("Odo Brandt. Quarrytown International", ("Odo Brandt",)),
        ("By Tilda Crane March 18 at 3:57 PM Follow @tildac", ("Tilda Crane",)),
        ("James S.A. Corvey", ("James S.A. Corvey",)),
        ("MARY O'HARA MCBRIDE", ("Mary O'Hara McBride",)),
        ("Ana Ortega y Gasset", ("Ana Ortega y Gasset",)),
        ("Ana Ortega y Luis Prado", ("Ana Ortega", "Luis Prado")),
        ("Tilda Crane The Harbour Courier", ("Tilda Crane",)),
        ("TILDA CRANE Associated Press", ("Tilda Crane",)),
        ("Associated Press in Ellery", ("Associated Press",)),
        ("The Harbour Courier", ()),
        ("Courier Online", ()),
        ("https://www.harbourcourier.example/people/tilda", ()),
        ("Web Desk", ()),
        ("by Tilda Crane (reporting) and Odo Brandt (photography)", ("Tilda Crane",)),
        ("Tilda Crane is our reporter in the harbour. She likes boats and writes about them every week.", ()),
    ],
)
def test_a_byline_gives_names(line: str, names: tuple[str, ...]) -> None:
    assert clean_authors([line], outlet=COURIER) == names


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (meta(author="Tilda Crane"), "", ("Tilda Crane",)),
        ("", "<h1>The boats are on time</h1><p>By Tilda Crane</p>", ("Tilda Crane",)),
        ("", "<h1>The boats are on time</h1><div class='author-name'>Tilda Crane</div>", ("Tilda Crane",)),
        ("", "<h1>The boats are on time</h1><a rel='author' href='/t'>Tilda Crane</a>", ("Tilda Crane",)),
        # JSON-LD knows one of three whom readers see
        (
            article(author="Tilda Crane"),
            "<h1>The boats are on time</h1><p>By Tilda Crane and Odo Brandt</p>",
            ("Tilda Crane", "Odo Brandt"),
        ),
        # JSON-LD names an account that readers never see
        (article(author="Cms Importer"), "<h1>The boats are on time</h1><p>By Tilda Crane</p>", ("Tilda Crane",)),
        # the meta tag names somebody else
        (article(author="Tilda Crane") + meta(author="Odo Brandt"), "", ("Tilda Crane",)),
        # an agency on a line of its own, and a picture's credit below the picture
        ("", "<h1>The boats are on time</h1><p>AFP, MANILA</p>", ("AFP",)),
        ("", "<h1>The boats are on time</h1><figure><img src='a.jpg'></figure><p>AFP</p>", ()),
        # the byline of a teaser is not the article's
        ("", "<h1>The boats are on time</h1><div class='related'><div class='byline'>Odo Brandt</div></div>", ()),
        # a sentence that opens like a byline
        ("", "<h1>The boats are on time</h1><p>By noon the last boat had left the harbour.</p>", ()),
    ],
)
def test_the_authors_come_from_the_most_trustworthy_word(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert read(head, body).authors == authors


# --- language, address, section


@pytest.mark.parametrize(
    ("head", "lang", "language"),
    [
        ("", " lang='de-AT'", "de"),
        (meta(og__locale="fr_FR"), "", "fr"),
        (article(inLanguage="es"), "", "es"),
        (meta(og__locale="fr_FR"), " lang=''", "fr"),
        ("", "", None),
    ],
)
def test_the_language_is_what_the_page_says(head: str, lang: str, language: str | None) -> None:
    assert read(head, lang=lang).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Fähre ist nicht mit den Gästen von der Insel gekommen, und das ist für die Stadt ein Problem.", "de"),
        ("The ferry did not come, and that is a problem for the town and for the people who live on it.", "en"),
        ("Паром не пришёл, и это проблема для города, как говорят в порту.", "ru"),
        ("港の船は時間どおりに出た。", "ja"),
        ("لم تصل العبارة إلى الميناء في الوقت المحدد", "ar"),
        ("Xyz qwv plugh", None),
        ("", None),
    ],
)
def test_the_language_of_a_text(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/news/boats#top">', "https://www.harbourcourier.example/news/boats"),
        ('<link rel="canonical" href="https://harbourcourier.example/">', URL),
        ('<link rel="canonical" href="https://elsewhere.example/news/boats">', URL),
        ('<link rel="canonical" href="https://[broken">', URL),
        (meta(og__url="https://m.harbourcourier.example/boats"), "https://m.harbourcourier.example/boats"),
        ('<link rel="canonical" href="https://courier-online.example/boats">', "https://courier-online.example/boats"),
    ],
)
def test_the_address_is_the_pages_own_word_where_it_is_believable(head: str, url: str) -> None:
    outlet = make_outlet(domains=("harbourcourier.example", "courier-online.example"))
    assert read(head, outlet=outlet).url == url


def test_the_section_is_read() -> None:
    assert read(article(articleSection=["Ports", "World"])).section == "Ports"
    assert read(meta(article__section="Ports")).section == "Ports"
