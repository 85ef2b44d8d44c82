"""``second-source run``: one process, its roles, one line when it is ready, a clean end on SIGTERM."""

import asyncio
import contextlib
import json
import logging
import os
import secrets
import signal
import socket
import sys

import structlog
import uvicorn
from starlette.types import ASGIApp

from bot import logs, metrics
from bot.app import open_bot
from bot.miniapp.server import make_app
from bot.webhook import Webhook
from claims.errors import BadInput, StoreFault
from newsroom.settings import Settings
from newsroom.wiring import Newsroom, open_newsroom

FORGET_EVERY_S = 24 * 3600.0  # retention is counted in days
FORGET_AGAIN_S = 600.0  # a database that is busy or being restarted is back by then
STOP_S = 10.0  # an answer under way may end; a supervisor kills after some 30 s

_log = structlog.get_logger(__name__)


async def serve(settings: Settings, roles: tuple[str, ...]) -> None:
    """Run the roles until SIGTERM or SIGINT. Raises NewsError where a setting does not fit the world."""
    try:
        await _serve(settings, roles)
    except ExceptionGroup as group:  # what one role raised has ended the others
        raise group.exceptions[0] from None


async def _serve(settings: Settings, roles: tuple[str, ...]) -> None:
    logs.to_stderr(logging.INFO)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    webhook = _webhook(settings)
    listener = _listen(settings.web_host, settings.web_port)
    async with (
        open_newsroom(settings, sample=settings.telegram_bot_token is None) as newsroom,
        asyncio.TaskGroup() as tasks,
    ):
        desk, site = newsroom.desk, newsroom.site
        app = make_app(
            desk,
            links=site.links if site else (),
            roles=roles,
            secret=secrets.token_hex(16),
            routes=[
                metrics.route(newsroom.office.machine.waiting, roles),
                *([webhook.route(desk.inbox)] if webhook and "web" in roles else ()),
            ],
        )
        server = _server(app)
        tasks.create_task(_until_stopped(server, listener, stop))
        if "collector" in roles and settings.collect_seconds:
            tasks.create_task(newsroom.collect(stop))
        if "worker" in roles:
            tasks.create_task(_forget_daily(newsroom, settings.keep_days, stop))
        if "bot" in roles and settings.telegram_bot_token is not None:
            tasks.create_task(_telegram(newsroom, settings, webhook, stop))
        _say_ready(settings, roles, listener)


async def _telegram(newsroom: Newsroom, settings: Settings, webhook: Webhook | None, stop: asyncio.Event) -> None:
    token = settings.telegram_bot_token
    if token is None:
        return
    async with open_bot(
        newsroom.desk,
        token=token.get_secret_value(),
        api_url=settings.telegram_api_url,
        file_url=settings.telegram_file_url,
        rate=settings.telegram_rate,
        owner=settings.replica,
        public_url=settings.public_url,
        webhook=webhook,
        office=newsroom.office,
    ) as bot:
        await bot.run(stop)


def _webhook(settings: Settings) -> Webhook | None:
    if settings.webhook_url is None:
        return None
    secret = settings.webhook_secret
    return Webhook(url=settings.webhook_url, secret=secret.get_secret_value() if secret else "")


async def _forget_daily(newsroom: Newsroom, keep_days: int, stop: asyncio.Event) -> None:
    while not stop.is_set():
        pause = FORGET_EVERY_S
        try:
            await newsroom.desk.forget(keep_days=keep_days)
            await newsroom.office.tidy()
        except StoreFault as fault:
            pause = FORGET_AGAIN_S
            _log.warning("nothing forgotten", fault=str(fault), again_in=pause)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _until_stopped(server: uvicorn.Server, listener: socket.socket, stop: asyncio.Event) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await stop.wait()
    finally:  # also where another role ends the process
        server.should_exit = True
        await serving


def _server(app: ASGIApp) -> uvicorn.Server:
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=int(STOP_S))
    )
    # uvicorn would take the signals and end the process before the bot has stopped
    vars(server)["capture_signals"] = contextlib.nullcontext
    return server


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]  # what follows repeats the address
        raise BadInput(
            f"The page cannot be served on {host}, port {port}: {reason}. "
            "Set SECOND_SOURCE_WEB_PORT to a free port or to 0 for any, and SECOND_SOURCE_WEB_HOST to an address here."
        ) from error


def _say_ready(settings: Settings, roles: tuple[str, ...], listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    web = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    ready = {
        "ready": True,
        "roles": list(roles),
        "web": web,
        "telegram": settings.telegram_bot_token is not None and "bot" in roles,
        "replica": settings.replica,
        "pid": os.getpid(),
    }
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    if sys.stderr.isatty() and not ready["telegram"]:
        sys.stderr.write(f"Open {web} in a browser. Ctrl-C ends it.\n")
