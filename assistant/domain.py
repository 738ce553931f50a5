"""
The nouns every stage shares: clause, passage, citation, question, line, answer.

Offsets are positions in the source file as read: Unicode code points, 0-based, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from assistant.verdict import Understanding, Verdict

LineKind = Literal[
    "understood", "lead", "said", "check", "nearest", "assumption", "question", "heading", "silence"
]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a guideline comes from; the words of source.toml. `reader` names the plug-in that reads its sentences, if any."""

    programme: str
    title: str
    agency: str
    page: str
    edition: str
    file: str
    sha256: str
    referral: str
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One entry of the guideline's page.

    `question` and `track` are editorial: the page's own headings are lost, and
    nothing here is ever quoted. `track` is the kind of application an entry
    speaks of, empty where it speaks of all.
    """

    number: int
    question: str
    topic: str
    track: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """
    One node of the clause tree.

    A leaf is a sentence or a numbered item and has `text`, verbatim at
    `start:end`. A group (an entry, a numbered heading) spans its leaves, their
    labels included, and has `children`. `label` names it for people, `plain`
    is the editorial rendering in everyday words (leaves only).
    """

    id: str
    entry: int
    label: str
    text: str
    start: int
    end: int
    line: int
    parent: str | None = None
    children: tuple[str, ...] = ()
    title: str = ""
    plain: str = ""

    @property
    def is_leaf(self) -> bool:
        """True for a sentence or a numbered item, which is what gets cited."""
        return not self.children


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """
    Leaves that answer one question together, editorial like an Entry; `limits` qualify all and are cited along.

    One that answers what newcomers ask may go on: `silent` are ids of gaps that are named with it,
    `next` questions to ask then, and with `check` the rules begin to ask what they must know.
    """

    id: str
    question: str
    clauses: tuple[str, ...]
    limits: tuple[str, ...] = ()
    track: str = ""
    silent: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    check: bool = False


@dataclass(frozen=True, slots=True)
class Parallel:
    """
    One aspect that the guideline settles twice, for two kinds of application; editorial like an Entry.

    `kinds` are names of variants.toml, `sides` the leaves that settle it for each. `together` says
    whether a question that names neither kind is answered with both sides.
    """

    kinds: tuple[tuple[str, ...], tuple[str, ...]]
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    together: bool = True


@dataclass(frozen=True)
class Guideline:
    """
    A guideline: clauses, and groups and parallels of them, in its order.

    `suggestions`, `example`: what one may ask; `short` has a short question for each leaf.
    """

    source: Source
    text: str
    entries: tuple[Entry, ...]
    groups: tuple[ClauseGroup, ...]
    clauses: tuple[Clause, ...]
    parallels: tuple[Parallel, ...] = ()
    suggestions: tuple[str, ...] = ()
    example: str = ""
    short: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Clause]:
        """Every clause, leaf or group, by its id."""
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def leaves(self) -> tuple[Clause, ...]:
        """The leaf clauses in document order."""
        return tuple(clause for clause in self.clauses if clause.is_leaf)

    def entry(self, number: int) -> Entry:
        """The entry with that number; KeyError if the guideline has none."""
        for entry in self.entries:
            if entry.number == number:
                return entry
        raise KeyError(number)

    def leaves_under(self, clause_id: str) -> tuple[Clause, ...]:
        """The leaves of a clause in document order; the clause itself if it is one."""
        return tuple(self._walk(self.by_id[clause_id]))

    def ancestors(self, clause_id: str) -> tuple[Clause, ...]:
        """The groups that hold a clause, outermost first."""
        path: list[Clause] = []
        parent = self.by_id[clause_id].parent
        while parent is not None:
            path.insert(0, self.by_id[parent])
            parent = path[0].parent
        return tuple(path)

    def _walk(self, clause: Clause) -> Iterator[Clause]:
        if clause.is_leaf:
            yield clause
        for child in clause.children:
            yield from self._walk(self.by_id[child])


class Outcome(StrEnum):
    """What an answer is; the rules for each are in answer/outcomes.toml."""

    ANSWERED = "answered"
    NEEDS_INFO = "needs_info"
    NO_CLAUSE = "no_clause"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Citation:
    """A leaf clause quoted in an answer as 〔n〕; `quote` is verbatim at `start:end`."""

    n: int
    clause_id: str
    label: str
    quote: str
    start: int
    end: int
    source: str
    edition: str
    url: str


@dataclass(frozen=True, slots=True)
class Question:
    """
    A message from any channel, decoded and cleaned; `session_id` goes on with a conversation.

    `answer_id` is the id that the answer is to have, where a channel derives it from
    the client's own message id so that a message sent twice is answered once.
    """

    text: str
    programme: str
    session_id: str | None = None
    answer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of an answer, without bullet or marks; `marks` are the numbers of `clause_ids`, once cited.

    Understood is what figures were read as, a lead the conclusion, said a clause in plain words, check a rule held against figures,
    nearest a change that would pass, question what is asked back, heading what was asked.
    """

    kind: LineKind
    text: str
    clause_ids: tuple[str, ...] = ()
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Referral:
    """On no_clause: who can help, what was looked for, and which clauses lie nearby."""

    contact: str
    looked_for: str
    nearby: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What every channel renders; none adds facts of its own. `text` is made of the lines and the citations."""

    id: str
    session_id: str
    outcome: Outcome
    text: str
    citations: tuple[Citation, ...] = ()
    verdict: Verdict | None = None
    confidence: float = 0.0
    followups: tuple[str, ...] = ()
    referral: Referral | None = None
    lines: tuple[Line, ...] = ()
    questions: int = 1
    reading: Understanding | None = None
