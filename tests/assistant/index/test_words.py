"""Text is cut into the same words at write and at query, however it is spelled."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.words import Segmenter, fold, read_contrasts, read_lexicon, read_variants

REAL = Path(__file__).parents[3] / "corpus" / "digital-cluster"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＫＰＩ１００％", "kpi100%"),
        ("（Ａ類）：？", "(a類):?"),
        ("臺灣台湾", "台灣台灣"),
        ("台北市臺北市", "台北市台北市"),
        ("这个项目的补助额度", "這個項目的補助額度"),
        ("辅导后企业里的头发", "輔導後企業裡的頭髮"),
        ("ﷺ", "صلى الله عليه وسلم"),
        ("①㍿", "1株式會社"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    """Width, case, simplified script and the two ways to write Taiwan make no difference."""
    assert fold(text) == folded


@given(st.text(max_size=30))
def test_any_text_is_cut(segmenter: Segmenter, text: str) -> None:
    """Words and pairs are never empty, and what stands around a text does not change them."""
    words, pairs = segmenter.words(text), segmenter.bigrams(text)

    assert "" not in {*words, *pairs}
    assert segmenter.words(f"。 {text}!\n") == words
    assert segmenter.bigrams(f"。 {text}!\n") == pairs


def test_lexicon_words_stay_whole(segmenter: Segmenter) -> None:
    """A word of the lexicon is one of the words of a text, beside its parts."""
    words = segmenter.words("攤主要向主辦單位繳保證金,申請書另附")

    assert {"攤主", "主辦單位", "保證金", "申請書"} <= set(words)
    assert "單位" in words


def test_without_a_lexicon_they_fall_apart(words_folder: Path) -> None:
    """It is the lexicon that keeps 主辦單位 whole; one segmenter's lexicon is not another's."""
    assert "主辦單位" not in Segmenter(words_folder, [], {}).words("主辦單位")
    assert "主辦單位" in Segmenter(words_folder, ["主辦單位"], {}).words("主辦單位")
    assert "主辦單位" not in Segmenter(words_folder, [], {}).words("主辦單位")


def test_lexicon_may_be_simplified(words_folder: Path) -> None:
    """The lexicon is folded as texts are."""
    assert "臺灣之光獎".replace("臺", "台") in Segmenter(words_folder, ["台湾之光奖"], {}).words("臺灣之光獎")


def test_simplified_question_has_the_same_words(segmenter: Segmenter) -> None:
    """A question in simplified script, full width or capitals is the same question."""
    assert segmenter.words("保证金要缴多少ＫＰＩ") == segmenter.words("保證金要繳多少kpi")
    assert segmenter.bigrams("保证金ＫＰＩ") == segmenter.bigrams("保證金 kpi")


def test_words_of_every_question_are_left_out(segmenter: Segmenter) -> None:
    """What stands in every question tells no clause apart."""
    assert segmenter.words("請問我們可以申請的嗎？謝謝你") == ["申請"]


def test_latin_and_figures_stay_whole(segmenter: Segmenter) -> None:
    """Letters and figures are cut where the script changes, never inside."""
    assert segmenter.words("用Line Pay付2000元,30%手續費") == [
        "用",
        "line",
        "pay",
        "付",
        "2000",
        "元",
        "30%",
        "手續",
        "手續費",
    ]


def test_bigrams(segmenter: Segmenter) -> None:
    """Pairs of characters overlap, within a run of one script; a single character stands alone."""
    assert segmenter.bigrams("保證金,押Line金 30%") == ["保證", "證金", "押", "line", "金", "30%"]
    assert segmenter.bigrams("!?。\n") == []


def test_expand_adds_terms(segmenter: Segmenter) -> None:
    """The guideline's term is added for an everyday word, once, behind the text as it was."""
    assert segmenter.expand("押金可以退嗎") == "押金可以退嗎 保證金"
    assert segmenter.expand("DEPOSIT 和押金") == "DEPOSIT 和押金 保證金"
    assert segmenter.expand("押金頂讓") == "押金頂讓 保證金 轉讓"


def test_expand_adds_nothing_new(segmenter: Segmenter) -> None:
    """Nothing is added where the term stands already, nor where no everyday word does."""
    assert segmenter.expand("保證金就是押金") == "保證金就是押金"
    assert segmenter.expand("幾點開始") == "幾點開始"


def test_expand_reads_simplified(segmenter: Segmenter) -> None:
    """Everyday words are found in simplified script too."""
    assert segmenter.expand("摊位可以顶让吗") == "摊位可以顶让吗 轉讓"


def test_expand_matches_whole_latin_words(words_folder: Path) -> None:
    """A Latin word is found as a word, not inside another: apply is no app, development no pm."""
    segmenter = Segmenter(words_folder, [], {"平台": ("app",), "計畫主持人": ("pm",)})

    assert segmenter.expand("how to apply for development") == "how to apply for development"
    assert segmenter.expand("PM用app") == "PM用app 平台 計畫主持人"


def test_lexicon_file(tmp_path: Path) -> None:
    """One word a line, without comments and white space; the programme's own behind those of all, each once."""
    programme = tmp_path / "night-market"
    (tmp_path / "lexicon.txt").write_text("# 夜市\n攤主 # 老闆\n\n  保證金\t\n#\n", encoding="utf8")

    assert read_lexicon(programme) == ("攤主", "保證金")
    programme.mkdir()
    (programme / "lexicon.txt").write_text("夜市\n攤主\n", encoding="utf8")
    assert read_lexicon(programme) == ("攤主", "保證金", "夜市")


def test_variants_file(tmp_path: Path) -> None:
    """Each term with its everyday words; a programme adds terms, and words to those of all."""
    programme = tmp_path / "night-market"
    (tmp_path / "variants.toml").write_text('[terms]\n"保證金" = ["押金", "deposit"]\n', encoding="utf8")

    assert read_variants(programme) == {"保證金": ("押金", "deposit")}
    programme.mkdir()
    own = '[terms]\n"攤主" = ["老闆"]\n"保證金" = ["訂金"]\n'
    (programme / "variants.toml").write_text(own, encoding="utf8")
    assert read_variants(programme) == {"保證金": ("押金", "deposit", "訂金"), "攤主": ("老闆",)}


def test_contrasts_file(tmp_path: Path) -> None:
    """Sets of kinds that exclude each other, each by its name; a corpus need not have any."""
    programme = tmp_path / "night-market"
    programme.mkdir()
    (tmp_path / "variants.toml").write_text("[terms]\n", encoding="utf8")

    assert read_contrasts(programme) == ()
    kinds = '{ "A類" = "a ?類", "B類" = "b ?類" }'
    (programme / "variants.toml").write_text(f"[[contrast]]\nkinds = {kinds}\n", encoding="utf8")
    assert read_contrasts(programme) == ({"A類": "a ?類", "B類": "b ?類"},)


@pytest.mark.parametrize("damage", ["gone", "empty", "junk"])
def test_a_lost_cache_is_made_again(tmp_path: Path, words_folder: Path, damage: str) -> None:
    """The cache of jieba may be lost or damaged: the dictionary is read again and cuts the same."""
    folder = tmp_path / "words"
    shutil.copytree(words_folder, folder)
    cache = folder / "dict-s2tw.cache"
    cache.unlink()
    if damage != "gone":
        cache.write_bytes(b"" if damage == "empty" else b"junk" * 9)

    assert Segmenter(folder, [], {}).words("颱風天停班停課") == Segmenter(words_folder, [], {}).words(
        "颱風天停班停課"
    )


def test_the_dictionary_is_that_of_taiwan(words_folder: Path) -> None:
    """The dictionary holds words in the script of Taiwan with their counts, each once, and no rare ones."""
    rows = (words_folder / "dict-s2tw.txt").read_text(encoding="utf8").splitlines()
    counts = {word: int(count) for word, count in map(str.split, rows)}

    assert len(counts) == len(rows) > 50_000
    assert {"經濟", "網際網路", "裡面"} & counts.keys() >= {"經濟", "裡面"}
    assert "经济" not in counts
    assert min(counts.values()) >= 10


def test_real_lexicon() -> None:
    """Every word of the real lexicon is written once, in the script of Taiwan."""
    words = [word.lower() for word in read_lexicon(REAL)]

    assert len(set(words)) == len(words)
    assert [word for word in words if fold(word) != word] == []


def test_real_words_stay_whole(words_folder: Path) -> None:
    """Every word of the real lexicon is one of its own words."""
    lexicon = read_lexicon(REAL)
    segmenter = Segmenter(words_folder, lexicon, {})

    assert [word for word in lexicon if fold(word) not in segmenter.words(word)] == []


def test_real_variants() -> None:
    """Real terms are folded the same however often, and each everyday word is there once."""
    variants = read_variants(REAL)

    assert [t for t in variants if fold(fold(t)) != fold(t)] == []
    for term, spoken in variants.items():
        assert [word for word in spoken if not word.strip()] == [], term
        assert len(set(spoken)) == len(spoken), term
