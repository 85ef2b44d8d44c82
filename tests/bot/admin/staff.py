"""Who administers in these tests, and what stands on a screen."""

from typing import Any

OWNER, ADMIN, MODERATOR, STRANGER = 2001, 2002, 2003, 2004


def labels(message: Any) -> list[str]:
    return [button["text"] for row in message["buttons"] for button in row]


def data_of(message: Any, text: str) -> str:
    [found] = [button["data"] for row in message["buttons"] for button in row if button["text"] == text]
    return str(found)
