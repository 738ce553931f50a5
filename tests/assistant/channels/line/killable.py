"""A server process that kills itself, by SIGKILL, at a named step of the way from an event to its answer."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Sequence
from datetime import timedelta
from multiprocessing.connection import Connection

import uvicorn
from fastapi import FastAPI

from assistant.channels.line.composing import Composer
from assistant.channels.line.timing import Timing
from assistant.channels.line.webhook import LineOptions, router_of
from assistant.channels.line.worker import Worker
from assistant.channels.service import Service
from assistant.config import ROOT
from assistant.ports import SystemClock
from assistant.records.conversations import Conversations
from assistant.records.database import open_database
from assistant.records.feedback import FeedbackBook
from assistant.records.line_chats import LineChats
from assistant.records.line_events import EventState, Incoming, Messages, OpenEvent, Route
from assistant.records.line_inbox import LineInbox
from assistant.records.line_queue import LineQueue
from ingest.guideline import load_guideline
from tests.assistant.channels.line.event_bodies import SECRET
from tests.assistant.channels.line.fake_line import ACCESS_TOKEN
from tests.fakes import FakeAssistant

# In the order of the way; the two of OUTSIDE are killed by the test.
STEPS = (
    "before it is stored",
    "stored, before the 200",
    "behind the 200",
    "taken by the worker",
    "answered, answer not kept",
    "answer kept",
    "noted as sending",
    "LINE has taken it",
    "LINE's word seen, not noted",
    "settled",
)
OUTSIDE = ("behind the 200", "LINE has taken it")
TIMING = Timing(
    lease=timedelta(seconds=0.3),
    poll=timedelta(seconds=0.02),
    first_wait=timedelta(seconds=0.02),
    accept=timedelta(seconds=10),
)


def serve(step: str, url: str, line_url: str, told: Connection) -> None:
    """Serve the webhook on a free port, which `told` is sent, until killed; an empty step kills nowhere."""
    clock = SystemClock()
    database = open_database(url)
    conversations, chats = Conversations(database, clock), LineChats(database, clock)
    guideline = load_guideline(ROOT / "corpus" / "digital-cluster")
    service = Service(
        assistants={"digital-cluster": FakeAssistant(guideline, conversations, clock)},
        default_programme="digital-cluster",
        feedback=FeedbackBook(database, clock),
        conversations=conversations,
        database=database,
        version="1.2.3",
    )
    options = LineOptions(SECRET, ACCESS_TOKEN, line_url, timing=TIMING)
    queue = _Queue(database, clock, TIMING.lease)
    inbox = _Inbox(database, clock)
    queue.step = inbox.step = step
    worker = Worker(queue, Composer(service, chats, None), clock, TIMING)
    app = FastAPI()
    app.include_router(router_of(inbox, worker, options, clock))
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        told.send(listener.getsockname()[1])
        uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False)).run(sockets=[listener])


class _Inbox(LineInbox):
    step = ""

    def receive(self, events: Sequence[Incoming]) -> list[str]:
        _die_at("before it is stored", self.step)
        new = super().receive(events)
        _die_at("stored, before the 200", self.step)
        return new


class _Queue(LineQueue):
    step = ""

    def claim(self, most: int) -> list[OpenEvent]:
        if self.step == "behind the 200":
            return []  # until the test kills it
        taken = super().claim(most)
        if taken:
            _die_at("taken by the worker", self.step)
        return taken

    def keep(self, event_id: str, outgoing: Messages) -> bool:
        _die_at("answered, answer not kept", self.step)
        kept = super().keep(event_id, outgoing)
        _die_at("answer kept", self.step)
        return kept

    def begin(self, event_id: str, route: Route) -> bool:
        begun = super().begin(event_id, route)
        _die_at("noted as sending", self.step)
        return begun

    def settle(self, event_id: str, state: EventState) -> bool:
        _die_at("LINE's word seen, not noted", self.step)
        settled = super().settle(event_id, state)
        _die_at("settled", self.step)
        return settled


def _die_at(here: str, step: str) -> None:
    if here == step:
        os.kill(os.getpid(), signal.SIGKILL)
