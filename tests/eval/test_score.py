"""Replies are kept, judged apart from being given, and reported in full."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from eval.__main__ import main
from eval.crossvalidation import BankPart, Scheme
from eval.gate import Floor
from eval.generate import generate, read_generated
from eval.items import Item, ItemTurn
from eval.metrics import Proportion
from eval.report import Report, report_of
from eval.run import Config, begin, read_schemes, write_schemes
from eval.score import Scored, figures, rank, score
from eval.spans import GuidelineText
from eval.systems import ASSISTANT, cited

CLAUSES = ("每一群聚至少八家企業組成。", "輔導案不得轉包及分包。")
SOURCE = GuidelineText(
    "".join(CLAUSES), [("1", (0, len(CLAUSES[0]))), ("2", (len(CLAUSES[0]), sum(map(len, CLAUSES))))]
)
CONFIG = Config(
    date="2024-03-01",
    commit="abc",
    changed=True,
    programme="small",
    corpus="0" * 64,
    embedder="none",
    base="",
    sets=(),
)


def _turn(turn_id: str, kind: str, q: str, *gold: str) -> ItemTurn:
    return ItemTurn.model_validate({"id": turn_id, "kind": kind, "q": q, "gold": gold})


SETS = {
    "small": (
        Item(id="a", kind="answerable", turns=(_turn("a", "answerable", "幾家?", CLAUSES[0]),)),
        Item(id="b", kind="answerable", turns=(_turn("b", "answerable", "<b>轉包</b>?", CLAUSES[1]),)),
        Item(id="c", kind="offtopic", turns=(_turn("c", "offtopic", "天氣?"),)),
        Item(
            id="m",
            kind="multiturn",
            turns=(_turn("m.1", "answerable", "幾家?", CLAUSES[0]), _turn("m.2", "unanswerable", "多少錢?")),
        ),
    )
}


@dataclass
class Parrot:
    """Always cites the first clause; remembers what it was asked in which session."""

    name: str = ASSISTANT
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def ask(self, message: str, session: str | None) -> dict[str, Any]:
        """The first clause, sure of it, in a session numbered by the questions so far."""
        self.asked.append((message, session))
        reply = cited(CLAUSES[:1], ["1", "2"], 0.75)
        return {**reply, "session_id": session or str(len(self.asked)), "text": "至少八家"}


@pytest.fixture
def scored(tmp_path: Path) -> dict[str, Scored]:
    """The parrot as the assistant and once more for comparison, generated, read back and judged."""
    generate([Parrot(), Parrot("again")], SETS, tmp_path, lambda _: None)
    return score(read_generated(tmp_path), SETS, SOURCE)


def _report(scored: dict[str, Scored], *floor: str) -> Report:
    part = BankPart(name="gap", answered=Proportion(1, 4), correct=Proportion(3, 4))
    scheme = Scheme(
        name="five folds",
        threshold=0.5,
        target=Proportion(2, 4),
        parts=(part,),
        errors=(0.1,) * 7,
        bins=(),
        calibration_error=None,
    )
    ranked = tuple(r for r in (rank(one, SOURCE) for one in scored.values()) if r is not None)
    return report_of(CONFIG, scored, ranked, (scheme,), floor)


def test_a_conversation_goes_on_and_a_question_stands_alone(tmp_path: Path) -> None:
    """The session of a reply is given back in the next turn, and in no other item."""
    parrot = Parrot()
    generate([parrot], SETS, tmp_path, lambda _: None)

    assert [session for _, session in parrot.asked] == [None, None, None, None, "4"]


def test_only_the_assistant_keeps_its_text(tmp_path: Path) -> None:
    """Of a system that is only compared, what is judged is kept and no more."""
    generate([Parrot(), Parrot("again")], SETS, tmp_path, lambda _: None)
    ours, theirs = read_generated(tmp_path)[0], read_generated(tmp_path)[-1]

    assert "text" in ours.reply
    assert "text" not in theirs.reply


def test_figures_are_named_by_set_kind_and_metric(scored: dict[str, Scored]) -> None:
    """One of two answers is right, nothing is declined, and what was not asked has no figure."""
    numbers = figures(scored, ())

    assert numbers["small.answerable.correct"] == 0.5
    assert numbers["small.refusal.recall"] == 0
    assert numbers["small.multiturn.turns"] == 0.5
    assert "small.numeric.correct" not in numbers


def test_a_run_cut_short_is_judged_as_far_as_it_went(tmp_path: Path) -> None:
    """An item without all of its replies does not count."""
    generate([Parrot()], SETS, tmp_path, lambda _: None)
    rows = read_generated(tmp_path)[:-1]

    assert len(score(rows, SETS, SOURCE)[ASSISTANT].items) == 3


def test_rankings_are_measured_on_answerable_items(scored: dict[str, Scored]) -> None:
    """The right clause is first for one question, second for the other; conversations do not count."""
    ranked = rank(scored["again"], SOURCE)

    assert ranked is not None
    assert (ranked.n, *ranked.means.values())[:4] == (2, 0.5, 1.0, 0.75)


def test_the_report_lists_failures_worst_first(scored: dict[str, Scored]) -> None:
    """Each wrong turn is there to read, with what was cited and what was due."""
    report = _report(scored, "small.x: 0.1000 is below the floor of 0.2000")

    assert [f.place.split()[1] for f in report.failures] == ["b", "c", "m.2"]
    assert "due 「輔導案不得轉包及分包。」" in report.markdown()
    assert "below the floor of 0.2000" in report.markdown()


def test_the_page_is_one_file_and_harmless(scored: dict[str, Scored], tmp_path: Path) -> None:
    """Questions are escaped, nothing is fetched, and every plot is well-formed and titled."""
    report = _report(scored)
    report.write(tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf8")

    assert "<b>轉包" not in page
    assert "http" not in page
    assert "<script" not in page
    drawn = [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]
    assert [svg.findtext("title") for svg in drawn] == [
        "Correct, by set and kind",
        "Coverage against error",
        "Risk and coverage",
        "Reliability of the stated confidence",
        "Latency",
    ]
    assert len(drawn[4].findall("rect")) == 24


def test_a_run_keeps_what_it_measured(tmp_path: Path) -> None:
    """The cross-validation is read back as it was written, and is empty where it was left out."""
    folder = begin(CONFIG, tmp_path)

    assert read_schemes(folder) == ()
    scheme = Scheme(
        name="x",
        threshold=0,
        target=Proportion(0, 1),
        parts=(),
        errors=(None,),
        bins=(),
        calibration_error=0.1,
    )
    write_schemes(folder, [scheme])
    assert read_schemes(folder) == (scheme,)


def _declined_run(folder: Path) -> Path:
    """A run on a set of the repository in which everything was refused."""
    path = "eval/sets/wrapped.jsonl"
    run = begin(CONFIG.model_copy(update={"programme": "digital-cluster", "sets": (path,)}), folder)
    rows = []
    for line in (Path(__file__).parents[2] / path).read_text(encoding="utf8").splitlines():
        item = json.loads(line)
        row = {"system": ASSISTANT, "set": "wrapped", "id": item["id"], "turn": 1, "q": item["q"], "ms": 1.0}
        rows.append(json.dumps({**row, "reply": {"outcome": "refused", "citations": []}}))
    (run / "generated.jsonl").write_text("\n".join(rows), encoding="utf8")
    return run


@pytest.mark.parametrize(("limit", "status"), [(0.0, 0), (0.5, 1)])
def test_the_gate_fails_below_the_floor(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    limit: float,
    status: int,
) -> None:
    """Scoring a run anew with --gate exits with 1 and names metric, figure and floor, if one is below."""
    floor = Floor(floor={"wrapped.attack.inside": limit})
    monkeypatch.setattr(Floor, "read", classmethod(lambda _cls: floor))

    assert main(["score", "--run", str(_declined_run(tmp_path)), "--gate"]) == status
    broken = "gate: wrapped.attack.inside: 0.0000 is below the floor of 0.5000"
    assert (broken in capsys.readouterr().err) == bool(status)


def test_a_folder_without_a_run_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scoring what is no run exits with 2 and names what is missing."""
    assert main(["score", "--run", str(tmp_path)]) == 2
    assert "config.json" in capsys.readouterr().err
