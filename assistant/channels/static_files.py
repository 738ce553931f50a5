"""A channel's style sheets, scripts and icons, which browsers may keep."""

from __future__ import annotations

import os

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class KeptFiles(StaticFiles):
    """The files of one channel's package: kept for good at an address with a version, for a day without one."""

    def __init__(self, package: str) -> None:
        super().__init__(packages=[(package, "static")])

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """A file, or 304 if the browser has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        kept = "max-age=31536000, immutable" if b"v=" in scope["query_string"] else "max-age=86400"
        response.headers["Cache-Control"] = f"public, {kept}"
        return response
