"""Pages with status 200 that are no article: each is told from an article, and said to be what it is."""

import json

import pytest

from claims.errors import FetchError
from claims.types import Article
from scrapers.pages import read_page
from tests.factories import make_outlet

URL = "https://www.harbourcourier.example/2025/03/03/ferry-fares-rise"
ARTICLE = '<meta property="og:type" content="article">'
LINKED = (
    '<script type="application/ld+json">'
    + json.dumps({"@type": "NewsArticle", "headline": "x", "datePublished": "2025-03-03T10:00:00Z"})
    + "</script>"
)
BOATS = [f"The {n}th boat of the day left the inner harbour at {n} past noon, as it always does." for n in range(1, 9)]
LOST = (
    "We looked for what you asked for and found nothing under this address. Perhaps it was typed wrongly. Go back to "
    "the first page of the paper, or search for the words of the headline that you had in mind."
)
UNION = (
    "You seem to visit this website from a country of the European Economic Area, which enforces the General Data "
    "Protection Regulation (GDPR), and therefore access cannot be granted at this time. Please write to us."
)
COOKIES = (
    "We and our 214 partners use cookies on this device and read them again later. With your consent we show "
    "personalised ads and count who saw them. You can change your mind in the settings at any time."
)


def page(title: str, *paragraphs: str, head: str = "", after: str = "", before: str = "", h1: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title>{head}</head><body>{before}<main><h1>{h1 or title}</h1>{text}{after}</main>"
        "</body></html>"
    )


def read(html: str, url: str = URL) -> Article:
    return read_page(html.encode(), url=url, outlet=make_outlet())


NOTICES = {
    "404": ("gone", page("Page not found - The Harbour Courier", LOST, h1="Page not found")),
    "404 under the site's name": ("gone", page("The Harbour Courier", LOST, h1="Sorry, we can't find that page")),
    "404 in the dress of an article": ("gone", page("Oops! 404 Error", LOST, h1="Oops!", head=ARTICLE)),
    "taken down": ("gone", page("Courier", "This article has been removed at the wish of its author. " * 4)),
    "404 in German": ("gone", page("Seite nicht gefunden", "Bitte prüfen Sie die Adresse, die Sie eingaben. " * 4)),
    "maintenance": ("fault", page("Maintenance", "Our website is undergoing scheduled maintenance tonight. " * 3)),
    "back soon": ("fault", page("Courier", "Thank you for your patience, dear reader. " * 4, h1="We'll be back soon!")),
    "503": ("fault", page("503 Service Temporarily Unavailable", "There are too many readers at this moment. " * 4)),
    "another country": ("refused", page("Sorry", "This content is not available in your country. " * 4)),
    "the union": ("refused", page("451: Unavailable due to legal reasons", UNION)),
    "scripts": ("refused", page("Courier", "Please enable JavaScript in your browser to see this page. " * 3)),
    "consent": ("not_article", page("We value your privacy | Courier", COOKIES, h1="We value your privacy")),
    "consent without a headline": ("not_article", page("The Harbour Courier", COOKIES)),
    "login": ("not_article", page("Log in", "With an account you have letters and saved stories, for free. " * 3)),
    "data": ("not_article", json.dumps({"status": 404, "message": "There is no such thing on this server. " * 5})),
    "a pdf": ("not_article", "%PDF-1.7\n" + "Words of a file that look like a text and go on. " * 20),
    "an offer": ("paywall", page("Subscribe to read | Courier", "Four crowns a month, then thirty-nine. " * 5)),
}


@pytest.mark.parametrize(("reason", "html"), NOTICES.values(), ids=NOTICES)
def test_a_notice_is_said_to_be_one(reason: str, html: str) -> None:
    with pytest.raises(FetchError) as told:
        read(html)
    assert told.value.reason == reason
    assert str(told.value).count(";") == 1  # what happened; what to do
    assert told.value.part is None


STORIES = {
    "not found": page("Crew of the lost boat not found", *BOATS, head=ARTICLE),
    "404 people": page("404 people taken off the island", *BOATS[:2]),
    "500 boats": page("500 boats join the race", *BOATS[:2], head=LINKED),
    "maintenance": page("Bridge closed for maintenance", "The bridge is closed for maintenance until May. " * 3),
    "a site that is down": page(
        "Port's site is down", *BOATS[:5], "The website was down for maintenance.", head=LINKED
    ),
    "a page that was removed": page("Port removes page", "The page was removed, the port said. " * 4, head=LINKED),
    "a law on cookies": page(
        "A law on cookies", *["Sites need consent for cookies, the minister said."] * 6, head=LINKED
    ),
    "not in your country": page("Film not available in your country?", *BOATS, head=LINKED),
    "access": page("Divers get access", BOATS[0], "Divers have unlimited access to the wreck.", head=LINKED),
    "an offer in the header": page(
        "Fares rise", *BOATS[:3], before="<p>Already a subscriber? Sign in</p>", head=ARTICLE
    ),
    "a letter to sign up for": page("Fares rise", *BOATS[:3], after="<p>Sign up for our letter</p>", head=ARTICLE),
}


@pytest.mark.parametrize("html", STORIES.values(), ids=STORIES)
def test_a_story_with_the_words_of_a_notice_is_a_story(html: str) -> None:
    assert read(html).text


STUBS = {
    "a line": "<p>Subscribe to continue reading. Already a subscriber? Log in.</p>",
    "a line for subscribers": "<p>This article is for subscribers only. Cancel anytime.</p>",
    "a box": "<div><h2>Keep on</h2><p>Start your free trial</p><p>Already a subscriber? Sign in</p></div>",
}


@pytest.mark.parametrize("offer", STUBS.values(), ids=STUBS)
def test_a_text_that_breaks_off_at_an_offer_is_a_part(offer: str) -> None:
    with pytest.raises(FetchError) as told:
        read(page("Fares rise", *BOATS[:3], after=offer, head=ARTICLE))
    assert told.value.reason == "paywall"
    assert told.value.part
    assert told.value.part.text.split("\n\n") == BOATS[:3]  # the offer is none of it


def test_an_article_of_which_nothing_is_open_is_closed() -> None:
    with pytest.raises(FetchError) as told:
        read(page("Fares rise", after="<h2>Subscribe to continue reading</h2>", head=LINKED))
    assert (told.value.reason, told.value.part) == ("paywall", None)


def test_a_video_page_with_a_paragraph_is_a_video_page_and_one_with_a_story_is_a_story() -> None:
    link = "https://www.harbourcourier.example/video/the-boats-leave"
    with pytest.raises(FetchError, match="leads to a video page"):
        read(page("The boats leave", *BOATS[:2], head=ARTICLE), link)
    assert read(page("The boats leave", *BOATS, *BOATS, head=ARTICLE), link).text
