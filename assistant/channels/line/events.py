"""
The body of a webhook -> the events in it that mean something to this bot.

Read from the plain JSON, not through the SDK's models: these raise on an unknown
mode and on a body without events, and turn a text without a quoteToken into an
unknown event. LINE adds fields, types and modes without notice; what is not known is
left out, and so is whatever lacks what it needs.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from assistant.records.line_events import Incoming, Kind
from assistant.records.stored_text import encodable, is_token

# An event's id with a prefix becomes the id of its answer, which has 64 characters at most.
_LONGEST_ID: Final = 59
_HASH_DIGITS: Final = 40
_PRINTABLE: Final = re.compile(r"[\x21-\x7e]{1,512}")
_OWN_ID: Final[Mapping[str, str]] = {"user": "userId", "group": "groupId", "room": "roomId"}
_MEDIA: Final = frozenset({"image", "video", "audio", "file", "location"})
_UNREPLIED: Final = frozenset({Kind.UNSEND, Kind.GONE})

Json = Mapping[str, Any]


class MalformedBody(ValueError):  # noqa: N818 - says what it is
    """The body is no JSON object with a list of events; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """An event for the inbox, and LINE's id of the person, which is nowhere stored; None in a group."""

    event: Incoming
    user_id: str | None


@dataclass(frozen=True, slots=True)
class WebhookReader:
    """
    Reads webhook bodies.

    `secret` keys the hashes under which people are known here. With `keeps_ids` an
    event carries LINE's own id of the person until it is answered, for pushing.
    """

    secret: str
    keeps_ids: bool = False

    def read(self, body: bytes, now: datetime) -> list[Delivered]:
        """
        The events to take up, in the order of the body; `now` stands in for a moment that cannot be read.

        Raises:
            MalformedBody: the body is no JSON object with a list of events.
        """
        try:
            payload = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise MalformedBody("the body is no JSON") from error
        events = payload.get("events") if isinstance(payload, dict) else None
        if not isinstance(events, list):
            raise MalformedBody("the body has no list of events")
        found = (self._event(event, now) for event in events if isinstance(event, dict))
        return [event for event in found if event is not None]

    def hashed(self, kind: str, line_id: str) -> str:
        """40 hexadecimal digits in place of an id of LINE's; without the secret nobody can tell whose."""
        return hmac.new(self.secret.encode(), f"{kind}\n{line_id}".encode(), sha256).hexdigest()[
            :_HASH_DIGITS
        ]

    def _event(self, event: Json, now: datetime) -> Delivered | None:
        source = _object(event, "source")
        place = source.get("type")
        own_id = _printable(source, _OWN_ID.get(place, "")) if isinstance(place, str) else None
        event_id = event.get("webhookEventId")
        if event.get("mode", "active") != "active" or not isinstance(place, str) or own_id is None:
            return None
        if not isinstance(event_id, str) or not is_token(event_id) or len(event_id) > _LONGEST_ID:
            return None
        read = _READERS.get(str(event.get("type")), _nothing)
        said = read(event, place)
        token = _printable(event, "replyToken")
        if said is None or (token is None and said.kind not in _UNREPLIED):
            return None
        alone = place == "user"
        incoming = Incoming(
            id=event_id,
            kind=said.kind,
            chat=self.hashed(place, own_id),
            sender=self.hashed("user", _printable(source, "userId") or own_id),
            place=place,
            happened_at=_moment(event.get("timestamp"), now),
            text=said.text,
            reply_token=None if said.kind in _UNREPLIED else token,
            # A group is never pushed to: each member would count as a message paid for.
            push_to=own_id if alone and self.keeps_ids and said.kind is Kind.TEXT else None,
            message_id=said.message_id,
            redelivered=_object(event, "deliveryContext").get("isRedelivery") is True,
        )
        return Delivered(incoming, own_id if alone else None)


@dataclass(frozen=True, slots=True)
class _EventContent:
    kind: Kind
    text: str | None = None
    message_id: str | None = None


def _message(event: Json, place: str) -> _EventContent | None:
    message = _object(event, "message")
    kind, message_id = message.get("type"), message.get("id")
    message_id = message_id if isinstance(message_id, str) and is_token(message_id) else None
    if kind == "text" and isinstance(message.get("text"), str):
        text = message["text"] if place == "user" else _addressed(message)
        return None if text is None else _EventContent(Kind.TEXT, encodable(text), message_id)
    if place != "user":
        return None  # in a group, only what is said to the bot
    if kind == "sticker":
        return _EventContent(Kind.STICKER, message_id=message_id)
    return _EventContent(Kind.MEDIA, message_id=message_id) if kind in _MEDIA else None


def _unsend(event: Json, _place: str) -> _EventContent | None:
    message_id = _object(event, "unsend").get("messageId")
    usable = isinstance(message_id, str) and is_token(message_id)
    return _EventContent(Kind.UNSEND, message_id=message_id) if usable else None


def _nothing(_event: Json, _place: str) -> _EventContent | None:
    return None


_READERS: Final[Mapping[str, Callable[[Json, str], _EventContent | None]]] = {
    "message": _message,
    "unsend": _unsend,
    "follow": lambda _event, _place: _EventContent(Kind.FOLLOW),
    "join": lambda _event, _place: _EventContent(Kind.JOIN),
    "unfollow": lambda _event, _place: _EventContent(Kind.GONE),
    "leave": lambda _event, _place: _EventContent(Kind.GONE),
}


def _addressed(message: Json) -> str | None:
    """What is said to the bot in a group: the text without the mention of it; None if it is not mentioned."""
    mentionees = _object(message, "mention").get("mentionees")
    mine = (
        [m for m in mentionees if isinstance(m, dict) and m.get("isSelf") is True]
        if isinstance(mentionees, list)
        else []
    )
    if not mine:
        return None
    # Places are counted as LINE counts texts, in UTF-16 code units.
    units = message["text"].encode("utf-16-le", "surrogatepass")
    for mention in sorted(mine, key=_place_of, reverse=True):
        start, length = _place_of(mention)
        if units[2 * start : 2 * start + 2] == "@".encode("utf-16-le"):
            units = units[: 2 * start] + units[2 * (start + length) :]
    return str(units.decode("utf-16-le", "replace")).strip()


def _place_of(mention: Json) -> tuple[int, int]:
    start, length = mention.get("index"), mention.get("length")
    sound = isinstance(start, int) and isinstance(length, int) and start >= 0 and length >= 0
    return (start, length) if sound else (0, 0)  # type: ignore[return-value]


def _object(holder: Json, name: str) -> Json:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def _printable(holder: Json, name: str) -> str | None:
    found = holder.get(name)
    return found if isinstance(found, str) and _PRINTABLE.fullmatch(found) else None


def _moment(milliseconds: object, now: datetime) -> datetime:
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        return now
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return now
