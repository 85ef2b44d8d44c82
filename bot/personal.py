"""What is kept of a person, for that person: /privacy says it, /export_me sends it, /forget erases it."""

import json
from dataclasses import asdict

from bot import texts
from bot.screens import sentences
from bot.sending import Sender
from newsroom.inbox import Inbox

FILE = "second-source-my-data.json"


async def export_me(inbox: Inbox, sender: Sender, person: int) -> None:
    """Send a person all that is kept of them, as a file."""
    kept = await inbox.traces(person)
    digests, follows = await inbox.standing_of(person)
    body = {
        "person": person,
        "questions": [{"at": at.isoformat(), "chat": chat, "asked": asked} for at, chat, asked in kept.asks],
        "answers": [{"message": message, "answer": answer} for message, answer in kept.answers],
        "texts": list(kept.texts),
        "updates": [json.loads(raw) for raw in kept.updates],
        "settings": asdict(kept.settings) if kept.settings else None,
        "reports": [
            {"at": one.at.isoformat(), "answer": one.comparison_id, "kind": one.kind, "row": one.row, "text": one.text}
            for one in kept.reports
        ],
        "digests": [
            {"chat": one.chat_id, "name": one.title, "state": one.state, "settings": json.loads(one.settings)}
            for one in digests
        ],
        "followed": [{"story": one.title, "since": one.made_at.isoformat()} for one in follows],
    }
    content = json.dumps(body, ensure_ascii=False, indent=2).encode("utf-8", "replace")
    if await sender.send_file(person, FILE, content):
        await sender.send(person, sentences(texts.EXPORTED).html)


async def forget(inbox: Inbox, sender: Sender, person: int) -> None:
    """Erase all that is kept of a person."""
    rows = await inbox.forget_person(person)
    await sender.send(person, sentences(texts.FORGOTTEN if rows else texts.NOTHING_KEPT).html)
