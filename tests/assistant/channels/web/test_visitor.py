"""A conversation on the pages is the browser's that holds it, and nobody's who has an address."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tests.assistant.channels.web.conftest import Rig

QUESTION = "A類要幾家？"
TOLD = "我們12家，沒有任何一家輔導過"


def sessions(rig: Rig) -> list[str | None]:
    """The conversations in which the assistant was asked; None is a new one."""
    return [question.session_id for question in rig.assistant.questions]


def asked(client: TestClient, q: str, **fields: str) -> str:
    """The address of the answer to a question that was sent by the form."""
    return client.post("/", data={"q": q, **fields}, follow_redirects=False).headers["location"]


def after(address: str) -> str:
    """The answer at an address, as the form on its page names it."""
    return address.rpartition("/")[2]


def test_goes_on_from_its_answer(client: TestClient, rig: Rig) -> None:
    """The form and the suggestions of an answer's page go on with its conversation; the first page begins another."""
    first = asked(client, TOLD)
    page = client.get(first).text
    assert page.count(f'name="after" value="{after(first)}"') == 1 + page.count('<button name="q"')

    asked(client, QUESTION, after=after(first))
    asked(client, QUESTION)

    own = client.get(f"/answers/{after(first)}")
    assert own.status_code == 200
    assert sessions(rig) == [None, rig.service.conversations.answer(after(first)).answer["session_id"], None]  # type: ignore[union-attr]


def test_no_page_and_no_address_has_the_key(client: TestClient) -> None:
    """The session id stands in a cookie that scripts do not read, and nowhere else."""
    posted = client.post("/", data={"q": QUESTION}, follow_redirects=False)
    cookie = posted.headers["set-cookie"]
    (key,) = re.findall(r"conversation=([0-9a-f]{32});", cookie)

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert key not in posted.headers["location"]
    assert key not in client.get(posted.headers["location"]).text


def test_only_this_host_sets_it_with_https(rig: Rig) -> None:
    """With https the cookie is Secure and bound to the host by its name."""
    with TestClient(rig.app, base_url="https://testserver") as client:
        posted = client.post("/", data={"q": QUESTION}, follow_redirects=False)

    assert posted.headers["set-cookie"].startswith("__Host-conversation=")
    assert "Secure" in posted.headers["set-cookie"]


def test_an_answer_can_be_handed_around(client: TestClient, rig: Rig) -> None:
    """Whoever opens somebody's answer goes on in a conversation of their own, and corrects nothing of theirs."""
    theirs = asked(client, TOLD)
    with TestClient(rig.app) as stranger:
        assert stranger.get(theirs).status_code == 200
        asked(stranger, QUESTION, after=after(theirs))
        asked(stranger, QUESTION)

    assert sessions(rig) == [None, None, None]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_is_not_asked(client: TestClient, rig: Rig, site: str) -> None:
    """A form on another site plants nothing: it is shown to the visitor, and begins no conversation."""
    response = client.post("/", data={"q": TOLD}, headers={"sec-fetch-site": site})

    assert response.status_code == 403
    assert f">{TOLD}</textarea>" in response.text
    assert "set-cookie" not in response.headers
    assert rig.assistant.questions == []


def test_an_id_that_a_client_made_up_is_not_taken(client: TestClient, rig: Rig) -> None:
    """By the API too an id that was not given out begins a conversation with another id."""
    answer = client.post("/api/chat", json={"message": TOLD, "session_id": "SALE2026"}).json()

    assert re.fullmatch("[0-9a-f]{32}", answer["session_id"])
    assert sessions(rig) == [None]
    assert rig.service.conversations.recent("SALE2026", 9) == ()
