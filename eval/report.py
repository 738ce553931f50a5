"""A scored run -> report.md, and report.html with the plots in it: one file, no address needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader

from eval import plots, tables
from eval.ablations import ABLATED
from eval.calibration import Point, coverage_curve
from eval.calibration import reliability as bins_of
from eval.crossvalidation import COVERAGES, Scheme
from eval.failures import Failure, worst
from eval.metrics import Proportion
from eval.plots import Plot
from eval.run import Config
from eval.score import Ranked, Scored, stated
from eval.systems import ASSISTANT
from eval.tables import ReportTable

MARKDOWN: Final = "report.md"
PAGE: Final = "report.html"
_TEMPLATE: Final = "page.html"
_COMPARED: Final = ("unanswerable", "offtopic")


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported, in the order in which it is read."""

    config: Config
    tables: tuple[ReportTable, ...]
    shares: tuple[tuple[str, Proportion], ...]
    plots: tuple[Plot, ...]
    failures: tuple[Failure, ...]
    floor: tuple[str, ...]

    def write(self, folder: Path) -> None:
        """Both forms, into the run's folder."""
        (folder / MARKDOWN).write_text(self.markdown(), encoding="utf8")
        (folder / PAGE).write_text(self.page(), encoding="utf8")

    def markdown(self) -> str:
        """The report without plots."""
        parts = [f"# Evaluation {self.config.name}", self.summary, *(t.markdown() for t in self.tables)]
        parts += ["### Below the floor", "\n".join(f"- {line}" for line in self.floor) or "Nothing.", ""]
        parts += ["### The worst failures", "\n".join(failure.markdown() for failure in self.failures)]
        return "\n\n".join(parts) + "\n"

    def page(self) -> str:
        """The report as one HTML page."""
        folder = FileSystemLoader(Path(__file__).parent)
        jinja = Environment(loader=folder, autoescape=True, trim_blocks=True, lstrip_blocks=True)
        return jinja.get_template(_TEMPLATE).render(report=self)

    @property
    def summary(self) -> str:
        """What was asked, in one line."""
        c = self.config
        code = f"commit {c.commit}{' with changes' if c.changed else ''}"
        where = f"at {c.base}" if c.base else "in process"
        return f"{c.programme}, corpus {c.corpus[:12]}, {c.embedder}, {code}, {where}."


def report_of(
    config: Config,
    scored: Mapping[str, Scored],
    ranked: tuple[Ranked, ...],
    schemes: tuple[Scheme, ...],
    floor: tuple[str, ...],
    more: Sequence[ReportTable] = (),
) -> Report:
    """Everything that a run measured, `more` at the end; what it left out has no table."""
    assistant = scored[ASSISTANT]
    compared = [one for name, one in scored.items() if name not in ABLATED]
    parts = [assistant, *(one for name, one in scored.items() if name in ABLATED)]
    shown = [tables.kinds(assistant), tables.details(assistant), tables.confidence(assistant)]
    shown.append(tables.latency(assistant))
    if len(compared) > 1:
        shown.append(tables.systems("Baselines", compared, "All sets together, the same judge."))
        others = [one for one in scored.values() if one is not assistant]
        shown.append(tables.differences(assistant, others))
        shown.append(tables.rankings(ranked))
    if len(parts) > 1:
        note = "Each row lacks one part; nothing is learned again without it."
        shown.append(tables.systems("Ablations", parts, note))
    shown += [*(tables.held_out(schemes) if schemes else ()), *map(tables.by_clause, schemes[:1]), *more]
    return Report(
        config,
        tuple(shown),
        tuple(tables.of_kind(assistant)),
        tuple(_plots(assistant, scored, schemes)),
        tuple(worst(assistant)),
        floor,
    )


def _plots(assistant: Scored, scored: Mapping[str, Scored], schemes: tuple[Scheme, ...]) -> Iterator[Plot]:
    bins = {"sets": bins_of(stated(assistant)), **{f"bank: {s.name}": list(s.bins) for s in schemes[:2]}}
    curves = {f"bank: {s.name}": _points(s) for s in schemes[:2]}
    if "ranker" in scored:
        curves = {"sets": _curve(scored["ranker"]), **curves}
    if curves:
        yield plots.coverage("Coverage against error", "answerable questions answered", curves)
    risk = {"sets": coverage_curve([(sure, right, True) for sure, right in stated(assistant)])}
    yield plots.coverage("Risk and coverage", "turns of any outcome, the surest first", risk)
    yield plots.reliability("Reliability of the stated confidence", bins)
    yield plots.histogram("Latency", assistant.milliseconds)


def _curve(never_declines: Scored) -> list[Point]:
    judged = [seen for seen in never_declines.seen if seen.turn.kind in {"answerable", *_COMPARED}]
    return coverage_curve(
        [(s.judgement.confidence, s.judgement.correct, s.turn.kind == "answerable") for s in judged]
    )


def _points(scheme: Scheme) -> list[Point]:
    pairs = zip(COVERAGES, scheme.errors, strict=True)
    return [Point(0.0, coverage, error) for coverage, error in pairs if error is not None]
