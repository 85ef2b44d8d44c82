"""Updates that Telegram posts to us: written down, then acknowledged. The bot takes them up from the inbox."""

import hmac
import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from claims.errors import BadInput, StoreFault
from newsroom.inbox import Inbox

UPDATE_BYTES = 1_000_000  # Telegram's own updates stay below some 100 kB
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 -- the header's name, no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram posts to, and the secret that it sends along. Raises BadInput without a secret."""

    url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.secret:
            raise BadInput("A webhook needs a secret. Set SECOND_SOURCE_WEBHOOK_SECRET to 1 to 256 letters and digits.")

    def route(self, inbox: Inbox) -> Route:
        """The route behind the address: 403 without the secret, 400 for what is no update, 503 when not written down.

        Only after the commit comes a 200: what Telegram does not hear acknowledged, it sends again.
        """

        async def receive(request: Request) -> Response:
            if not hmac.compare_digest(request.headers.get(SECRET_HEADER, ""), self.secret):
                return Response(status_code=403)
            body = b""
            async for part in request.stream():
                body += part
                if len(body) > UPDATE_BYTES:
                    return Response(status_code=413)
            try:
                update = json.loads(body)
                update_id = int(update["update_id"])
            except (ValueError, TypeError, KeyError):
                return Response(status_code=400)
            try:
                await inbox.write_updates([(update_id, json.dumps(update))])
            except StoreFault:
                return Response(status_code=503)
            return Response()

        return Route(urlsplit(self.url).path or "/", receive, methods=["POST"])
