"""
Text -> the words it is indexed and looked up by; the same at write and at query.

jieba with its dictionary turned into the script of Taiwan (OpenCC s2tw) and the
programme's lexicon, plus character bigrams apart from it: measured on Traditional
Chinese, the converted dictionary cuts better than jieba's own, and bigrams catch
what no dictionary knows.
"""

from __future__ import annotations

import logging
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import jieba
import opencc

LEXICON: Final = "lexicon.txt"
VARIANTS: Final = "variants.toml"
TOKENIZER_VERSION: Final = "jieba-0.42.1+s2tw+bigrams/2"

# jieba's dictionary holds 350,000 entries, most of them names; the rarer ones cost
# memory and 0.4 s at every start and cut no better.
_MIN_FREQUENCY: Final = 10
_LEXICON_FREQUENCY: Final = 100_000
# A class that is called by a letter is one word of two scripts.
_TOKEN: Final = re.compile(r"(?<![a-z0-9])[a-z]類|[a-z0-9%]+|[一-鿿㐀-䶿]+")
_LATIN: Final = re.compile(r"[a-z0-9%]+")
# Words that stand in every question and tell no clause apart.
_STOP: Final = frozenset(
    [
        "的",
        "了",
        "嗎",
        "呢",
        "啊",
        "吧",
        "啦",
        "喔",
        "呀",
        "嘛",
        "耶",
        "我",
        "我們",
        "你",
        "你們",
        "妳",
        "他",
        "她",
        "它",
        "他們",
        "是",
        "有",
        "就",
        "都",
        "也",
        "還",
        "很",
        "要",
        "會",
        "在",
        "和",
        "跟",
        "與",
        "請問",
        "您好",
        "你好",
        "謝謝",
        "請",
        "想",
        "這",
        "那",
        "這個",
        "那個",
        "一個",
        "可以",
        "什麼",
    ]
)


@cache
def _to_taiwan() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def fold(text: str) -> str:
    """
    One spelling for what reads the same: NFKC, lower case, Traditional script of Taiwan.

    Length may change; folded text is compared and indexed, never quoted.
    """
    converted: str = _to_taiwan().convert(unicodedata.normalize("NFKC", text).lower())
    return converted.replace("臺", "台")


class Segmenter:
    """Cuts folded text into words; holds one jieba tokenizer, nothing global."""

    def __init__(self, folder: Path, lexicon: Iterable[str], variants: Mapping[str, tuple[str, ...]]) -> None:
        """
        Load the dictionary, building it into `folder` the first time (about 1 s).

        Args:
            folder: where the converted dictionary and jieba's cache are kept.
            lexicon: words that stay whole, such as read_lexicon reads.
            variants: guideline term -> everyday words that stand for it.
        """
        jieba.setLogLevel(logging.ERROR)
        folder.mkdir(parents=True, exist_ok=True)
        dictionary = folder / "dict-s2tw.txt"
        if not dictionary.exists():
            _write_dictionary(dictionary)
        self._jieba = jieba.Tokenizer(dictionary=str(dictionary))
        self._jieba.tmp_dir, self._jieba.cache_file = str(folder), "dict-s2tw.cache"
        for word in lexicon:
            self._jieba.add_word(fold(word), _LEXICON_FREQUENCY)
        self._variants = [(fold(term), tuple(map(fold, spoken))) for term, spoken in variants.items()]

    def words(self, text: str) -> list[str]:
        """The words of a text, long ones also by their parts, without those that every question has."""
        found: list[str] = []
        for run in _TOKEN.findall(fold(text)):
            if _LATIN.match(run):
                found.append(run)
            else:
                found += self._jieba.lcut_for_search(run, HMM=False)
        return [word for word in found if word not in _STOP]

    def bigrams(self, text: str) -> list[str]:
        """Overlapping pairs of characters; Latin words and figures whole."""
        found: list[str] = []
        for run in _TOKEN.findall(fold(text)):
            if _LATIN.match(run) or len(run) == 1:
                found.append(run)
            else:
                found += [run[i : i + 2] for i in range(len(run) - 1)]
        return found

    def expand(self, text: str) -> str:
        """The text followed by the guideline's terms for the everyday words in it."""
        folded = fold(text)
        terms = [
            term
            for term, spoken in self._variants
            if term not in folded and any(_says(folded, word) for word in spoken)
        ]
        return " ".join([text, *terms])


def _says(folded: str, word: str) -> bool:
    """Whether a text has a word; a Latin one must stand alone, or 「apply」 would say 「app」."""
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", folded) is not None
    return word in folded


def read_lexicon(programme: Path) -> tuple[str, ...]:
    """The words of lexicon.txt, of all programmes and then of one: one a line, `#` opens a comment."""
    lines = [line for text in _texts(programme, LEXICON) for line in text.splitlines()]
    return tuple(dict.fromkeys(word for line in lines if (word := line.split("#")[0].strip())))


def read_variants(programme: Path) -> dict[str, tuple[str, ...]]:
    """variants.toml, of all programmes and then of one: guideline term -> the everyday words that stand for it."""
    terms: dict[str, tuple[str, ...]] = {}
    for text in _texts(programme, VARIANTS):
        for term, spoken in tomllib.loads(text).get("terms", {}).items():
            terms[term] = (*terms.get(term, ()), *spoken)
    return terms


def read_contrasts(programme: Path) -> tuple[dict[str, str], ...]:
    """variants.toml: sets of kinds that exclude each other, each a name and a regular expression."""
    texts = _texts(programme, VARIANTS)
    return tuple(dict(one["kinds"]) for text in texts for one in tomllib.loads(text).get("contrast", ()))


def _texts(programme: Path, name: str) -> Iterator[str]:
    """The file that all programmes share, then the programme's own if it has one; OSError without the first."""
    yield (programme.parent / name).read_text(encoding="utf8")
    if (own := programme / name).exists():
        yield own.read_text(encoding="utf8")


def _write_dictionary(target: Path) -> None:
    """The dictionary of jieba in the script of Taiwan; a word that two entries become keeps the larger count."""
    rows = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf8").splitlines()
    counts = [(word, int(count)) for word, count, *_ in map(str.split, rows) if int(count) >= _MIN_FREQUENCY]
    converted = _to_taiwan().convert("\n".join(word for word, _ in counts)).split("\n")
    merged: dict[str, int] = {}
    for word, (_, count) in zip(converted, counts, strict=True):
        merged[word] = max(count, merged.get(word, 0))
    partial = target.with_suffix(".partial")
    partial.write_text("".join(f"{word} {count}\n" for word, count in merged.items()), encoding="utf8")
    partial.replace(target)
