"""Where what the program says of itself goes: to stderr, one JSON line each; answers alone go to stdout."""

import logging
import sys

import structlog

#: they write each address they ask, the bot's token in it, or what only their makers want to know
QUIET = ("httpx", "httpx2", "alembic")


def to_stderr(level: int) -> None:
    """Everything from ``level`` (of ``logging``) on."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
