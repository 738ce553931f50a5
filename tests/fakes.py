"""Stand-ins for the ports, which record what they were asked; each has a test in test_fakes.py."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Event

from ulid import ULID

from assistant.answer.assistant import Assistant, Status
from assistant.answer.cite import marked, text_of
from assistant.answer.clean import clean_message
from assistant.answer.wire import to_json
from assistant.builds import build_index, check_corpus
from assistant.domain import Answer, Citation, Guideline, Line, Outcome, Question
from assistant.eligibility.rules import RuleBook
from assistant.knowledge.builder import Builder, BuildFailed, Places
from assistant.knowledge.comparison import Reply
from assistant.knowledge.editing import BankFiles
from assistant.ports import TAIPEI, Clock, Embedder
from assistant.records.conversations import Conversations, Turn
from assistant.support import Objection


class FixedClock(Clock):
    """
    A clock that stands still until `moment` is set.

    `calls` names the methods called, in order. A moment in another zone is
    told in Asia/Taipei, as the port promises.
    """

    def __init__(self, moment: datetime = datetime(2024, 3, 1, 9, 30, tzinfo=TAIPEI)) -> None:
        self.moment = moment
        self.calls: list[str] = []

    def now(self) -> datetime:
        """The set moment, in Asia/Taipei."""
        self.calls.append("now")
        return self.moment.astimezone(TAIPEI)

    def today(self) -> date:
        """The date of the set moment in Taiwan."""
        self.calls.append("today")
        return self.moment.astimezone(TAIPEI).date()


class HashEmbedder(Embedder):
    """
    An embedder that needs no model: texts that share characters and pairs of them lie near each other.

    Vectors are sums of signs that hashlib gives each pair, so that they are the same in
    every process. `queries` and `passages` are the texts it was given, in order. With
    `failure` set, embedding raises it.
    """

    def __init__(self, name: str = "hash-64", dimensions: int = 64) -> None:
        self._name, self._dimensions = name, dimensions
        self.queries: list[str] = []
        self.passages: list[str] = []
        self.failure: Exception | None = None

    @property
    def name(self) -> str:
        """The name it was made with."""
        return self._name

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Passages to (n, dimensions) unit rows."""
        self.passages += texts
        return [self._unit_row(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """One question to a unit vector, the same as that of a passage."""
        self.queries.append(text)
        return self._unit_row(text)

    def _unit_row(self, text: str) -> list[float]:
        if self.failure is not None:
            raise self.failure
        row = [0.0] * self._dimensions
        for gram in [*text, *(text[i : i + 2] for i in range(len(text) - 1))]:
            digest = int.from_bytes(hashlib.blake2b(gram.encode("utf8", "replace"), digest_size=8).digest())
            row[digest % self._dimensions] += 1.0 if digest >> 32 & 1 else -1.0
        length = math.sqrt(sum(value * value for value in row))
        return [value / length for value in row] if length else [1.0, *row[1:]]


class FakeAssistant(Assistant):
    """
    An Assistant whose steps are canned; messages are refused and turns are kept as by the real one.

    `questions` are the questions it was given, in order. An answer is `draft` with
    its own id and the conversation's; verdicts are the real ones. `failure`, if set, is raised after the first
    status. With `gate` set to a new Event the second status waits for it; `closed`
    is set when the iteration ends, however it ends.
    """

    def __init__(
        self, guideline: Guideline, conversations: Conversations, clock: Clock, rules: RuleBook | None = None
    ) -> None:
        self._of, self._kept, self._clock, self._rules = guideline, conversations, clock, rules
        self.questions: list[Question] = []
        self.draft = cited_answer(guideline)
        self.digest = "fake"
        self.failure: Exception | None = None
        self.gate = Event()
        self.gate.set()
        self.closed = Event()

    @property
    def guideline(self) -> Guideline:
        """The guideline that it was made with."""
        return self._of

    @property
    def rules(self) -> RuleBook | None:
        """The rules that it was made with."""
        return self._rules

    @property
    def corpus(self) -> str:
        """`digest`, which can be set as if the corpus had been changed."""
        return self.digest

    def probe(self) -> None:
        """Nothing, or `failure` raised."""
        if self.failure is not None:
            raise self.failure

    def unsupported(self, sentence: str, clause_ids: Iterable[str]) -> tuple[Objection, ...]:
        """Nothing: every sentence may stand on any clause."""
        del sentence, clause_ids
        return ()

    def progress(self, question: Question) -> Iterator[Status | Answer]:
        """Two statuses, then the draft."""
        clean_message(question.text)
        session_id = self._kept.start(question.session_id, question.programme)
        self.questions.append(question)
        try:
            yield Status("retrieve", "正在查找條文")
            if self.failure is not None:
                raise self.failure
            self.gate.wait(timeout=10)
            yield Status("compose", "正在整理回答")
            now = self._clock.now()
            answer_id = question.answer_id or str(ULID.from_datetime(now))
            answer = replace(self.draft, id=answer_id, session_id=session_id)
            kept = Turn(
                answer.id, question.text, question.text, answer.outcome, to_json(answer), self.digest, now
            )
            self._kept.append(session_id, kept)
            yield answer
        finally:
            self.closed.set()


def cited_answer(guideline: Guideline, *clause_ids: str) -> Answer:
    """An Answer, ids empty, that cites these leaf clauses; the guideline's first one if none is named."""
    leaves = [guideline.by_id[clause_id] for clause_id in clause_ids] or guideline.leaves[:1]
    file, edition = guideline.source.file, guideline.source.edition
    citations = tuple(
        Citation(n, c.id, c.label, c.text, c.start, c.end, file, edition, f"/clauses/{c.id}")
        for n, c in enumerate(leaves, 1)
    )
    lines = marked(tuple(Line("said", leaf.plain, (leaf.id,)) for leaf in leaves))
    return Answer(
        id="",
        session_id="",
        outcome=Outcome.ANSWERED,
        text=text_of(lines),
        lines=lines,
        citations=citations,
        confidence=0.9,
        followups=("B類的申請條件有哪些?",),
    )


class FakeBuilder(Builder):
    """
    A Builder that works in this process: the ingest's own check and build, replies out of the bank's text.

    A question is answered as it stands in the bank of the corpus asked: "answered" in questions.toml with
    the clauses named there (groups are not resolved), "no_clause" in gaps.toml and where it stands nowhere, "out_of_scope" in
    outside.toml. `calls` names what was done, and in which corpus folder. `failures` are raised
    instead of doing what they are named by; `gates`, if set to new Events, are waited for before,
    and `begun` is set when that begins. Builds need the test's `build` fixture.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, Path]] = []
        self.failures: dict[str, Exception] = {}
        self.gates: dict[str, Event] = {}
        self.begun = Event()
        self.stopped = False

    def check(self, places: Places, programme: str) -> None:
        """The ingest's check."""
        self._call("check", places)
        check_corpus(places, programme)

    def build(self, places: Places, programme: str, say: Callable[[str], None]) -> None:
        """The ingest's build."""
        self._call("build", places)
        build_index(places, programme, say)

    def replies(
        self, places: Places, programme: str, questions: Sequence[str], count: Callable[[int], None]
    ) -> list[Reply]:
        """A reply to each question; all are counted at once."""
        self._call("replies", places)
        made = [_reply(places, programme, question) for question in questions]
        count(len(made))
        return made

    def stop(self) -> None:
        """Open every gate; what is asked for later fails."""
        self.stopped = True
        for gate in self.gates.values():
            gate.set()

    def _call(self, name: str, places: Places) -> None:
        self.calls.append((name, places.corpus))
        if name in self.gates or not self.gates:
            self.begun.set()
        if name in self.gates:
            self.gates[name].wait(timeout=10)
        if self.stopped:
            raise BuildFailed("服務正在關閉。")
        if name in self.failures:
            raise self.failures[name]


def _reply(places: Places, programme: str, question: str) -> Reply:
    found = {key for asked, key in BankFiles(places.corpus / programme).questions() if asked == question}
    key = found.pop() if found else "gap:"
    if key.startswith(("gap:", "outside:")):
        return Reply("no_clause" if key.startswith("gap:") else "out_of_scope")
    return Reply("answered", tuple(f"{programme}/{clause}" for clause in key.split("+")))
