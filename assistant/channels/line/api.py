"""Messages -> LINE's servers, through the official SDK; what became of each request, told apart."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from enum import Enum, auto
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import structlog
from aiohttp import ClientConnectorError, ClientError
from linebot.v3.messaging import (
    ApiException,
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    Message,
    PushMessageRequest,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
)

from assistant.records.line_events import Messages

SHORTEST_LOADING: Final = 5
LONGEST_LOADING: Final = 60
_DEAD_TOKEN: Final = "invalid reply token"  # noqa: S105 - LINE's words for one
_SPENT: Final = "monthly limit"
_BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _CONFLICT, _TOO_MANY, _SERVER = 400, 401, 403, 409, 429, 500
_LOGGED: Final = 200
_log = structlog.get_logger(__name__)


class Sent(Enum):
    """
    What became of a request.

    DELIVERED: LINE took the messages (or had taken them before, as 409 says).
    DEAD_TOKEN: the reply token was used, or is too old. REFUSED: LINE will never take
    these messages. SPENT: the month's messages are used up. NOT_SENT: nothing was taken,
    later it may be. UNKNOWN: no answer was seen, or a server error; it may have been taken.
    """

    DELIVERED = auto()
    DEAD_TOKEN = auto()
    REFUSED = auto()
    SPENT = auto()
    NOT_SENT = auto()
    UNKNOWN = auto()


class LineApi:
    """LINE's Messaging API; get one from `open_api`, inside the running loop that uses it."""

    def __init__(self, api: AsyncMessagingApi, seconds: float) -> None:
        self._api, self._seconds = api, seconds

    async def reply(self, token: str, messages: Messages) -> Sent:
        """Send one reply, which is free; a token works once, within a minute."""
        request = ReplyMessageRequest(reply_token=token, messages=_models(messages))
        call = self._api.reply_message_with_http_info(request, _request_timeout=self._seconds)
        return await _outcome("message/reply", call)

    async def push(self, to: str, messages: Messages, event_id: str) -> Sent:
        """Send without a token, which LINE counts; however often it is called, an event's push arrives once."""
        request = PushMessageRequest(to=to, messages=_models(messages))
        call = self._api.push_message_with_http_info(
            request, x_line_retry_key=retry_key(event_id), _request_timeout=self._seconds
        )
        return await _outcome("message/push", call)

    async def may_push(self) -> bool:
        """Whether the month's messages leave room for one more, as far as LINE tells; True if it does not."""
        try:
            quota = await self._api.get_message_quota(_request_timeout=self._seconds)
            used = await self._api.get_message_quota_consumption(_request_timeout=self._seconds)
        except (ApiException, ClientError, TimeoutError, OSError) as error:
            _log.warning("line quota not told", error=type(error).__name__)
            return True  # the push itself is refused if it is spent
        return quota.value is None or used.total_usage < quota.value

    async def show_loading(self, user_id: str, seconds: float) -> None:
        """Three moving dots in a one-to-one chat until a message arrives; nothing depends on them."""
        request = ShowLoadingAnimationRequest(chat_id=user_id, loading_seconds=loading_seconds(seconds))
        call = self._api.show_loading_animation_with_http_info(
            request, _request_timeout=min(self._seconds, 2.0)
        )
        await _outcome("chat/loading/start", call)


@asynccontextmanager
async def open_api(host: str, token: str, seconds: float) -> AsyncIterator[LineApi]:
    """The API at `host`, each request given `seconds`; closed afterwards."""
    async with AsyncApiClient(Configuration(host=host, access_token=token)) as client:
        yield LineApi(AsyncMessagingApi(client), seconds)


def loading_seconds(left: float) -> int:
    """The steps of 5 that fit into the time left: behind it no answer can come, and nothing should move."""
    return max(SHORTEST_LOADING, min(LONGEST_LOADING, int(left) // 5 * 5))


def retry_key(event_id: str) -> str:
    """The same UUID for every attempt at an event's push; LINE remembers it for a day."""
    return str(uuid5(NAMESPACE_URL, f"line-event:{event_id}"))


def _models(messages: Messages) -> list[Message]:
    return [Message.from_dict(message) for message in messages]


async def _outcome(endpoint: str, call: Awaitable[Any]) -> Sent:
    """What LINE advises to log is logged: endpoint, status and its request id, no ids of people."""
    try:
        response = await call
    except ApiException as error:
        sent = _refusal(error)
        request_id = (error.headers or {}).get("x-line-request-id")
        _log.warning(
            "line request", endpoint=endpoint, status=error.status, line_request_id=request_id, outcome=sent.name,
            said=_message_of(error)[:_LOGGED],
        )  # fmt: skip
        return sent
    except (ClientError, TimeoutError, OSError) as error:
        sent = Sent.NOT_SENT if isinstance(error, ClientConnectorError) else Sent.UNKNOWN
        _log.warning("line request", endpoint=endpoint, error=type(error).__name__, outcome=sent.name)
        return sent
    request_id = (response.headers or {}).get("x-line-request-id")
    _log.info("line request", endpoint=endpoint, status=response.status_code, line_request_id=request_id)
    return Sent.DELIVERED


def _refusal(error: ApiException) -> Sent:
    said = _message_of(error).lower()
    if error.status == _CONFLICT:
        return Sent.DELIVERED
    if error.status == _BAD_REQUEST and _DEAD_TOKEN in said:
        return Sent.DEAD_TOKEN
    if error.status == _TOO_MANY:
        return Sent.SPENT if _SPENT in said else Sent.NOT_SENT
    if error.status in {_UNAUTHORIZED, _FORBIDDEN}:
        return Sent.NOT_SENT  # a wrong access token may be put right while the reply token lives
    return Sent.UNKNOWN if error.status >= _SERVER else Sent.REFUSED


def _message_of(error: ApiException) -> str:
    try:
        return str(json.loads(error.body)["message"])
    except (ValueError, TypeError, KeyError):
        return ""
