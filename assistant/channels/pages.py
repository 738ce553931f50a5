"""Jinja templates -> the pages of a channel; every value is escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse


class Pages:
    """The templates of one channel's package, with its filters and with what all of them know."""

    def __init__(self, package: str, filters: Mapping[str, Callable[..., object]], **known: Any) -> None:  # noqa: ANN401 - whatever templates use
        self._environment = Environment(
            loader=PackageLoader(package),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters.update(filters)
        self._environment.globals.update(known)

    def render(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """A page from a template and its values, the status among them."""
        return HTMLResponse(self._environment.get_template(template).render(values, status=status), status)


def versioned(address: str, content: bytes) -> str:
    """The address of a file: what is new in it has a new one, so browsers may keep it for good."""
    return f"{address}?v={hashlib.sha256(content).hexdigest()[:12]}"
