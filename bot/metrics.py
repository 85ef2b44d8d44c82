"""What this process has done and what waits, for Prometheus: one ``/metrics`` a process, beside ``/healthz``.

Counts of what was done are this process's own; what waits is read from the database, and the same in all processes.
Nothing in it is of a person, a chat or a question.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.request import HTTPXRequest

from claims.errors import StoreFault
from newsroom.machine_care import Waiting

PREFIX = "second_source"
#: seconds; what is known comes within half of one, a comparison within some three, and after twenty something is wrong
BUCKETS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 12, 20, 40, 90)

# a second sample for each count that nobody asks for
disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
ASKED = Counter(f"{PREFIX}_questions_asked", "Questions that people have asked.", registry=REGISTRY)
ANSWERED = Counter(
    f"{PREFIX}_questions_answered", "How questions ended: answered, stored, error.", ["outcome"], registry=REGISTRY
)
ANSWER_SECONDS = Histogram(
    f"{PREFIX}_answer_seconds", "From a question to its answer on Telegram.", buckets=BUCKETS, registry=REGISTRY
)
CALLS = Counter(
    f"{PREFIX}_telegram_calls",
    "Calls of Telegram by method and HTTP status: sendMessage is a send, 429 is flood control, 0 is no answer.",
    ["method", "status"],
    registry=REGISTRY,
)
UPDATES = Gauge(f"{PREFIX}_updates", "Updates that wait, or were set aside (poison).", ["state"], registry=REGISTRY)
JOBS = Gauge(
    f"{PREFIX}_jobs", "Jobs by kind: all, due and not taken, held by a process.", ["kind", "state"], registry=REGISTRY
)
ROLE = Gauge(f"{PREFIX}_role", "The roles of this process.", ["role"], registry=REGISTRY)
DATABASE = Gauge(f"{PREFIX}_database_up", "Whether the database answers.", registry=REGISTRY)


class CountedRequest(HTTPXRequest):
    """The way to Telegram, with each call counted."""

    async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """See python-telegram-bot; the method is the end of the address, which holds the token before it."""
        name, status = url.rpartition("/")[2], 0
        try:
            status, body = await super().do_request(url, method, *args, **kwargs)
        finally:
            CALLS.labels(method=name, status=status).inc()
        return status, body


def route(waiting: Callable[[], Awaitable[Waiting]], roles: Sequence[str]) -> Route:
    """``/metrics``; what waits is looked up when it is asked for."""
    for role in roles:
        ROLE.labels(role=role).set(1)

    async def metrics(_: Request) -> Response:
        try:
            _set(await waiting())
            DATABASE.set(1)
        except StoreFault:  # what this process counts itself is told all the same
            DATABASE.set(0)
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

    return Route("/metrics", metrics)


def _set(told: Waiting) -> None:
    UPDATES.labels(state="waiting").set(told.updates)
    UPDATES.labels(state="poison").set(told.poison)
    JOBS.clear()
    for kind, (count, due, held) in told.jobs.items():
        for state, number in (("all", count), ("due", due), ("held", held)):
            JOBS.labels(kind=kind, state=state).set(number)
