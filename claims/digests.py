"""Which stories a digest tells, and which pass the mark of an alert. Pure: facts and times in, a choice out."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from functools import cache
from math import log2
from typing import Any

LENGTHS = (3, 5, 8)  # stories of one digest: a glance, a coffee, a sitting
CHANGED_MAX = 2  # stories told again, or told by one outlet alone, in one digest: changes are many and mostly small
#: told again where so many times as many outlets have it: then it is not the story it was
GROWN = 2
AGE_COST = 0.5  # a story a day old counts as one with some 30 % fewer outlets
PREFERRED = 1.0  # a chosen outlet tells it: counts like twice as many outlets
ALERT_WITHIN = timedelta(hours=12)  # a story that has passed the mark in longer time is no breaking news
SECTION_WORDS = 4  # a longer "section" is a sentence
#: what is kept of a told story to know it again: so many of its articles, and of their ids (hashes, in hexadecimal) so
#: many signs: 48 bits, one chance in 500 that any two of a million articles share them
REMEMBERED = 8
ID_SIGNS = 12

#: topics to choose from, each by the words that outlets put into sections and addresses
TOPICS: Mapping[str, tuple[str, ...]] = {
    "world": ("world", "international", "global", "europe", "asia", "africa", "americas", "middle-east", "foreign"),
    "politics": ("politics", "political", "elections", "government", "parliament", "policy", "congress"),
    "business": ("business", "economy", "economics", "markets", "finance", "money", "companies", "trade"),
    "technology": ("technology", "tech", "digital", "internet", "ai"),
    "science": ("science", "environment", "climate", "space", "research", "nature"),
    "health": ("health", "medicine", "wellness"),
    "culture": ("culture", "arts", "books", "film", "music", "entertainment", "media"),
    "sport": ("sport", "sports", "football", "tennis", "cricket", "olympics"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSettings:
    """What a chat wants to be told, and when. Empty: no limit."""

    times: tuple[str, ...] = ("08:00",)  #: of the local day, each with an edition
    zone: str = "UTC"  #: a name of the IANA database
    languages: tuple[str, ...] = ()  #: ISO 639-1, of the articles
    outlets: tuple[str, ...] = ()  #: keys; at least one of them has to tell a story
    topics: tuple[str, ...] = ()  #: keys of TOPICS; one of these or of the words is enough
    words: tuple[str, ...] = ()  #: words or phrases that stand in headline or opening
    length: int = LENGTHS[1]  #: stories, at most
    min_outlets: int = 2  #: independent ones that tell a story
    weekends: bool = True
    say_quiet: bool = True  #: a line where there is nothing; else nothing
    alert_at: int | None = None  #: independent outlets that make a story an alert; None: no alerts
    speaks: str = "en"  #: language of the bot's own words

    def as_json(self) -> str:
        """For the database and the export."""
        return json.dumps(asdict(self))

    @classmethod
    def of_json(cls, text: str) -> "DigestSettings":
        """Back again; what an older release did not know has its default."""
        known = {field.name for field in fields(cls)}
        told = {name: value for name, value in json.loads(text).items() if name in known}
        values: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in told.items()}
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of a story, with what a choice needs."""

    article: str  #: id
    version: str
    url: str
    outlet: str  #: key
    name: str  #: of the outlet
    title: str
    opening: str = ""  #: begin of the text
    section: str | None = None
    language: str | None = None
    credit: str | None = None  #: the agency whose text it carries
    full: bool = True  #: the whole text is held
    published_at: datetime | None = None
    first_seen: datetime
    changed_at: datetime | None = None  #: when the outlet was last seen to have changed it

    @property
    def voice(self) -> str:
        """Whose report it is: an agency and the outlets that carry its text are one voice."""
        return (self.credit or self.name).casefold()

    @property
    def at(self) -> datetime:
        """The outlet's date, as far as it can be: none lies after we saw the article."""
        return min(self.published_at or self.first_seen, self.first_seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A story as a digest sees it: its articles, earliest first."""

    members: tuple[Member, ...]

    @property
    def voices(self) -> int:
        """Independent outlets, as far as that shows without a comparison."""
        return len({member.voice for member in self.members})

    @property
    def first_seen(self) -> datetime:
        """When the first of its articles came."""
        return min(member.first_seen for member in self.members)

    @property
    def spread(self) -> timedelta:
        """From its earliest article to its latest, by the outlets' dates."""
        return self.members[-1].at - self.members[0].at

    @property
    def newest(self) -> datetime:
        """When its youngest article came."""
        return max(member.first_seen for member in self.members)

    @property
    def changed_at(self) -> datetime | None:
        """The last change to one of its articles."""
        return max((member.changed_at for member in self.members if member.changed_at), default=None)

    @property
    def changed_url(self) -> str | None:
        """The article that was changed last."""
        changed = ((one.changed_at, one.url) for one in self.members if one.changed_at is not None)
        return max(changed, default=(None, None))[1]


@dataclass(frozen=True, slots=True)
class Told:
    """That a story was told: some of its articles, how many voices it had, and when."""

    articles: tuple[str, ...]
    voices: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A story to tell. ``again``: it was told before and has changed; ``changed``: a change is why it is told."""

    news: News
    again: bool = False
    changed: bool = False


def chosen(
    pool: Iterable[News], settings: DigestSettings, told: Sequence[Told], *, since: datetime, now: datetime
) -> list[Choice]:
    """The stories of an edition, weightiest first: those with news since then that were not told, then changed ones."""
    found = []
    for whole in pool:
        news = wanted(whole, settings)
        choice = _choice(news, settings, told, since=since) if news else None
        if choice:
            found.append(choice)
    found.sort(
        key=lambda one: (one.again or one.changed, -_weight(one.news, settings, now), one.news.members[0].article)
    )
    plain = [one for one in found if not (one.again or one.changed)]
    changed = [one for one in found if one.again or one.changed][:CHANGED_MAX]
    # changes have their places at the end, and leave none to be filled by weaker ones
    return [*plain[: max(1, settings.length - len(changed))], *changed][: settings.length]


def alerts(pool: Iterable[News], settings: DigestSettings, told: Sequence[Told], *, now: datetime) -> list[News]:
    """Stories that enough outlets tell within a short time, and that were not told before; weightiest first."""
    if settings.alert_at is None:
        return []
    found = []
    for whole in pool:
        news = wanted(whole, settings)
        if news is None or news.voices < settings.alert_at:
            continue
        if now - news.first_seen > ALERT_WITHIN or news.spread > ALERT_WITHIN:
            continue
        if not any(_of(one, news) for one in told):
            found.append(news)
    return sorted(found, key=lambda news: (-_weight(news, settings, now), news.members[0].article))


def wanted(news: News, settings: DigestSettings) -> News | None:
    """The story in the wanted languages, None where it is not about what is wanted."""
    members = news.members
    if settings.languages:
        members = tuple(one for one in members if one.language is None or one.language in settings.languages)
    if not members or (settings.outlets and not any(one.outlet in settings.outlets for one in members)):
        return None
    if (settings.topics or settings.words) and not any(_about(one, settings) for one in members):
        return None
    return replace(news, members=members)


def leading(news: News, settings: DigestSettings) -> Member:
    """The article that a story is told by: of a chosen outlet if one has it, held in full, the earliest."""
    return min(news.members, key=lambda one: (one.outlet not in settings.outlets, not one.full, one.at, one.article))


def compared(news: News, lead: Member, *, limit: int) -> list[Member]:
    """The articles to compare, the lead first, then one of each outlet: changed ones, full ones, the earliest first."""
    rest = sorted(news.members, key=lambda one: (one.changed_at is None, not one.full, one.at, one.article))
    first_of = {one.outlet: one for one in reversed(rest)} | {lead.outlet: lead}
    return [lead, *(one for one in rest if first_of[one.outlet] is one and one is not lead)][:limit]


def told_as_json(told: Iterable[News]) -> str:
    """What is remembered of the stories of an edition; the time is the row's."""
    return json.dumps([[[one.article[:ID_SIGNS] for one in news.members[:REMEMBERED]], news.voices] for news in told])


def told_of_json(text: str, at: datetime) -> list[Told]:
    """Back again."""
    return [Told(tuple(articles), voices, at) for articles, voices in json.loads(text)]


def _choice(news: News, settings: DigestSettings, told: Sequence[Told], *, since: datetime) -> Choice | None:
    last = max((one for one in told if _of(one, news)), key=lambda one: one.at, default=None)
    changed = news.changed_at
    if last is not None:
        again = (changed is not None and changed > last.at) or news.voices >= GROWN * last.voices > 0
        enough = news.voices >= settings.min_outlets or (changed is not None and changed > last.at)
        return Choice(news=news, again=True) if again and enough else None
    if news.voices >= settings.min_outlets:
        return Choice(news=news) if news.newest >= since or (changed and changed >= since) else None
    return Choice(news=news, changed=True) if changed is not None and changed >= since else None


def _of(told: Told, news: News) -> bool:
    known = set(told.articles)
    return any(one.article[:ID_SIGNS] in known for one in news.members)


def _weight(news: News, settings: DigestSettings, now: datetime) -> float:
    days = (now - news.newest) / timedelta(days=1)
    preferred = any(one.outlet in settings.outlets for one in news.members)
    return log2(1 + news.voices) + PREFERRED * preferred - AGE_COST * max(0.0, days)


def _about(member: Member, settings: DigestSettings) -> bool:
    text = f"{member.title}\n{member.opening}"
    if any(_phrase(words).search(text) for words in settings.words):
        return True
    filed = set(re.findall(r"[\w-]+", member.url.casefold().partition("://")[2].partition("/")[2]))
    section = re.findall(r"[\w-]+", (member.section or "").casefold())
    filed |= set(section) if len(section) <= SECTION_WORDS else set()
    return any(filed & set(TOPICS.get(topic, ())) for topic in settings.topics)


@cache
def _phrase(words: str) -> re.Pattern[str]:
    """The words in this order, each whole, in any case."""
    return re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, words.split())) + r"(?!\w)", re.IGNORECASE)
