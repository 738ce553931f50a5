"""Each thing that is done with a corpus has a process of its own; the real ones on the small corpus with the real encoder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from assistant.builds import build_index, check_corpus
from assistant.index.store import current_build
from assistant.index.targets import Target, TargetKind
from assistant.knowledge.assistants import Assistants, Served
from assistant.knowledge.builder import Builder, BuildFailed, Places
from assistant.knowledge.change import ChangeRejected, Phrasing
from assistant.knowledge.comparison import Probe
from assistant.knowledge.editing import BankFiles
from assistant.knowledge.rebuilding import Rebuilding
from assistant.wiring import ask_build
from ingest.guideline import load_guideline
from tests.assistant.knowledge.conftest import PROGRAMME
from tests.assistant.knowledge.stand_ins import dying, hanging, nothing, surroundings

REAL = Builder(check_corpus, build_index, ask_build)


def test_check_passes_and_refuses(places: Places) -> None:
    """The ingest's faults come back with file, line and remedy."""
    REAL.check(places, PROGRAMME)
    gaps = places.corpus / PROGRAMME / "gaps.toml"
    gaps.write_text(
        '[[gap]]\nid = "x"\ntopic = "t"\nnearby = ["9/s9"]\nquestions = ["押金多少"]\n', encoding="utf8"
    )

    with pytest.raises(ChangeRejected) as refused:
        REAL.check(places, PROGRAMME)
    assert {(fault.file, fault.line) for fault in refused.value.faults} == {
        ("gaps.toml", 1),
        ("gaps.toml", 5),
    }
    assert all(fault.remedy for fault in refused.value.faults)


def test_build_and_comparison(places: Places, encoder_folder: Path, opened: Callable[[str], Served]) -> None:
    """A change is built aside and compared; what is served stays."""
    (places.data / "encoder").symlink_to(encoder_folder, target_is_directory=True)
    said: list[str] = []
    REAL.build(places, PROGRAMME, said.append)
    build = current_build(places.home(PROGRAMME))
    steps: list[tuple[str, int]] = []
    guideline = load_guideline(places.corpus / PROGRAMME)
    edit = BankFiles(places.corpus / PROGRAMME).edit(Phrasing("1/s2", ("可以帶吹風機嗎",)), guideline)
    deposit = Target("2/2", TargetKind.CLAUSE, ("night-market/2/2",))

    probes = [Probe("可以帶吹風機嗎", "item"), Probe("押金多少", "bank", deposit)]
    found = Rebuilding(places, REAL, Assistants({}, opened)).compare(
        PROGRAMME, edit, probes, lambda *step: steps.append(step)
    )

    assert said[-1].startswith("index ")
    assert [(figure.before, figure.after, figure.of) for figure in found.figures] == [(1, 1, 1)]
    (changed,) = found.changed
    assert (changed.question, changed.after.outcome) == ("可以帶吹風機嗎", "answered")
    assert "night-market/1/s2" in changed.after.clauses
    percents = [percent for _, percent in steps]
    assert percents == sorted(percents)
    assert current_build(places.home(PROGRAMME)) == build


def test_what_a_process_is_given(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the server and so no password, less of the processor, no end by the keyboard; why it failed, without folders."""
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", "postgresql://secret")
    said: list[str] = []

    with pytest.raises(BuildFailed) as failed:
        Builder(nothing, surroundings, dying).build(places, PROGRAMME, said.append)

    assert said == ["", f"{PROGRAMME} {os.nice(0) + 10} SIG_IGN"]
    assert str(failed.value) == "…/x is full"


def test_stopping_ends_what_runs(places: Places) -> None:
    """A process that runs is ended, and none is begun afterwards."""
    processes = Builder(nothing, hanging, dying)
    failures: list[Exception] = []

    def run() -> None:
        try:
            processes.build(places, PROGRAMME, lambda _: processes.stop())
        except BuildFailed as failure:
            failures.append(failure)

    thread = Thread(target=run)
    thread.start()
    thread.join(timeout=60)
    assert len(failures) == 1
    with pytest.raises(BuildFailed, match="關閉"):
        processes.check(places, PROGRAMME)


def test_process_that_dies(places: Places) -> None:
    """A process that is killed from outside is a failed build, not a silence."""
    with pytest.raises(BuildFailed, match="9"):
        Builder(nothing, hanging, dying).replies(places, PROGRAMME, [], lambda _: None)


def test_replies_of_a_build_that_is_not_there(places: Places) -> None:
    """Without an index there are no replies, and the reason is told."""
    with pytest.raises(BuildFailed, match="encoder"):
        REAL.replies(places, PROGRAMME, [], lambda _: None)
