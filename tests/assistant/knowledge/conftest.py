"""The small programme, served from a build of its own, with records and a builder in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answer.assistant import Assistant
from assistant.config import Settings
from assistant.domain import Guideline
from assistant.index.manifest import manifest_for
from assistant.index.store import open_index
from assistant.index.words import Segmenter
from assistant.knowledge.assistants import Assistants, Served
from assistant.knowledge.builder import Places
from assistant.knowledge.change import Change, NewGap
from assistant.knowledge.loop import Knowledge
from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.feedback import FeedbackBook
from assistant.records.proposal import Proposal
from assistant.wiring import tools_of
from ingest.guideline import load_guideline
from tests.fakes import FakeBuilder, FixedClock, HashEmbedder

PROGRAMME = "night-market"
WAIT = 30
ASKED = "廁所在哪裡"
GAP = NewGap("toilets", "廁所", (ASKED, "請問廁所在哪裡啊"))


@dataclass(frozen=True, slots=True)
class Rig:
    """The loop over the small programme and what stands behind it."""

    knowledge: Knowledge
    assistants: Assistants
    builder: FakeBuilder
    places: Places
    conversations: Conversations
    feedback: FeedbackBook
    clock: FixedClock

    def file(self, name: str) -> Path:
        """A file of the bank."""
        return self.places.corpus / PROGRAMME / name


@pytest.fixture
def guideline(programme: Path) -> Guideline:
    """The small guideline."""
    return load_guideline(programme)


@pytest.fixture
def places(small_settings: Settings) -> Places:
    """The folders of the small programme."""
    return Places(small_settings.corpus_dir, small_settings.data_dir)


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still until a test sets it."""
    return FixedClock()


@pytest.fixture
def conversations(database: Database, clock: FixedClock) -> Conversations:
    """An empty store of conversations."""
    return Conversations(database, clock)


@pytest.fixture
def opened(
    places: Places, segmenter: Segmenter, conversations: Conversations, clock: FixedClock
) -> Callable[[str], Served]:
    """Opens the current build of a programme."""
    embedder = HashEmbedder()

    def run(programme: str) -> Served:
        manifest = manifest_for(places.corpus / programme, embedder.name)
        index = open_index(places.home(programme), manifest, segmenter, embedder, None)
        return Served(Assistant(tools_of(index, places.corpus), conversations, clock), index)

    return run


@pytest.fixture
def assistants(
    build: Callable[[], list[str]], places: Places, opened: Callable[[str], Served]
) -> Iterator[Assistants]:
    """The small programme, built and served."""
    build()
    served = Assistants({PROGRAMME: places.home(PROGRAMME)}, opened)
    yield served
    served.close()


@pytest.fixture
def builder() -> FakeBuilder:
    """A builder in this process."""
    return FakeBuilder()


@pytest.fixture
def rig(
    places: Places,
    assistants: Assistants,
    builder: FakeBuilder,
    database: Database,
    conversations: Conversations,
    clock: FixedClock,
) -> Iterator[Rig]:
    """The loop, closed after the test."""
    knowledge = Knowledge(places, assistants, database, clock, builder)
    feedback = FeedbackBook(database, clock)
    yield Rig(knowledge, assistants, builder, places, conversations, feedback, clock)
    knowledge.close()


def previewed(rig: Rig, proposal: Proposal) -> Proposal:
    """The proposal after its preview."""
    rig.knowledge.preview(proposal.id, "amy")
    return rig.knowledge.wait(proposal.id, WAIT)


def applied(rig: Rig, change: Change, item_id: str | None = None) -> Proposal:
    """A change that was proposed, previewed and applied."""
    proposal = rig.knowledge.propose(PROGRAMME, change, "amy", item_id)
    previewed(rig, proposal)
    rig.knowledge.apply(proposal.id, "bob")
    return rig.knowledge.wait(proposal.id, WAIT)
