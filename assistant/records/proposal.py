"""A proposed change of the corpus as it is kept: its state, what is being done with it, its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Literal

from pydantic import TypeAdapter
from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.records.asking import NOTE_LENGTH, STATE_LENGTH, WHO_LENGTH, OpenItemRow
from assistant.records.tables import TOKEN_LENGTH, RecordRow, word

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


_WORK: Final = TypeAdapter(Work)


class Proposal(RecordRow):
    """
    A proposed change of one file of the corpus.

    `change` and `preview` are JSON (see assistant.knowledge.loop); `diff` is the
    unified diff at the time it was proposed. `reverts` is the id of the proposal that this
    one takes back.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index(None, "programme", "state"), Index(None, "item_id"))

    id: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    programme: Mapped[str]
    item_id: Mapped[str | None] = mapped_column(ForeignKey(OpenItemRow.id, ondelete="SET NULL"))
    reverts: Mapped[str | None] = mapped_column(String(TOKEN_LENGTH))
    state: Mapped[ProposalState] = mapped_column(word(ProposalState, STATE_LENGTH))
    change: Mapped[dict[str, Any]] = mapped_column("change_json", JSON)
    file: Mapped[str]
    diff: Mapped[str]
    preview: Mapped[dict[str, Any] | None] = mapped_column("preview_json", JSON(none_as_null=True))
    work_json: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_by: Mapped[str] = mapped_column(String(WHO_LENGTH))
    created_at: Mapped[datetime]

    @property
    def work(self) -> Work | None:
        """What is being done with it, or was done last."""
        return None if self.work_json is None else _WORK.validate_python(self.work_json)

    @work.setter
    def work(self, work: Work) -> None:
        self.work_json = _WORK.dump_python(work, mode="json")


class ProposalEvent(RecordRow):
    """What was done with a proposal: proposed, previewed, applied, rejected, reverted or failed; only ever added."""

    __tablename__ = "proposal_event"
    __table_args__ = (Index(None, "proposal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ForeignKey(Proposal.id, ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(STATE_LENGTH))
    who: Mapped[str] = mapped_column(String(WHO_LENGTH))
    note: Mapped[str | None] = mapped_column(String(NOTE_LENGTH))
    at: Mapped[datetime]


class UnknownProposal(LookupError):  # noqa: N818 - the name is the fact
    """There is no proposal with that id."""


class ProposalBusy(RuntimeError):  # noqa: N818 - the name is the fact
    """Something is being done with the proposal already, or it is decided; the message says which, in Chinese."""
