"""
A message -> the questions in it; what only greets, thanks or tells the story goes with its question.

Sentences end with 。 ? ! ; or a line. A question takes along what was told before it, and
an afterthought too short to stand alone (「手續?」「那兩個都要?」) stays with the question
that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

# More than these in one message are answered together with the last.
MOST: Final = 6
# Fewer letters than these, without a word that asks, belong to the question before.
_SHORTEST: Final = 6

_ENDS: Final = re.compile(r"(?<=[?!。;\n])(?![」』)\"])")
# 「…要幾家,另外簡報誰去」, 「幾家 要登記嗎」, and the numbers of a list: 「1.…2.…」, 「(1)…(2)…」, 「一、…二、…」
_JOINTS: Final = re.compile(
    r"(?<=[,、])(?=(?:另外|還有|順便|再來|以及|最後|第[二三四五]個?(?:問題)?)[^,。?]{4,})"
    r"|(?<=[\u3105-\u312f\u3400-\u9fff])\s+(?=[\u3400-\u9fff])"
    r"|(?<=[\s:,;。?])(?=(?:\(?[1-9一二三四五六]\)|[1-9][.、](?!\d)|[一二三四五六]、|[QqＱ][1-9]?[:.、]))"
)
_MARKED: Final = re.compile(r"[?]\s*[」』)\"]*\s*$|[嗎呢ㄇㄋ咧]\s*[~。!]*$")
_PARTICLE: Final = re.compile(r"[嗎ㄇ]\s*[?~。!]*$")
_REQUESTS: Final = re.compile(
    r"請問|想問|請教|想知道|想了解|請說明|請列|請告知|是否|能否|可否|能不能|可不可以|要不要|有沒有|會不會|需不需要|該不該"
)
# These words also tell (「說不出什麼」), so that they ask only where no 。 ends them.
_WONDERS: Final = re.compile(
    r"(?:多少|(?<![一二三四五六七八九十百])幾|(?<![沒無])(?<!沒有)(?:什麼|甚麼|啥|哪)|誰|怎麼|怎樣|如何|何時|為何|是不是|算不算)[^。]*$"
)
# The number of a question in a list of them; a dash lists statements as well.
_NUMBER: Final = r"(?:\(?[1-9一二三四五六]\)|[1-9][.、]|[一二三四五六]、|[QqＱ][1-9]?[:.、])"
NUMBERED: Final = re.compile(rf"^(?:{_NUMBER}|[-*•・‧]\s*)")
_COUNTED: Final = re.compile(f"^{_NUMBER}")
# What is left of 「多少?」 and 「怎麼辦」 without these says nothing by itself; of 「補助多少錢」 it does.
_FUNCTION: Final = re.compile(
    r"多少|什麼|甚麼|怎麼辦?|怎樣|如何|為何|可不可以|可以|能不能|請問|想問|[幾哪誰啥嗎呢ㄇㄋ咧啊吧了的是有為能要會行得那這就也都還我你您他們]"
)
_ASIDE: Final = re.compile(r"\([^()]*\)")
_GOES_ON: Final = re.compile(r"還是|或是|或者|所以|意思是")
# A request or a title is no question of its own even where it has the words of one.
_OPENS_ONLY: Final = re.compile(
    r".{0,80}(?:請教|請問|想問|問一下|問題|幾件事|如下)(?:一下|您|您們|貴單位)?[:,。!]?|[(【].*[)】]"
)
_LETTERS: Final = re.compile(r"[\w]")


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """A question of a message, the `story` told for it, and the question `before` it that a short one may need."""

    question: str
    story: str = ""
    before: str = ""

    @property
    def text(self) -> str:
        """The story and the question."""
        return f"{self.story} {self.question}".strip()


def asked_in(text: str) -> tuple[SubQuestion, ...]:
    """The questions of a cleaned message; together they are the message. None if it asks nothing."""
    found: list[SubQuestion] = []
    story = ""
    for sentence in _sentences(text):
        if not _is_question(sentence):
            story = f"{story} {sentence}".strip()
        elif found and not story and _belongs_before(sentence):
            found[-1] = replace(found[-1], question=f"{found[-1].question} {sentence}")
        else:
            brief = found and not story and len(_LETTERS.findall(sentence)) < _SHORTEST
            found.append(SubQuestion(sentence, story, found[-1].question if brief else ""))
            story = ""
    if found and story:
        # What follows the last question is told for it all the same.
        found[-1] = replace(found[-1], story=f"{found[-1].story} {story}".strip())
    if len(found) > MOST:
        rest = found[MOST - 1 :]
        found[MOST - 1 :] = [SubQuestion(" ".join(asked.text for asked in rest))]
    return tuple(found)


def _sentences(text: str) -> Iterator[str]:
    for sentence in _ENDS.split(text):
        yield from (piece.strip() for piece in _JOINTS.split(sentence) if piece.strip())


def _is_question(sentence: str) -> bool:
    if _OPENS_ONLY.fullmatch(sentence):
        return False
    said = _ASIDE.sub("", sentence)
    return any(words.search(said) for words in (_COUNTED, _MARKED, _REQUESTS, _WONDERS))


def is_marked(sentence: str) -> bool:
    """Whether a sentence asks by its mark, its last word or its number in a list."""
    return _COUNTED.match(sentence) is not None or _MARKED.search(sentence) is not None


def _belongs_before(sentence: str) -> bool:
    if _COUNTED.match(sentence):
        return False
    if _GOES_ON.match(sentence):
        return True
    asks = any(words.search(sentence) for words in (_PARTICLE, _REQUESTS, _WONDERS))
    says = len(_LETTERS.findall(_FUNCTION.sub("", sentence)))
    return says == 0 if asks else len(_LETTERS.findall(sentence)) < _SHORTEST
