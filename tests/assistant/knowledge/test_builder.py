"""Builds and answers by processes of their own, on the small corpus with the real encoder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from assistant.index.store import current_build
from assistant.knowledge.builder import BuildFailed, Commands, Places
from assistant.knowledge.change import ChangeRejected, Phrasing
from assistant.knowledge.comparison import Asked
from assistant.knowledge.editing import BankFiles
from assistant.knowledge.preview import compared
from ingest.guideline import load_guideline
from tests.assistant.knowledge.conftest import PROGRAMME

PRINTS_SETTINGS = """#!{python}
import os, sys
print(sorted(name for name in os.environ if name.startswith("ASSISTANT_")))
print("said", flush=True)
sys.stderr.write("Traceback ...\\nOSError: {data} is full\\n")
sys.exit(3)
"""


@pytest.fixture
def stand_in(tmp_path: Path) -> Callable[[str], str]:
    """A program that stands in for Python."""

    def make(text: str) -> str:
        program = tmp_path / "program"
        program.write_text(text, encoding="utf8")
        program.chmod(0o755)
        return str(program)

    return make


def test_check_passes_and_refuses(places: Places) -> None:
    """The ingest's faults come back with file, line and remedy."""
    Commands().check(places, PROGRAMME)
    gaps = places.corpus / PROGRAMME / "gaps.toml"
    gaps.write_text(
        '[[gap]]\nid = "x"\ntopic = "t"\nnearby = ["9/s9"]\nquestions = ["押金多少"]\n', encoding="utf8"
    )

    with pytest.raises(ChangeRejected) as refused:
        Commands().check(places, PROGRAMME)
    assert {(fault.file, fault.line) for fault in refused.value.faults} == {
        ("gaps.toml", 1),
        ("gaps.toml", 5),
    }
    assert all(fault.remedy for fault in refused.value.faults)


def test_build_and_comparison(places: Places, encoder_folder: Path) -> None:
    """A change is built aside by the real commands and compared; what is served stays."""
    (places.data / "encoder").symlink_to(encoder_folder, target_is_directory=True)
    commands, said = Commands(), list[str]()
    commands.build(places, PROGRAMME, said.append)
    build = current_build(places.home(PROGRAMME))
    steps: list[tuple[str, int]] = []
    guideline = load_guideline(places.corpus / PROGRAMME)
    edit = BankFiles(places.corpus / PROGRAMME).edit(Phrasing("1/s2", ("可以帶吹風機嗎",)), guideline)

    found = compared(
        places,
        commands,
        PROGRAMME,
        edit,
        [Asked("可以帶吹風機嗎", "item"), Asked("押金多少", "recent")],
        ["可以帶吹風機嗎"],
        lambda *step: steps.append(step),
    )

    assert said[-1].startswith("ingest: index ")
    assert (found.asked, found.figures) == (2, ())  # the project's sets quote another guideline
    (changed,) = found.changed
    assert (changed.question, changed.after.outcome) == ("可以帶吹風機嗎", "answered")
    assert "night-market/1/s2" in changed.after.clauses
    percents = [percent for _, percent in steps]
    assert percents == sorted(percents)
    assert percents[-1] == 99
    assert current_build(places.home(PROGRAMME)) == build


def test_no_secret_is_handed_on(
    places: Places, stand_in: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command gets the settings of the build alone, and its last words come without the machine's folders."""
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", "postgresql://secret")
    program = stand_in(PRINTS_SETTINGS.format(python=sys.executable, data=places.data))
    said: list[str] = []

    with pytest.raises(BuildFailed) as failed:
        Commands(program).build(replace(places, chroma_url="http://chroma.example"), PROGRAMME, said.append)

    assert "ASSISTANT_CHROMA_URL" in said[0]
    assert "DATABASE" not in said[0]
    assert said[1] == "said"
    assert str(failed.value) == "OSError: … is full"


def test_stopping_ends_what_runs(places: Places, stand_in: Callable[[str], str]) -> None:
    """A command that runs is ended, and none is begun afterwards."""
    commands = Commands(stand_in("#!/bin/sh\necho begun\nexec sleep 60\n"))
    failures: list[Exception] = []

    def run() -> None:
        try:
            commands.build(places, PROGRAMME, lambda _: commands.stop())
        except BuildFailed as failure:
            failures.append(failure)

    thread = Thread(target=run)
    thread.start()
    thread.join(timeout=30)
    assert len(failures) == 1
    with pytest.raises(BuildFailed, match="關閉"):
        commands.check(places, PROGRAMME)


def test_answers_of_a_build_that_is_not_there(places: Places) -> None:
    """Without an index there are no answers, and the command's reason is told."""
    with pytest.raises(BuildFailed, match="encoder"):
        Commands().answers(places, PROGRAMME, [], [], lambda _: None)
