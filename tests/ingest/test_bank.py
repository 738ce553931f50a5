"""The bank's questions lead to targets; see test_bad_inputs for what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Guideline
from assistant.index.targets import Target, TargetKind
from ingest.bank import Bank, Sample, read_bank
from ingest.faults import CorpusError
from ingest.guideline import load_guideline


@pytest.fixture
def guideline(programme: Path) -> Guideline:
    """The small guideline."""
    return load_guideline(programme)


@pytest.fixture
def bank(programme: Path, guideline: Guideline) -> Bank:
    """The small bank."""
    return read_bank(programme, guideline)


def target(bank: Bank, key: str) -> Target:
    """The target with that key."""
    return next(target for target in bank.targets if target.key == key)


def test_targets_in_the_order_of_the_files(bank: Bank) -> None:
    """Clauses, then gaps, then what is not ours; each once."""
    assert [(target.key, target.kind.value) for target in bank.targets] == [
        ("1/s1", "clause"),
        ("1/s2", "clause"),
        ("2/2", "clause"),
        ("@papers", "clause"),
        ("@papers+@stall-rules", "clause"),
        ("gap:opening-hours", "gap"),
        ("gap:stall-fee", "gap"),
        ("outside:weather", "offtopic"),
        ("outside:greeting", "smalltalk"),
    ]


def test_a_group_brings_its_limits(bank: Bank) -> None:
    """A group stands for its clauses and their limits; of two groups each clause counts once, in order."""
    assert target(bank, "@papers").clauses == ("night-market/2/1/1", "night-market/2/1/2")
    assert target(bank, "@papers").limits == ("night-market/2/備註",)
    both = target(bank, "@papers+@stall-rules")
    assert [clause.removeprefix("night-market/") for clause in both.clauses] == [
        "2/1/1",
        "2/1/2",
        "1/s1",
        "1/s2",
    ]
    assert both.limits == ("night-market/2/備註",)


def test_clauses_bring_no_limits(bank: Bank) -> None:
    """Clauses named one by one are cited alone."""
    assert target(bank, "2/2") == Target("2/2", TargetKind.CLAUSE, ("night-market/2/2",))


def test_a_gap_says_whom_to_ask(bank: Bank) -> None:
    """A gap has its topic, the clauses nearby, and its own referral or else that of the source."""
    hours, fee = target(bank, "gap:opening-hours"), target(bank, "gap:stall-fee")

    assert (hours.topic, hours.nearby, hours.clauses) == ("營業時間", ("night-market/1/s1",), ())
    assert (hours.referral, fee.referral) == ("請洽夜市服務台", "請洽會計")


def test_samples_know_their_place(bank: Bank) -> None:
    """Each question has its target and the line it stands on."""
    assert bank.samples[0] == Sample("攤位可以讓給朋友嗎", "1/s1", "questions.toml", 3)
    assert bank.samples[2] == Sample("一攤可以用多少電", "1/s2", "questions.toml", 7)
    assert bank.samples[-1] == Sample("謝謝你", "outside:greeting", "../outside.toml", 9)
    assert {sample.target for sample in bank.samples} == {target.key for target in bank.targets}


def test_blocks_of_one_target(programme: Path, guideline: Guideline) -> None:
    """Two blocks for the same clauses are one target."""
    with (programme / "questions.toml").open("a", encoding="utf8") as file:
        file.write('\n[[ask]]\nclauses = ["1/s1"]\nquestions = ["攤位誰分配"]\n')
    bank = read_bank(programme, guideline)

    assert [target.key for target in bank.targets].count("1/s1") == 1
    assert [s.text for s in bank.samples if s.target == "1/s1"][-1] == "攤位誰分配"


@pytest.mark.parametrize("name", ["questions.toml", "gaps.toml", "../outside.toml"])
def test_a_missing_file_is_empty(programme: Path, guideline: Guideline, name: str, bank: Bank) -> None:
    """A programme need not have questions, gaps or outside."""
    (programme / name).unlink()
    rest = read_bank(programme, guideline)

    kinds = {"questions.toml": "clause", "gaps.toml": "gap"}
    gone = [target for target in bank.targets if target not in rest.targets]
    assert {target.kind.value for target in gone} == (
        {kinds[name]} if name in kinds else {"offtopic", "smalltalk"}
    )
    assert len(rest.samples) < len(bank.samples)


def test_what_lies_outside_of_one_programme(programme: Path, guideline: Guideline) -> None:
    """A programme's own outside.toml adds blocks, and goes on with those that all programmes share."""
    own = """
[[outside]]
id = "weather"
kind = "offtopic"
questions = ["下雨天夜市有開嗎"]
[[outside]]
id = "day-market"
kind = "offtopic"
questions = ["早市攤位怎麼租"]
"""
    (programme / "outside.toml").write_text(own, encoding="utf8")
    bank = read_bank(programme, guideline)

    keys = [target.key for target in bank.targets]
    assert keys[-3:] == ["outside:weather", "outside:greeting", "outside:day-market"]
    assert bank.samples[-2] == Sample("下雨天夜市有開嗎", "outside:weather", "outside.toml", 5)


def test_a_block_goes_on_as_what_it_is(programme: Path, guideline: Guideline) -> None:
    """A block of a programme that goes on with a shared one has its kind."""
    own = '[[outside]]\nid = "weather"\nkind = "noise"\nquestions = ["雨雨雨"]\n'
    (programme / "outside.toml").write_text(own, encoding="utf8")

    with pytest.raises(CorpusError, match=r"^outside\.toml:1: outside:weather is offtopic in "):
        read_bank(programme, guideline)


def test_a_file_without_blocks_is_empty(programme: Path, guideline: Guideline) -> None:
    """A file of comments counts as empty."""
    (programme / "gaps.toml").write_text("# none yet\n", encoding="utf8")

    assert not [t for t in read_bank(programme, guideline).targets if t.kind is TargetKind.GAP]


@pytest.mark.parametrize(
    "again", ["攤位可以讓給朋友嗎？", " 攤位 可以讓給朋友嗎!!", "攤位,可以讓給朋友嗎", "攤位可以讓給_朋友嗎…"]
)
def test_repeats(programme: Path, guideline: Guideline, again: str) -> None:
    """A question that differs in punctuation or spaces only is the same question."""
    with (programme / "gaps.toml").open("a", encoding="utf8") as file:
        file.write(f'\n[[gap]]\nid = "x"\ntopic = "x"\nquestions = [\n  "{again}",\n]\n')

    with pytest.raises(CorpusError, match=r"gaps\.toml:17: 「.*」 stands already at questions\.toml:3"):
        read_bank(programme, guideline)


def test_repeats_in_capitals(programme: Path, guideline: Guideline) -> None:
    """Capitals make no other question either."""
    with (programme.parent / "outside.toml").open("a", encoding="utf8") as file:
        file.write('\n[[outside]]\nid = "x"\nkind = "noise"\nquestions = ["DEPOSIT 什麼時候要繳"]\n')

    with pytest.raises(CorpusError, match=r"stands already at questions\.toml:11"):
        read_bank(programme, guideline)


def test_questions_of_punctuation(programme: Path, guideline: Guideline) -> None:
    """Noise may be asked in several ways: 「???」 and 「!!」 are not the same."""
    with (programme.parent / "outside.toml").open("a", encoding="utf8") as file:
        file.write('\n[[outside]]\nid = "noise"\nkind = "noise"\nquestions = ["???", "!!"]\n')

    assert [s.text for s in read_bank(programme, guideline).samples][-2:] == ["???", "!!"]


def test_a_question_over_several_lines(programme: Path, guideline: Guideline) -> None:
    """A question with quotes or line breaks is found by how its first line is written."""
    with (programme / "questions.toml").open("a", encoding="utf8") as file:
        file.write(
            '\n[[ask]]\nclauses = ["2/2"]\nquestions = [\n  "他說\\"退\\"的\\\\意思",\n  """\n保證金\n呢""",\n]\n'
        )
    *_, quoted, long = [s for s in read_bank(programme, guideline).samples if s.file == "questions.toml"]

    assert (quoted.text, quoted.line) == ('他說"退"的\\意思', 24)
    assert (long.text, long.line) == ("保證金\n呢", 26)
