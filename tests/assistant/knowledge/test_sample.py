"""Which questions of the bank are asked before and after a change."""

from __future__ import annotations

from assistant.knowledge.sample import LIKE, sample

BANK = [(f"{topic}的第{n}個問法", topic) for topic in ("押金", "用電") for n in range(300)]


def test_one_of_each_target() -> None:
    """Every target is there once, in the bank's order, and the same one each time."""
    found = sample(BANK, [])
    assert [key for _, key in found] == ["押金", "用電"]
    assert sample(BANK, []) == found
    assert set(sample(BANK[::-1], [])) == set(found)


def test_what_is_like_the_change() -> None:
    """Beside them stand the questions that a change is most likely to touch, and not those that it brings."""
    bank = [*BANK, ("帳篷可以借嗎", "帳篷"), ("可以借帳篷嗎", "帳篷"), ("帳篷要自己帶嗎", "帳篷")]
    found = [question for question, _ in sample(bank, ["帳篷借我", "可以借帳篷嗎"])]
    assert [question for question in found if "帳篷" in question] == ["帳篷可以借嗎", "帳篷要自己帶嗎"]
    assert len(sample(BANK, ["押金的第一個"])) in {LIKE + 1, LIKE + 2}
