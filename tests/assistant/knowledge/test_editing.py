"""A change becomes the exact new text of one file, or is refused with its place."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assistant.config import ROOT
from assistant.domain import Guideline
from assistant.knowledge.change import Change, ChangeRejected, NewGap, OutOfScope, Phrasing, Withdrawal
from assistant.knowledge.editing import ASK, GAPS, OUTSIDE, SHARED, BankEdit, BankFiles
from assistant.knowledge.targets import target_finder
from ingest.build import check
from ingest.guideline import load_guideline

REAL = ROOT / "corpus" / "digital-cluster"


def edit(programme: Path, guideline: Guideline, change: Change) -> BankEdit:
    """The edit that makes a change on the files as they are."""
    return BankFiles(programme).edit(change, guideline)


def made(programme: Path, guideline: Guideline, change: Change) -> BankEdit:
    """The same, written."""
    found = edit(programme, guideline, change)
    (programme / found.file).write_text(found.after, encoding="utf8")
    return found


def faults(programme: Path, guideline: Guideline, change: Change) -> list[tuple[str, int]]:
    """The files and lines of the faults for which a change is refused."""
    with pytest.raises(ChangeRejected) as refused:
        edit(programme, guideline, change)
    return [(fault.file, fault.line) for fault in refused.value.faults]


def test_phrasing_goes_to_the_block_of_its_target(programme: Path, guideline: Guideline) -> None:
    """A phrasing comes last in its target's block, and the diff shows nothing else."""
    found = edit(programme, guideline, Phrasing("1/s2", ("插座可以接幾個電器",)))

    assert found.file == ASK
    assert found.before is not None
    assert found.after == found.before.replace('上限"]', '上限", "插座可以接幾個電器"]')
    assert [line[0] for line in found.diff.splitlines() if line[0] in "+-"] == ["-", "+"]


@pytest.mark.parametrize(
    ("target", "row"),
    [
        ("@stall-rules", {"group": "stall-rules"}),
        ("@stall-rules+@papers", {"groups": ["stall-rules", "papers"]}),
        ("2/1/1+2/2", {"clauses": ["2/1/1", "2/2"]}),
    ],
)
def test_new_target_gets_a_block_at_the_end(
    programme: Path, guideline: Guideline, target: str, row: dict[str, object]
) -> None:
    """Groups and clauses that no block has yet get one, in the form that the ingest reads."""
    made(programme, guideline, Phrasing(target, ("這些全部告訴我",)))

    last = tomllib.loads((programme / ASK).read_text(encoding="utf8"))["ask"][-1]
    assert last == {**row, "questions": ["這些全部告訴我"]}
    check(programme, lambda _: None)


def test_phrasing_of_a_gap_and_of_what_lies_outside(programme: Path, guideline: Guideline) -> None:
    """A gap takes phrasings by its id; a block that all programmes share goes on in the programme's own file."""
    gap = edit(programme, guideline, Phrasing("gap:stall-fee", ("一個月收多少租",)))
    outside = edit(programme, guideline, Phrasing("outside:weather", ("會不會有寒流",)))

    assert (gap.file, outside.file) == (GAPS, OUTSIDE)
    assert tomllib.loads(gap.after)["gap"][1]["questions"][-1] == "一個月收多少租"
    assert tomllib.loads(outside.after)["outside"] == [
        {"id": "weather", "kind": "offtopic", "questions": ["會不會有寒流"]}
    ]


def test_new_gap(programme: Path, guideline: Guideline) -> None:
    """A gap comes last, with whom to ask and what is near it."""
    made(programme, guideline, NewGap("parking", "停車", ("哪裡可以停車",), "請洽管委會", ("1/s1",)))

    last = tomllib.loads((programme / GAPS).read_text(encoding="utf8"))["gap"][-1]
    assert last == {
        "id": "parking",
        "topic": "停車",
        "referral": "請洽管委會",
        "nearby": ["1/s1"],
        "questions": ["哪裡可以停車"],
    }
    check(programme, lambda _: None)


def test_out_of_scope(programme: Path, guideline: Guideline) -> None:
    """What is out of scope makes its block once and joins it later."""
    made(programme, guideline, OutOfScope(("幫我寫作文",)))
    made(programme, guideline, OutOfScope(("幫我算命",)))

    last = tomllib.loads((programme / OUTSIDE).read_text(encoding="utf8"))["outside"][-1]
    assert last == {"id": "help-desk", "kind": "offtopic", "questions": ["幫我寫作文", "幫我算命"]}
    check(programme, lambda _: None)


def test_file_that_is_not_there_is_begun(programme: Path, guideline: Guideline) -> None:
    """A programme without gaps gets the file with its first."""
    (programme / GAPS).unlink()
    found = made(programme, guideline, NewGap("parking", "停車", ("哪裡可以停車",)))

    assert found.before is None
    check(programme, lambda _: None)


@pytest.mark.parametrize(
    "change",
    [
        Phrasing("7/A/3", ("想知道以前上過課的店到底能占多少",)),
        Phrasing("7/A/3+8/4", ("想知道以前上過課的店到底能占多少",)),
        Phrasing("gap:subsidy-amount", ("到底發多少，一句話",)),
        NewGap("parade-permit", "遊行路權", ("踩街要不要申請路權", "路權找誰"), nearby=("1/s1",)),
        OutOfScope(("幫我想一個團名好嗎拜託",), "help-desk-test"),
    ],
    ids=lambda change: change.kind,
)
def test_taking_back_leaves_the_real_files_byte_for_byte(change: Change, tmp_path: Path) -> None:
    """On the real, hand-commented files, a change and its withdrawal leave every byte as it was."""
    programme = tmp_path / "digital-cluster"
    programme.mkdir()
    for file in (ASK, GAPS, OUTSIDE):
        (programme / file).write_bytes((REAL / file).read_bytes())
    guideline = load_guideline(REAL)

    done = made(programme, guideline, change)
    assert done.after != done.before
    made(programme, guideline, Withdrawal(done.file, change.questions))

    for file in (ASK, GAPS, OUTSIDE):
        assert (programme / file).read_bytes() == (REAL / file).read_bytes()


def test_withdrawal_keeps_what_came_later(programme: Path, guideline: Guideline) -> None:
    """A change is taken back from a file that was changed again since."""
    made(programme, guideline, Phrasing("1/s2", ("插座可以接幾個電器",)))
    made(programme, guideline, Phrasing("1/s2", ("延長線可以用嗎",)))
    made(programme, guideline, Withdrawal(ASK, ("插座可以接幾個電器",)))

    row = tomllib.loads((programme / ASK).read_text(encoding="utf8"))["ask"][1]
    assert row["questions"][-2:] == ["冰箱加烤箱會不會超過用電上限", "延長線可以用嗎"]


def test_repeated_question_is_refused_with_its_place(programme: Path, guideline: Guideline) -> None:
    """What stands in the bank already, punctuation aside, is named with file and line."""
    assert faults(programme, guideline, Phrasing("1/s2", ("押金，多少？",))) == [(ASK, 11)]
    assert faults(programme, guideline, OutOfScope(("租金一個月多少",))) == [(GAPS, 11)]
    assert faults(programme, guideline, OutOfScope(("颱風什麼時候來",))) == [(SHARED, 4)]


@pytest.mark.parametrize(
    "change",
    [
        Phrasing("1/s2", ()),
        Phrasing("1/s2", ("一樣的", "一樣的!")),
        Phrasing("9/s9", ("新的問法",)),
        Phrasing("1", ("新的問法",)),
        Phrasing("@nothing", ("新的問法",)),
        Phrasing("@papers+2/2", ("新的問法",)),
        Phrasing("gap:nothing", ("新的問法",)),
        Phrasing("outside:nothing", ("新的問法",)),
        NewGap("opening-hours", "題目", ("新的問法",)),
        NewGap("No Id", "題目", ("新的問法",)),
        NewGap("new", " ", ("新的問法",)),
        NewGap("new", "題目", ("新的問法",), nearby=("9/s9",)),
        OutOfScope(("新的問法",), "../escape"),
        Withdrawal(ASK, ("沒有這一句",)),
        Withdrawal("source.toml", ("night-market",)),
    ],
)
def test_impossible_changes_are_refused(programme: Path, guideline: Guideline, change: Change) -> None:
    """What does not exist, is taken or is no name is refused in words for staff."""
    with pytest.raises(ChangeRejected) as refused:
        edit(programme, guideline, change)
    assert all(fault.what.endswith("。") for fault in refused.value.faults)


def test_other_form_of_file_is_left_to_editors(programme: Path, guideline: Guideline) -> None:
    """A file that is written as inline tables is not edited."""
    (programme / ASK).write_text('ask = [{clauses = ["1/s1"], questions = ["a"]}]', encoding="utf8")
    assert faults(programme, guideline, Phrasing("1/s2", ("新的問法",))) == [(ASK, 0)]


@pytest.mark.parametrize("folder", ["small", "real"])
def test_questions_with_their_targets(programme: Path, folder: str) -> None:
    """Every question leads to the target under which the ingest files it, whatever order or group its block names."""
    where = programme if folder == "small" else REAL
    guideline, bank = check(where, lambda _: None)
    find = target_finder(bank.targets, guideline)
    found = [
        (question, target and target.key)
        for question, key in BankFiles(where).questions()
        for target in [find(key)]
    ]
    assert found == [(sample.text, sample.target) for sample in bank.samples]
    assert find("9/s9") is None
