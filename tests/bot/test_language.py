"""The language of a chat: catalogues that are complete and fresh, plurals, times, and who speaks what."""

import asyncio
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot import language
from bot.language import ENGLISH, FOLDER, LANGUAGES, _, lazy, plural, speaking

BOT = Path(language.__file__).parent
KEYWORDS = {"_": None, "lazy": None, "plural": (1, 2)}
#: as in pyproject.toml
METHODS = [("admin/**", "ignore"), ("**.py", "python")]
TRANSLATED = tuple(one for one in LANGUAGES if one != ENGLISH)
EVENING = datetime(2025, 3, 3, 22, 42, tzinfo=UTC)


def catalogue(code: str) -> Catalog:
    with (FOLDER / code / "LC_MESSAGES" / "bot.po").open("rb") as file:
        return read_po(file, locale=code, domain="bot")


def in_code() -> set[object]:
    found: set[object] = {message for _, _, message, *_ in extract_from_dir(BOT, METHODS, keywords=KEYWORDS)}
    assert len(found) > 0
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_of_the_bot_is_in_every_catalogue_and_nothing_else(code: str) -> None:
    assert {message.id for message in catalogue(code) if message.id} == in_code()


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_entry_is_filled_and_keeps_its_placeholders(code: str) -> None:
    for message in catalogue(code):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert forms, message.id
        for form in forms:
            assert form, message.id
            wanted = placeholders(ids[-1])
            # a form for one or two alone says the number in words
            assert wanted - {"n"} <= placeholders(form) <= wanted, (message.id, form)
            assert "n" in placeholders(form) or len(ids) > 1 or "n" not in wanted, (message.id, form)


@pytest.mark.parametrize("code", TRANSLATED)
def test_compiled_catalogues_are_fresh(code: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(code))
    assert (FOLDER / code / "LC_MESSAGES" / "bot.mo").read_bytes() == compiled.getvalue(), "run make locale"


@pytest.mark.parametrize("code", LANGUAGES)
def test_times_are_told_in_each_language(code: str) -> None:
    with speaking(code, "Europe/Berlin"):
        assert "23:42 UTC+1" in language.time(EVENING)
        assert "2025" in language.day(EVENING)


def test_times_follow_the_zone_over_midnight_and_its_summer_time() -> None:
    with speaking("en", "Asia/Kolkata"):
        assert language.time(EVENING) == "4 March 2025, 04:12 UTC+5:30"
    with speaking("en", "America/New_York"):
        assert language.time(EVENING) == "3 March 2025, 17:42 UTC−5"
        assert language.time(EVENING + timedelta(days=60)) == "2 May 2025, 18:42 UTC−4"
    assert language.time(EVENING) == "3 March 2025, 22:42 UTC"


def test_a_lazy_text_is_that_of_the_moment_it_is_used() -> None:
    form = lazy("{day}, {clock} {zone}", zone="UTC")
    english = form.format(day="D", clock="C")
    with speaking("ar"):
        arabic = form.format(day="D", clock="C")
    assert english == "D, C UTC"
    assert arabic == "D، C UTC"
    assert str(lazy("{clock}", clock="10:42")) == "10:42"


async def test_tasks_keep_the_language_they_were_begun_in() -> None:
    async def told() -> str:
        await asyncio.sleep(0)
        return language.language()

    with speaking("de"):
        german = asyncio.create_task(told())
    with speaking("fr"):
        french = asyncio.create_task(told())
    assert [await german, await french, await told()] == ["de", "fr", ENGLISH]


@pytest.mark.parametrize(
    ("code", "ours"), [("ru", "ru"), ("de-AT", "de"), ("AR_eg", "ar"), ("pt-br", None), (None, None)]
)
def test_tags_of_apps_lead_to_a_language_of_ours(code: str | None, ours: str | None) -> None:
    assert language.closest(code) == ours


def test_an_unknown_language_is_english() -> None:
    with speaking("tlh"):
        assert _("Sources") == "Sources"
        assert plural("{n} outlet", "{n} outlets", 12345) == "12,345 outlets"


@pytest.mark.parametrize(
    ("code", "seconds", "words"),
    [
        (ENGLISH, 1, "in 1 second"),
        (ENGLISH, 89, "in 89 seconds"),
        (ENGLISH, 240, "in 4 minutes"),
        ("ru", 60, "через 60 секунд"),
        ("ru", 1260, "через 21 минуту"),
        ("ar", 120, "خلال دقيقتين"),
    ],
)
def test_waits_have_the_case_of_the_language(code: str, seconds: int, words: str) -> None:
    with speaking(code):
        assert language.soon(timedelta(seconds=seconds)) == words
