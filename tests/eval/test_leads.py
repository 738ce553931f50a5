"""The proxy that says whether an answer opens with what was asked."""

from __future__ import annotations

import pytest

from eval.leads import SETS, LeadItem, measure, openings, read_leads, right


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("不可以，輔導案不得轉包。", ["no"]),
        ("對，不可以，輔導案不得轉包。", ["no"]),
        ("不是，可以再申請。", ["no", "yes"]),
        ("不是5家，至少要8家。", ["no"]),
        ("不一定，依每年的規範。", ["depends"]),
        ("以您提供的資料計算，不符合A類的申請條件。", ["no"]),
        ("輔導案不得轉包。", []),
    ],
)
def test_the_opening_of_a_line(line: str, says: list[str]) -> None:
    """Only its first words count; 對 and 不是 before another word are no answer by themselves."""
    assert sorted(openings(line)) == says


def test_a_wh_question_is_right_by_its_pattern_and_a_yes_or_no_by_its_opening() -> None:
    """A yes where no is right is wrong, and so is a clause recited."""
    item = LeadItem(id="1", q="可以嗎", form="yesno", leaves=("1/s1",), wave="first", want=("no",))
    assert [right(item, line) for line in ("不可以。", "可以。", "輔導案不得轉包。")] == [True, False, False]
    assert right(
        LeadItem(id="2", q="幾家", form="how_many", leaves=(), wave="first", first="8家"), "8家以上。"
    )


class _Says:
    name = "says"

    def ask(self, message: str, session: str | None) -> dict[str, object]:
        """The same each time."""
        del message, session
        return {"lines": [{"text": "不是5家，至少要8家。〔1〕"}, {"text": "每個群聚至少要8家。"}]}


def test_it_is_counted_by_wave_and_form() -> None:
    """The first line alone counts; a premise put right is counted apart."""
    item = LeadItem(id="1", q="5家嗎", form="yesno", leaves=(), wave="first", want=("no",), premise=True)
    counted, wrong = measure(_Says(), [item])
    assert (counted["first yesno", "right"], counted["first premise", "right"], wrong) == (1, 1, [])


@pytest.mark.parametrize("path", sorted(SETS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_sets_can_be_read(path: str) -> None:
    """Every line has its form and what is right."""
    items = read_leads(SETS / f"{getattr(path, 'name', path)}")
    assert all(item.want or item.first or item.leaves for item in items)
    assert len({item.id for item in items}) == len(items)
