"""Each file of bad_inputs is named for its fault, and refused with its file, its line and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.build import check
from ingest.faults import CorpusError, CorpusFault

BAD = Path(__file__).parent / "bad_inputs"

# folder (the file that it stands in for) / name -> file and line of the fault, words of what and of the remedy
FAULTS: dict[str, tuple[str, str, str]] = {
    "source.toml/unclosed_text.toml": ("source.toml:5", "not valid TOML", "mend the line"),
    "source.toml/unclosed_list.toml": ("source.toml:9", "not valid TOML", "mend the line"),
    "source.toml/byte_order_mark.toml": ("source.toml:1", "not valid TOML", "mend the line"),
    "source.toml/not_utf8.toml": ("source.toml:3", "not UTF-8 at byte", "save the file as UTF-8"),
    "source.toml/missing_key.toml": ("source.toml:0", "edition: field required", "corpus/README.md"),
    "source.toml/unknown_key.toml": (
        "source.toml:6",
        "editor: extra inputs are not permitted",
        "corpus/README.md",
    ),
    "source.toml/wrong_type.toml": (
        "source.toml:5",
        "edition: input should be a valid string",
        "corpus/README.md",
    ),
    "source.toml/wrong_sha256.toml": ("source.toml:7", "sha256 of guideline.txt is", "enter this sum"),
    "source.toml/no_such_file.toml": ("rules.txt:0", "cannot be read (No such file", "needs rules.txt"),
    "source.toml/other_programme.toml": ("source.toml:2", "folder is called night-market", "the same name"),
    "guideline.txt/not_utf8.txt": ("guideline.txt:4", "not UTF-8 at byte", "save the file as UTF-8"),
    "guideline.txt/text_before_the_first_entry.txt": (
        "guideline.txt:1",
        "text before the first entry",
        "[[entry]]",
    ),
    "guideline.txt/entry_starts_twice.txt": ("outline.toml:7", "entry 2: 2 lines", "exactly one line"),
    "guideline.txt/entry_reworded.txt": ("outline.toml:7", "entry 2: 0 lines", "exactly one line"),
    "guideline.txt/one_byte_more.txt": ("source.toml:7", "sha256 of guideline.txt is", "the edition"),
    "outline.toml/unknown_key.toml": ("outline.toml:10", "entry.1.topics: extra inputs", "corpus/README.md"),
    "outline.toml/missing_key.toml": ("outline.toml:7", "entry.1.topic: field required", "corpus/README.md"),
    "outline.toml/wrong_type.toml": (
        "outline.toml:8",
        "entry.1.number: input should be a valid int",
        "README",
    ),
    "outline.toml/wrong_type_in_a_list.toml": (
        "outline.toml:17",
        "group.0.limits.1: input should be",
        "README",
    ),
    "outline.toml/misspelt_table.toml": ("outline.toml:13", "groups: extra inputs", "corpus/README.md"),
    "outline.toml/number_used_twice.toml": ("outline.toml:7", "entry number 1 is used twice", "a new one"),
    "outline.toml/words_that_start_no_line.toml": ("outline.toml:7", "entry 2: 0 lines", "exactly one line"),
    "outline.toml/two_entries_at_one_place.toml": ("outline.toml:7", "starts where another", "one line"),
    "outline.toml/no_entry.toml": ("guideline.txt:1", "text before the first entry", "[[entry]]"),
    "outline.toml/group_of_an_unknown_leaf.toml": (
        "outline.toml:14",
        "no leaf clause night-market/2/1/9",
        "id of",
    ),
    "outline.toml/group_of_a_heading.toml": (
        "outline.toml:14",
        "group papers: no leaf clause",
        "id of the tree",
    ),
    "outline.toml/limit_of_an_unknown_leaf.toml": (
        "outline.toml:20",
        "group stall-rules: no leaf",
        "id of the tree",
    ),
    "outline.toml/group_id_used_twice.toml": (
        "outline.toml:14",
        "2 groups have the id papers",
        "give each its own",
    ),
    "outline.toml/parallel_of_an_unknown_leaf.toml": (
        "outline.toml:27",
        "a parallel: no leaf clause night-market/1/s9",
        "id of the tree",
    ),
    "outline.toml/parallel_of_an_unknown_kind.toml": (
        "outline.toml:26",
        "a parallel: no kind 夜 in variants.toml",
        "name a kind",
    ),
    "outline.toml/parallel_of_one_side.toml": (
        "outline.toml:27",
        "parallel.0.sides.1: field required",
        "corpus/README.md",
    ),
    "outline.toml/parallel_misspelt_key.toml": (
        "outline.toml:28",
        "parallel.0.togther: extra inputs",
        "corpus/README.md",
    ),
    "gaps.toml/id_used_twice.toml": ("gaps.toml:7", "gap:opening-hours stands already", "an id of its own"),
    "outside.toml/id_used_twice.toml": (
        "../outside.toml:6",
        "outside:weather stands already",
        "an id of its own",
    ),
    "questions.toml/short_question_asked_twice.toml": (
        "questions.toml:16",
        "stands already at questions.toml:15",
        "keep one of the two",
    ),
    "plain.toml/leaf_without_a_text.toml": (
        "plain.toml:0",
        'no plain text for "2/1/2"',
        "everyday sentences",
    ),
    "plain.toml/no_leaf.toml": ("plain.toml:7", '"2/9" is no leaf clause', "id of the tree"),
    "plain.toml/heading.toml": ("plain.toml:4", '"2/1" is no leaf clause', "id of the tree"),
    "plain.toml/adds_a_figure.toml": (
        "plain.toml:4",
        '"2/1/1" says more than its clause (figure: 3',
        "the clause's own",
    ),
    "plain.toml/adds_a_date.toml": (
        "plain.toml:7",
        '"2/備註" says more than its clause (figure: 三',
        "the clause's own",
    ),
    "plain.toml/adds_must_not.toml": (
        "plain.toml:4",
        '"2/1/1" says more than its clause (modality: 不得',
        "the clause's own",
    ),
    "plain.toml/adds_shall.toml": (
        "plain.toml:4",
        '"2/1/1" says more than its clause (modality: 應',
        "the clause's own",
    ),
    "plain.toml/adds_may.toml": (
        "plain.toml:4",
        '"2/1/1" says more than its clause (modality: 得',
        "the clause's own",
    ),
    "plain.toml/not_a_text.toml": (
        "plain.toml:5",
        "2/1/2: input should be a valid string",
        "corpus/README.md",
    ),
    "plain.toml/written_twice.toml": ("plain.toml:8", "not valid TOML", "mend the line"),
    "rules.toml/without_facts.toml": ("facts.toml:0", "missing; rules.toml needs the facts", "its keys"),
    "questions.toml/unknown_leaf.toml": ("questions.toml:10", "no leaf clause 2/9", "id of the tree"),
    "questions.toml/heading_for_a_leaf.toml": ("questions.toml:10", "no leaf clause 2/1", "id of the tree"),
    "questions.toml/unknown_group.toml": ("questions.toml:14", "no group paper in", "papers, stall-rules"),
    "questions.toml/clauses_and_a_group.toml": (
        "questions.toml:14",
        "either clauses, or group",
        "name the clauses",
    ),
    "questions.toml/neither_clauses_nor_group.toml": (
        "questions.toml:14",
        "either clauses, or group",
        "the group",
    ),
    "questions.toml/misspelt_key.toml": ("questions.toml:3", "ask.0.leads: extra inputs", "corpus/README.md"),
    "questions.toml/one_text_for_a_list.toml": (
        "questions.toml:20",
        "ask.4.questions: input should be",
        "README",
    ),
    "questions.toml/asked_twice.toml": (
        "questions.toml:13",
        "stands already at questions.toml:4",
        "one of the two",
    ),
    "gaps.toml/asked_already_in_the_bank.toml": (
        "gaps.toml:6",
        "already at questions.toml:12",
        "one of the two",
    ),
    "gaps.toml/unknown_leaf_nearby.toml": ("gaps.toml:1", "no leaf clause 1/s9", "id of the tree"),
    "gaps.toml/missing_topic.toml": ("gaps.toml:7", "gap.1.topic: field required", "corpus/README.md"),
    "outside.toml/unknown_kind.toml": (
        "../outside.toml:8",
        "outside.1.kind: input should be",
        "corpus/README.md",
    ),
    "outside.toml/asked_already_as_a_gap.toml": (
        "../outside.toml:10",
        "already at gaps.toml:11",
        "one of the two",
    ),
}


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
