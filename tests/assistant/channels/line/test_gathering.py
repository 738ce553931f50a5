"""Webhooks that come together are stored together; one that cannot be stored does not take others along."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest

from assistant.channels.line.gathering import Gathering
from assistant.records.line_events import Incoming, Kind
from assistant.records.unavailable import RecordsUnavailable
from tests import loops


def incoming(event_id: str) -> Incoming:
    """An event."""
    return Incoming(event_id, Kind.TEXT, "c", "s", "user", datetime(2026, 11, 22, tzinfo=UTC))


class Inbox:
    """Records the ids of each transaction; waits for `open` first, and refuses what `refused` names."""

    def __init__(self) -> None:
        self.transactions: list[list[str]] = []
        self.open = Event()
        self.refused: dict[str, Exception] = {}

    def receive(self, events: Sequence[Incoming]) -> list[str]:
        """All of them are new."""
        self.open.wait(timeout=10)
        self.transactions.append([event.id for event in events])
        for event in events:
            if event.id in self.refused:
                raise self.refused[event.id]
        return [event.id for event in events]


def run(inbox: Inbox, *webhooks: list[str]) -> list[Any]:
    """What each of several webhooks that come at the same time is told."""

    async def all_of_them() -> list[Any]:
        with ThreadPoolExecutor(1) as threads:
            gathering = Gathering(inbox.receive, threads)
            calls: list[Coroutine[Any, Any, list[str]]] = [
                gathering.receive([incoming(event_id) for event_id in ids]) for ids in webhooks
            ]
            tasks = [asyncio.create_task(call) for call in calls]
            await asyncio.sleep(0)
            inbox.open.set()
            return await asyncio.gather(*tasks, return_exceptions=True)

    return loops.run(all_of_them())


def test_what_comes_together_is_stored_together() -> None:
    """Three webhooks are one transaction, in the order of ids, and each is told of its own events."""
    inbox = Inbox()

    assert run(inbox, ["3"], ["1", "2"], ["4"]) == [["3"], ["1", "2"], ["4"]]
    assert inbox.transactions == [["1", "2", "3", "4"]]


def test_one_bad_webhook_does_not_take_others_along() -> None:
    """What cannot be stored fails alone."""
    inbox = Inbox()
    inbox.refused["2"] = ValueError("odd")
    told = run(inbox, ["1"], ["2"], ["3"])

    assert (told[0], told[2]) == (["1"], ["3"])
    assert isinstance(told[1], ValueError)


@pytest.mark.parametrize("error", [RecordsUnavailable("away"), ValueError("odd")])
def test_everybody_is_told(error: Exception) -> None:
    """When the records are away, or the one webhook is odd, whoever waits is told."""
    inbox = Inbox()
    inbox.refused["1"] = error

    assert run(inbox, ["1"]) == [error]
