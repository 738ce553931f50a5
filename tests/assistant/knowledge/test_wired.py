"""The loop as the composition root puts it together: two processes on one data folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from pydantic import SecretStr

from assistant import wiring
from assistant.channels.service import Service
from assistant.config import Settings
from assistant.domain import Question
from assistant.knowledge.assistants import Assistants
from assistant.knowledge.change import NewGap
from assistant.records.proposal import ProposalState
from assistant.wiring import open_service
from tests.fakes import FakeBuilder, HashEmbedder

PROGRAMME = "night-market"
ASKED = "廁所在哪裡"


@pytest.fixture
def settings(
    small_settings: Settings, build: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Settings of the small programme, built; services use what needs no model and no process."""
    build()
    monkeypatch.setattr(wiring, "open_embedder", lambda *_: HashEmbedder())
    monkeypatch.setattr(wiring, "Builder", lambda *_: FakeBuilder())
    records = f"sqlite:///{small_settings.data_dir / 'records.sqlite3'}"
    return small_settings.model_copy(update={"database_url": SecretStr(records)})


@pytest.fixture
def services(settings: Settings) -> Iterator[tuple[Service, Service]]:
    """Two services, as two processes would have them."""
    with ExitStack() as stack:
        yield stack.enter_context(open_service(settings)), stack.enter_context(open_service(settings))


def assistants_of(service: Service) -> Assistants:
    """The assistants of a service as what they are."""
    assert isinstance(service.assistants, Assistants)
    return service.assistants


def looked_for(service: Service) -> str:
    """What the service says it has found nothing of."""
    referral = service.assistant(PROGRAMME).answer(Question(ASKED, PROGRAMME)).referral
    return referral.looked_for if referral else ""


def test_one_process_applies_and_the_other_follows(services: tuple[Service, Service]) -> None:
    """What is proposed in one process can be previewed in the other, and applied by either; both answer anew."""
    one, other = services
    assert one.knowledge is not None
    assert other.knowledge is not None
    proposal = one.knowledge.propose(PROGRAMME, NewGap("toilets", "廁所", (ASKED,)), "amy")
    other.knowledge.preview(proposal.id, "bob")
    other.knowledge.wait(proposal.id, 30)
    one.knowledge.apply(proposal.id, "bob")
    assert one.knowledge.wait(proposal.id, 30).state is ProposalState.APPLIED

    assert looked_for(one) == "廁所"
    other.assistant(PROGRAMME)  # notices, and hands out the old one meanwhile
    assistants_of(other).settle()
    assert looked_for(other) == "廁所"


def test_words_are_read_again_when_they_change(
    services: tuple[Service, Service], settings: Settings, build: Callable[[], list[str]]
) -> None:
    """A build with new words is served with them; without, the dictionary in memory is kept."""
    assistants = assistants_of(services[0])
    before = assistants.served(PROGRAMME).index.segmenter
    with (settings.corpus_dir / PROGRAMME / "questions.toml").open("a", encoding="utf8") as file:
        file.write("# a comment\n")
    build()
    assistants.refresh(PROGRAMME)
    assert assistants.served(PROGRAMME).index.segmenter is before

    with (settings.corpus_dir / "lexicon.txt").open("a", encoding="utf8") as file:
        file.write("摸彩券\n")
    build()
    assistants.refresh(PROGRAMME)
    segmenter = assistants.served(PROGRAMME).index.segmenter
    assert segmenter is not before
    assert "摸彩券" in segmenter.words("哪裡領摸彩券")
