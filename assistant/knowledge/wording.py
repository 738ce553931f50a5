"""What staff type into a change, in the form in which it may stand in a file of the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.answer.clean import MessageRejected, clean_message
from assistant.knowledge.change import Change, ChangeRejected, Fault, NewGap, OutOfScope, Phrasing
from assistant.privacy import mask

LINE_LENGTH: Final = 200
QUESTIONS: Final = 50


def cleaned(change: Change) -> Change:
    """
    The change with every text on one line, without control characters, personal data masked.

    Raises:
        ChangeRejected: a text is too long or cannot be read, or there are more than 50 questions.
    """
    if len(change.questions) > QUESTIONS:
        raise ChangeRejected([Fault(f"一次最多 {QUESTIONS} 個問法。", "請分成幾個提案。")])
    faults: list[Fault] = []
    # What is withdrawn is named as it stands in the file.
    match change:
        case NewGap():
            made: Change = replace(
                change,
                questions=tuple(_questions(change, faults)),
                topic=_line("題目", change.topic, faults),
                referral=_line("轉介", change.referral, faults),
            )
        case Phrasing() | OutOfScope():
            made = replace(change, questions=tuple(_questions(change, faults)))
        case _:
            made = change
    if faults:
        raise ChangeRejected(faults)
    return made


def _questions(change: Change, faults: list[Fault]) -> Iterator[str]:
    for question in change.questions:
        if question.strip():
            try:
                yield mask(re.sub(r"\s+", " ", clean_message(question)))
            except MessageRejected as error:
                faults.append(Fault(f"「{question[:40]}」不能用：{error}", ""))


def _line(name: str, text: str, faults: list[Fault]) -> str:
    if not text.strip():
        return ""
    if len(text) > LINE_LENGTH:
        faults.append(Fault(f"{name}有 {len(text)} 個字。", f"最多 {LINE_LENGTH} 個字。"))
        return ""
    # As typed: full-width punctuation is the house style, and folding would halve it.
    kept = "".join(c for c in text if c.isprintable() or c.isspace())
    return mask(re.sub(r"\s+", " ", kept).strip())
