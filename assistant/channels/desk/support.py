"""
A reply -> its sentences, each with what no cited clause carries.

Nothing is blocked: staff know more than the guideline says. But a figure that stands
in no cited clause, and a sentence of one's own without a mark, stand out at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Final
from unicodedata import normalize

from assistant.channels.desk.citations import MARK, Citations
from assistant.records.inquiry import Inquiry
from assistant.support import Objection, figures_of, modals_of

PLACEHOLDER: Final = "【待填"
_SENTENCE: Final = re.compile(r"[^。！？\n]*[。！？]+(?:〔\d{1,3}〕|[」）])*|[^。！？\n]+")
_LIST_NUMBER: Final = re.compile(r"^\s*(?:\d{1,2}[.、)）]|[（(]?[一二三四五六七八九十]{1,3}[、)）])")

_NOTES: Final[Mapping[str, str]] = {
    "kind": "引用的條文說的不是「{}」。",
    "comparator": "「{}」的上下限和條文不同。",
    "modality": "語氣「{}」和條文不同。",
    "polarity": "「{}」的肯定或否定和條文相反。",
    "role": "條文這裡說的不是「{}」。",
    "universal": "條文沒有說「{}」。",
    "condition": "漏了條文的條件「{}」。",
    "verdict": "「{}」是對來信者的判斷，要由試算來說。",
    "unknown": "條文沒有提到「{}」。",
}
Support = Callable[[str, Sequence[str]], Iterable[Objection]]


def _nothing(_sentence: str, _clause_ids: Sequence[str]) -> Iterable[Objection]:
    return ()


@dataclass(frozen=True, slots=True)
class SentencePiece:
    """A piece of a sentence; `odd` is a figure that no cited clause has."""

    text: str
    odd: bool = False


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence with what is to be said of it; `notes` are empty if all is well."""

    pieces: tuple[SentencePiece, ...]
    notes: tuple[str, ...]
    line_end: bool = False

    @property
    def text(self) -> str:
        """The whole of it."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Ground:
    """What sentences may stand on: the clauses by number, other words that were checked, fixed phrases, and how to check."""

    citations: Citations
    words: str
    phrases: frozenset[str]
    unsupported: Support = _nothing

    @cached_property
    def figures(self) -> frozenset[tuple[Fraction, bool]]:
        """The figures of the other words, read once for all sentences."""
        return _known(self.words)


def ground_of(inquiry: Inquiry, fixed: Iterable[str] = (), unsupported: Support = _nothing) -> Ground:
    """The ground of a reply: its clauses, the figures that the mail stated and the rules computed, the draft."""
    computed = [
        words
        for asked in inquiry.questions
        for check in (asked.answer.get("verdict") or {}).get("checks", ())
        for words in (check["words"], check["fix"], check["margin"])
    ]
    nearest = [
        words
        for asked in inquiry.questions
        for words in (asked.answer.get("verdict") or {}).get("nearest", ())
    ]
    # What the assistant wrote went through its guard; a year of the edition is no claim.
    editions = [str(citation.get("edition", "")) for citation in inquiry.citations]
    written = [inquiry.drafted, *(asked.block for asked in inquiry.questions), *fixed]
    phrases = frozenset(sentence.strip() for text in written for sentence in _SENTENCE.findall(text))
    return Ground(
        inquiry.citations, "\n".join([inquiry.mail, *computed, *nearest, *editions]), phrases, unsupported
    )


def checked(text: str, ground: Ground) -> list[CheckedSentence]:
    """Every sentence of a text, in order."""
    return list(_sentences(text, ground))


def _sentences(text: str, ground: Ground) -> Iterator[CheckedSentence]:
    by_number = {int(citation["n"]): citation for citation in ground.citations}
    for line in text.splitlines():
        found = _SENTENCE.findall(line) or [""]
        for at, words in enumerate(found, 1):
            yield _sentence(words, ground, by_number, at == len(found))


def _sentence(
    words: str, ground: Ground, by_number: Mapping[int, Mapping[str, Any]], line_end: bool
) -> CheckedSentence:
    if not words.strip() or words.strip() in ground.phrases:
        return CheckedSentence((SentencePiece(words),), _placeholder(words), line_end)
    marks = [int(n) for n in MARK.findall(words)]
    unknown = [n for n in marks if n not in by_number]
    cited = [by_number[n]["quote"] for n in marks if n in by_number] or [
        citation["quote"] for citation in ground.citations
    ]
    allowed = ground.figures.union(*map(_known, cited))
    pieces = tuple(_pieces(words, allowed))
    odd = list(dict.fromkeys(piece.text for piece in pieces if piece.odd))
    notes = list(_placeholder(words))
    if unknown:
        notes.append(f"〔{'〕〔'.join(map(str, unknown))}〕沒有對應的條文。")
    if odd:
        notes.append(f"「{'」「'.join(odd)}」不在引用的條文裡，來信也沒有提到。")
    added = modals_of(normalize("NFKC", words)) - modals_of("\n".join(cited))
    if marks and added:
        notes.append(f"條文沒有用「{'」「'.join(sorted(added))}」，語氣和原文不同。")
    if marks and not unknown and not added:
        notes += _objections(
            ground.unsupported(MARK.sub("", words), [by_number[n]["clause_id"] for n in marks])
        )
    if not marks and not odd and _claims(words):
        notes.append("這一句是自己寫的，沒有標示依據。")
    return CheckedSentence(pieces, tuple(notes), line_end)


def _objections(found: Iterable[Objection]) -> Iterator[str]:
    """What is said of each; figures have a note of their own, which knows those of the mail too."""
    for objection in found:
        if objection.check in _NOTES:
            yield _NOTES[objection.check].format(objection.words)


def _placeholder(words: str) -> tuple[str, ...]:
    return ("這裡還沒有填寫。",) if PLACEHOLDER in words else ()


def _claims(words: str) -> bool:
    """Whether a sentence says what one may, must or needs: greetings and thanks claim nothing."""
    return (
        re.search(
            r"可以|不可|不能|不得|必須|必需|須|應|得|需要|規定|符合|資格|以上|以下|至少|最多|超過", words
        )
        is not None
    )


def _pieces(words: str, allowed: frozenset[tuple[Fraction, bool]]) -> Iterator[SentencePiece]:
    done = 0
    head = _LIST_NUMBER.match(words)
    skip = head.end() if head else 0
    for figure in figures_of(_one_form(words)):
        inside_mark = words[max(0, figure.start - 1) : figure.start] == "〔"
        if figure.start < skip or inside_mark or (figure.value, figure.unit == "%") in allowed:
            continue
        end = figure.start + len(figure.words)
        yield SentencePiece(words[done : figure.start])
        yield SentencePiece(words[figure.start : end], odd=True)
        done = end
    yield SentencePiece(words[done:])


def _known(text: str) -> frozenset[tuple[Fraction, bool]]:
    """The figures of a text and whether each is a share; who counts in 位 and who in 家 may mean one thing."""
    return frozenset((figure.value, figure.unit == "%") for figure in figures_of(_one_form(text)))


def _one_form(text: str) -> str:
    """A text in one spelling, each character where it was."""
    return "".join(form if len(form := normalize("NFKC", one)) == 1 else one for one in text)
