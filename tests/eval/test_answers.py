"""The answers of one build: of the sets, each judged, then of other questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.config import SettingsError
from eval import answers as command
from eval.answers import answers, main
from eval.items import Item, ItemTurn
from eval.spans import GuidelineText

SOURCE = GuidelineText("攤位不得轉讓。每攤限500瓦。", [("m/1", (0, 7)), ("m/2", (7, 15))])
ITEMS = (
    Item(
        id="a",
        kind="answerable",
        turns=(ItemTurn(id="a", kind="answerable", q="能轉讓嗎", gold=("攤位不得轉讓",)),),
    ),
    Item(
        id="b",
        kind="multiturn",
        turns=(
            ItemTurn(id="b.1", kind="unanswerable", q="租金"),
            ItemTurn(id="b.2", kind="unanswerable", q="那押金呢"),
        ),
    ),
)


def ask(message: str, session: str | None) -> dict[str, Any]:
    """Cites the first clause where 轉讓 is asked, and says in which conversation it is."""
    cited = [{"clause_id": "m/1", "quote": "攤位不得轉讓。"}] if "轉讓" in message else []
    outcome = "answered" if cited or session else "no_clause"
    return {"outcome": outcome, "citations": cited, "session_id": session or f"of {message}"}


def test_rows_in_the_order_asked() -> None:
    """Turns of a set are judged, in their conversation; other questions have no judgement; progress is said."""
    said: list[str] = []
    rows = answers(ask, ITEMS, [{"question": "可以轉讓嗎", "origin": "recent"}], SOURCE, said.append)

    assert [(row["question"], row["origin"], row["outcome"], row["right"]) for row in rows] == [
        ("能轉讓嗎", "evaluation", "answered", True),
        ("租金", "evaluation", "no_clause", True),
        ("那押金呢", "evaluation", "answered", False),
        ("可以轉讓嗎", "recent", "answered", None),
    ]
    assert rows[0]["clauses"] == ["m/1"]
    assert said == ["answered 4 of 4"]


def test_missing_index_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an index the command says so and exits with 1."""

    def fail() -> None:
        raise SettingsError("no index")

    monkeypatch.setattr(command, "load_settings", fail)
    asked = tmp_path / "asked.json"
    asked.write_text(json.dumps({"asked": [], "added": []}), encoding="utf8")
    assert main(["--asked", str(asked), "--out", str(tmp_path / "out.json")]) == 1
    assert "no index" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()
