"""The local chat and the page of an answer: server-rendered, complete without JavaScript.

Every page comes with a policy that allows no script and no style but our own. A form counts only when it was sent from
this page. What a reader sent as text is shown to the browser that sent it and to no other.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import answer, texts
from bot.asking import asked_in, left_over
from bot.blocks import Block, Run, directed
from bot.language import ENGLISH, _, closest, language, right_to_left, speaking, time
from bot.miniapp.conversation import COOKIE, Conversation, opened, sealed
from bot.parts import beyond, parts
from bot.table import table
from claims.contract import as_json
from newsroom.desk import Answer, Desk

BODY_MAX = 1_000_000  # bytes of a form: 40,000 characters of any script, as forms write them
COOKIE_S = 30 * 24 * 3600  # as long as a person's questions are kept
FOLDER = Path(__file__).parent
HEADERS = {
    b"content-security-policy": (
        b"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",  # with none at all a form comes with the origin "null"
}


def make_app(
    desk: Desk, *, links: Sequence[tuple[str, str]], roles: Sequence[str], secret: str, routes: Sequence[Route] = ()
) -> Starlette:
    """The web role. ``links``: (title, address) of the sample; ``secret`` seals cookies; ``routes``: further ones."""
    pages = _Pages(desk, Conversation(desk), links=links, roles=roles, secret=secret)
    return Starlette(
        routes=[
            *routes,
            Route("/", pages.chat),
            Route("/ask", pages.ask, methods=["POST"]),
            Route("/turn/{key}", pages.turn),
            Route("/answer/{id:int}.json", pages.contract),
            Route("/answer/{id:int}", pages.answer),
            Route("/healthz", pages.health),
            *(Route(f"/{name}", _file(name)) for name in ("style.css", "chat.js")),
        ],
        middleware=[Middleware(_Headers), Middleware(_Spoken)],
        exception_handlers={404: pages.missing},
        lifespan=pages.lifespan,
    )


class _Pages:
    """One method a route."""

    def __init__(
        self,
        desk: Desk,
        conversation: Conversation,
        *,
        links: Sequence[tuple[str, str]],
        roles: Sequence[str],
        secret: str,
    ) -> None:
        self._desk = desk
        self._conversation = conversation
        self._links = links
        self._roles = roles
        self._secret = secret
        self._templates = Environment(
            loader=PackageLoader("bot", "miniapp"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {"texts": texts, "language": language, "right_to_left": right_to_left}
        self._templates.globals["directed"] = _directed

    @asynccontextmanager
    async def lifespan(self, __: Starlette) -> AsyncIterator[None]:
        """Ends questions under way when the server stops."""
        yield
        await self._conversation.close()

    async def chat(self, request: Request) -> Response:
        """The conversation of this browser so far, the sample story, and the form."""
        keys = opened(request.cookies.get(COOKIE), self._secret)
        turns = [turn for key in keys if (turn := await self._conversation.turn(key))]
        return self._page("chat.html", turns=turns, links=self._links, waiting=any(not turn.done for turn in turns))

    async def ask(self, request: Request) -> Response:
        """Take a question and go back to the chat, where its answer appears."""
        if not _from_here(request):
            return self._page("message.html", status=403, message=texts.FOREIGN_FORM)
        body = await _body(request)
        if body is None:
            return self._page("message.html", status=413, message=texts.TOO_LONG)
        text = parse_qs(body.decode("ascii", "replace")).get("asked", [""])[0].replace("\r\n", "\n").strip()
        keys = await self._listed(request)
        keys += self._taken(text) if text else []
        response = RedirectResponse("/#latest", status_code=303)
        response.set_cookie(
            COOKIE,
            sealed(keys, self._secret),
            max_age=COOKIE_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    def _taken(self, text: str) -> list[str]:
        asked = asked_in(text, links_in=self._desk.links_in)
        if asked.reply:
            return [self._conversation.say(text, asked.reply).key]
        keys = []
        for query in asked.queries:
            busy = self._conversation.busy
            turn = self._conversation.say(text, texts.BUSY) if busy else self._conversation.ask(query)
            keys.append(turn.key)
        if asked.rest:
            keys.append(self._conversation.say(" ".join(asked.rest), left_over(asked)).key)
        return keys

    async def _listed(self, request: Request) -> list[str]:
        """The browser's list; what is answered by now stands there by its answer, which outlives this process."""
        keys = []
        for key in opened(request.cookies.get(COOKIE), self._secret):
            turn = await self._conversation.turn(key)
            if turn is not None:
                keys.append(f"a{turn.answer.id}" if turn.answer else key)
        return keys

    async def turn(self, request: Request) -> Response:
        """One question as a piece of the chat, for the script that keeps it fresh."""
        key = request.path_params["key"]
        turn = await self._conversation.turn(key) if key in opened(request.cookies.get(COOKIE), self._secret) else None
        if turn is None:
            return self._page("message.html", status=404, message=texts.PAGE_MISSING)
        return self._page("turn.html", turn=turn)

    async def answer(self, request: Request) -> Response:
        """The whole comparison side by side."""
        found = await self._allowed(request)
        if found is None:
            return await self.missing(request, None)
        comparison = found.comparison
        behind = {part.key: part for part in parts(comparison, held_at=found.made_at)}
        return self._page(
            "answer.html",
            title=answer.headline(comparison),
            head=answer.head(comparison),
            table=table(comparison),
            beyond=beyond(comparison),
            parts=[behind[key] for key in ("q", "g", "s") if key in behind],
            made=texts.MADE.format(time=time(found.made_at)),
            json_path=f"/answer/{found.id}.json",
        )

    async def contract(self, request: Request) -> Response:
        """The comparison as the JSON of the contract."""
        found = await self._allowed(request)
        if found is None:
            return JSONResponse({"error": _(texts.PAGE_MISSING)}, status_code=404)
        return Response(as_json(found.comparison), media_type="application/json")

    async def health(self, __: Request) -> Response:
        """For whoever watches the process."""
        return JSONResponse({"ok": True, "roles": list(self._roles), "attribution_model": self._desk.has_model})

    async def missing(self, __: Request, ___: Exception | None) -> Response:
        """What is not there, in one sentence."""
        return self._page("message.html", status=404, message=texts.PAGE_MISSING)

    async def _allowed(self, request: Request) -> Answer | None:
        """The answer, unless it rests on a text that another reader brought."""
        number = request.path_params["id"]
        found = await self._desk.recall(str(number)) if number < 2**63 else None
        if found is None or not found.private:
            return found
        for key in opened(request.cookies.get(COOKIE), self._secret):
            turn = await self._conversation.turn(key)
            if turn is not None and turn.answer is not None and turn.answer.id == found.id:
                return found
        return None

    def _page(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        body = self._templates.get_template(template).render(**values)
        return HTMLResponse(body, status_code=status, headers={"cache-control": "no-store"})


class _Spoken:
    """Answers in the browser's language, as far as it is one of ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = Headers(scope=scope).get("accept-language", "") if scope["type"] == "http" else ""
        tags = (tag.partition(";")[0].strip() for tag in wanted.split(","))  # browsers send them in order
        with speaking(next(filter(None, map(closest, tags)), ENGLISH)):
            await self._app(scope, receive, send)


class _Headers:
    """Adds the policy to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *HEADERS.items()]}
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def _directed(block: Block) -> list[tuple[Run, str]]:
    """A line's runs with their texts in order, also from right to left."""
    sign, shown = directed(block)
    texts = (sign + shown[0], *shown[1:]) if shown else ()
    return list(zip(block.runs, texts, strict=True))


def _from_here(request: Request) -> bool:
    """Whether a form was sent from this page. What sends neither header is no browser, and has no cookie to misuse."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def _body(request: Request) -> bytes | None:
    """The form's bytes, None where they are more than BODY_MAX."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MAX:
            return None
    return body


def _file(name: str) -> Callable[[Request], Response]:
    def serve(_: Request) -> Response:
        return FileResponse(FOLDER / name, headers={"cache-control": "no-cache"})

    return serve
