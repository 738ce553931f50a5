"""
What the rules decide on each sentence, and how that is to be counted.

right       what is due; where the words leave the figures in doubt, asking back too
cautious    asked back, although everything was said
dangerous   eligible or ineligible, where that is wrong or open
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from assistant.answer.clean import said_in
from assistant.answer.hearing import Hearing, Memory
from assistant.answer.judge import computed
from assistant.answer.query import Tools
from assistant.answer.split import asked_in
from eval.metamorphic.oracle import OPEN
from eval.metamorphic.sentences import MadeSentence, sentences
from eval.metrics import Proportion
from eval.tables import ReportTable, percent

FILE: Final = "metamorphic.json"
SHOWN: Final = 60
_FLAT: Final = ("eligible", "ineligible")


@dataclass(frozen=True, slots=True)
class SentenceDecision:
    """A sentence and the decision on it: eligible, ineligible or open."""

    sentence: MadeSentence
    decision: str

    @property
    def result(self) -> str:
        """Whether that is right, cautious or dangerous."""
        sentence = self.sentence
        if self.decision == sentence.due or (self.decision == OPEN and sentence.in_doubt):
            return "right"
        return "cautious" if self.decision == OPEN else "dangerous"


_ROWS: Final = TypeAdapter(tuple[SentenceDecision, ...])


def decisions(tools: Tools, today: date) -> Iterator[SentenceDecision]:
    """What the rules decide on every sentence, before the ranker may take one away from them."""
    if tools.rules is not None and tools.reader is not None:
        hearing = Hearing(tools.rules, tools.reader, today)
        for sentence in sentences():
            yield SentenceDecision(sentence, _decision(hearing, said_in(sentence.text)))


def _decision(hearing: Hearing, text: str) -> str:
    case = hearing.case(text, asked_in(text), Memory())
    if case is None or case.reading.unread or case.reading.contradictions:
        return OPEN
    found = computed(case, hearing.book, hearing.today)
    decision = "" if found.contradictions else getattr(found, "decision", "")
    return decision if decision in _FLAT else OPEN


def keep(folder: Path, rows: Sequence[SentenceDecision]) -> None:
    """Write what was decided into the folder of a run."""
    (folder / FILE).write_bytes(_ROWS.dump_json(tuple(rows)))


def read(folder: Path) -> tuple[SentenceDecision, ...]:
    """What was kept; nothing if the run left it out."""
    path = folder / FILE
    return _ROWS.validate_json(path.read_bytes()) if path.exists() else ()


def figures(rows: Sequence[SentenceDecision]) -> Mapping[str, float]:
    """The shares that are right and cautious, and how many are dangerous; nothing of nothing."""
    counts, n = Counter(row.result for row in rows), len(rows)
    shares = {f"metamorphic.{result}": counts[result] / n for result in ("right", "cautious") if n}
    return {**shares, "metamorphic.dangerous": counts["dangerous"]} if n else {}


def tables(rows: Sequence[SentenceDecision]) -> list[ReportTable]:
    """The results by template and by transformation, and the sentences that failed, dangerous ones first."""
    if not rows:
        return []
    failed = sorted((row for row in rows if row.result != "right"), key=lambda row: row.result != "dangerous")
    lines = [
        (row.sentence.text, row.result, row.decision, row.sentence.due, row.sentence.transformation)
        for row in failed[:SHOWN]
    ]
    columns = ("sentence", "result", "decided", "due", "transformation")
    return [
        _grouped("template", rows, lambda sentence: sentence.template),
        _grouped("transformation", rows, lambda sentence: sentence.transformation),
        ReportTable("Metamorphic: failed", columns, tuple(tuple(map(_inline, line)) for line in lines)),
    ]


def _grouped(name: str, rows: Sequence[SentenceDecision], key: Callable[[MadeSentence], str]) -> ReportTable:
    counts = Counter((key(row.sentence), row.result) for row in rows)
    groups = Counter(key(row.sentence) for row in rows)
    lines = [
        (
            group,
            str(n),
            percent(Proportion(counts[group, "right"], n)),
            str(counts[group, "cautious"]),
            str(counts[group, "dangerous"]),
        )
        for group, n in groups.items()
    ]
    columns = (name, "n", "right", "cautious", "dangerous")
    return ReportTable(f"Metamorphic: by {name}", columns, tuple(lines))


def _inline(text: str) -> str:
    return text.replace("\n", " ⏎ ")
