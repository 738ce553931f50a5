"""The FakeAssistant answers, keeps and refuses as the real one."""

from __future__ import annotations

import pytest

from assistant.answer.assistant import Status
from assistant.answer.clean import MessageRejected
from assistant.config import ROOT
from assistant.domain import Answer, Guideline, Question
from assistant.eligibility.payload import facts_from_json
from assistant.eligibility.rule_file import load_rules
from assistant.records.conversations import Conversations
from assistant.records.database import Database
from ingest.guideline import load_guideline
from tests.fakes import FakeAssistant, FixedClock, cited_answer


@pytest.fixture(scope="module")
def guideline() -> Guideline:
    """The real guideline."""
    return load_guideline(ROOT / "corpus" / "digital-cluster")


@pytest.fixture
def conversations(database: Database) -> Conversations:
    """Conversations in a SQLite file of the test."""
    return Conversations(database, FixedClock())


def test_fake_assistant_records_questions_and_gives_its_draft(
    guideline: Guideline, conversations: Conversations
) -> None:
    """A FakeAssistant remembers what it was asked, and gives its draft in the conversation named."""
    fake = FakeAssistant(guideline, conversations, FixedClock())
    question = Question("A類要幾家?", "digital-cluster", "s1")

    answer = fake.answer(question)

    assert fake.questions == [question]
    assert (answer.session_id, answer.text) == ("s1", fake.draft.text)
    assert fake.guideline is guideline


def test_fake_assistant_keeps_turns(guideline: Guideline, conversations: Conversations) -> None:
    """A FakeAssistant stores its answers, each with an id of its own."""
    fake = FakeAssistant(guideline, conversations, FixedClock())

    ids = {fake.answer(Question("A類要幾家?", "digital-cluster", "s1")).id for _ in range(2)}

    assert {turn.answer_id for turn in conversations.recent("s1", 6)} == ids
    assert len(ids) == 2


def test_fake_assistant_gives_the_id_that_is_asked_for(
    guideline: Guideline, conversations: Conversations
) -> None:
    """A FakeAssistant gives an answer the id of its question, once; a second time it is stored already."""
    fake = FakeAssistant(guideline, conversations, FixedClock())
    question = Question("A類要幾家?", "digital-cluster", "s1", answer_id="a1")

    assert fake.answer(question).id == "a1"
    with pytest.raises(ValueError, match="stored already"):
        fake.answer(question)


def test_fake_assistant_names_its_corpus(guideline: Guideline, conversations: Conversations) -> None:
    """A FakeAssistant answers from the corpus that its digest names, as if it could be changed."""
    fake = FakeAssistant(guideline, conversations, FixedClock())
    fake.digest = "another"

    answer = fake.answer(Question("A類要幾家?", "digital-cluster"))
    kept = conversations.answer(answer.id)

    assert kept is not None
    assert (fake.corpus, kept.corpus_hash) == ("another", "another")


def test_fake_assistant_yields_statuses_first(guideline: Guideline, conversations: Conversations) -> None:
    """A FakeAssistant yields two statuses, then the answer, and says that it is done."""
    fake = FakeAssistant(guideline, conversations, FixedClock())

    *statuses, answer = fake.progress(Question("A類要幾家?", "digital-cluster"))

    assert [type(status) for status in statuses] == [Status, Status]
    assert isinstance(answer, Answer)
    assert fake.closed.is_set()


def test_fake_assistant_refuses_as_the_real_one(guideline: Guideline, conversations: Conversations) -> None:
    """A FakeAssistant refuses empty messages and session ids that are no tokens; nothing is recorded."""
    fake = FakeAssistant(guideline, conversations, FixedClock())

    with pytest.raises(MessageRejected):
        fake.answer(Question(" ", "digital-cluster"))
    with pytest.raises(ValueError, match="session id"):
        fake.answer(Question("A類要幾家?", "digital-cluster", "no token"))

    assert fake.questions == []


def test_fake_assistant_fails_when_told(guideline: Guideline, conversations: Conversations) -> None:
    """A FakeAssistant raises its failure after the first status."""
    fake = FakeAssistant(guideline, conversations, FixedClock())
    fake.failure = KeyError("broken")
    steps = fake.progress(Question("A類要幾家?", "digital-cluster"))

    assert isinstance(next(steps), Status)
    with pytest.raises(KeyError, match="broken"):
        next(steps)


def test_cited_answer_quotes_verbatim(guideline: Guideline) -> None:
    """A canned answer's quotes are the text at their offsets, and its text has a mark for each."""
    answer = cited_answer(guideline, "digital-cluster/7/A/3", "digital-cluster/2/註")

    for citation in answer.citations:
        assert guideline.text[citation.start : citation.end] == citation.quote
        assert f"〔{citation.n}〕" in answer.text
    assert [citation.n for citation in answer.citations] == [1, 2]


def test_fake_assistant_judges_by_its_rules(guideline: Guideline, conversations: Conversations) -> None:
    """A FakeAssistant's verdict is the real one by the rules that it was given; without rules there is none."""
    rules = load_rules(ROOT / "corpus" / "digital-cluster")
    fake = FakeAssistant(guideline, conversations, FixedClock(), rules)

    assert fake.rules is rules
    assert fake.verdict(facts_from_json(rules, "A", {"members": 3})).decision == "ineligible"
    with pytest.raises(ValueError, match="no rules"):
        FakeAssistant(guideline, conversations, FixedClock()).verdict({})
