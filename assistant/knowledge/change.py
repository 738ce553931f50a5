"""A proposed change of the corpus, as staff mean it: what is to be known, not which bytes change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import TypeAdapter

HELP_DESK: Final = "help-desk"


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a change cannot be made. `file` is empty and `line` 0 where it is not about a place."""

    what: str
    remedy: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}：" if self.file else ""
        return f"{place}{self.what} {self.remedy}".strip()


class ChangeRejected(ValueError):  # noqa: N818 - says what became of the change
    """A change cannot be made; `faults` name each reason with its file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Phrasing:
    """
    More ways to ask what is known already.

    `target` is the key of a target, as `Knowledge.targets` lists them: "7/A/3", "2/1/1+2/1/2",
    "@papers", "gap:stall-fee", "outside:weather".
    """

    target: str
    questions: tuple[str, ...]
    kind: Literal["phrasing"] = "phrasing"


@dataclass(frozen=True, slots=True)
class NewGap:
    """
    A topic on which the guideline is silent.

    `id` is a-z, 0-9 and "-"; `topic` is said to people (指引沒有說明「topic」), `referral` whom to
    ask (empty: the programme's own), `nearby` clause ids that touch it, without the programme.
    """

    id: str
    topic: str
    questions: tuple[str, ...]
    referral: str = ""
    nearby: tuple[str, ...] = ()
    kind: Literal["gap"] = "gap"


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """Questions that are no business of the programme; `block` is their id in its outside.toml, made if new."""

    questions: tuple[str, ...]
    block: str = HELP_DESK
    kind: Literal["outside"] = "outside"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Questions that leave a file of the bank; a block that has none left goes with them."""

    file: str
    questions: tuple[str, ...]
    kind: Literal["withdrawal"] = "withdrawal"


Change = Phrasing | NewGap | OutOfScope | Withdrawal
CHANGES: Final[TypeAdapter[Change]] = TypeAdapter(Change)
