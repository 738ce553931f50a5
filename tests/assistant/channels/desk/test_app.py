"""What the console adds to the application."""

from __future__ import annotations

import pytest

from tests.assistant.channels.desk.conftest import Clerk


@pytest.mark.parametrize(
    "name", ["../desk.py", "..%2Fdesk.py", "%2e%2e/desk.py", "desk.css/../../desk.py", "nothing.js"]
)
def test_static_files_are_a_fixed_few(clerk: Clerk, name: str) -> None:
    """No path leads from the static files to any other."""
    assert clerk.http.get(f"/desk/static/{name}").status_code == 404
