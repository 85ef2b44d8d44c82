"""Rows and the names of their constraints, no behaviour. What changes here needs a file in migrations/versions.

::

    outlets <- articles <- versions <- comparison_versions -> comparisons -> stories <- story_members -> articles
                              ^------- claims ------------------^  ^---- messages
    search_index (by versions.place)        updates, leases, asks, replies, chats: Telegram's side
    outlets <- sources, items, outlet_states: the collector's side        jobs, host_turns: any process
    staff, audit, drafts, policy, people, outlet_orders, takedowns, apart, outcomes: the admins' side
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
)

from storage._columns import AnyText, Moment, Strings

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# SQLite counts up by itself only in a column of exactly this type
_Id = BigInteger().with_variant(Integer, "sqlite")
_KEY = 32  # hex digits of SHA-256 over an address: addresses can be longer than an index entry may be
_VERSION = 16  # claims.types.Article.version
_NAME = 32  # members of the enumerations in claims

outlets = Table(
    "outlets",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("kind", String(_NAME), nullable=False),
    Column("country", String(2)),
    Column("languages", Strings, nullable=False),
    Column("aliases", Strings, nullable=False),
    Column("domains", Strings, nullable=False),
    Column("feeds", Strings, nullable=False),
    Column("sitemaps", Strings, nullable=False),
    Column("news_sitemaps", Strings, nullable=False),
    Column("listed", Boolean, nullable=False),  # a row of the registry; else met on the road
    Column("active", Boolean, nullable=False),  # an admin's switch; seeding leaves it alone
)

articles = Table(
    "articles",
    metadata,
    Column("id", String(_KEY), primary_key=True),
    Column("url", AnyText, nullable=False),
    Column("outlet", ForeignKey("outlets.key"), nullable=False),
    Column("first_seen", Moment, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("version", String(_VERSION), primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("title", AnyText, nullable=False),
    Column("text_hash", String(64), nullable=False, index=True),  # SHA-256 of the text
    Column("held", String(_NAME), nullable=False),
    Column("published_at", Moment),
    Column("modified_at", Moment),
    Column("authors", Strings, nullable=False),
    Column("section", AnyText),
    Column("language", AnyText),
    Column("standfirst", AnyText),  # forgotten with the text
    Column("dateline", AnyText),
    Column("credit", AnyText),
    Column("links", Strings, nullable=False),
    Column("fetched_at", Moment, nullable=False),  # when first read so
    Column("seen_at", Moment, nullable=False),  # when last read so
    Column("place", BigInteger, unique=True),  # its entry in search_index, null if it is not to be found
    # null once forgotten; hash, spans and the rest of the row stay. Last, as SQLite reads a row from the front
    Column("text", AnyText),
)
Index(
    "ix_versions_text_seen_at",
    versions.c.seen_at,
    sqlite_where=versions.c.text.is_not(None),
    postgresql_where=versions.c.text.is_not(None),
)

stories = Table(
    "stories",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("hidden", Boolean, nullable=False, server_default=false()),  # by an admin: offered to nobody
    Column("curated", Boolean, nullable=False, server_default=false()),  # by an admin: its members belong together
    # the story that it has become a part of, null for one that goes on: an old number stays good, it leads there
    Column("merged_into", ForeignKey("stories.id", ondelete="CASCADE"), index=True),
)

#: Each article is in one story at most.
story_members = Table(
    "story_members",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, unique=True),
)

#: What matching knows of an article that search finds; a text that a reader brought has no row.
placings = Table(
    "placings",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("due_at", Moment, index=True),  # since when it waits to be matched; null: it is
    Column("crowded", Float, nullable=False),  # claims.matching.stories.crowdedness
)

#: How alike two matched articles are, each pair both ways; pairs with nothing in common have no row.
likes = Table(
    "likes",
    metadata,
    Column("one", ForeignKey("placings.article_id", ondelete="CASCADE"), primary_key=True),
    Column("two", ForeignKey("placings.article_id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("alike", Float, nullable=False),
)

comparisons = Table(
    "comparisons",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("asked", AnyText, nullable=False),  # the address or "text:<hash>" that was asked about
    Column("asked_key", String(_KEY), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("story_id", ForeignKey("stories.id"), nullable=False, index=True),
    Column("body", Text, nullable=False),  # JSON of the comparison without its articles
    Index(None, "asked_key", "made_at"),
    # an id that comes back would give an old button somebody else's answer
    sqlite_autoincrement=True,
)

comparison_versions = Table(
    "comparison_versions",
    metadata,
    Column("comparison_id", ForeignKey("comparisons.id", ondelete="CASCADE"), primary_key=True),
    Column("version", ForeignKey("versions.version"), primary_key=True, index=True),
    Column("position", Integer),  # among the comparison's articles; null for a version that is evidence only
)

claims = Table(
    "claims",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("comparison_id", ForeignKey("comparisons.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("row", String(8), nullable=False),
    Column("version", ForeignKey("versions.version"), nullable=False, index=True),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("authority", String(_NAME), nullable=False),
    Column("quotation_type", String(_NAME)),
    Column("source", AnyText),
    Column("source_description", AnyText),
    Column("cue", AnyText),
    Column("certainty", String(_NAME), nullable=False),
    Column("polarity", String(_NAME), nullable=False),
    Column("attributed_to_outlet", AnyText),
)

messages = Table(
    "messages",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("comparison_id", ForeignKey("comparisons.id", ondelete="CASCADE"), nullable=False, index=True),
)

updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("raw", AnyText, nullable=False),
    Column("received_at", Moment, nullable=False, index=True),
    Column("state", String(8), nullable=False, index=True),  # new, done, poison
    Column("error", AnyText),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("owner", String(255), nullable=False),
    Column("expires_at", Moment, nullable=False),
)

asks = Table(
    "asks",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("person", BigInteger, nullable=False, index=True),
    Column("asked", AnyText, nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("chat_id", BigInteger, index=True),
)

#: Our messages that answer a person's message: after a crash, or when it is edited, they are gone on with.
replies = Table(
    "replies",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("asked_id", BigInteger, primary_key=True, autoincrement=False),  # the person's message
    Column("position", Integer, primary_key=True, autoincrement=False),  # of the question in it
    Column("message_id", BigInteger, nullable=False),
    Column("sent_at", Moment, nullable=False, index=True),
)

#: What a chat has set, and whether it takes messages; a private chat has its person's number.
chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("auto_answer", Boolean, nullable=False),  # in a group: links are answered unasked
    Column("closed_at", Moment),  # null: it takes messages
    Column("closed_why", AnyText),
    Column("language", String(8)),  # of the interface; null: as Telegram says, else English
    Column("zone", String(64)),  # null: UTC
    Column("outlets_first", Strings),  # keys of outlets in the order wanted
    Column("short", Boolean),
)

jobs = Table(
    "jobs",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("due_at", Moment, nullable=False, index=True),
    Column("owner", String(255)),  # the process that is at it
    Column("held_until", Moment),  # null or past: free to be taken
)

host_turns = Table(
    "host_turns",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("free_at", Moment, nullable=False),  # from when on the next visit may begin
)

sources = Table(
    "sources",
    metadata,
    Column("id", String(_KEY), primary_key=True),
    Column("outlet", ForeignKey("outlets.key"), nullable=False, index=True),
    Column("url", AnyText, nullable=False),
    Column("found", Boolean, nullable=False),  # on the outlet's own pages; else a row of the registry
    Column("due_at", Moment, nullable=False),
    Column("read_at", Moment),  # null: never with success
    Column("fast", Float, nullable=False),  # new items a second, over a short while
    Column("slow", Float, nullable=False),  # the same, over a day
    Column("failures", Integer, nullable=False),  # in a row
    Column("error", AnyText),
    Column("etag", AnyText),
    Column("modified", AnyText),
)

#: What the sources (feeds and sitemaps) have listed, each address once; ``due_at`` null: nothing more to do.
items = Table(
    "items",
    metadata,
    Column("id", String(_KEY), primary_key=True),
    Column("outlet", ForeignKey("outlets.key"), nullable=False),
    Column("url", AnyText, nullable=False),
    Column("guid", String(_KEY)),
    Column("title", AnyText, nullable=False),
    Column("summary", AnyText, nullable=False),
    Column("published_at", Moment),
    Column("first_seen", Moment, nullable=False),
    Column("state", String(8), nullable=False),  # new, held, closed, double, gone
    Column("due_at", Moment),
    Column("tries", Integer, nullable=False),  # in the present state
    Column("article_id", String(_KEY), index=True),  # the article that it turned out to be
    Column("version", String(_VERSION)),  # as last read
    Column("error", AnyText),
    Column("etag", AnyText),
    Column("modified", AnyText),
    Index(None, "outlet", "state", "due_at"),
    Index(None, "outlet", "guid"),
    Index(None, "first_seen"),
)

#: How the collector gets on with an outlet, for admins.
outlet_states = Table(
    "outlet_states",
    metadata,
    Column("outlet", ForeignKey("outlets.key"), primary_key=True),
    Column("failures", Integer, nullable=False),  # in a row
    Column("broken", Integer, nullable=False),  # how often in a row the breaker has opened
    Column("open_until", Moment),  # no visit before; null: closed
    Column("error", AnyText),
    Column("error_at", Moment),
    Column("read_at", Moment),  # last success
    Column("searched_at", Moment),  # when its pages were last looked through for feeds
    Column("fruitless", Integer, nullable=False),  # searches in a row that gave none
)

#: Who administers, beside the owner, whom the settings name.
staff = Table(
    "staff",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(16), nullable=False),
    Column("since", Moment, nullable=False),
)

#: Every act of an admin, written in the transaction that does it. The newest id tells whether anything has changed.
audit = Table(
    "audit",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", BigInteger, nullable=False),
    Column("act", String(32), nullable=False, index=True),
    Column("what", AnyText, nullable=False),  # the outlet, person, story ... that it was done to
    Column("before", AnyText),
    Column("after", AnyText),
    sqlite_autoincrement=True,
)

#: What an admin has been shown and not confirmed yet.
drafts = Table(
    "drafts",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("who", BigInteger, nullable=False),
    Column("act", String(32), nullable=False),
    Column("body", AnyText, nullable=False),
    Column("made_at", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)

#: Thresholds that differ from their defaults.
policy = Table(
    "policy",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Float, nullable=False),
)

#: People whom an admin has given something of their own.
people = Table(
    "people",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("blocked_at", Moment),  # null: answered
    Column("questions", Integer),  # so many at a time; null: as everybody
)

outlet_orders = Table(
    "outlet_orders",
    metadata,
    Column("outlet", ForeignKey("outlets.key"), primary_key=True),
    Column("pause_s", Float, nullable=False),  # between two visits to one of its hosts, at least
)

#: Addresses that are never fetched again: a whole domain with all below it, or one page.
takedowns = Table(
    "takedowns",
    metadata,
    Column("id", String(_KEY), primary_key=True),
    Column("address", AnyText, nullable=False),
    Column("domain", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

#: Articles that an admin has told to be of different stories; each pair stands here both ways.
apart = Table(
    "apart",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("other_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
)

#: What became of each question, with nothing of who asked it.
outcomes = Table(
    "outcomes",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("outcome", String(8), nullable=False),  # answered, stored, error, limited
    Column("seconds", Float, nullable=False),
    Column("held", Integer, nullable=False),  # articles of the answer that were read
    Column("missed", Integer, nullable=False),  # those that were closed to us or not reached
)
