"""The console's pages: what their templates call things, and how they say when something was."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

from assistant.channels.pages import Pages, versioned
from assistant.ports import TAIPEI, Clock

WORDING: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    (files(__package__) / "wording.toml").read_text(encoding="utf8")
)
_WEEKDAYS: Final = "一二三四五六日"


def new_pages(clock: Clock) -> Pages:
    """The templates of this channel; each knows every table of wording.toml, and `now()`."""
    return Pages(
        str(__package__),
        {"moment": moment, "ago": lambda at: ago(at, clock.now())},
        **WORDING,
        now=clock.now,
        asset=_asset,
        signed=None,
        here="",
    )


@cache
def _asset(name: str) -> str:
    return versioned(f"/desk/static/{name}", (files(__package__) / "static" / name).read_bytes())


def moment(at: datetime) -> str:
    """A moment in Taiwan: 2024-03-01 09:30."""
    return f"{at.astimezone(TAIPEI):%Y-%m-%d %H:%M}"


def ago(at: datetime, now: datetime) -> str:
    """How long ago, roughly; the day if it is longer than that: 3月1日（五）."""
    minutes = int((now - at).total_seconds()) // 60
    if minutes < 1:
        return "剛剛"
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return f"{minutes} 分鐘前"
    if minutes < 24 * 60:
        return f"{minutes // 60} 小時前"
    local = at.astimezone(TAIPEI)
    return f"{local.month}月{local.day}日（{_WEEKDAYS[local.weekday()]}）"
