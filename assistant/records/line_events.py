"""What one LINE event is between its delivery and its end: as it comes in, and as a worker takes it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final


class Kind(StrEnum):
    """What a person did, as far as it makes a difference to the answer."""

    TEXT = "text"
    STICKER = "sticker"
    MEDIA = "media"
    FOLLOW = "follow"
    JOIN = "join"
    UNSEND = "unsend"
    GONE = "gone"
    TOO_MANY = "too_many"


class EventState(StrEnum):
    """
    How far an event has come.

    Open: received, answering (a worker holds it), ready (the answer is stored),
    sending (a request may have gone out). Settled: answered; expired (the reply token
    died before anything was sent); unconfirmed (a request went out whose end nobody
    saw, and the token is dead now: sent at most once); failed (LINE refused the
    messages); withdrawn (unsent by its writer); limited (over the limit, not answered).
    """

    RECEIVED = "received"
    ANSWERING = "answering"
    READY = "ready"
    SENDING = "sending"
    ANSWERED = "answered"
    EXPIRED = "expired"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    LIMITED = "limited"


class Route(StrEnum):
    """By which of LINE's calls an event is answered."""

    REPLY = "reply"
    PUSH = "push"


OPEN: Final = (EventState.RECEIVED, EventState.ANSWERING, EventState.READY, EventState.SENDING)
Messages = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """
    An event as it was delivered; `chat` and `sender` are hashes, `place` is user, group or room.

    `push_to` is LINE's own id of the person, None unless pushing is turned on.
    `redelivered` is LINE's word for it; it is no proof that the event was seen before.
    """

    id: str
    kind: Kind
    chat: str
    sender: str
    place: str
    happened_at: datetime
    text: str | None = None
    reply_token: str | None = None
    push_to: str | None = None
    message_id: str | None = None
    redelivered: bool = False


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """
    An open event in the hands of a worker.

    `outgoing` are the messages to send, None while there is no answer; `doubtful`
    says that an earlier request may have delivered them.
    """

    id: str
    kind: Kind
    chat: str
    place: str
    received_at: datetime
    text: str | None
    reply_token: str | None
    push_to: str | None
    outgoing: Messages | None
    route: Route
    tries: int
    doubtful: bool


def answer_id_of(event_id: str) -> str:
    """The id of the answer to an event: known before there is one, so that an event is answered once."""
    return f"line-{event_id}"
