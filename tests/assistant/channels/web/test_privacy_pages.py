"""What is kept is told as it is kept, and can be deleted without JavaScript."""

from __future__ import annotations

import re
from contextlib import nullcontext
from datetime import timedelta

from starlette.testclient import TestClient

from assistant.channels.line.wording import FORGET
from assistant.channels.web.app import create_app
from assistant.records.retention import Terms
from tests.assistant.channels.web.conftest import Rig


def test_the_terms_are_those_that_are_kept_to(rig: Rig) -> None:
    """The page names the terms that the retention was given, of LINE the one that ends first."""
    terms = Terms(*(timedelta(days=days) for days in (31, 47, 53, 11)))
    with TestClient(create_app(lambda: nullcontext(rig.service), terms=terms)) as client:
        page = client.get("/privacy").text
    assert re.findall(r"(\d+) 天", page) == ["31", "47", "31", "11"]
    assert f"「{FORGET}」" in page


def test_every_page_leads_there(client: TestClient) -> None:
    """The form on which people are asked not to give personal data leads to the page, and so does every footer."""
    assert client.get("/").text.count('href="/privacy"') == 2
    assert 'href="/privacy"' in client.get("/clauses").text


def test_a_browser_deletes_its_conversation(client: TestClient) -> None:
    """The button deletes the conversation that the cookie holds, and the cookie; without one there is no button."""
    assert "<button" not in client.get("/privacy").text
    asked = client.post("/", data={"q": "A類要幾家？"})
    assert "<button" in client.get("/privacy").text

    assert "已經刪除" in client.post("/privacy").text

    assert client.get(asked.url.path).status_code == 404
    assert not client.cookies
    assert client.post("/privacy").status_code == 200


def test_another_site_deletes_nothing(client: TestClient) -> None:
    """A form that another site sends deletes nothing."""
    asked = client.post("/", data={"q": "A類要幾家？"})
    assert client.post("/privacy", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get(asked.url.path).status_code == 200
