"""Which figures and modal verbs a text has: what may not be added to a clause."""

from __future__ import annotations

import pytest

from assistant.support import figures_of, modals_of, new_figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("至少8家中小企業", "8家"),
        ("不得超過群聚企業總數30%", "30%"),
        ("三成、百分之三十、十分之三、30 %", "30% 30% 30% 30%"),
        ("三成五、兩成半、一半", "35% 25% 50%"),
        ("3.5倍與12.25%", "3.5倍 12.25%"),
        ("108年度,108年,一一五年,二〇二六年", "108年度 108年度 115年度 2026年度"),
        ("三年內,十二個月,半年", "36月 12月 6月"),
        ("兩家、八間、十個", "2家 8家 10家"),
        ("兩萬元、1,500萬元、一百塊", "20000元 15000000元 100元"),
        ("第二次,77", "2第次 77"),
        ("一目了然,萬一,統一,一家都不能,進一步,哪一家,哪一年度,三思", ""),
        ("沒有數字", ""),
        ("", ""),
    ],
)
def test_figures(text: str, figures: str) -> None:
    """A figure is a number in one unit, whoever writes it; what is only a manner of speaking counts nothing."""
    assert " ".join(f"{float(found.value):.8g}{found.unit}" for found in figures_of(text)) == figures


def test_a_figure_says_where_it_stands() -> None:
    """Its words are those of the text from its start on, a blank behind them apart."""
    text = "我們 12 家,占三成,共 9, "

    found = figures_of(text)

    assert [figure.words for figure in found] == ["12 家", "三成", "9"]
    assert all(text[figure.start :].startswith(figure.words) for figure in found)


@pytest.mark.parametrize("digit", ["9", "9,", "9.", "九", "九億"])
def test_more_digits_than_anybody_counts_in(digit: str) -> None:
    """A run of digits without end is figures of some length each, and never an error."""
    assert {len(figure.words) < 40 for figure in figures_of(digit * 5000 + "家")} == {True}


@pytest.mark.parametrize(
    ("words", "text", "new"),
    [
        ("最多3年", "三年內", []),
        ("百分之三十", "30%", []),
        ("３０％", "至少(含)8家,30%", []),
        ("8家以上,9 家以下", "至少(含)8家", ["9 家"]),
        ("8次", "8家", ["8次"]),
        ("第二次", "8家", []),
    ],
)
def test_new_figures(words: str, text: str, new: list[str]) -> None:
    """What words have and a text has not, however either writes it."""
    assert new_figures(words, text) == new


@pytest.mark.parametrize(
    ("text", "modals"),
    [
        ("不得轉包", {"不得"}),
        ("本會得解除契約", {"得"}),
        ("不得轉包,違者本會得解除契約,並應賠償", {"不得", "得", "應"}),
        ("應配合提供", {"應"}),
        ("取得、獲得、值得、覺得、記得、得以、使得、得到", set()),
        ("所得稅、心得、得知", set()),
        ("數位應用、價值鏈供應、充分反應、因應、對應、效應、適應、呼應、應對", set()),
        ("應用時應注意", {"應"}),
        ("可以申請", set()),
    ],
)
def test_modals(text: str, modals: set[str]) -> None:
    """不得 forbids, 應 demands, 得 alone grants; inside other words they are only syllables."""
    assert modals_of(text) == modals
