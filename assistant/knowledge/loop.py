"""The door for channels: open items, proposals, previews, applying and taking back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from assistant.knowledge.assistants import Assistants
from assistant.knowledge.builder import Builder, Places
from assistant.knowledge.change import Change, Withdrawal
from assistant.knowledge.comparison import COMPARISON, Comparison
from assistant.knowledge.likeness import Likeness
from assistant.knowledge.rebuilding import Rebuilding
from assistant.knowledge.targets import Choice, choices, suggestions
from assistant.knowledge.wording import cleaned
from assistant.knowledge.work import Works
from assistant.knowledge.workshop import Workshop, change_of, kept_of
from assistant.ports import Clock
from assistant.records.asking import Asking, ItemState, Reason
from assistant.records.askings import Askings
from assistant.records.database import Database
from assistant.records.open_items import OpenItem, OpenItems
from assistant.records.proposal import Proposal, ProposalBusy, ProposalEvent, ProposalState
from assistant.records.proposals import Proposals
from assistant.records.stored_text import stored_text

# Of answers given with less confidence, every second one is wrong.
DOUBTFUL: Final = 0.5
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """A comparison, and the digest of the corpus that it compares with; `stale` once the corpus is another."""

    comparison: Comparison
    base: str
    made_at: datetime
    stale: bool


class NotPreviewed(RuntimeError):  # noqa: N818 - the name is the fact
    """A change is applied only after a preview against the corpus as it is; the message says what to do."""


class Knowledge:
    """
    Open items and proposals of every programme; safe to share between threads.

    Who acts is a staff id, 1 to 64 characters; whether they may is for the caller to say.
    Every method raises RecordsUnavailable if the database fails, UnknownItem or UnknownProposal
    for an id that is not known, KeyError for a programme that is not.
    """

    def __init__(
        self, places: Places, assistants: Assistants, database: Database, clock: Clock, builder: Builder
    ) -> None:
        self._assistants, self._clock = assistants, clock
        self._items, self._askings = OpenItems(database, clock), Askings(database, clock)
        self._proposals = Proposals(database, clock)
        rebuilding = Rebuilding(places, builder, assistants)
        self._workshop = Workshop(rebuilding, self._proposals, self._items, self._askings, clock)
        self._works = Works(places, builder, self._proposals)

    # Open items

    def collect(self, programme: str) -> int:
        """Count what was asked in vain since the last time, each turn once; how many are new (at most 500)."""
        served = self._assistants.served(programme)
        likeness = Likeness(served.index)
        found = self._askings.uncounted(programme, DOUBTFUL, _AT_ONCE)
        placed = [likeness.placed(asked) for asked in found]
        return self._askings.place(programme, placed, likeness.choose) if placed else 0

    def collect_all(self) -> None:
        """Count what was asked in vain of every programme."""
        for programme in self._assistants:
            self.collect(programme)

    def note_edited(self, programme: str, source: str, question: str, reason: str = "") -> None:
        """
        Count a draft that staff rewrote.

        `source` is 1 to 128 characters, such as "draft:ID:2", and counts once; `reason` is kept with the asking.
        """
        served = self._assistants.served(programme)
        likeness = Likeness(served.index)
        asked = Asking(
            source=source,
            question=stored_text(question),
            reason=Reason.EDITED,
            asked_at=self._clock.now(),
            note=reason,
        )
        self._askings.place(programme, [likeness.placed(asked)], likeness.choose)

    def items(
        self, programme: str, state: ItemState = ItemState.OPEN, limit: int = 50
    ) -> tuple[OpenItem, ...]:
        """The items in a state, those asked most often first, then the latest."""
        return self._items.items(programme, state, limit)

    def count_items(self, programme: str, state: ItemState = ItemState.OPEN) -> int:
        """How many items are in a state."""
        return self._items.count(programme, state)

    def item(self, item_id: str) -> OpenItem:
        """One item with its latest askings."""
        return self._items.item(item_id)

    def dismiss(self, item_id: str, who: str, note: str = "") -> None:
        """Set an item aside; what is alike and asked later is counted there and does not come back."""
        self._items.mark(item_id, ItemState.DISMISSED, who, note)

    def reopen(self, item_id: str, who: str) -> None:
        """Take an item up again that was dismissed or closed."""
        self._items.mark(item_id, ItemState.OPEN, who)

    def targets(self, programme: str) -> tuple[Choice, ...]:
        """Everything that a phrasing can lead to: clauses in the guideline's order, groups, gaps, what lies outside."""
        return choices(self._assistants.served(programme).index)

    def suggestions(self, programme: str, question: str, limit: int = 5) -> tuple[Choice, ...]:
        """The targets that the ranker finds most probable for a question, with their probabilities."""
        index = self._assistants.served(programme).index
        return suggestions(index, question, limit)

    # Proposals

    def propose(self, programme: str, change: Change, who: str, item_id: str | None = None) -> Proposal:
        """
        Check a change and keep it as a proposal (about two seconds); nothing is changed yet.

        Raises:
            ChangeRejected: a question stands in the bank already, a target does not exist, …: each
                fault with file and line.
            BuildFailed: the check could not be run.
        """
        return self._workshop.propose(programme, cleaned(change), who, item_id)

    def proposals(
        self, programme: str, state: ProposalState | None = None, limit: int = 50
    ) -> tuple[Proposal, ...]:
        """The proposals in a state, in any if none is named; newest first."""
        return self._proposals.list(programme, state, limit)

    def proposal(self, proposal_id: str) -> Proposal:
        """One proposal; its `work` says how far a preview or an application is."""
        return self._proposals.get(proposal_id)

    def change(self, proposal: Proposal) -> Change:
        """The change that a proposal holds."""
        return change_of(proposal)

    def history(self, proposal_id: str) -> tuple[ProposalEvent, ...]:
        """What was done with a proposal, oldest first."""
        return self._proposals.history(proposal_id)

    def preview(self, proposal_id: str, who: str) -> None:
        """
        Begin to build the changed corpus aside and to compare; returns at once, see `Proposal.work`.

        Raises:
            ProposalBusy: a preview or an application is running, or the proposal is decided.
        """
        job = partial(self._workshop.preview, proposal_id, who)
        self._works.start(proposal_id, "preview", who, job)

    def previewed(self, proposal: Proposal) -> Preview | None:
        """The last preview of a proposal that was finished."""
        kept = proposal.preview
        if kept is None:
            return None
        base = str(kept["base"])
        return Preview(
            comparison=COMPARISON.validate_python(kept["comparison"]),
            base=base,
            made_at=datetime.fromisoformat(str(kept["made_at"])),
            stale=base != self._workshop.digest(proposal.programme),
        )

    def apply(self, proposal_id: str, who: str) -> None:
        """
        Begin to apply: build, replace the corpus file, change the running assistants over; returns at once.

        Raises:
            NotPreviewed: there is no preview against the corpus as it is.
            ProposalBusy: as `preview`.
        """
        preview = self.previewed(self._proposals.get(proposal_id))
        if preview is None or preview.stale:
            raise NotPreviewed("套用之前要先預覽；語料改過的話，要重新預覽。")
        job = partial(self._workshop.apply, proposal_id, who, preview.base)
        self._works.start(proposal_id, "apply", who, job)

    def reject(self, proposal_id: str, who: str, note: str = "") -> None:
        """
        Decide against a proposal; its item is open again.

        Raises:
            ProposalBusy: as `preview`.
        """
        self._proposals.reject(proposal_id, who, note, kept_of(self._proposals.get(proposal_id)))

    def revert(self, proposal_id: str, who: str) -> Proposal:
        """
        Propose the inverse of an applied change; it is previewed and applied like any other.

        Raises:
            ProposalBusy: the proposal is not applied.
            ChangeRejected: the corpus was edited since, and the change can no longer be found.
        """
        done = self._proposals.get(proposal_id)
        if done.state is not ProposalState.APPLIED:
            raise ProposalBusy("只有已經套用的提案可以復原。")
        change = self.change(done)
        if isinstance(change, Withdrawal) and done.reverts is not None:
            inverse = self.change(self._proposals.get(done.reverts))
        else:
            inverse = Withdrawal(done.file, change.questions)
        return self._workshop.propose(done.programme, inverse, who, None, done.id)

    def wait(self, proposal_id: str, seconds: float) -> Proposal:
        """The proposal once nothing runs in this process for it any more, or after so many seconds."""
        self._works.wait(proposal_id, seconds)
        return self._proposals.get(proposal_id)

    def close(self) -> None:
        """Stop what is running: previews are dropped, an application is finished first."""
        self._works.close()
