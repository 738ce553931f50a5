"""The pages of this channel, and what their templates know."""

from __future__ import annotations

from importlib.resources import files
from typing import Final, cast

from starlette.requests import Request

from assistant.channels.pages import Pages, versioned
from assistant.channels.web.links import answer_url, clause_url

STYLE: Final = "assistant.css"


def new_pages() -> Pages:
    """The templates of this channel."""
    style = (files(__package__) / "static" / STYLE).read_bytes()
    return Pages(
        str(__package__),
        # 「再申請 · A類 第3點」 below its parents is 「第3點」.
        {"short": lambda label: label.rpartition(" ")[2]},
        style=versioned(f"/static/{STYLE}", style),
        answer_url=answer_url,
        clause_url=clause_url,
    )


def pages_of(request: Request) -> Pages:
    """The pages of this app."""
    return cast("Pages", request.app.state.pages)
