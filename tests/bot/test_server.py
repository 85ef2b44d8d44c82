"""The local chat and the page of an answer, over HTTP and in a real browser."""

import asyncio
import json
import re
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
import uvicorn
from httpx2 import ASGITransport, AsyncClient, Response

from bot import texts
from bot.miniapp.conversation import COOKIE, opened, sealed
from bot.miniapp.server import BODY_MAX, make_app
from claims.errors import OutletRefused
from newsroom.desk import Desk
from tests.bot.loopback import LINK, StoryDesk, Unexpected
from tests.bot.stories import MADE_AT, QUAY, STORY
from tests.conftest import missing

HERE = "http://chat.test"
CHROMIUM = shutil.which("chromium")
TEXT = "The council weighs closing the bridge, people who know of it say. " * 5
SAMPLE = (("Council to shut old swing bridge", LINK),)


def app_of(desk: StoryDesk) -> Any:
    return make_app(cast(Desk, desk), links=SAMPLE, roles=("web", "bot"), secret="sealed with this")


@pytest.fixture
async def browser(desk: StoryDesk) -> AsyncIterator[AsyncClient]:
    """One browser with its cookies."""
    async with AsyncClient(transport=ASGITransport(app_of(desk)), base_url=HERE) as client:
        yield client


async def ask(browser: AsyncClient, asked: str, **headers: str) -> Response:
    return await browser.post("/ask", data={"asked": asked}, headers={"origin": HERE} | headers)


async def answered(browser: AsyncClient) -> str:
    """The chat when nothing is under way any more."""
    for _ in range(200):
        page = (await browser.get("/")).text
        if 'data-done="no"' not in page:
            return page
        await asyncio.sleep(0.02)
    raise AssertionError("no answer")


async def test_the_chat_offers_the_sample(browser: AsyncClient) -> None:
    page = (await browser.get("/")).text
    assert str(texts.TAGLINE) in page
    assert f'value="{LINK}"' in page


async def test_a_question_is_taken_shown_and_answered(browser: AsyncClient, desk: StoryDesk) -> None:
    desk.gate = asyncio.Event()
    taken = await ask(browser, f"look {LINK}")
    assert taken.status_code == 303
    await asyncio.sleep(0.05)
    waiting = (await browser.get("/")).text
    assert str(texts.SEARCHING) in waiting
    assert 'http-equiv="refresh"' in waiting
    desk.gate.set()
    page = await answered(browser)
    assert "at most 3, at least 2 independent origins" in page
    assert "http-equiv" not in page


async def test_the_script_gets_the_turn_alone(browser: AsyncClient) -> None:
    await ask(browser, LINK)
    page = await answered(browser)
    [key] = re.findall(r'data-turn="(\w+)"', page)
    turn = (await browser.get(f"/turn/{key}")).text
    assert turn.strip().startswith("<section")
    assert 'data-done="yes"' in turn


async def test_an_answer_outlives_the_process(browser: AsyncClient, desk: StoryDesk) -> None:
    await ask(browser, LINK)
    await answered(browser)
    await ask(browser, "too short")  # the list now names the answer by its id
    async with AsyncClient(transport=ASGITransport(app_of(desk)), base_url=HERE, cookies=browser.cookies) as later:
        page = (await later.get("/")).text
    assert QUAY.title in page


@pytest.mark.parametrize(
    ("raised", "shown"),
    [(OutletRefused("Closed <here>.", link=LINK), "Closed &lt;here&gt;."), (Unexpected("detail"), str(texts.TROUBLE))],
    ids=["refused", "unexpected"],
)
async def test_failures_are_sentences(browser: AsyncClient, desk: StoryDesk, raised: Exception, shown: str) -> None:
    desk.raises.append(raised)
    await ask(browser, LINK)
    page = await answered(browser)
    assert shown in page
    assert "detail" not in page


async def test_several_links_are_several_questions(browser: AsyncClient, desk: StoryDesk) -> None:
    await ask(browser, " ".join(f"https://quaypost.example/{n}" for n in range(texts.LINKS_MAX + 1)))
    page = await answered(browser)
    assert page.count('class="turn"') == texts.LINKS_MAX + 1
    assert len(desk.asked) == texts.LINKS_MAX


async def test_a_long_text_goes_whole_to_the_desk(browser: AsyncClient, desk: StoryDesk) -> None:
    text = "Ein Wort über die Brücke. " * 1600
    await ask(browser, text)
    await answered(browser)
    assert desk.asked[0].text == text.strip()


async def test_the_page_has_the_table_and_all_the_rest(browser: AsyncClient) -> None:
    await ask(browser, LINK)
    [path] = re.findall(r'href="(/answer/\d+)"', await answered(browser))
    page = (await browser.get(path)).text
    for words in (
        "<table>",
        "Quay Post, the article you sent",
        str(texts.NOT_SAID),
        "<b>will shut</b>",
        "Articles compared",
    ):
        assert words in page
    contract = json.loads((await browser.get(path + ".json")).text)
    assert contract["article"]["url"] == QUAY.url


@pytest.mark.parametrize(
    "path", ["/answer/999", "/answer/99999999999999999999999", "/answer/x", "/nowhere", "/turn/t0"]
)
async def test_what_is_not_there_is_one_sentence(browser: AsyncClient, path: str) -> None:
    response = await browser.get(path)
    assert response.status_code == 404
    assert str(texts.PAGE_MISSING) in response.text


async def test_an_answer_that_rests_on_a_copy_has_no_page_for_others(browser: AsyncClient, desk: StoryDesk) -> None:
    for asked, status in ((LINK, 200), (f"{LINK} text:12ab", 404)):
        kept = await desk.store.save_comparison(asked, STORY, made_at=MADE_AT)
        for path in (f"/answer/{kept}", f"/answer/{kept}.json"):
            assert (await browser.get(path)).status_code == status


async def test_a_sent_text_is_for_its_sender_alone(browser: AsyncClient, desk: StoryDesk) -> None:
    await ask(browser, TEXT)
    [path] = re.findall(r'href="(/answer/\d+)"', await answered(browser))
    assert (await browser.get(path)).status_code == 200
    async with AsyncClient(transport=ASGITransport(app_of(desk)), base_url=HERE) as stranger:
        assert (await stranger.get(path)).status_code == 404
        assert (await stranger.get(path + ".json")).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
    ids=["origin", "null", "cross-site"],
)
async def test_a_form_of_another_site_is_refused(
    browser: AsyncClient, desk: StoryDesk, headers: dict[str, str]
) -> None:
    response = await ask(browser, LINK, **headers)
    assert response.status_code == 403
    assert desk.asked == []


async def test_a_form_too_large_is_refused(browser: AsyncClient, desk: StoryDesk) -> None:
    response = await ask(browser, "x" * BODY_MAX)
    assert response.status_code == 413
    assert desk.asked == []


async def test_every_response_has_the_policy_and_no_inline_script(browser: AsyncClient) -> None:
    for path in ("/", "/nowhere", "/style.css", "/chat.js", "/healthz"):
        response = await browser.get(path)
        assert "script-src 'self'" in response.headers["content-security-policy"]
        assert "unsafe" not in response.headers["content-security-policy"]
    page = (await browser.get("/")).text
    assert not re.search(r"<script(?![^>]* src=)|\son\w+=|style=", page)


async def test_the_cookie_is_ours_and_closed_to_scripts(browser: AsyncClient) -> None:
    cookie = (await ask(browser, LINK)).headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    await answered(browser)


def test_a_changed_cookie_is_no_list() -> None:
    cookie = sealed(["a1", "a2"], "one")
    assert opened(cookie, "one") == ["a1", "a2"]
    assert opened(cookie, "other") == []
    assert opened("x" + cookie, "one") == []
    assert opened(None, "one") == []


async def test_health(browser: AsyncClient) -> None:
    assert (await browser.get("/healthz")).json() == {"ok": True, "roles": ["web", "bot"], "attribution_model": None}


@asynccontextmanager
async def served(desk: StoryDesk) -> AsyncIterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app_of(desk), log_level="warning", timeout_graceful_shutdown=2))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_in_a_browser_from_sample_to_page(desk: StoryDesk, script: bool) -> None:
    if CHROMIUM is None:
        missing("the browser Chromium")
    from playwright.async_api import async_playwright

    desk.gate = asyncio.Event()
    complaints: list[str] = []
    async with served(desk) as address, async_playwright() as driver:
        chromium = await driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        context = await chromium.new_context(java_script_enabled=script, viewport={"width": 390, "height": 844})
        page = await context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        await page.goto(address)
        await page.click(".sample button")
        await page.get_by_text(str(texts.SEARCHING)).wait_for()
        desk.gate.set()
        await page.get_by_role("link", name=str(texts.PAGE)).click()
        await page.get_by_text("Articles compared").wait_for()
        assert await page.locator("table").count() == 1
        if script:
            wide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            assert not wide
        await chromium.close()
    assert complaints == []
