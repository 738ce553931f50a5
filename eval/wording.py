"""
Answers that two readers labelled, each alone: what they say, how far they agree, and what the proxy says of the same.

    direct    the first sentence gives what was asked, and it is true
    buried    it is there and true, but something else comes first
    recited   the clause is repeated; what it means for the question is left to the asker
    wrong     something the guideline does not carry, or not what was asked

A label belongs to the answer that was read, which stands beside it in eval/sets/wording; the assistant of today may
say something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict

from eval.leads import SETS as LEADS
from eval.leads import opening, read_leads, right
from eval.metrics import share
from eval.tables import ReportTable, percent

SETS: Final = Path(__file__).with_name("sets") / "wording"
WordingLabel = Literal["direct", "buried", "recited", "wrong"]
LABELS: Final[tuple[str, ...]] = get_args(WordingLabel)


class LabelledAnswer(BaseModel):
    """A question, of which item of which set it is, the answer as it was read, and both labels with their reasons."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    of: str
    q: str
    answer: str
    one: WordingLabel
    two: WordingLabel
    why_one: str = ""
    why_two: str = ""


def read_labels(path: Path) -> tuple[LabelledAnswer, ...]:
    """The labelled answers of a file; ValueError if a line breaks the format."""
    return tuple(map(LabelledAnswer.model_validate_json, path.read_text(encoding="utf8").splitlines()))


def kappa(pairs: Sequence[tuple[object, object]]) -> float:
    """Cohen's kappa: the agreement beyond what both would have by chance, of what there is; 1 if chance is all."""
    n = len(pairs)
    agreed = sum(one == two for one, two in pairs) / n
    ones, twos = (Counter(column) for column in zip(*pairs, strict=True))
    chance = sum(ones[label] * twos[label] for label in ones) / n**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def tables(programme: str) -> list[ReportTable]:
    """Both readers by set, and the proxy of eval.leads beside them on its own questions; none if nothing was read."""
    path = SETS / f"{programme}.jsonl"
    if not path.exists():
        return []
    labelled = read_labels(path)
    by_set = {name: list(of) for name, of in groupby(sorted(labelled, key=_set_of), _set_of)}
    known = {f"leads/{item.id}": item for item in read_leads(LEADS / path.name)}
    proxy = [(right(known[a.of], opening(a.answer)), a.one, a.two) for a in labelled if a.of in known]
    return [
        ReportTable(
            "Wording, by two readers",
            ("set", "n", *LABELS, "both direct", "agreement", "Cohen's kappa"),
            tuple(_labels(name, answers) for name, answers in {**by_set, "all": labelled}.items()),
            "Reader one / reader two, each alone, on the answers of the day on which they were read.",
        ),
        ReportTable(
            "The proxy of first lines against the readers",
            ("against", "n", "both direct", "proxy alone", "reader alone", "neither", "Cohen's kappa"),
            (
                _against("reader one", [(good, one == "direct") for good, one, _ in proxy]),
                _against("reader two", [(good, two == "direct") for good, _, two in proxy]),
            ),
            "Direct or not, on the questions of eval/sets/leads.",
        ),
    ]


def _set_of(answer: LabelledAnswer) -> str:
    return answer.of.split("/")[0]


def _labels(name: str, answers: Sequence[LabelledAnswer]) -> tuple[str, ...]:
    pairs = [(a.one, a.two) for a in answers]
    counts = [
        f"{sum(one == label for one, _ in pairs)} / {sum(two == label for _, two in pairs)}"
        for label in LABELS
    ]
    both, agreed = (
        share(pair == ("direct", "direct") for pair in pairs),
        share(one == two for one, two in pairs),
    )
    return (name, str(len(pairs)), *counts, percent(both), percent(agreed), f"{kappa(pairs):.2f}")


def _against(name: str, pairs: Sequence[tuple[bool, bool]]) -> tuple[str, ...]:
    cells = [pairs.count(cell) for cell in ((True, True), (True, False), (False, True), (False, False))]
    return (name, str(len(pairs)), *map(str, cells), f"{kappa(pairs):.2f}")
