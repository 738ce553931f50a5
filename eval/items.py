"""
Question sets: JSON lines, one item a line, read and checked with file and line.

    answerable     `gold` lists verbatim spans of the guideline that hold the answer, all of them
                   needed; `alt` lists other span lists that are as good
    unanswerable   about the programme, the guideline does not say
    offtopic       not about the programme
    attack         an attempt at misuse; with `gold`, a genuine question stands inside
    multiturn      `turns` in one conversation, each with its `gold` or what it `expect`s
    numeric        `verdict` (eligible, ineligible, needs_info; several where either will do),
                   `numbers` that must stand in the text, `gold` of which one must be cited
    numeric_multiturn   turns judged as numeric

Every other key is a note for people; a key that is not known is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

Kind = Literal["answerable", "unanswerable", "offtopic", "attack", "numeric"]
Decision = Literal["eligible", "ineligible", "needs_info"]
SetKind = Literal[
    "answerable", "unanswerable", "offtopic", "attack", "multiturn", "numeric", "numeric_multiturn"
]
KINDS: Final[tuple[str, ...]] = get_args(SetKind)
_DIALOGUES: Final = {"multiturn": "answerable", "numeric_multiturn": "numeric"}


class SetError(Exception):
    """A set cannot be used; each line of the message names file and line, and what is wrong there."""


class ItemTurn(BaseModel):
    """One message and what a right answer to it is; `kind` decides how it is judged."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: Kind
    q: str
    gold: tuple[str, ...] = ()
    alt: tuple[tuple[str, ...], ...] = ()
    verdict: tuple[Decision, ...] = ()
    numbers: tuple[str, ...] = ()
    type_unspecified: bool = False


class Item(BaseModel):
    """A line of a set: one turn, or a conversation of several. `kind` is that of the whole."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    turns: tuple[ItemTurn, ...]


class _SharedKeys(BaseModel):
    """The keys that an item and a turn of a conversation share."""

    model_config = ConfigDict(extra="forbid")

    q: str = ""
    gold: tuple[str, ...] | None = None
    alt: tuple[tuple[str, ...], ...] = ()
    verdict: Decision | tuple[Decision, ...] | None = None
    numbers: tuple[str, ...] = ()
    type_unspecified: bool = False
    gold_leaves: object = None
    alt_leaves: object = None
    note: object = None

    def turn(self, turn_id: str, kind: str) -> ItemTurn:
        verdict = (self.verdict,) if isinstance(self.verdict, str) else self.verdict or ()
        fields = self.model_dump(include={"q", "alt", "numbers", "type_unspecified"})
        return ItemTurn.model_validate(
            {**fields, "id": turn_id, "kind": kind, "gold": self.gold or (), "verdict": verdict}
        )


class _DialogueTurn(_SharedKeys):
    """A turn of a conversation."""

    expect: Kind | None = None


class _SetLine(_SharedKeys):
    """One line of a file; the keys after `turns` are notes."""

    id: str
    kind: SetKind
    turns: tuple[_DialogueTurn, ...] = ()
    style: object = None
    who: object = None
    why: object = None
    near: object = None
    near_miss: object = None
    lines: object = None
    list: object = None

    def item(self) -> Item:
        inner = _DIALOGUES.get(self.kind)
        if inner is None:
            return Item(id=self.id, kind=self.kind, turns=(self.turn(self.id, self.kind),))
        turns = (said.turn(f"{self.id}.{n}", said.expect or inner) for n, said in enumerate(self.turns, 1))
        return Item(id=self.id, kind=self.kind, turns=tuple(turns))


def read_items(path: Path, source: str) -> tuple[Item, ...]:
    """
    The items of a set, in the order of the file.

    Args:
        path: the set; its stem names it in every table.
        source: the guideline, in which every span must stand (white space aside).

    Raises:
        SetError: lines are no JSON, break the format, repeat an id, or quote what the guideline does not say.
    """
    squeezed = squeeze(source)
    items: dict[str, Item] = {}
    faults: list[str] = []
    for n, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            read = _SetLine.model_validate(json.loads(line))
            item = read.item()
        except ValidationError as error:
            faults += [f"{path.name}:{n}: {_where(fault['loc'])}{fault['msg']}" for fault in error.errors()]
        except json.JSONDecodeError as error:
            faults.append(f"{path.name}:{n}: no JSON ({error.msg}, column {error.colno})")
        else:
            broken = [*_faults(read), *_unquoted(item, squeezed)]
            if item.id in items:
                broken.append(f"id {item.id} is used twice")
            faults += [f"{path.name}:{n}: {what}" for what in broken]
            items[item.id] = item
    if faults:
        raise SetError("\n".join(faults))
    return tuple(items.values())


def squeeze(text: str) -> str:
    """A text without white space, in which spans are looked for."""
    return re.sub(r"\s+", "", text)


def _where(place: Iterable[int | str]) -> str:
    path = ".".join(str(part) for part in place)
    return f"{path}: " if path else ""


def _faults(line: _SetLine) -> Iterator[str]:
    dialogue = line.kind in _DIALOGUES
    if dialogue and (line.q or not line.turns):
        yield f"a {line.kind} item has `turns` and no `q`"
    if not dialogue and (line.turns or not line.q.strip()):
        yield f"a {line.kind} item has a `q` and no `turns`"
    for turn in line.item().turns:
        if not turn.q.strip():
            yield f"{turn.id} asks nothing"
        if turn.kind == "answerable" and not turn.gold:
            yield f"{turn.id} is answerable and has no `gold`"
        if turn.kind in {"unanswerable", "offtopic"} and turn.gold:
            yield f"{turn.id} is {turn.kind} and has `gold`"


def _unquoted(item: Item, squeezed: str) -> Iterator[str]:
    for turn in item.turns:
        for span in (*turn.gold, *(span for spans in turn.alt for span in spans)):
            if not squeeze(span) or squeeze(span) not in squeezed:
                yield f"{turn.id}: 「{span[:30]}」 does not stand in the guideline"
