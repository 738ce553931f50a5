"""Jinja templates -> HTML pages; every value is escaped."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import Final, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.channels.web.links import ask_url, clause_url

STYLE: Final = "assistant.css"


class Pages:
    """The templates of this channel."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader(__package__),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        # 「再申請 · A類 第3點」 below its parents is 「第3點」.
        self._environment.filters["short"] = lambda label: label.rpartition(" ")[2]
        style = (files(__package__) / "static" / STYLE).read_bytes()
        # A new style has a new address, so browsers may keep it for good.
        version = hashlib.sha256(style).hexdigest()[:12]
        self._environment.globals.update(
            style=f"/static/{STYLE}?v={version}", ask_url=ask_url, clause_url=clause_url
        )

    def render(self, template: str, **values: object) -> HTMLResponse:
        """A page from a template and its values."""
        return HTMLResponse(self._environment.get_template(template).render(values))


def pages_of(request: Request) -> Pages:
    """The pages of this app."""
    return cast("Pages", request.app.state.pages)
