"""
Systems and sets -> generated.jsonl: one line a turn and system, nothing judged yet.

Latency is the wall time of one request, one after another, conversation kept
(in process: the answer and its record in SQLite; over HTTP: the whole round trip).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from eval.items import Item
from eval.systems import ASSISTANT, System

FILE: Final = "generated.jsonl"
_TRIMMED: Final = ("outcome", "citations", "confidence", "ranked", "verdict")


class Generated(BaseModel):
    """A reply as it was given: the system, the set's name, the item and its turn (from 1), milliseconds."""

    model_config = ConfigDict(frozen=True)

    system: str
    set: str
    id: str
    turn: int
    q: str
    reply: dict[str, Any]
    ms: float


def generate(
    systems: Iterable[System],
    sets: Mapping[str, Sequence[Item]],
    folder: Path,
    say: Callable[[str], None],
) -> None:
    """Ask every system every turn and add the replies as they come; only the assistant's keep their text."""
    with (folder / FILE).open("a", encoding="utf8") as out:
        for system in systems:
            started = time.perf_counter()
            count = 0
            for name, items in sets.items():
                for row in _asked(system, name, items):
                    out.write(json.dumps(row.model_dump(), ensure_ascii=False) + "\n")
                    count += 1
            say(f"{system.name}: {count} replies in {time.perf_counter() - started:.1f} s")


def read_generated(folder: Path) -> list[Generated]:
    """
    The replies of a run, in the order in which they were given.

    Raises:
        OSError, ValueError: there are none, or a line is damaged.
    """
    lines = (folder / FILE).read_text(encoding="utf8").splitlines()
    return [Generated.model_validate_json(line) for line in lines]


def _asked(system: System, set_name: str, items: Sequence[Item]) -> Iterator[Generated]:
    for item in items:
        session: str | None = None
        for n, turn in enumerate(item.turns, 1):
            started = time.perf_counter()
            reply = system.ask(turn.q, session)
            ms = (time.perf_counter() - started) * 1000
            session = reply.get("session_id") or session
            if system.name != ASSISTANT:
                reply = {key: reply[key] for key in _TRIMMED if key in reply}
                reply["citations"] = [{"quote": c["quote"]} for c in reply.get("citations") or ()]
            row = {"system": system.name, "set": set_name, "id": item.id, "turn": n, "q": turn.q}
            yield Generated.model_validate({**row, "reply": reply, "ms": round(ms, 2)})
