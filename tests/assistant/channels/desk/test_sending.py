"""A reply that is downloaded has a harmless name."""

from __future__ import annotations

import re

import pytest

from assistant.channels.desk.sending import file_name
from tests.assistant.channels.desk.conftest import Clerk


@pytest.mark.parametrize(
    "reference",
    [
        "../../etc/passwd",
        "a/b\\c",
        'x"; filename="evil.exe',
        "行\r\nSet-Cookie: a=b",
        "..",
        "%2e%2e%2f",
        "C:\\x",
    ],
)
def test_export_names_hold_no_path(clerk: Clerk, reference: str) -> None:
    """A case number gets into a file's name as letters and digits only."""
    number = clerk.paste(reference=reference)
    clerk.act(number, "approve")

    answer = clerk.http.get(f"/desk/inquiries/{number}/reply.txt")

    assert re.fullmatch(
        rf'attachment; filename="reply-{number}(-[0-9A-Za-z_-]+)?\.txt"',
        answer.headers["content-disposition"],
    )
    assert "set-cookie" not in answer.headers
    assert re.fullmatch(r"[0-9A-Za-z_-]+", file_name(reference, number))
