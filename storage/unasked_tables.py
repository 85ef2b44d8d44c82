"""Rows of what goes out unasked: digests, alerts, followed stories, broadcasts. In the metadata of ``storage.tables``.

::

    places: where the bot may write        walks: digests being set up        subscriptions: digests that run
    deliveries: each thing sent, once      broadcasts                         follows -> articles
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage._columns import AnyText, Moment
from storage.tables import metadata

_Id = BigInteger().with_variant(Integer, "sqlite")  # as in storage.tables

#: Channels and groups that the bot has been let into, and by whom.
places = Table(
    "places",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", AnyText, nullable=False),
    Column("person", BigInteger, nullable=False, index=True),
    Column("met_at", Moment, nullable=False),
)

#: A person's walk through the settings of a digest, so that a restart loses no step of it.
walks = Table(
    "walks",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger),  # of ours: this or a later one shows it; null until it is sent
    Column("chat_id", BigInteger),  # whose digest; null until it is chosen
    Column("title", AnyText, nullable=False),
    Column("step", String(16), nullable=False),
    Column("settings", Text, nullable=False),  # JSON
    Column("at", Moment, nullable=False, index=True),
)

#: One digest a chat: a channel, a group, or a person.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("person", BigInteger, nullable=False, index=True),  # who has set it up
    Column("title", AnyText, nullable=False),
    Column("settings", Text, nullable=False),  # JSON
    Column("state", String(8), nullable=False, index=True),  # active, paused, ended
    Column("ended_why", AnyText),
    Column("since", Moment, nullable=False),  # what is older is no news to it
    Column("made_at", Moment, nullable=False),
    sqlite_autoincrement=True,  # a delivery of an erased digest must not count for another
)

#: What goes out unasked, one row each: claimed and committed before it is sent. A row that stays claimed is of a send
#: whose end nobody saw: it is not sent again.
deliveries = Table(
    "deliveries",
    metadata,
    Column("kind", String(16), primary_key=True),  # digest, alert, follow, broadcast
    Column("target", BigInteger, primary_key=True, autoincrement=False),  # a subscription, a follow, or a chat
    Column("edition", String(64), primary_key=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("state", String(8), nullable=False),  # due, claimed, sent, closed, refused
    Column("at", Moment, nullable=False, index=True),
    Column("message_id", BigInteger),
    Column("stories", Text),  # JSON: what of which stories was told
    Index(None, "kind", "edition", "state"),
    Index(None, "state", "at"),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("text", AnyText, nullable=False),
    Column("person", BigInteger, nullable=False),  # the admin
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),
    sqlite_autoincrement=True,
)

#: A story that a chat wants to be told of: that of the article, whatever becomes of stories.
follows = Table(
    "follows",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", AnyText, nullable=False),
    Column("every_h", Integer, nullable=False),  # hours between two messages, at least
    Column("seen", Text, nullable=False),  # JSON: what of the story has been told
    Column("made_at", Moment, nullable=False),
    Column("told_at", Moment),
    UniqueConstraint("chat_id", "article_id"),
    sqlite_autoincrement=True,
)
