"""What the steps of an answer hand on to each other, and what ends them early."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.answer.split import SubQuestion
from assistant.answer.wording import Wording
from assistant.domain import Citation, Clause, Line, Outcome, Question, Referral
from assistant.eligibility.rules import RuleBook
from assistant.rank import Ranker, Ranking, WeightedQuestion
from assistant.reading import Reader
from assistant.retrieve import HybridRetriever
from assistant.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PastTurn:
    """An earlier message of the conversation, how it was understood, and what was cited for it."""

    text: str
    understood: str
    outcome: str
    clause_ids: tuple[str, ...]

    @classmethod
    def of_json(cls, text: str, understood: str, answer: Mapping[str, Any]) -> PastTurn:
        """From the stored answer, in the shape of assistant.answer.wire."""
        cited = tuple(citation["clause_id"] for citation in answer.get("citations", ()))
        return cls(text, understood, str(answer.get("outcome", "")), cited)


@dataclass(frozen=True, slots=True)
class Part:
    """
    One of several questions in a message, and what answers it.

    `clauses` and `limits` as in a Context; without any, `silence` says that the guideline does not answer.
    `sure` is the probability that it is answered at all, `confidence` that these clauses do.
    """

    question: str
    clauses: tuple[Clause, ...] = ()
    limits: frozenset[str] = frozenset()
    silence: str = ""
    confidence: float = 0.0
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules computed: the lines to say, the verdict if one was asked for, the questions that it answers."""

    lines: tuple[Line, ...]
    outcome: Outcome
    verdict: Verdict | None
    answers: tuple[SubQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """
    The state of one answer. Each step returns a copy with its own part filled in.

    `text` is the cleaned message, `understood` the question made to stand alone,
    `ways` those in which it is ranked, `judged` what the rules made of it;
    `clauses` the leaves to cite, in order, `limits` the ids of those that only qualify
    the others; `lines` the answer's sentences, `body` what the person reads.

    `asked` are the questions that the message is made of, each with its place in `rankings`;
    `parts` those of several that are answered apart.
    """

    question: Question
    history: tuple[PastTurn, ...]
    today: date
    text: str = ""
    understood: str = ""
    ways: tuple[WeightedQuestion, ...] = ()
    asked: tuple[SubQuestion, ...] = ()
    ranking: Ranking | None = None
    rankings: tuple[Ranking, ...] = ()
    clauses: tuple[Clause, ...] = ()
    limits: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()
    lines: tuple[Line, ...] = ()
    citations: tuple[Citation, ...] = ()
    judged: Judged | None = None
    verdict: Verdict | None = None
    body: str = ""
    outcome: Outcome = Outcome.ANSWERED
    confidence: float = 0.0
    followups: tuple[str, ...] = ()

    @property
    def questions(self) -> int:
        """How many questions the message holds."""
        return max(1, len(self.asked))


@dataclass(frozen=True, slots=True)
class Stop:
    """Ends the steps with an outcome that cites nothing; `lines` are what the person reads."""

    outcome: Outcome
    lines: tuple[Line, ...]
    confidence: float
    text: str
    understood: str
    questions: int
    referral: Referral | None = None
    followups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tools:
    """
    What the steps work with; one set per programme.

    `rules` are None for a programme without any, `reader` for one whose sentences none reads; `contrasts` are sets of kinds that exclude
    each other, by name a regular expression; `corpus` is the digest of the files answered from.
    """

    retriever: HybridRetriever
    ranker: Ranker
    wording: Wording
    rules: RuleBook | None
    reader: Reader | None
    contrasts: tuple[Mapping[str, str], ...]
    corpus: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, what people who wait are told (empty: nothing), and the work."""

    name: str
    says: str
    run: Callable[[Context, Tools], Context | Stop]


def ranked(context: Context, tools: Tools) -> Context:
    """The context with what the ranker makes of the whole message; ranked once, and only when it is looked at."""
    return (
        context if context.ranking is not None else replace(context, ranking=tools.ranker.rank(*context.ways))
    )
