"""Scores -> tables, the same for Markdown and HTML: every cell is a string."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval import metrics
from eval.calibration import area_under_risk, expected_calibration_error
from eval.crossvalidation import COVERAGES, Scheme
from eval.items import KINDS
from eval.metrics import Proportion
from eval.paired import paired
from eval.ranks import MEASURES
from eval.score import Ranked, Scored, stated


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A titled table; `note` says what the reader should know, columns after the first are figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def markdown(self) -> str:
        """The table in Markdown, title and note above."""
        lines = [f"### {self.title}", "", *([self.note, ""] if self.note else [])]
        lines += [f"| {' | '.join(self.columns)} |", "|---" + "|---:" * (len(self.columns) - 1) + "|"]
        return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in self.rows), ""])


def kinds(scored: Scored) -> ReportTable:
    """Correct per set and kind, with intervals."""
    rows = [(name, percent(share), str(share.of), _interval(share)) for name, share in of_kind(scored)]
    return ReportTable(
        "Correct, by set and kind", ("set: kind", "correct", "n", "95 % interval"), tuple(rows)
    )


def details(scored: Scored) -> ReportTable:
    """What lies behind the answers, set by set; a column for each."""
    rows = [
        (label, *(percent(figure(items)) for items in scored.sets.values()))
        for label, figure in metrics.FIGURES.values()
    ]
    return ReportTable("Behind the answers", ("figure", *scored.sets), tuple(rows))


def latency(scored: Scored) -> ReportTable:
    """Milliseconds a request; errors beside it."""
    values = [metrics.quantile(scored.milliseconds, q) for q in (0.5, 0.95, 0.99)]
    errors = sum(seen.judgement.outcome == "error" for seen in scored.seen)
    row = (str(len(scored.seen)), str(errors), *(f"{value or 0:.0f}" for value in values))
    return ReportTable(
        "Latency",
        ("requests", "errors", "p50 ms", "p95 ms", "p99 ms"),
        (row,),
        "Wall time of one request, one after another.",
    )


def systems(title: str, scored: Iterable[Scored], note: str) -> ReportTable:
    """One row a system: what is correct of each kind, all sets together."""
    rows = [
        (
            one.system,
            *(percent(metrics.correct(one.items, kind)) for kind in KINDS[:5]),
            percent(metrics.first_citation_right(one.items)),
            percent(metrics.turns_correct(one.items, "multiturn")),
            percent(metrics.inside_attacks(one.items)),
        )
        for one in scored
    ]
    columns = ("system", *KINDS[:5], "first citation", "turns", "inside attacks")
    return ReportTable(title, columns, tuple(rows), note)


def differences(one: Scored, others: Iterable[Scored]) -> ReportTable:
    """The one against each of the others, on the questions that have an answer and on every item."""
    rows = []
    for other in others:
        for name, kinds_compared in (("answerable", {"answerable"}), ("all", {*KINDS})):
            pair = paired(one, other, kinds_compared)
            low, high = pair.interval
            row = (str(pair.n), str(pair.ours), str(pair.theirs), f"{pair.difference:+.1%}")
            rows.append((f"{other.system} ({name})", *row, f"{low:+.1%} to {high:+.1%}", f"{pair.p:.1g}"))
    columns = ("compared with", "n", "only ours", "only theirs", "difference", "95 % interval", "McNemar p")
    note = "Items asked of both; interval of Bonett and Price, McNemar's test exact and two-sided."
    return ReportTable(f"{one.system} and each other system, item by item", columns, tuple(rows), note)


def rankings(ranked: Iterable[Ranked]) -> ReportTable:
    """How well clauses are ranked, whatever is then done with the ranking."""
    rows = [(r.system, str(r.n), *(f"{mean:.3f}" for mean in r.means.values())) for r in ranked]
    note = "Answerable questions of all sets; clauses that read the same count as one."
    return ReportTable("Ranking", ("system", "n", *MEASURES), tuple(rows), note)


def held_out(schemes: Sequence[Scheme]) -> list[ReportTable]:
    """What the ranker does with the bank's own questions when it has not seen them."""
    parts = [
        (
            scheme.name,
            part.name,
            str(part.correct.of),
            percent(part.answered),
            percent(part.correct),
            _interval(part.correct),
        )
        for scheme in schemes
        for part in scheme.parts
    ]
    errors = [
        (
            scheme.name,
            f"{scheme.threshold:.3f}",
            percent(scheme.target),
            f"{scheme.calibration_error or 0:.3f}",
            *(percent(error) for error in scheme.errors),
        )
        for scheme in schemes
    ]
    curve = tuple(f"error at {coverage:.0%}" for coverage in COVERAGES)
    return [
        ReportTable(
            "Cross-validation on the bank",
            ("held out", "part", "n", "answered", "correct", "95 % interval"),
            tuple(parts),
            "A clause question is correct if the answer carries its clauses, any other if it is declined.",
        ),
        ReportTable(
            "Cross-validation: threshold, calibration, error at coverage",
            ("held out", "threshold", "target found", "calibration error", *curve),
            tuple(errors),
            "Error: of the answers given to clause and gap questions, the share that is wrong, where so many of "
            "the clause questions are answered.",
        ),
    ]


def by_clause(scheme: Scheme) -> ReportTable:
    """How well the clauses are told apart: each one's recall and precision, those most often missed first."""
    ordered = sorted(scheme.clauses, key=lambda one: one.recall.value or 0)
    rows = [
        (one.clause, str(one.recall.of), percent(one.recall), str(one.precision.of), percent(one.precision))
        for one in ordered
    ]
    columns = ("clause", "questions due", "recall", "questions that cite it", "precision")
    return ReportTable(f"Clauses, held out: {scheme.name}", columns, tuple(rows))


def confidence(scored: Scored) -> ReportTable:
    """Is what is stated true, outcome by outcome, and do the sure ones come right?"""
    outcomes = dict.fromkeys(seen.judgement.outcome for seen in scored.seen)
    rows = []
    for name, pairs in {"all": stated(scored), **{one: stated(scored, one) for one in outcomes}}.items():
        n = len(pairs) or 1
        means = (sum(sure for sure, _ in pairs) / n, sum(right for _, right in pairs) / n)
        figures = (expected_calibration_error(pairs) or 0, area_under_risk(pairs) or 0)
        shown = (*(f"{mean:.1%}" for mean in means), *(f"{figure:.3f}" for figure in figures))
        rows.append((name, str(len(pairs)), *shown))
    columns = ("outcome", "turns", "stated", "right", "expected calibration error", "area under risk")
    note = "Area under risk: the share wrong among the surest, averaged over all shares of the turns."
    return ReportTable("Stated confidence", columns, tuple(rows), note)


def percent(value: Proportion | float | None) -> str:
    """A share as a percentage with one decimal; a dash where nothing was eligible."""
    number = value.value if isinstance(value, Proportion) else value
    return "–" if number is None else f"{number:.1%}"


def of_kind(scored: Scored) -> list[tuple[str, Proportion]]:
    """What is correct of each kind that a set has."""
    return [
        (f"{name}: {kind}", share)
        for name, items in scored.sets.items()
        for kind in KINDS
        if (share := metrics.correct(items, kind)).of
    ]


def _interval(share: Proportion) -> str:
    low, high = share.interval
    return f"{low:.1%} – {high:.1%}"
