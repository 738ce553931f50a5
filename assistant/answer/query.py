"""What the steps hand on to each other: one question of a message, with as much of its answer as there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer.evidence import Evidence
from assistant.answer.message import Message
from assistant.answer.split import SubQuestion
from assistant.answer.wording import Wording
from assistant.domain import Guideline, Line, Outcome, Referral
from assistant.eligibility.facts import Facts
from assistant.eligibility.rules import RuleBook
from assistant.index.targets import Target, TargetKind
from assistant.leads import Norms
from assistant.rank import Ranker, Ranking, WeightedQuestion
from assistant.reading import Reader, Reading
from assistant.support import Checks
from assistant.verdict import Understanding, Verdict


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules are given of a message: its words, how they are read, all facts known, the questions beside it."""

    text: str
    reading: Reading
    facts: Facts
    others: tuple[SubQuestion, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """
    One question on its way through the steps. Each step returns a copy with its own part filled in.

    `text` are its own words, `case` what the rules are given if it is for them; `ways` those
    in which it is ranked, the last one in full; `evidence` what is cited for it;
    `lines` what is said, which without evidence or case is why nothing is answered; `asked` how
    many questions of the message it stands for, `before` the one before it that it may need, `story`
    what was told for it.
    """

    message: Message
    text: str
    case: Case | None = None
    ways: tuple[WeightedQuestion, ...] = ()
    ranking: Ranking | None = None
    verdict: Verdict | None = None
    reading: Understanding | None = None
    evidence: Evidence | None = None
    outcome: Outcome = Outcome.ANSWERED
    confidence: float = 0.0
    lines: tuple[Line, ...] = ()
    referral: Referral | None = None
    asked: int = 1
    before: str = ""
    story: str = ""

    @classmethod
    def of(cls, message: Message, one: SubQuestion) -> Query:
        """One question of a message."""
        return cls(message, one.question, before=one.before, story=one.story)

    @property
    def understood(self) -> str:
        """The question made to stand alone."""
        return self.ways[-1].text

    @property
    def strange(self) -> bool:
        """Whether it is about another matter: as a whole too far from all that is ours."""
        return self.outcome is Outcome.OUT_OF_SCOPE and self.ranking is not None and not self.ranking.familiar

    @property
    def opens(self) -> Target | None:
        """The target that answers what newcomers ask, if it is answered by one."""
        guesses = self.ranking.guesses[:1] if self.evidence and self.ranking else ()
        return next((guess.target for guess in guesses if guess.target.opens), None)

    @property
    def cited(self) -> frozenset[str]:
        """The ids of the clauses on which its lines stand."""
        return frozenset(clause_id for line in self.lines for clause_id in line.clause_ids)

    def probability(self, kind: TargetKind) -> float:
        """How sure the ranker is that the question is of a kind; 0 for one that is not ranked."""
        return self.ranking.kinds.get(kind, 0.0) if self.ranking else 0.0


@dataclass(frozen=True, slots=True)
class Tools:
    """
    What the steps work with; one set per programme.

    `rules` are None for a programme without any, `reader` for one whose sentences none reads;
    `contrasts` are sets of kinds that exclude each other, by name a regular expression;
    `checks` are what sentences are held to before they are said, `norms` what clauses do, for leads;
    `corpus` is the digest of the files answered from.
    """

    guideline: Guideline
    ranker: Ranker
    wording: Wording
    rules: RuleBook | None
    reader: Reader | None
    contrasts: tuple[Mapping[str, str], ...]
    checks: Checks
    corpus: str
    norms: Norms
