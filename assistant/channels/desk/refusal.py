"""What a page says instead of doing what was asked."""

from __future__ import annotations

from starlette.responses import Response

from assistant.channels.problem import Problem


class Refusal(Problem):
    """What was asked is not done; `detail` says to staff why, and what to do."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, message, code="refused", headers=headers)


class SignInNeeded(Exception):  # noqa: N818 - the name is the fact
    """Nobody is signed in; after signing in the browser goes on to where it wanted to."""


class Shown(Exception):  # noqa: N818 - the name is the fact
    """The response is this page, whatever the handler was about to do."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response
