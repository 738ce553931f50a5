"""Whatever is asked replies in the shape of the API, and what is compared can be told apart."""

from __future__ import annotations

import json

import httpx
import pytest

from eval.ablations import Forgetful
from eval.systems import OverHttp, Remembering, cited
from tests.fakes import HashEmbedder


def _client(*replies: httpx.Response) -> tuple[httpx.Client, list[object]]:
    queue, bodies = list(replies), []

    def handle(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        return queue.pop(0)

    return httpx.Client(transport=httpx.MockTransport(handle)), bodies


def test_a_running_assistant_is_asked_over_http() -> None:
    """The session goes along once there is one, and the answer comes back as it is."""
    client, bodies = _client(httpx.Response(200, json={"outcome": "answered"}), httpx.Response(200, json={}))
    system = OverHttp("http://assistant", client=client)

    assert system.ask("一", None) == {"outcome": "answered"}
    system.ask("二", "s")
    assert bodies == [{"message": "一"}, {"message": "二", "session_id": "s"}]


@pytest.mark.parametrize(
    ("status", "outcome"), [(422, "refused"), (413, "refused"), (500, "error"), (404, "error")]
)
def test_an_http_error_is_a_result(status: int, outcome: str) -> None:
    """What cannot be read counts as refused, everything else as an error; nothing is raised."""
    client, _ = _client(httpx.Response(status, text="no"))

    assert OverHttp("http://assistant", client=client).ask("?", None)["outcome"] == outcome


def test_a_question_is_embedded_once() -> None:
    """The remembering embedder gives the same vector and asks for it once."""

    class Counting(HashEmbedder):
        calls = 0

        def embed_query(self, text: str) -> list[float]:
            self.calls += 1
            return super().embed_query(text)

    counting = Counting()
    embedder = Remembering(counting)

    assert embedder.embed_query("茶") == embedder.embed_query("茶") == HashEmbedder().embed_query("茶")
    assert counting.calls == 1


def test_a_forgetful_system_begins_every_time() -> None:
    """The session is kept from the system behind it."""
    seen: list[str | None] = []

    class Behind:
        name = "behind"

        def ask(self, message: str, session: str | None) -> dict[str, object]:
            seen.append(session)
            return cited([message])

    Forgetful(Behind(), "alone").ask("那B類呢", "s")

    assert seen == [None]


def test_a_system_that_finds_nothing_declines() -> None:
    """Without a quote there is no answer."""
    assert cited([])["outcome"] == "no_clause"
    assert "ranked" not in cited(["甲"])
