"""Why turns were wrong, read by eye (audit.toml): counted in a report, so that a wrong turn nobody has read is seen."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter

from eval.score import Scored
from eval.tables import ReportTable

FILE: Final = Path(__file__).with_name("audit.toml")
_SHOWN: Final = 20


class Cause(BaseModel):
    """What a cause means, and the turns of it by id, each with what came instead of what was due."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    means: str
    turns: dict[str, str]


_CAUSES: Final = TypeAdapter(dict[str, Cause])


def read_causes(path: Path = FILE) -> dict[str, Cause]:
    """
    The causes by name.

    Raises:
        OSError, ValueError: the file is missing or breaks the format.
    """
    return _CAUSES.validate_python(tomllib.loads(path.read_text(encoding="utf8")))


def table(scored: Scored, causes: Mapping[str, Cause]) -> ReportTable:
    """How many turns of each cause are wrong now, of those that were read; at the end, the wrong ones not read."""
    wrong = [seen.turn.id for seen in scored.seen if not seen.judgement.correct]
    rows = [
        (f"{name}: {cause.means}", str(sum(turn in cause.turns for turn in wrong)), str(len(cause.turns)))
        for name, cause in causes.items()
    ]
    unread = [turn for turn in wrong if not any(turn in cause.turns for cause in causes.values())]
    named = ", ".join([*unread[:_SHOWN], *(["…"] if len(unread) > _SHOWN else [])])
    rows.append((f"not read: {named or 'none'}", str(len(unread)), "–"))
    return ReportTable("Wrong turns, by cause", ("cause", "wrong now", "read"), tuple(rows))
