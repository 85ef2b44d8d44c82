"""/metrics: what this process did and what waits, and nothing of who asked what."""

from typing import Any, cast

from httpx2 import ASGITransport, AsyncClient

from bot import metrics
from bot.miniapp.server import make_app
from claims.errors import OutletRefused, StoreFault
from newsroom.desk import Desk
from newsroom.machine_care import MachineCare, Waiting
from tests.bot.loopback import ANNA, LINK, TOKEN, StoryDesk, edited, running
from tests.bot.stories import MADE_AT


async def scraped(desk: StoryDesk, waiting: Any) -> dict[str, float]:
    """Sample -> value, as Prometheus reads it."""
    app = make_app(
        cast(Desk, desk), links=(), roles=("web",), secret="x", routes=[metrics.route(waiting, ("web", "bot"))]
    )
    async with AsyncClient(transport=ASGITransport(app), base_url="http://here") as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert TOKEN not in answer.text
    assert LINK not in answer.text
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


async def test_questions_calls_and_what_waits_are_counted(telegram: Any, desk: StoryDesk) -> None:
    machine = MachineCare(desk.store, lambda: MADE_AT)
    await desk.store.write_updates([(1, "{}"), (2, "{}"), (3, "{}")], now=MADE_AT)
    await desk.store.close_updates([3], error="broken")
    await desk.store.jobs.plan("outlet", [("a", MADE_AT), ("b", MADE_AT.replace(year=2100))])
    before = await scraped(desk, machine.waiting)
    assert before['second_source_updates{state="waiting"}'] == 2
    assert before['second_source_updates{state="poison"}'] == 1
    jobs = {state: before[f'second_source_jobs{{kind="outlet",state="{state}"}}'] for state in ("all", "due", "held")}
    assert jobs == {"all": 2, "due": 1, "held": 0}
    assert before['second_source_role{role="bot"}'] == 1

    await telegram.people.fault("flood", method="sendMessage", seconds=1, times=1)
    async with running(telegram, desk):
        await telegram.people.send(ANNA, LINK)
        await edited(telegram, "Reported by")
        desk.raises = [OutletRefused("Closed.", link=LINK)]
        await telegram.people.send(ANNA, f"{LINK}/2")
        await edited(telegram, "Closed.")
    after = await scraped(desk, machine.waiting)

    def more(name: str) -> float:
        return after.get(name, 0.0) - before.get(name, 0.0)

    assert more("second_source_questions_asked_total") == 2
    assert more('second_source_questions_answered_total{outcome="answered"}') == 1
    assert more('second_source_questions_answered_total{outcome="error"}') == 1
    assert more("second_source_answer_seconds_count") == 1
    assert more('second_source_telegram_calls_total{method="sendMessage",status="429"}') == 1
    assert more('second_source_telegram_calls_total{method="sendMessage",status="200"}') >= 2
    assert more('second_source_telegram_calls_total{method="getUpdates",status="200"}') >= 1
    [first, second] = await desk.store.figures.outcomes(since=MADE_AT)
    assert (first.outcome, first.held > 0, second.outcome) == ("answered", True, "error")


async def test_without_the_database_the_process_tells_of_itself(desk: StoryDesk) -> None:
    async def down() -> Waiting:
        raise StoreFault("The database cannot be reached.")

    told = await scraped(desk, down)
    assert told["second_source_database_up"] == 0
    assert "second_source_questions_asked_total" in told
