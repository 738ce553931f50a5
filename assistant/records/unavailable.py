"""Failure of the database -> a message for whoever runs the service; no password and no path in it."""

from __future__ import annotations

import re
from pathlib import PurePath

from sqlalchemy import URL

# libpq names the socket file when it is spoken to without a host.
_PATH = re.compile(r"""["']?(?<![\w:/])/[^\s"',]+["']?""")


class RecordsUnavailable(RuntimeError):  # noqa: N818 - the name is the fact
    """
    The records cannot be opened, reached, read or written.

    The message says what is wrong and what to do. It holds neither a password
    nor an absolute path, so it may be shown by a readiness check.
    """


def unavailable(url: URL, error: Exception) -> RecordsUnavailable:
    """
    The error to raise for a database at `url` that failed with `error`.

    `error` is of the operating system, of the driver, or of SQLAlchemy, whose
    statement and parameters are left out. Raise the result `from error`.
    """
    reason = _reason(url, error)
    if url.get_backend_name() == "sqlite":
        path = PurePath(url.database or "")
        folder = path.parent.name or path.parent.anchor or "."
        return RecordsUnavailable(
            f"The records file {path.name!r} in the folder {folder!r} cannot be used: {reason}. "
            "Make the folder and the file writable for the user who runs the service, "
            "or name another place in ASSISTANT_DATABASE_URL."
        )
    host = "the local socket" if not url.host or url.host.startswith("/") else url.host
    return RecordsUnavailable(
        f"PostgreSQL at {host}, port {url.port or 5432}, database {url.database!r}, "
        f"cannot be used: {reason}. Start the server, or correct host, user, password "
        "or database in ASSISTANT_DATABASE_URL."
    )


def _reason(url: URL, error: Exception) -> str:
    """The driver's own words, on one line, without what must not be shown."""
    cause = getattr(error, "orig", None) or error
    text = cause.strerror or type(cause).__name__ if isinstance(cause, OSError) else str(cause)
    line = text.strip().splitlines()[0] if text.strip() else type(cause).__name__
    # 'connection to server at "h", port 5432 failed: FATAL:  …': place and severity are said already.
    line = re.sub(r"^(FATAL|ERROR):\s+", "", line.rsplit("failed: ", 1)[-1])
    if url.password:
        line = line.replace(str(url.password), "…")
    return _PATH.sub("…", line).rstrip(".")
