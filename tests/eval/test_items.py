"""Question sets are read as written, and refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.items import KINDS, Item, SetError, read_items
from ingest.guideline import load_guideline

ROOT = Path(__file__).parents[2]
SOURCE = "甲應依法登記。\n 乙不得 轉包。"


def _read(folder: Path, *lines: str) -> tuple[Item, ...]:
    path = folder / "small.jsonl"
    path.write_text("\n".join(lines), encoding="utf8")
    return read_items(path, SOURCE)


def test_an_item_has_one_turn_of_its_kind(tmp_path: Path) -> None:
    """A question is an item of one turn, with the item's id and kind."""
    (item,) = _read(tmp_path, '{"id": "a", "kind": "answerable", "q": "要登記嗎", "gold": ["甲應依法登記"]}')

    assert (item.turns[0].id, item.turns[0].kind) == ("a", "answerable")
    assert item.turns[0].gold == ("甲應依法登記",)


def test_the_turns_of_a_conversation_are_numbered(tmp_path: Path) -> None:
    """A turn is judged by what it expects, and as answerable where it says nothing."""
    turns = '[{"q": "要登記嗎", "gold": ["甲應依法登記"]}, {"q": "多少錢", "expect": "unanswerable", "gold": null}]'
    (item,) = _read(tmp_path, f'{{"id": "m", "kind": "multiturn", "turns": {turns}}}')

    assert [(t.id, t.kind) for t in item.turns] == [("m.1", "answerable"), ("m.2", "unanswerable")]


def test_a_single_verdict_is_a_list_of_one(tmp_path: Path) -> None:
    """A verdict may be written without brackets, and null asks for none."""
    rows = [
        f'{{"id": "{i}", "kind": "numeric", "q": "?", "verdict": {v}}}'
        for i, v in enumerate(['"eligible"', "null"])
    ]

    assert [item.turns[0].verdict for item in _read(tmp_path, *rows)] == [("eligible",), ()]


def test_a_span_may_differ_from_the_source_in_white_space(tmp_path: Path) -> None:
    """Line breaks and blanks of the guideline need not be copied."""
    (item,) = _read(tmp_path, '{"id": "a", "kind": "answerable", "q": "?", "gold": ["登記。乙不得轉包"]}')

    assert item.turns[0].gold == ("登記。乙不得轉包",)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "a"', "no JSON"),
        ('{"id": "a", "kind": "riddle", "q": "?"}', "kind"),
        ('{"id": "a", "kind": "offtopic", "q": "?", "golden": []}', "golden"),
        ('{"id": "a", "kind": "offtopic", "q": " "}', "has a `q` and no `turns`"),
        ('{"id": "a", "kind": "multiturn", "q": "?"}', "has `turns` and no `q`"),
        ('{"id": "a", "kind": "answerable", "q": "?"}', "has no `gold`"),
        (
            '{"id": "a", "kind": "answerable", "q": "?", "gold": ["丙"]}',
            "「丙」 does not stand in the guideline",
        ),
        (
            '{"id": "a", "kind": "attack", "q": "?", "alt": [["丙"]]}',
            "「丙」 does not stand in the guideline",
        ),
        ('{"id": "a", "kind": "unanswerable", "q": "?", "gold": ["甲"]}', "is unanswerable and has `gold`"),
        ('{"id": "ok", "kind": "offtopic", "q": "?"}', "used twice"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, line: str, words: str) -> None:
    """Whatever is wrong with a line, the message says which one of which file."""
    with pytest.raises(SetError) as caught:
        _read(tmp_path, '{"id": "ok", "kind": "offtopic", "q": "?"}', "", line)

    assert str(caught.value).startswith("small.jsonl:3: ")
    assert words in str(caught.value)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    """A set with two bad lines names both."""
    with pytest.raises(SetError, match=r"small\.jsonl:1: (.|\n)*small\.jsonl:2: "):
        _read(tmp_path, "{", "[]")


@pytest.mark.parametrize("path", sorted((ROOT / "eval" / "sets").glob("*.jsonl")), ids=lambda p: str(p.stem))
def test_our_own_sets_are_sound(path: Path) -> None:
    """Every set of the repository reads without a fault against the guideline."""
    guideline = load_guideline(ROOT / "corpus" / "digital-cluster")

    assert {item.kind for item in read_items(path, guideline.text)} <= set(KINDS)
