"""A proposed change of the corpus as it is kept: its state, what is being done with it, its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Literal

from pydantic import TypeAdapter

from assistant.records.proposal_tables import ProposalRow

# A process that works says so at least this often; silence for longer means that it died.
DIED_AFTER: Final = timedelta(minutes=5)


class ProposalState(StrEnum):
    """PROPOSED waits for an approver; APPLIED serves; REJECTED never did; REVERTED no longer does."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    REJECTED = "rejected"
    REVERTED = "reverted"


@dataclass(frozen=True, slots=True)
class Work:
    """
    What is being done, or was done last, with a proposal.

    `step` says it in Chinese for people who wait, `percent` is 0 to 100; `fault` says why it
    failed. One that is "running" and was not seen for five minutes died with its process.
    """

    kind: Literal["preview", "apply"]
    state: Literal["running", "done", "failed"]
    step: str
    percent: int
    seen_at: datetime
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    A proposed change of one file of the corpus.

    `change` and `preview` are JSON (see assistant.knowledge.loop); `diff` is the
    unified diff at the time it was proposed. `reverts` is the id of the proposal that this
    one takes back.
    """

    id: str
    programme: str
    item_id: str | None
    reverts: str | None
    state: ProposalState
    change: Mapping[str, Any]
    file: str
    diff: str
    created_by: str
    created_at: datetime
    preview: Mapping[str, Any] | None = None
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What was done with a proposal: proposed, previewed, applied, rejected, reverted or failed; who and when."""

    what: str
    who: str
    at: datetime
    note: str | None = None


class UnknownProposal(LookupError):  # noqa: N818 - the name is the fact
    """There is no proposal with that id."""


class ProposalBusy(RuntimeError):  # noqa: N818 - the name is the fact
    """Something is being done with the proposal already, or it is decided; the message says which, in Chinese."""


_WORK: Final = TypeAdapter(Work)


def work_json(work: Work) -> dict[str, object]:
    """Work as it is stored."""
    data: dict[str, object] = _WORK.dump_python(work, mode="json")
    return data


def proposal_of(row: ProposalRow) -> Proposal:
    """The proposal that a row holds."""
    return Proposal(
        id=row.id,
        programme=row.programme,
        item_id=row.item_id,
        reverts=row.reverts,
        state=ProposalState(row.state),
        change=row.change_json,
        file=row.file,
        diff=row.diff,
        created_by=row.created_by,
        created_at=row.created_at,
        preview=row.preview_json,
        work=_WORK.validate_python(row.work_json) if row.work_json is not None else None,
    )
