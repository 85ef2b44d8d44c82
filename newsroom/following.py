"""Stories that people follow: a new outlet, a difference or a changed article is told, at most every few hours."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from claims.comparison import Comparison, DifferenceKind, Row
from claims.digests import DigestSettings, News, compared, leading
from newsroom.digests import ARTICLES_MAX, NEVER, Compare
from newsroom.posting import Development, End, Posting, fingerprint
from storage.deliveries import Key
from storage.store import Store
from storage.subscriptions import Follow

if TYPE_CHECKING:  # the desk has this
    from newsroom.desk import Answer

FOLLOW = "follow"
EVERY_H = (1, 3, 12, 24)  # hours between two messages, to choose from
FIRST_EVERY_H = 3
LOOK = timedelta(minutes=10)  # how often a followed story is looked at
STILL = timedelta(days=7)  # a story with nothing new for so long is over
FOLLOWS_MAX = 20  # of one person


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a story has been told."""

    outlets: frozenset[str]  #: keys
    differences: frozenset[str]
    changed_at: datetime | None

    def as_json(self) -> str:
        """The same for the same, so that it can name a message."""
        changed = self.changed_at.isoformat() if self.changed_at else None
        return json.dumps([sorted(self.outlets), sorted(self.differences), changed])

    @classmethod
    def of_json(cls, text: str) -> "Seen":
        """Back again."""
        outlets, differences, changed = json.loads(text)
        return cls(frozenset(outlets), frozenset(differences), datetime.fromisoformat(changed) if changed else None)


class Following:
    """The followed stories of all chats."""

    def __init__(self, store: Store, now: Callable[[], datetime], compare: Compare) -> None:
        self._store = store
        self._rows = store.subscriptions
        self._now = now
        self._compare = compare

    async def begin(self, chat: int, comparison: Comparison, *, title: str) -> Follow | None:
        """Follow the story of an answer from what it shows on; None where nothing of it is public, or too many are
        followed."""
        known = await self.of(chat, comparison)
        if known is not None:
            return known
        if len(await self._rows.follows_of(chat)) >= FOLLOWS_MAX:
            return None
        now = self._now()
        for article in _ids(self._store, comparison):
            news = await self._store.story_pool.story_of(article)
            if news is None:
                continue
            outlets = {one.outlet for one in news.members} | {one.outlet.key for one in comparison.articles}
            seen = Seen(frozenset(outlets), _differences(comparison.rows), news.changed_at)
            number = await self._rows.follow(
                chat,
                article,
                title=title,
                every_h=FIRST_EVERY_H,
                seen=seen.as_json(),
                now=now,
                due=now + LOOK,
            )
            if number is not None:
                return await self._rows.followed(number)
        return None

    async def of(self, chat: int, comparison: Comparison) -> Follow | None:
        """The chat's follow of the story of an answer."""
        return await self._rows.follow_of(chat, _ids(self._store, comparison))

    async def every(self, chat: int, number: int, hours: int) -> Follow | None:
        """Tell at most every so many hours; None where the chat does not follow that, or not so often."""
        found = await self._rows.followed(number)
        if found is None or found.chat_id != chat or hours not in EVERY_H:
            return None
        await self._rows.set_every(number, hours)
        return await self._rows.followed(number)

    async def stop(self, chat: int, number: int) -> Follow | None:
        """Tell no more; the follow that has ended."""
        return await self._rows.unfollow(chat, number)

    async def all_of(self, chat: int) -> list[Follow]:
        """What a chat follows, newest first."""
        return await self._rows.follows_of(chat)

    async def look(self, key: str, posting: Posting) -> datetime:
        """The job of a follow: tell what is new, if the chat was not told within its hours; when to look again."""
        found = await self._rows.followed(int(key))
        if found is None:
            return self._now() + NEVER
        now = self._now()
        rest = (found.told_at or found.made_at) + timedelta(hours=found.every_h) - now
        if found.told_at is not None and rest > timedelta():
            return now + rest
        news = await self._store.story_pool.story_of(found.article_id)
        if news is None or max(found.told_at or found.made_at, news.newest) < now - STILL:
            await self._rows.end_follow(found.id)
            return now + NEVER
        seen = Seen.of_json(found.seen)
        outlets = {one.outlet for one in news.members}
        changed = news.changed_at is not None and (seen.changed_at is None or news.changed_at > seen.changed_at)
        if not outlets - seen.outlets and not changed:
            return now + LOOK
        await self._tell(found, news, seen, posting)
        return now + LOOK

    async def _tell(self, found: Follow, news: News, seen: Seen, posting: Posting) -> None:
        followed = (one for one in news.members if one.article == found.article_id)
        every = compared(news, next(followed, leading(news, DigestSettings())), limit=len(news.members))
        # what is new has to be among what is compared
        members = sorted(every, key=lambda one: (one is not every[0], one.outlet in seen.outlets))[:ARTICLES_MAX]
        articles = await self._store.story_pool.articles([one.version for one in members])
        if not articles:
            return
        answer = await self._compare(articles)
        now_seen = Seen(
            seen.outlets | {one.outlet for one in news.members},
            seen.differences | _differences(answer.comparison.rows),
            news.changed_at,
        )
        words = _development(found, news, answer, seen)
        told = bool(words.outlets or words.changes or words.rows)
        if told:
            key = Key(kind=FOLLOW, target=found.id, edition=fingerprint([now_seen.as_json()]))
            end = await posting.post(key, found.chat_id, words)
            if end is End.CLOSED:  # the follow has ended with the chat
                return
        await self._rows.note_told(found.id, seen=now_seen.as_json(), now=self._now() if told else None)


def _development(found: Follow, news: News, answer: "Answer", seen: Seen) -> Development:
    first: dict[str, str] = {}
    for one in news.members:
        if one.outlet not in seen.outlets:
            first.setdefault(one.outlet, one.url)
    since = seen.changed_at or found.made_at
    moved = {one.url for one in news.members if one.changed_at is not None and one.changed_at > since}
    return Development(
        follow=found.id,
        answer=answer,
        outlets=tuple(first.values()),
        changes=tuple(one for one in answer.comparison.changes if one.url in moved),
        rows=tuple(row for row in answer.comparison.rows if _differences([row]) - seen.differences),
    )


def _differences(rows: Sequence[Row]) -> frozenset[str]:
    """Who differs from whom in what, by addresses; what one alone has is no difference to tell."""
    return frozenset(
        " ".join((one.kind.value, *sorted(one.between)))
        for row in rows
        for one in row.differences
        if one.kind is not DifferenceKind.PRESENCE
    )


def _ids(store: Store, comparison: Comparison) -> list[str]:
    """The articles by which an answer's story is known, the asked one first."""
    return [store.story_pool.key_of(article.url) for article in comparison.articles]
