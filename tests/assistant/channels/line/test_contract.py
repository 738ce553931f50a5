"""The same question gets the same clauses by LINE as from /api/chat, over the whole application."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.config import ROOT, Settings, SettingsError, load_settings
from assistant.wiring import application, open_service
from ingest.build import build
from tests.assistant.channels.line.event_bodies import SECRET, body_of, signed, text_event
from tests.assistant.channels.line.fake_line import ACCESS_TOKEN, FakeLine
from tests.assistant.channels.line.fake_server import serving
from tests.assistant.channels.line.test_messages import words_of
from tests.assistant.eligibility.conftest import BOOK

PUBLIC = "https://bot.example.gov.tw"
EACH = 20  # questions of each kind
SET = [
    json.loads(line) for line in (ROOT / "eval/sets/applicants.jsonl").read_text(encoding="utf8").splitlines()
]
Json = dict[str, Any]


class Application:
    """The whole application over the real corpus, and both ways to ask it."""

    def __init__(self, client: TestClient, line: FakeLine) -> None:
        self.client, self.line = client, line
        self._people = 0

    def person(self) -> str:
        """LINE's id of somebody new."""
        self._people += 1
        return f"U{self._people:032d}"

    def by_line(self, question: str, person: str) -> list[Json]:
        """The messages of the reply."""
        token = self.line.token()
        body = body_of(text_event(question, token, user=person))
        assert self.client.post("/line/webhook", content=body, headers=signed(body)).status_code == 200
        assert self.line.wait_for(lambda: any(used == token for used, _ in self.line.replies)), (
            self.line.refusals
        )
        return next(messages for used, messages in self.line.replies if used == token)

    def by_web(self, question: str, session_id: str | None = None) -> Json:
        """The Answer."""
        asked = {"message": question, **({"session_id": session_id} if session_id else {})}
        answer: Json = self.client.post("/api/chat", json=asked).json()
        return answer


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, encoder_folder: Path) -> Iterator[Application]:
    """The application with the LINE bot turned on by its settings."""
    del encoder_folder  # built by now
    with serving() as line:
        settings = load_settings(
            {
                "ASSISTANT_DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('contract')}/records.sqlite3",
                "ASSISTANT_LINE_CHANNEL_SECRET": SECRET,
                "ASSISTANT_LINE_CHANNEL_ACCESS_TOKEN": ACCESS_TOKEN,
                "ASSISTANT_LINE_API_HOST": line.url,
                "ASSISTANT_PUBLIC_URL": PUBLIC,
            }
        )
        build(settings.corpus_dir / settings.programme, settings, print)
        with open_service(settings) as service, TestClient(application(settings, service)) as client:
            yield Application(client, line)


def same(answer: Json, messages: list[Json]) -> None:
    """Fails unless the messages hold the answer's text and clauses, and no others."""
    text, *rest = messages
    quotes = {f"〔{c['n']}〕{c['label']}：「{c['quote']}」" for c in answer["citations"]}
    kept = [line for line in answer["text"].splitlines() if line and line != "依據" and line not in quotes]
    assert [line for line in text["text"].splitlines() if line] == kept
    words = words_of(rest)
    at = [n for n, word in enumerate(words) if word.startswith("「")]
    assert [tuple(words[n - 1 : n + 2]) for n in at] == [
        (f"〔{c['n']}〕{c['label']}", f"「{c['quote']}」", f"條文原文，版本 {c['edition']}")
        for c in answer["citations"]
    ]
    links = json.dumps(rest).count('"uri": "' + PUBLIC + "/clauses/")
    assert links == len(answer["citations"])


@pytest.mark.parametrize("kind", ["answerable", "unanswerable", "offtopic", "attack"])
def test_same_question_same_clauses(app: Application, kind: str) -> None:
    """Questions of each kind, by both ways: same text, same clauses, same quotes, same order."""
    items = [item for item in SET if item["kind"] == kind]
    for item in items[:: len(items) // EACH]:
        same(app.by_web(item["q"]), app.by_line(item["q"], app.person()))


def test_same_conversation_same_clauses(app: Application) -> None:
    """Conversations, turn by turn, by both ways: what was said before counts in both."""
    for item in [item for item in SET if item["kind"] == "multiturn"][::5]:
        person, session_id = app.person(), None
        for turn in item["turns"]:
            answer = app.by_web(turn["q"], session_id)
            session_id = answer["session_id"]
            same(answer, app.by_line(turn["q"], person))


def test_a_fresh_start_forgets_the_facts(app: Application) -> None:
    """A number told before decides the next answer; after 重新開始 it does not."""
    person = app.person()
    app.by_line("我們有12家店，可以申請A類嗎？", person)
    decided = words_of(app.by_line("3家", person))
    app.by_line("重新開始", person)
    alone = words_of(app.by_line("3家", person))

    assert "A類：初步符合申請條件" in decided
    assert "A類：初步符合申請條件" not in alone


def test_what_is_deleted_is_gone(app: Application) -> None:
    """After 刪除紀錄 what was told before is not known any more."""
    person = app.person()
    app.by_line("我們有12家店，可以申請A類嗎？", person)
    (said,) = app.by_line("刪除紀錄", person)

    assert "已經刪除" in said["text"]
    assert "A類：初步符合申請條件" not in words_of(app.by_line("3家", person))


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("我們有12家店，可以申請A類嗎？", "coached_within_3y"),
        ("我們有9家，夠格申請嗎？", "track"),
    ],
)
def test_what_can_be_tapped_is_understood(app: Application, question: str, fact: str) -> None:
    """Each reply that can be tapped for a missing fact states it: it is not asked for again."""
    asked = BOOK.facts[fact].question
    messages = app.by_line(question, app.person())
    assert asked in messages[0]["text"]
    items = [item["action"]["text"] for item in messages[-1]["quickReply"]["items"]]
    values = [text for text in items if text in {"都沒有", "群聚", "A類", "B類"}]

    assert values
    for value in values:
        person = app.person()
        app.by_line(question, person)
        assert asked not in app.by_line(value, person)[0]["text"]


def test_what_was_understood_is_put_right_by_a_tap_and_a_word(app: Application) -> None:
    """The tap shows the facts with their numbers; the next message puts one right and is judged."""
    person = app.person()
    told = app.by_line("我們12家店，其中4家去年輔導過，可以申請A類嗎？", person)
    taps = [item["action"]["text"] for item in told[-1]["quickReply"]["items"]]
    (shown,) = app.by_line(next(text for text in taps if "更正" in text), person)
    corrected = words_of(app.by_line("3 改成 3 家", person))

    assert "A類：不符合申請條件" in words_of(told)
    assert "3. 三年內受輔導的家數：4 家（您說「4家去年輔導過」）" in shown["text"]
    assert "A類：初步符合申請條件" in corrected


def test_a_message_that_is_too_long_is_told_so(app: Application) -> None:
    """A message beyond 2,000 characters gets the words of every channel."""
    (said,) = app.by_line("很長" * 1500, app.person())

    assert "超過 2,000 個字的上限" in said["text"]


def test_off_without_secrets(tmp_path: Path) -> None:
    """Without LINE's secrets there is no webhook; with one of them the start is refused, and both are named."""
    records = {"ASSISTANT_DATABASE_URL": f"sqlite:///{tmp_path}/records.sqlite3"}
    settings: Settings = load_settings(records)

    assert settings.line_channel_secret is None
    assert settings.line_push is False
    for one, other in (("SECRET", "ACCESS_TOKEN"), ("ACCESS_TOKEN", "SECRET")):
        with pytest.raises(SettingsError) as refusal:
            load_settings({**records, f"ASSISTANT_LINE_CHANNEL_{one}": "hunter2"})
        assert str(refusal.value) == (
            f"ASSISTANT_LINE_CHANNEL_{other}: missing; ASSISTANT_LINE_CHANNEL_{one} is set, "
            "and the LINE bot needs both"
        )


@pytest.mark.parametrize(
    "address", ["bot.example", "ftp://bot.example", "https://bot.example?x=1", "https://"]
)
def test_an_address_that_is_none(address: str) -> None:
    """A public address without its scheme, or with a query, is refused by its name."""
    with pytest.raises(SettingsError, match="ASSISTANT_PUBLIC_URL"):
        load_settings({"ASSISTANT_PUBLIC_URL": address})
