"""Digests and alerts: an edition is due -> stories since the last one -> comparisons of the few -> sent once.

What to tell is decided in ``claims.digests``, when in ``newsroom.editions``; the store is read and written here. A
comparison is made once for all subscribers who are told the story.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from claims.digests import (
    ALERT_WITHIN,
    Choice,
    DigestSettings,
    News,
    Told,
    alerts,
    chosen,
    compared,
    leading,
    told_as_json,
    told_of_json,
)
from claims.errors import NewsError
from claims.types import Article
from newsroom.editions import Edition, due_edition, next_edition
from newsroom.posting import Alert, End, Issue, Posting, Shown
from storage.deliveries import Key, State
from storage.deliveries import Told as Noted
from storage.store import Store
from storage.subscriptions import ACTIVE, Subscription

if TYPE_CHECKING:  # the desk has this
    from newsroom.desk import Answer

DIGEST, ALERT = "digest", "alert"
ARTICLES_MAX = 8  # compared for one story of a digest: beyond it new outlets rarely add a claim
WINDOW = timedelta(days=4)  # from Friday's edition to Monday's
TOLD_DAYS = timedelta(days=14)  # what was told longer ago is not kept in mind: stories live for days
FIRST_LOOK = timedelta(days=1)  # what the first edition and a preview look back to
POOL_FRESH = timedelta(minutes=1)  # editions of one hour share a look at the store
LOOK_FOR_ALERTS = timedelta(minutes=1)
ALERT_LEVELS = (4, 6, 10)  # independent outlets, to choose from
ALERTS_A_DAY = 3  # of one subscriber: more and it is no alert
ANSWERS_MAX = 100  # kept in mind, some 100 kB each: thousands of subscribers are told the same few
PAGE = 200  # subscribers looked at together
NEVER = timedelta(days=3650)  # of a job with nothing left to do
AT_ONCE = 64  # jobs look for work once a second, so this many a second at most; Telegram takes 28

_log = logging.getLogger(__name__)

Compare = Callable[[Sequence[Article]], Awaitable["Answer"]]


class Digests:
    """Editions and alerts of all subscribers."""

    def __init__(self, store: Store, now: Callable[[], datetime], compare: Compare) -> None:
        self._store = store
        self._rows = store.subscriptions
        self._now = now
        self._compare = compare
        self._one_at_a_time = asyncio.Semaphore(1)  # comparing keeps one core busy: answers to people need the other
        self._answers: dict[tuple[str, ...], Answer] = {}
        self._pools: dict[timedelta, tuple[datetime, list[News]]] = {}
        self._looking = asyncio.Lock()
        self._alerted: dict[str, int] = {}  #: story -> outlets when all subscribers were last looked through for it

    async def edition(self, key: str, posting: Posting) -> datetime:
        """The job of a digest: send the edition that is due, if one is; when the next one is due."""
        found = await self._rows.of_id(int(key))
        if found is None or found.state != ACTIVE:
            return self._now() + NEVER
        due = due_edition(DigestSettings.of_json(found.settings), now=self._now())
        if due is not None and due.at > found.made_at:
            await self._send(found, due, posting)
        found = await self._rows.of_id(int(key))  # it may have been changed meanwhile
        if found is None or found.state != ACTIVE:
            return self._now() + NEVER
        # not from now on: sending may have taken until after the next one was due
        return next_edition(DigestSettings.of_json(found.settings), after=due.at if due else self._now()).at

    async def preview(self, settings: DigestSettings) -> Issue:
        """An edition as it would be now, of the last day's stories."""
        now = self._now()
        return await self._issue(settings, [], since=now - FIRST_LOOK, trial=True)

    async def alerts(self, _: str, posting: Posting) -> datetime:
        """The job of all alerts: tell those who want to know of stories that have passed their mark since."""
        now = self._now()
        stories = await self._stories(ALERT_WITHIN)
        pool = [news for news in stories if self._passed(news, now)]
        page: list[Subscription] = []
        after = 0
        while pool and (page := await self._rows.active(after=after, limit=PAGE)):
            await asyncio.gather(*(self._alert(one, pool, posting) for one in page))
            after = page[-1].id
        voices = {news.members[0].article: news.voices for news in stories}
        passed = {news.members[0].article for news in pool}
        self._alerted = {one: n for one, n in voices.items() if one in passed or one in self._alerted}
        return now + LOOK_FOR_ALERTS

    def _passed(self, news: News, now: datetime) -> bool:
        """Whether a story has reached a level since all subscribers were last looked through for it."""
        if now - news.first_seen > ALERT_WITHIN:
            return False
        before = self._alerted.get(news.members[0].article, 0)
        return any(before < level <= news.voices for level in ALERT_LEVELS)

    async def _send(self, found: Subscription, due: Edition, posting: Posting) -> None:
        key = Key(kind=DIGEST, target=found.id, edition=due.key)
        if await self._store.deliveries.state(key) not in (None, State.DUE):
            return
        settings = DigestSettings.of_json(found.settings)
        told = await self._told(found)
        since = max((one.at for one in told if one.kind == DIGEST), default=found.since)
        known = [one for row in told for one in told_of_json(row.stories, row.at)]
        issue, news = await self._issued(settings, known, since=max(since, self._now() - WINDOW))
        if not issue.stories and not settings.say_quiet:
            return
        await self._post(key, found, issue, posting, news)

    async def _alert(self, found: Subscription, pool: Sequence[News], posting: Posting) -> None:
        settings = DigestSettings.of_json(found.settings)
        if not alerts(pool, settings, (), now=self._now()):
            return
        rows = await self._told(found)
        today = [one for one in rows if one.kind == ALERT and one.at > self._now() - timedelta(days=1)]
        told = [one for row in rows for one in told_of_json(row.stories, row.at)]
        for news in alerts(pool, settings, told, now=self._now())[: max(0, ALERTS_A_DAY - len(today))]:
            answer = await self._answer(news, settings)
            if answer is not None:
                key = Key(kind=ALERT, target=found.id, edition=news.members[0].article)
                words = Alert(settings=settings, answer=answer, outlets=news.voices)
                await self._post(key, found, words, posting, [news])

    async def _post(
        self, key: Key, found: Subscription, words: Issue | Alert, posting: Posting, news: Sequence[News]
    ) -> None:
        end = await posting.post(key, found.chat_id, words, stories=told_as_json(news))
        if end is End.CLOSED and found.chat_id != found.person:
            await posting.tell_keeper(found.person, found.title)
        if end is End.REFUSED:
            _log.error("a %s was refused by Telegram: subscription %d, %s", key.kind, key.target, key.edition)

    async def _told(self, found: Subscription) -> list[Noted]:
        return await self._store.deliveries.told((DIGEST, ALERT), found.id, since=self._now() - TOLD_DAYS)

    async def _issue(self, settings: DigestSettings, told: Sequence[Told], *, since: datetime, trial: bool) -> Issue:
        issue, _ = await self._issued(settings, told, since=since, trial=trial)
        return issue

    async def _issued(
        self, settings: DigestSettings, told: Sequence[Told], *, since: datetime, trial: bool = False
    ) -> tuple[Issue, list[News]]:
        """An edition, and the stories in it."""
        pool = await self._stories(WINDOW)
        choices = chosen(pool, settings, told, since=since, now=self._now())
        shown, news = [], []
        for choice in choices:
            answer = await self._answer(choice.news, settings)
            if answer is not None and _worth(choice, answer):
                shown.append(Shown(answer=answer, again=choice.again, changed=choice.news.changed_url))
                news.append(choice.news)
        return Issue(settings=settings, stories=tuple(shown), at=self._now(), trial=trial), news

    async def _answer(self, news: News, settings: DigestSettings) -> "Answer | None":
        """The comparison of a story, made once; None where there is none, for want of texts or by a fault of ours."""
        wanted = tuple(one.version for one in compared(news, leading(news, settings), limit=ARTICLES_MAX))
        async with self._one_at_a_time:
            if wanted not in self._answers:
                articles = await self._store.story_pool.articles(wanted)
                if not articles:
                    return None
                if len(self._answers) >= ANSWERS_MAX:
                    self._answers.clear()
                try:
                    self._answers[wanted] = await self._compare(articles)
                except NewsError:
                    raise
                except Exception:  # one story must not take the rest of a digest along
                    _log.exception("no comparison of %s", articles[0].url)
                    return None
            return self._answers[wanted]

    async def _stories(self, window: timedelta) -> list[News]:
        """Stories of so long; a look at four days of 12,000 articles each takes 1.6 s, so that many share it."""
        async with self._looking:
            known = self._pools.get(window)
            if known is None or self._now() - known[0] > POOL_FRESH:
                known = self._pools[window] = self._now(), await self._store.story_pool.recent(self._now(), window)
            return known[1]


def _worth(choice: Choice, answer: "Answer") -> bool:
    """A story that is told for its change has to have one that can be shown."""
    return not choice.changed or bool(answer.comparison.changes)
