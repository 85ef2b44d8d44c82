"""Nothing English is left where a chat speaks another language: a made-up one, whose texts have no Latin letter."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from bot import language, texts
from bot.reporting import menu, which
from bot.screens import Screen, View, first_screen, screen, sentences
from bot.settings_screen import OUTLETS, TONGUE, ZONE, choice, overview
from bot.subscribing_screens import ZONES
from bot.wishes import wished
from newsroom.inbox import ChatSettings
from tests.bot.stories import MADE_AT, READING, STORY
from tests.bot.test_language import BOT, KEYWORDS, METHODS

SETTINGS = ChatSettings(language="xx", outlets_first=("quay",))
NAMES = {"quay": "жж"}
#: names that stay: of forms and places, commands, our own
KEPT = re.compile(r"/\w+(?: zone| outlets)?|@\w+|\b(?:JSON|CSV|Markdown|GDELT|UTC|robots\.txt|Lisbon|Reuters|BBC)\b")


@pytest.fixture(autouse=True)
def _made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue in which each letter of each text is the same Cyrillic one; placeholders stay."""
    made = Catalog(locale="ru")
    for _, _, message, *_ in extract_from_dir(BOT, METHODS, keywords=KEYWORDS):
        forms = (message,) if isinstance(message, str) else message
        turned = tuple(re.sub(r"[A-Za-z](?![^{]*\})", "ж", form) for form in forms)
        made.add(message, turned[0] if isinstance(message, str) else (*turned, turned[-1]))
    file = tmp_path / "xx" / "LC_MESSAGES" / "bot.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        write_mo(opened, made)
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    monkeypatch.setitem(language.LANGUAGES, "xx", "жж")
    monkeypatch.setitem(language._LOCALES, "xx", "ru")
    language._catalogue.cache_clear()
    yield
    language._catalogue.cache_clear()


def screens() -> Iterator[Screen]:
    yield first_screen(READING)
    for part in ("o", "c", "q", "g", "t", "s", "w", "x"):
        yield screen(STORY, View(part), held_at=MADE_AT)
    yield overview(SETTINGS, NAMES, now=MADE_AT, auto=True)
    for what in (TONGUE, ZONE, OUTLETS):
        yield choice(what, SETTINGS, NAMES, now=MADE_AT)
    yield menu(STORY)
    yield which(STORY, "speaker")
    for lines in (texts.START, texts.HELP, texts.ABOUT, texts.PRIVACY, texts.AUTO_ON, texts.AUTO_OFF):
        yield sentences(lines)


def known() -> list[str]:
    """Names and words that come from the articles, longest first."""
    cells = [cell for row in (*STORY.rows, *READING.rows) for cell in row.cells]
    words = {word for cell in cells for word in (cell.source, cell.source_description, cell.cue) if word}
    words |= {article.outlet.name for article in STORY.articles} | {article.title for article in STORY.articles}
    words |= {article.version for article in STORY.articles} | {miss.outlet for miss in STORY.misses}
    words |= {check.publisher for check in STORY.fact_checks} | {"Tor Vik", *language.LANGUAGES.values()}
    words |= {zone.rpartition("/")[2].replace("_", " ") for zone in ZONES}
    return sorted(words, key=len, reverse=True)


def test_no_english_word_of_ours_is_left() -> None:
    with wished(SETTINGS):
        for shown in screens():
            buttons = [button.text for row in shown.buttons for button in row if not button.text.startswith("✕")]
            text = re.sub(r"<[^>]*>|&\w+;", " ", "\n".join((shown.html, *buttons)))
            text = KEPT.sub(" ", re.sub(r"“[^”]*”", " ", text))
            for name in known():
                text = text.replace(name, " ")
            assert re.findall(r"[A-Za-z]{3,}", text) == []
