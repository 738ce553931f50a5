"""Every page of the console is served, with something on it and with nothing."""

from __future__ import annotations

import re

import pytest

from tests.assistant.channels.desk.conftest import Clerk

PATHS = (
    "/desk",
    "/desk/new",
    "/desk/canned",
    "/desk/figures",
    "/desk/audit",
    "/desk/staff",
    "/desk/account",
    "/desk/keys",
)


@pytest.mark.parametrize("path", PATHS)
def test_empty_pages(admin: Clerk, path: str) -> None:
    """Before anything was done each page says so instead of failing."""
    assert admin.http.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_pages_in_use(admin: Clerk, path: str) -> None:
    """After some work each page shows it."""
    admin.post("/desk/canned", {"title": "問候", "body": "{稱謂}您好"})
    number = admin.paste()
    admin.act(number, "approve")
    admin.act(number, "sent")

    assert admin.http.get(path).status_code == 200
    assert admin.http.get(f"/desk/inquiries/{number}").status_code == 200


@pytest.mark.parametrize(
    ("path", "name"), [("/desk", "收件匣"), ("/desk/figures", "統計"), ("/desk/staff", "人員")]
)
def test_the_menu_says_where_one_is(admin: Clerk, path: str, name: str) -> None:
    """The entry of the page that is shown is marked in the menu, and no other."""
    menu = admin.http.get(path).text.partition('aria-label="主選單"')[2].partition("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)" aria-current="page">([^<]+)', menu) == [(path, name)]
