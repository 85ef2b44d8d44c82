"""Every way in which one page's address is written leads to one address."""

import base64
from urllib.parse import quote

import pytest

from scrapers._links import capture, fold, google_article, key_of, links_in, tidy, unwrap

PAGE = "https://www.news.example/2025/03/bridge"


def google_id(inner: bytes) -> str:
    size = bytes([len(inner)]) if len(inner) < 128 else bytes([len(inner) & 127 | 128, len(inner) >> 7])
    return base64.urlsafe_b64encode(b'\x08\x13"' + size + inner + b"\xd2\x01\x00").decode().rstrip("=")


@pytest.mark.parametrize(
    "link",
    [
        PAGE,
        f"{PAGE}?utm_source=x&utm_medium=y&fbclid=z",
        f"{PAGE}?at_medium=RSS&smid=tw-share&cmpid=1&ocid=2&ito=3&ncid=4&CMP=share&_r=0",
        f"{PAGE}#comments",
        "https://www.news.example:443/2025/03/bridge",
        "HTTPS://WWW.News.Example/2025/03/bridge",
        "https://www.news.example/2025/../2025/03/./bridge",
        f"{PAGE}/amp",
        f"{PAGE}/amp/",
        f"{PAGE}.amp",
        f"{PAGE}/amp.html",
        f"{PAGE}?amp",
        f"{PAGE}?amp=1",
        f"{PAGE}?outputType=amp",
        "https://www-news-example.cdn.ampproject.org/c/s/www.news.example/2025/03/bridge/amp",
        "https://www-news-example.cdn.ampproject.org/v/s/www.news.example/2025/03/bridge?amp_js_v=0.1&usqp=x&outputType=amp",
        "https://www.google.com/amp/s/www.news.example/2025/03/bridge/amp",
        "https://www.google.de/amp/s/www.news.example/2025/03/bridge",
        "https://www.google.com/url?q=https%3A%2F%2Fwww.news.example%2F2025%2F03%2Fbridge&sa=D",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.news.example%2F2025%2F03%2Fbridge%3Ffbclid%3DA&h=AT0",
        "https://t.me/iv?url=https%3A%2F%2Fwww.news.example%2F2025%2F03%2Fbridge&rhash=0",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.news.example%2F2025%2F03%2Fbridge&data=1",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Famp%2Fs%2Fwww.news.example%2F2025%2F03%2Fbridge",
        f"https://news.google.com/rss/articles/{google_id(PAGE.encode())}?oc=5",
        f"https://news.google.com/read/{google_id(PAGE.encode())}",
    ],
)
def test_one_page_has_one_address(link: str) -> None:
    assert fold(link) == PAGE


@pytest.mark.parametrize(
    ("link", "folded"),
    [
        ("https://m.news.example/a", "https://www.news.example/a"),
        ("https://mobile.news.example/a", "https://www.news.example/a"),
        ("https://m.politics.news.example/a", "https://politics.news.example/a"),
        ("https://m.herald.co.uk/a", "https://www.herald.co.uk/a"),
        ("https://amp.news.example/a", "https://www.news.example/a"),
        ("https://m.example/a", "https://m.example/a"),  # "m" is the name here
        ("https://news.example/amp", "https://news.example/amp"),  # nothing would be left
        ("https://news.example/example", "https://news.example/example"),
        ("https://news.example/lamp", "https://news.example/lamp"),
        ("https://news.example/story.php?id=7&ref=home", "https://news.example/story.php?id=7"),
        ("https://news.example/story.php?b=2&a=1", "https://news.example/story.php?a=1&b=2"),
        ("https://news.example/story?123456", "https://news.example/story?123456"),
        ("http://news.example/a", "http://news.example/a"),
        (
            "https://news.example/новости?q=а",
            "https://news.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?q=%D0%B0",
        ),
        ("https://news.example/a/", "https://news.example/a/"),
        ("https://news.example", "https://news.example/"),
        (
            "https://www.google.com/search?q=https://news.example/a",
            "https://www.google.com/search?q=https%3A%2F%2Fnews.example%2Fa",
        ),
        (
            "https://l.facebook.com/l.php?u=javascript:alert(1)",
            "https://l.facebook.com/l.php?u=javascript%3Aalert%281%29",
        ),
    ],
)
def test_what_folding_changes_and_what_it_leaves(link: str, folded: str) -> None:
    assert fold(link) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    "link", ["", "not a link", "http://[::1", "mailto:a@news.example", "file:///etc/passwd", "//a"]
)
def test_what_is_no_web_address_stays_as_it_is(link: str) -> None:
    assert fold(link) == tidy(link) == unwrap(link) == link
    assert capture(link) is None
    assert google_article(link) is None


def test_todays_google_links_hold_no_address() -> None:
    link = f"https://news.google.com/rss/articles/{google_id(b'AU_yqL' + bytes(range(60, 120)))}"
    assert unwrap(link) == link
    assert google_article(link)
    assert google_article("https://news.google.com/topics/abc") is None


def test_wrappers_within_wrappers_have_an_end() -> None:
    link = PAGE
    for _ in range(10):
        link = f"https://www.google.com/url?q={quote(link, safe='')}"
    assert fold(link) != PAGE


def test_pages_are_told_apart_by_more_than_scheme_www_and_slash() -> None:
    keys = {
        key_of(f"{scheme}://{host}/a{slash}")
        for scheme in ("http", "https")
        for host in ("news.example", "www.news.example")
        for slash in ("", "/")
    }
    assert len(keys) == 1
    assert key_of("https://news.example/a?id=1") != key_of("https://news.example/a?id=2")


@pytest.mark.parametrize(
    ("link", "of", "fetched"),
    [
        (
            "https://web.archive.org/web/20250303101500/https://www.news.example/2025/03/bridge",
            PAGE,
            "20250303101500id_",
        ),
        (
            "https://web.archive.org/web/20250303101500id_/https://www.news.example/2025/03/bridge",
            PAGE,
            "20250303101500id_",
        ),
        (
            "https://web.archive.org/web/2025if_/http:/www.news.example/2025/03/bridge",
            PAGE.replace("https", "http"),
            "2025id_",
        ),
        ("https://web.archive.org/web/2025*/www.news.example/2025/03/bridge", PAGE, "2025id_"),
        ("https://web.archive.org/web/https://www.news.example/2025/03/bridge?utm_source=x", PAGE, "2id_"),
    ],
)
def test_a_capture_is_a_copy_of_a_page(link: str, of: str, fetched: str) -> None:
    found = capture(link)
    assert found
    assert found.of == of
    assert found.url.startswith(f"https://web.archive.org/web/{fetched}/http")


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Look: https://news.example/a.", ["https://news.example/a"]),
        (
            "(https://news.example/a_(b)) and [https://news.example/c]",
            ["https://news.example/a_(b)", "https://news.example/c"],
        ),
        ("“https://news.example/a” «https://news.example/b»,", ["https://news.example/a", "https://news.example/b"]),
        ('<a href="https://news.example/a?b=1&c=2">', ["https://news.example/a?b=1&c=2"]),
        ("www.news.example/a, news.example/b!", ["https://www.news.example/a", "https://news.example/b"]),
        ("HTTP://NEWS.EXAMPLE/A?!", ["HTTP://NEWS.EXAMPLE/A"]),
        ("https://news.example/a https://news.example/a", ["https://news.example/a"]),
        ("два https://новости.рф/статья; три", ["https://новости.рф/статья"]),
        ("write to me@news.example/x or see news.example", []),
        ("at 9 a.m./p.m., 1.5/2.5 and/or U.S./U.K., e.g./i.e.", []),
        ("ftp://news.example/a file:///etc/passwd", ["ftp://news.example/a", "file:///etc/passwd"]),
        ("see http://localhost:8080/, http://[::1]/x.", ["http://localhost:8080/", "http://[::1]/x"]),
        ("http://2130706433/x https:// http://", ["http://2130706433/x"]),
        ("", []),
    ],
)
def test_links_are_found_in_a_message(text: str, links: list[str]) -> None:
    assert list(links_in(text)) == links
