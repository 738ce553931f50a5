"""Each file of bad_inputs is named for its fault, and refused with its file, its line and what to do."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

from ingest.build import check
from ingest.faults import CorpusError, CorpusFault

BAD = Path(__file__).parent / "bad_inputs"

FAULTS: Final[Mapping[str, Sequence[str]]] = tomllib.loads((BAD / "faults.toml").read_text(encoding="utf8"))


def faults_of(programme: Path) -> tuple[CorpusFault, ...]:
    """The faults with which a folder is refused."""
    with pytest.raises(CorpusError) as refusal:
        check(programme, lambda _: None)
    return refusal.value.faults


@pytest.mark.parametrize("name", FAULTS)
def test_fault(programme: Path, name: str) -> None:
    """A bad file is refused with its name, the line of the fault, what it is and a remedy."""
    place, what, remedy = FAULTS[name]
    stands_for, _, _ = name.partition("/")
    home = programme.parent if stands_for == "outside.toml" else programme
    shutil.copy(BAD / name, home / stands_for)

    found = {f"{fault.file}:{fault.line}": fault for fault in faults_of(programme)}

    assert place in found, found
    assert what in found[place].what
    assert remedy in found[place].remedy


def test_every_bad_input_is_tried() -> None:
    """The table names each file of the folder, and no other."""
    assert {path.relative_to(BAD).as_posix() for path in BAD.glob("*/*")} == FAULTS.keys()


@pytest.mark.parametrize("name", ["source.toml", "guideline.txt", "outline.toml", "plain.toml"])
def test_missing_file(programme: Path, name: str) -> None:
    """A file that a programme needs is named when it is missing."""
    (programme / name).unlink()

    (fault,) = faults_of(programme)
    assert (fault.file, fault.line) == (name, 0)
    assert fault.what == "cannot be read (No such file or directory)"
    assert f"needs {name}" in fault.remedy


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there has no source.toml."""
    (fault,) = faults_of(tmp_path / "nowhere")

    assert fault.file == "source.toml"


def test_every_fault_is_told_at_once(programme: Path) -> None:
    """A folder with several faults is refused with all of them, in the same order each time."""
    for name in ("adds_shall", "leaf_without_a_text"):
        words = (BAD / f"plain.toml/{name}.toml").read_text(encoding="utf8")
        (programme / "plain.toml").write_text(words.replace('"2/備註"', '"2/9"').replace('"1/s1"', '"1/s8"'))
    shutil.copy(BAD / "source.toml/wrong_sha256.toml", programme / "source.toml")
    shutil.copy(BAD / "outline.toml/group_of_a_heading.toml", programme / "outline.toml")

    assert [str(fault).split("\n")[0].split(" is ")[0] for fault in faults_of(programme)] == [
        "source.toml:7: sha256 of guideline.txt",
        "outline.toml:14: group papers: no leaf clause night-market/2/1",
        'plain.toml:0: no plain text for "1/s1"',
        'plain.toml:0: no plain text for "2/1/2"',
        'plain.toml:0: no plain text for "2/備註"',
        'plain.toml:1: "1/s8"',
        'plain.toml:6: "2/9"',
    ]
