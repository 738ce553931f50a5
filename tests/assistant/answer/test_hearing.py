"""What of a conversation is put to the rules: figures told over turns, never where the message asks something else."""

from __future__ import annotations

from assistant.domain import Answer, Outcome
from assistant.reading.form import HEADING
from tests.assistant.answer.conftest import Ask

_TOLD = "我們12家要報A類,有4家兩年前輔導過,可以嗎"


def test_a_change_of_topic_leaves_and_returns(ask: Ask) -> None:
    """Another question in between is answered; the facts told before still hold afterwards."""
    first = ask("我們12家要報A類,有2家兩年前輔導過,可以嗎")
    other = ask("領導企業是誰選出來的", first)
    again = ask("那再加3家輔導過的呢", other)

    assert first.verdict is not None
    assert first.verdict.decision == "eligible"
    assert other.verdict is None
    assert again.verdict is not None
    assert again.verdict.decision == "ineligible"


def test_a_figure_that_decides_nothing(ask: Ask) -> None:
    """A figure beside a question on something else does not call the rules."""
    answer = ask("我今年72歲了,做冰做了50年,案子可以轉包給別人做嗎")

    assert answer.verdict is None
    assert {c.clause_id for c in answer.citations} == {"digital-cluster/6/s3"}


def test_what_was_left_over_is_not_forgotten(ask: Ask) -> None:
    """Asking again settles nothing; figures told anew do."""
    first = ask("A類12家,4家去年輔導過,其中2家兩年都有,可以嗎")
    again = ask("所以可以申請嗎", first)
    told = ask("輔導過的是3家", again)

    assert [one.verdict.decision for one in (first, again, told) if one.verdict] == [
        "unknown",
        "unknown",
        "eligible",
    ]
    assert again.verdict is not None
    assert again.verdict.unread == (first.verdict.unread if first.verdict else ())


def test_who_does_not_know_is_told_for_which_numbers_it_would_pass(ask: Ask) -> None:
    """Not knowing decides nothing, and the answer says up to how many it would."""
    first = ask("A類12家,可以嗎")
    answer = ask("不知道", first)

    assert answer.verdict is not None
    assert answer.verdict.decision == "unknown"
    assert "最多可以有 3 家" in answer.text
    assert "最多可以有" not in first.text


def test_a_form_is_all_that_is_known(ask: Ask) -> None:
    """What was understood, put right in a form, is judged anew, and later turns build on it."""
    first = ask(_TOLD)
    form = f"{HEADING}\n申請類別：A類\n群聚全部家數：12 家\n三年內受輔導的家數：3 家"
    corrected = ask(form, first)
    later = ask("那再加3家輔導過的呢", corrected)
    emptied = ask(f"{HEADING}\n申請類別：A類\n群聚全部家數：12 家", later)

    assert [_decision(answer) for answer in (first, corrected, later, emptied)] == [
        "ineligible",
        "eligible",
        "ineligible",
        "unknown",
    ]
    assert later.reading is not None
    assert {fact.fact: fact.value for fact in later.reading.facts}["members"] == "15 家"


def test_a_form_needs_nothing_before_it(ask: Ask) -> None:
    """As the first message of a conversation it is judged for what stands in it."""
    answer = ask(f"{HEADING}\n申請類別：A類\n群聚全部家數：7 家")

    assert _decision(answer) == "ineligible"


def test_a_form_asks_what_was_asked(ask: Ask) -> None:
    """A number that was asked for is computed anew from the form."""
    first = ask("全部18家的話,A類最多可以有幾家三年內輔導過")
    again = ask(f"{HEADING}\n申請類別：A類\n群聚全部家數：20 家", first)

    assert "最多可以有 5 家" in first.text
    assert "最多可以有 6 家" in again.text


def test_nothing_is_decided_on_a_form_that_was_not_read(ask: Ask) -> None:
    """A line that cannot be read withholds the verdict and is quoted."""
    answer = ask(f"{HEADING}\n申請類別：A類\n群聚全部家數：12 家\n三年內受輔導的家數：很多")

    assert _decision(answer) == "unknown"
    assert answer.reading is not None
    assert answer.reading.unread == ("三年內受輔導的家數:很多",)


def test_who_wants_to_correct_is_shown_what_was_understood(ask: Ask) -> None:
    """The facts come numbered, with the words that told them; the next message puts one right."""
    first = ask(_TOLD)
    shown = ask("不對，我要更正", first)
    again = ask("第三個錯了", shown)
    corrected = ask("3 改成 3 家", again)

    assert again.lines == shown.lines
    assert shown.outcome is Outcome.NEEDS_INFO
    assert "2. 群聚全部家數：12 家（您說「12家」）" in shown.text
    assert "「2 改成 13 家」" in shown.text
    assert _decision(corrected) == "eligible"


def test_a_correction_in_other_words_is_read_as_ever(ask: Ask) -> None:
    """What is no number and no name is left to the reader of the programme."""
    corrected = ask("輔導過的其實是3家", ask("我要更正", ask(_TOLD)))

    assert _decision(corrected) == "eligible"


def test_there_is_nothing_to_correct_before_anything_was_told(ask: Ask) -> None:
    """Without figures a wish to correct is a message like any other."""
    assert ask("不對，我要更正").reading is None


def _decision(answer: Answer) -> str | None:
    return answer.verdict.decision if answer.verdict else None
