"""From page bytes to an article: hand-written pages and hostile bytes."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from claims.errors import NotAnArticle, Paywalled
from claims.types import Held, Outlet
from scrapers.outlets import Outlets
from scrapers.pages import read_page, record
from tests.factories import make_outlet
from tests.scrapers.courier import SENTENCES, linked, page, read

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
HANG_S = 20.0  # processor seconds; the hostile pages below take less than one, a hang takes minutes


# --- a whole page


def test_a_page_gives_exactly_its_story() -> None:
    article = read((PAGES / "courier.html").read_bytes())
    assert article.text.split("\n\n") == [
        "Fares on the harbour ferries will rise by a tenth from May, the port authority said on Monday.",
        "The increase is the third in two years, and the steepest since the line was reopened in 2011.",
        "“Nobody likes this, but the boats are old,” said Ilse Marrow, who heads the authority.",
        "What it costs",
        "A single crossing: 3.30 crowns",
        "A monthly pass: 88 crowns",
        "Also on the list of changes is a later last boat, at 1.15 a.m. on Fridays and Saturdays.",
        "“We will walk if we must,” one commuter wrote in a letter to the authority.",
        "The council votes on the plan on March 20.",
    ]


def test_a_page_gives_what_it_says_of_itself() -> None:
    article = read((PAGES / "courier.html").read_bytes())
    assert article.title == "Ferry fares to rise by a tenth from May"
    assert article.url == "https://www.harbourcourier.example/news/ferry-fares-rise"
    assert article.authors == ("Mara Quillfeather", "Odo Brandt")
    assert article.published_at == datetime(2025, 3, 3, 6, 15, tzinfo=UTC)
    assert article.modified_at == datetime(2025, 3, 3, 9, 40, tzinfo=UTC)
    assert (article.section, article.language, article.held) == ("Transport", "en", Held.FULL)
    assert article.standfirst == "Commuters on the northern line will pay most, the port authority says."
    assert article.dateline == "PORT ELLERY, March 3 —"
    assert article.links == ("https://www.harbourcourier.example/news/fares-history",)


@pytest.mark.parametrize(
    ("deck", "found"),
    [
        ('<p class="article-intro">The harbour has a new timetable from today on.</p>', True),
        ("<p>The harbour has a new timetable from today on, and so does the rest of us all.</p>", False),
    ],
)
def test_a_deck_is_told_apart_from_the_text(deck: str, found: bool) -> None:
    html = (
        page()
        .replace("</h1>", f"</h1><header>{deck}</header><div class='body'>")
        .replace("</article>", "</div></article>")
    )
    article = read(html)
    assert (article.standfirst is not None) is found
    assert article.text.split("\n\n")[-8:] == SENTENCES


def test_a_story_appended_below_is_left_out() -> None:
    another = "".join(f"<p>In another story, {sentence}</p>" for sentence in SENTENCES)
    html = page().replace("</article>", f"</article><article><h1>Another story</h1>{another}</article>")
    assert read(html).text.split("\n\n") == SENTENCES


def test_a_list_among_the_paragraphs_is_text_and_a_list_of_links_is_not() -> None:
    items = "".join(f"<li>{sentence}</li>" for sentence in SENTENCES[2:5])
    links = "".join(f'<li><a href="/{n}">Another story of the harbour, number {n}</a></li>' for n in range(4))
    html = page(*SENTENCES[:2], "HERE", *SENTENCES[5:]).replace("<p>HERE</p>", f"<ul>{items}</ul><ul>{links}</ul>")
    assert read(html).text.split("\n\n") == SENTENCES


def test_a_picture_credit_is_no_credit_of_the_text() -> None:
    html = (PAGES / "courier.html").read_text(encoding="utf-8")
    assert "Photograph: Reuters" in html
    assert "Photo: AFP" in html
    assert read(html).credit is None


def test_a_text_without_paragraph_tags_is_split_at_double_breaks() -> None:
    article = read((PAGES / "breaks.html").read_bytes(), url="https://quarrytownpost.example/n/barge")
    assert article.title == "Grain barge runs aground"
    assert article.text.split("\n\n") == [
        "A barge with 900 tonnes of grain ran aground on the river bend on Tuesday, the harbour master said.",
        "Nobody was hurt. A second barge is to take over the load before the water falls, he said, but that may take "
        "until Thursday.",
        "“She sits there like a cow,” said a man on the bank.",
    ]
    assert (article.dateline, article.credit) == ("QUARRYTOWN (AFP) -", "AFP")


def test_a_time_without_zone_takes_the_zone_that_the_page_writes_for_the_same_clock() -> None:
    article = read((PAGES / "breaks.html").read_bytes(), url="https://quarrytownpost.example/n/barge")
    assert article.published_at == datetime(2025, 3, 4, 6, 20, tzinfo=UTC)


def test_the_record_shows_the_dateline_where_the_page_has_it() -> None:
    found = record(read((PAGES / "courier.html").read_bytes()))
    paragraphs = found["paragraphs"]
    assert isinstance(paragraphs, list)
    assert paragraphs[0].startswith("PORT ELLERY, March 3 — Fares on the harbour ferries")
    assert found["published"] == "2025-03-03T06:15:00+00:00"
    assert json.loads(json.dumps(found)) == found


def test_an_unlisted_outlet_is_called_what_its_page_calls_it() -> None:
    html = (PAGES / "courier.html").read_bytes()
    unlisted = Outlet(key="harbourcourier.example", name="harbourcourier.example", domains=("harbourcourier.example",))
    assert read(html, outlet=unlisted).outlet.name == "The Harbour Courier"
    assert read(html, outlet=make_outlet("The Courier")).outlet.name == "The Courier"


def test_paragraphs_that_all_carry_an_offers_class_are_the_story() -> None:
    html = page().replace("<p>", '<p class="paywall">')
    assert read(html).text.split("\n\n") == SENTENCES


def test_a_banner_longer_than_the_text_is_left_out() -> None:
    banner = (
        '<div id="cookie-banner"><p>We and our partners use cookies to personalise what you see on this site.</p></div>'
    )
    html = page(SENTENCES[0], head=linked()).replace("</body>", f"{banner}</body>")
    assert read(html).text == SENTENCES[0]


def test_a_text_of_short_lines_is_read() -> None:
    lines = ["A boat left.", "Another came.", "Nobody was on it.", "It left again."]
    assert read(page(*lines, head=linked())).text.split("\n\n") == lines


def test_a_pull_quote_that_repeats_the_text_is_left_out() -> None:
    quote = f"<blockquote>{SENTENCES[2]}</blockquote>"
    html = page().replace(f"<p>{SENTENCES[4]}", f"{quote}<p>{SENTENCES[4]}")
    assert read(html).text.split("\n\n") == SENTENCES


def test_same_page_same_article() -> None:
    html = (PAGES / "courier.html").read_bytes()
    assert read(html) == read(html)


# --- JSON-LD's own text


def test_article_body_stands_in_where_the_page_shows_nothing() -> None:
    html = page("Loading…", head=linked(articleBody="\n".join(SENTENCES)))
    assert read(html).text.split("\n\n") == SENTENCES


def test_article_body_of_a_closed_article_is_not_used() -> None:
    html = page(SENTENCES[0], head=linked(articleBody="\n".join(SENTENCES), isAccessibleForFree=False))
    with pytest.raises(Paywalled) as caught:
        read(html)
    assert caught.value.part is not None
    assert caught.value.part.text == SENTENCES[0]


def test_article_body_that_says_something_else_is_not_used() -> None:
    html = page(SENTENCES[0], SENTENCES[1], head=linked(articleBody="Another text altogether. " * 60))
    assert read(html).text.split("\n\n") == SENTENCES[:2]


# --- charsets and hostile bytes


@pytest.mark.parametrize(
    ("charset", "content_type", "head"),
    [
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("windows-1251", "text/html; charset=windows-1251", ""),
        ("windows-1251", None, '<meta charset="windows-1251">'),
        ("windows-1251", "text/html", ""),
        ("utf-16", None, ""),
        ("iso-2022-jp", None, '<meta http-equiv="content-type" content="text/html; charset=iso-2022-jp">'),
    ],
)
def test_the_charset_is_found(charset: str, content_type: str | None, head: str) -> None:
    sentence = (
        "港の船は時間どおりに出た。" * 12
        if charset == "iso-2022-jp"
        else "Паром вышел из гавани вовремя, сказал капитан. " * 4
    )
    html = page(sentence.strip(), head=head, title="港" if charset == "iso-2022-jp" else "Паром вышел вовремя")
    assert read(html.encode(charset), content_type=content_type).text == sentence.strip()


def hostile(what: str) -> bytes:
    html = page(head=linked(datePublished="2025-03-03T06:15:00Z"))
    match what:
        case "a hundred thousand nested containers":
            return html.replace("<article>", "<div>" * 100_000 + "<article>").encode()
        case "nul bytes":
            return html.replace("harbour", "har\0bour").encode()
        case "a megabyte of json-ld":
            return html.replace("<title>", linked(keywords=["word"] * 200_000) + "<title>").encode()
        case "a list of a hundred thousand objects":
            return html.replace(
                "<title>", '<script type="application/ld+json">[' + "{}," * 100_000 + "{}]</script><title>"
            ).encode()
        case "deep json":
            return html.replace(
                "<title>", '<script type="application/ld+json">' + "[" * 100_000 + "</script><title>"
            ).encode()
        case "lines that patterns choke on":
            filler = "<p>" + "at May (A, " * 20_000 + "</p><p>" + "A. " * 30_000 + "</p>"
            return html.replace("</article>", f"</article><footer>{filler}</footer>").encode()
        case "a cut character":
            return html.encode() + "</html>é".encode()[:-1]
    raise AssertionError(what)


@pytest.mark.parametrize(
    "what",
    [
        "a hundred thousand nested containers",
        "nul bytes",
        "a megabyte of json-ld",
        "a list of a hundred thousand objects",
        "deep json",
        "lines that patterns choke on",
        "a cut character",
    ],
)
def test_hostile_pages_are_read_all_the_same(what: str) -> None:
    started = process_time()
    article = read(hostile(what))
    assert process_time() - started < HANG_S
    assert article.text.split("\n\n") == SENTENCES
    assert article.published_at == datetime(2025, 3, 3, 6, 15, tzinfo=UTC)


def test_a_page_beyond_the_limit_is_read_to_the_limit() -> None:
    html = page().replace("</article>", "</article><script>" + "x" * 6_000_000 + "</script>")
    assert read(html).text.split("\n\n") == SENTENCES


@pytest.mark.parametrize("html", [b"", b"   ", b"\x00\x00", b"<!-- -->", b"plain words", b"\xff\xfe", b"<html></html>"])
def test_a_page_with_nothing_is_no_article(html: bytes) -> None:
    with pytest.raises(NotAnArticle, match="an empty page"):
        read(html)
    assert read(html, strict=False).held is Held.FULL


# --- the loopback news web and the stored pages


async def test_every_sample_page_gives_its_record(world: Any, tmp_path: Path) -> None:
    import ssl

    import httpx2

    registry = Outlets.load()
    tls = ssl.create_default_context(cafile=world.ca_path)
    world.set_clock(advance_s=30 * 86_400)
    assert len(world.articles) == 12
    async with httpx2.AsyncClient(proxy=world.proxy, verify=tls, trust_env=False) as client:
        for told in world.articles:
            reply = await client.get(told.url)
            article = read_page(reply.content, url=told.url, outlet=registry.of(told.url))
            found = record(article)
            assert found["paragraphs"] == [" ".join(paragraph.split()) for paragraph in told.paragraphs]
            assert (article.title, article.url) == (told.title, told.url)
            assert (sorted(article.authors), article.published_at) == (sorted(told.authors), told.published)


def test_wire_copy_is_recognised_on_stored_pages(shared: Path) -> None:
    registry = Outlets.load()
    folder = shared / "data" / "pages"
    lines = [json.loads(line) for line in (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
    wire = [line for line in lines if line.get("wire")]
    assert len(wire) > 10
    for line in wire:
        html = gzip.decompress((folder / line["file"]).read_bytes())
        article = read_page(html, url=line["url"], outlet=registry.of(line["url"]), strict=False)
        assert (line["file"], article.carried_for) == (line["file"], line["wire"])
