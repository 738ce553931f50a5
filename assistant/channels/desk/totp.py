"""Codes of an authenticator app, by RFC 6238: six digits, thirty seconds, SHA-1, as every app takes them."""

from __future__ import annotations

import hmac
from base64 import b32decode, b32encode
from datetime import datetime
from secrets import token_bytes
from typing import Final
from urllib.parse import quote

SECONDS: Final = 30
_DIGITS: Final = 6
_BYTES: Final = 20  # as many as SHA-1 gives (RFC 4226)
# Clocks differ, and typing takes its time.
_NEAR: Final = (0, -1, 1)


def new_secret() -> str:
    """A secret for an app, in base 32."""
    return b32encode(token_bytes(_BYTES)).decode()


def is_secret(text: str) -> bool:
    """Whether this is one that `new_secret` makes."""
    try:
        return len(b32decode(text)) == _BYTES
    except ValueError:
        return False


def code_at(secret: str, step: int) -> str:
    """The code of a step; steps are counted from 1970."""
    mac = hmac.digest(b32decode(secret), step.to_bytes(8), "sha1")
    at = mac[-1] & 15
    number = int.from_bytes(mac[at : at + 4]) & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def step_of(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The step near a moment that has this code; None if none has, or only one up to `after`, which was used."""
    told = "".join(code.split()).encode()
    current = int(now.timestamp()) // SECONDS
    found = [
        step
        for step in (current + near for near in _NEAR)
        if hmac.compare_digest(code_at(secret, step).encode(), told)
    ]
    return next((step for step in found if step > after), None)


def app_address(secret: str, account: str, issuer: str) -> str:
    """What an app on the same device opens."""
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?secret={secret}&issuer={quote(issuer)}"
