"""Where changes are made: checked, previewed and applied on the corpus folder as it is at that moment."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from assistant.index.manifest import corpus_digest
from assistant.knowledge.change import CHANGES, Change
from assistant.knowledge.comparison import COMPARISON, Probe
from assistant.knowledge.editing import BankEdit, BankFiles
from assistant.knowledge.rebuilding import Rebuilding, Step
from assistant.knowledge.sample import sample
from assistant.knowledge.targets import target_finder
from assistant.ports import Clock
from assistant.records.askings import Askings
from assistant.records.open_items import OpenItems, UnknownItem
from assistant.records.proposal import Proposal
from assistant.records.proposals import Proposals

_RECENT: Final = 200


def change_of(proposal: Proposal) -> Change:
    """The change that a proposal holds."""
    return CHANGES.validate_python(dict(proposal.change))


def kept_of(proposal: Proposal) -> dict[str, Any] | None:
    """What is kept of a preview once its proposal is decided: no question that a person asked."""
    if proposal.preview is None:
        return None
    comparison = COMPARISON.validate_python(proposal.preview["comparison"])
    changed = tuple(answer for answer in comparison.changed if answer.origin == "bank")
    kept = COMPARISON.dump_python(replace(comparison, changed=changed), mode="json")
    return {**proposal.preview, "comparison": kept}


class Workshop:
    """The work on proposals; a change is turned into an edit anew each time, so that others may come in between."""

    def __init__(
        self,
        rebuilding: Rebuilding,
        proposals: Proposals,
        items: OpenItems,
        askings: Askings,
        clock: Clock,
    ) -> None:
        self._rebuilding, self._proposals, self._items = rebuilding, proposals, items
        self._askings, self._clock = askings, clock

    def files(self, programme: str) -> BankFiles:
        """The bank of a programme as it is now; KeyError if there is no such programme."""
        if programme not in self._rebuilding.assistants:
            raise KeyError(programme)
        return BankFiles(self._rebuilding.places.corpus / programme)

    def digest(self, programme: str) -> str:
        """The digest of the corpus as it is now."""
        return corpus_digest(self._rebuilding.places.corpus / programme)

    def propose(
        self, programme: str, change: Change, who: str, item_id: str | None, reverts: str | None = None
    ) -> Proposal:
        """
        Check a change and keep it.

        Raises:
            ChangeRejected, BuildFailed: see Knowledge.propose.
        """
        edit = self._edit(programme, change)
        self._rebuilding.check(programme, edit)
        kept = CHANGES.dump_python(change, mode="json")
        return self._proposals.add(programme, kept, edit.file, edit.diff, who, item_id, reverts)

    def preview(self, proposal_id: str, who: str, step: Step) -> None:
        """
        Compare, and keep the comparison with the proposal.

        Raises:
            ChangeRejected, BuildFailed: see Rebuilding.compare.
        """
        proposal = self._proposals.get(proposal_id)
        programme, change = proposal.programme, change_of(proposal)
        base, edit = self.digest(programme), self._edit(programme, change)
        comparison = self._rebuilding.compare(programme, edit, self._probes(proposal, change), step)
        kept = COMPARISON.dump_python(comparison, mode="json")
        made_at = self._clock.now().isoformat()
        self._proposals.previewed(proposal_id, {"comparison": kept, "base": base, "made_at": made_at}, who)

    def apply(self, proposal_id: str, who: str, base: str, step: Step) -> None:
        """
        Make a proposal real; `base` is the digest of the corpus that was previewed.

        Raises:
            ChangeRejected, BuildFailed: see Rebuilding.make_real.
        """
        proposal = self._proposals.get(proposal_id)
        edit = self._edit(proposal.programme, change_of(proposal))

        def commit() -> None:
            self._proposals.applied(proposal_id, who, kept_of(proposal))

        self._rebuilding.make_real(proposal.programme, edit, base, step, commit)

    def _probes(self, proposal: Proposal, change: Change) -> list[Probe]:
        """The questions of the item and of the change, a sample of the bank, what was asked lately; each once."""
        programme = proposal.programme
        own: list[str] = []
        if proposal.item_id is not None:
            with suppress(UnknownItem):  # forgotten since
                own += [asking.question for asking in self._items.item(proposal.item_id).askings]
        own += change.questions
        index = self._rebuilding.assistants.served(programme).index
        target = target_finder(index.targets, index.guideline)
        found = [
            *(Probe(question, "item") for question in own),
            *(
                Probe(question, "bank", target(key))
                for question, key in sample(self.files(programme).questions(), own)
            ),
            *(Probe(question, "recent") for question in self._askings.recent(programme, _RECENT)),
        ]
        return list({probe.question: probe for probe in reversed(found)}.values())[::-1]

    def _edit(self, programme: str, change: Change) -> BankEdit:
        return self.files(programme).edit(change, self._rebuilding.assistants[programme].guideline)
