"""Pages that are no article, or only a part of one: said so, with the reason."""

import pytest

from claims.errors import NotAnArticle, OutletRefused, Paywalled
from claims.types import Held
from tests.scrapers.courier import SENTENCES, linked, page, read

LINKS = "".join(
    f'<li><a href="/s/{n}"><h3>Another headline that leads elsewhere, number {n}</h3></a></li>' for n in range(60)
)

TEASERS = (
    "<html><body><h1>World</h1><main>"
    + "".join(
        f'<div><h3><a href="/s/{n}">Another headline that leads elsewhere, number {n}</a></h3></div><p>{sentence}</p>'
        for n, sentence in enumerate(SENTENCES * 2)
    )
    + "</main></body></html>"
)


@pytest.mark.parametrize(
    ("url", "html", "what"),
    [
        ("https://harbourcourier.example/", f"<html><body><h1>News</h1><ul>{LINKS}</ul></body></html>", "a home page"),
        ("https://harbourcourier.example/en", f"<html><body><ul>{LINKS}</ul></body></html>", "a home page"),
        (
            "https://harbourcourier.example/topics/ferries",
            f"<html><body><ul>{LINKS}</ul></body></html>",
            "a section page",
        ),
        ("https://harbourcourier.example/news/world", TEASERS, "a section page"),
        (
            "https://harbourcourier.example/videos/ferry",
            '<html><head><meta property="og:type" content="video.other"></head><body><h1>Ferry</h1></body></html>',
            "a video page",
        ),
        ("https://harbourcourier.example/news/live/ferry", page(), "a live blog"),
        (
            "https://harbourcourier.example/news/x/ferry",
            page(head=linked(**{"@type": "LiveBlogPosting"})),
            "a live blog",
        ),
        (
            "https://harbourcourier.example/account/enter/now",
            "<html><body><h1>Sign in</h1><form><input type=password></form><p>Sign in here.</p></body></html>",
            "a login page",
        ),
        (
            "https://consent.harbourcourier.example/collect/consent/now",
            "<html><body><h1>Before you continue</h1><p>We and our partners use cookies.</p></body></html>",
            "a consent page",
        ),
    ],
)
def test_the_reason_is_told(url: str, html: str, what: str) -> None:
    with pytest.raises(NotAnArticle, match=f"leads to {what}, not to an article") as caught:
        read(html, url=url)
    assert caught.value.link == url


def test_a_live_blog_is_read_where_nothing_is_to_be_raised() -> None:
    html = page(head=linked(**{"@type": "LiveBlogPosting"}))
    assert read(html, strict=False).text.split("\n\n") == SENTENCES


def test_a_wall_against_programs_is_a_refusal() -> None:
    wall = (
        "<html><head><title>courier</title></head><body><p>Please enable JS and disable any ad blocker</p>"
        '<script src="https://ct.captcha-delivery.com/c.js"></script></body></html>'
    )
    with pytest.raises(OutletRefused, match="The Harbour Courier shows programs a wall"):
        read(wall)


def test_an_article_about_walls_is_an_article() -> None:
    html = page(
        *SENTENCES, "The page said “access denied”, and the harbour master asked: are you a robot?", *SENTENCES * 4
    )
    assert "are you a robot" in read(html).text


def test_a_flash_is_an_article_if_the_page_says_so() -> None:
    flash = "The harbour master has resigned, the port authority said on Monday."
    assert read(page(flash, head=linked())).text == flash
    with pytest.raises(NotAnArticle):
        read(page(flash))


# --- stubs


@pytest.mark.parametrize("flag", [False, "False"])
def test_a_stub_is_raised_with_what_is_open(flag: object) -> None:
    html = page(*SENTENCES[:2], "Subscribe to continue reading", head=linked(isAccessibleForFree=flag))
    with pytest.raises(Paywalled) as caught:
        read(html)
    part = caught.value.part
    assert part is not None
    assert (part.held, part.text.split("\n\n")) == (Held.PART, SENTENCES[:2])
    assert read(html, strict=False) == part


def test_a_metered_article_that_is_open_in_full_is_no_stub() -> None:
    article = read(page(*SENTENCES, head=linked(isAccessibleForFree=False)))
    assert (article.held, len(article.text.split("\n\n"))) == (Held.FULL, 8)


def test_a_text_much_shorter_than_announced_is_a_stub() -> None:
    html = page(*SENTENCES, head=linked(isAccessibleForFree=False, wordCount=900))
    with pytest.raises(Paywalled):
        read(html)
