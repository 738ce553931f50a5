"""Mails are found, and taken only where they can be."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.assistant.channels.desk.conftest import Clerk, Rig


def test_search_and_tabs(rig: Rig, clerk: Clerk) -> None:
    """Inquiries are found by subject, sender, case number and number; each tab shows its own."""
    one = clerk.paste(subject="保證金", sender="林小姐", reference="B-77")
    two = clerk.paste(subject="家數", sender="陳先生")
    clerk.act(two, "approve")

    def shown(query: str) -> list[bool]:
        page = clerk.http.get(f"/desk?{query}").text
        return [f'href="/desk/inquiries/{number}"' in page for number in (one, two)]

    assert shown("show=open") == [True, False]
    assert shown("show=approved") == [False, True]
    assert shown("show=all&q=B-77") == [True, False]
    assert shown("show=all&q=陳先生") == [False, True]
    assert shown(f"show=all&q=%23{one}") == [True, False]
    assert shown("show=all&q=%25") == [False, False]
    assert rig.desk.inquiries.get(one).reference == "B-77"


@pytest.mark.parametrize(
    ("mail", "words"),
    [("", "沒有可以讀的內容"), ("　\u200b", "沒有可以讀的內容"), ("字" * 9000, "最多 8,000 個字")],
)
def test_mails_that_cannot_be_taken(rig: Rig, clerk: Clerk, mail: str, words: str) -> None:
    """An empty mail and one that is too long are refused in words, and nothing is kept."""
    # As the browser sends it: percent-encoded, a long mail would be three times as long.
    answer = clerk.http.post("/desk/inquiries", files={"csrf": (None, clerk.csrf), "mail": (None, mail)})

    assert answer.status_code == 422
    assert words in answer.text
    assert rig.desk.inquiries.find() == []


def test_pages_need_somebody_signed_in(http: TestClient) -> None:
    """Every page leads to the form to sign in, which leads back."""
    for path in ("/desk", "/desk/new", "/desk/inquiries/1", "/desk/audit", "/desk/figures", "/desk/staff"):
        answer = http.get(path, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/desk/sign-in?next=%2Fdesk")
