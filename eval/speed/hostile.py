"""
How long 2,000 characters can take that were made to take long.

Each string is one piece repeated to the longest message that is taken. Printed are the least milliseconds
of processor time in three rounds, stage by stage, each with what it needs of those before it, and the power
of its length with which the whole grows (from half of it; 2 is quadratic). The bars are 150 ms to read and 300 ms
for the whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from math import log2
from typing import Final

from assistant.answer.clean import MAX_CHARACTERS, MessageRejected, said_in
from assistant.answer.split import asked_in
from assistant.config import load_settings
from assistant.domain import Question
from assistant.mail import unwrap
from assistant.rank import WeightedQuestion
from eval.run import today
from eval.systems import Bench, open_bench

WHOLE_BAR_MS: Final = 300
READ_BAR_MS: Final = 150
ROUNDS: Final = 3
_LONG_MS: Final = 1000
PIECES: Final[Mapping[str, str]] = {
    "digits": "1234567890",
    "one digit": "1",
    "one numeral": "二",
    "Chinese numerals": "一二三四五六七八九十",
    "capital numerals": "壹佰貳拾參",
    "hundreds": "九百九十九",
    "numbers with 家": "12家",
    "numbers apart": "12 家 ",
    "numerals with 家": "十二家",
    "家": "家",
    "其中": "其中",
    "其中 n 家": "其中3家",
    "parts": "3家餐廳和",
    "parts by comma": "3家餐廳、4家民宿,",
    "coached": "3家去年輔導過,",
    "exceptions": "除了3家以外",
    "denials": "沒有一家沒",
    "years": "108年",
    "dates": "108年5月20日",
    "seven digits": "1080520 ",
    "ranges": "3到5家",
    "shares": "30%",
    "fractions": "三分之一",
    "round brackets": "(",
    "nested brackets": "((((())))",
    "corner brackets": "「",
    "pairs of corner brackets": "「家」",
    "quotations": "『「",
    "commas": ",",
    "full stops": "。",
    "question marks": "?",
    "dashes": "-",
    "dots": "…",
    "underscores": "_",
    "stars": "*",
    "bars": "|",
    "tabs": "\t",
    "spaces": " a",
    "wide spaces": "\u3000家",
    "blank lines": "\n\na",
    "lines": "家\n",
    "lines with numbers": "3家\n",
    "list numbers": "1. a\n",
    "list marks": "① ",
    "quote marks": "> ",
    "quoted lines": "> 12家\n",
    "deep quotes": ">>>> a\n",
    "headers": "From: a\n",
    "Chinese headers": "寄件者: 王\n",
    "wrote": "王 寫道:\n",
    "original message": "-----Original Message-----\n",
    "signatures": "--\n王\n",
    "quoted-printable": "=E5=AE=B6",
    "encoded words": "=?utf-8?b?5a62?= ",
    "base64": "QUJDREVG",
    "boundaries": "--=_b\nContent-Type: text/plain\n\n",
    "HTML tags": "<b>",
    "HTML tables": "<table><tr><td>3家",
    "HTML entities": "&amp;lt;",
    "angle brackets": "<",
    "comments": "<!--",
    "zero width": "\u200b家",
    "combining": "e\u0301\u0302\u0303",
    "ligature of 18": "ﷺ",
    "squared words": "㍿",
    "emoji": "👨‍👩‍👧",
    "full width": "１２家",
    "addresses": "http://a.b/",
    "mail addresses": "a@b.tw ",
    "telephone numbers": "03-8221234",
    "chat lines": "10:05 王 家\n",
    "track": "A類",
    "questions": "A類要幾家?",
    "doubts": "好像",
    "corrections": "不對,是3家",
    "what if": "如果改成3家呢",
    "negations": "不",
    "words without spaces": "aaaa",
    "simplified": "辅导过",
    "rare characters": "𠮷",
}


def measure() -> None:
    """Every string in every stage, and which are beyond a bar."""
    slow = []
    with open_bench(load_settings()) as bench:
        stages = _stages(bench)
        print(f"{'':26}" + "".join(f"{stage:>10}" for stage in (*stages, "exponent")))
        for name, piece in PIECES.items():
            text = (piece * MAX_CHARACTERS)[:MAX_CHARACTERS]
            times = {stage: milliseconds(partial(run, text)) for stage, run in stages.items()}
            half = milliseconds(partial(stages["whole"], text[: MAX_CHARACTERS // 2]))
            exponent = log2(times["whole"] / half)
            print(
                f"{name:26}" + "".join(f"{ms:10.1f}" for ms in times.values()) + f"{exponent:10.1f}",
                flush=True,
            )
            if times["whole"] > WHOLE_BAR_MS or times["read"] > READ_BAR_MS:
                slow.append(name)
    print(f"beyond {WHOLE_BAR_MS} ms, or {READ_BAR_MS} ms to read: {', '.join(slow) or 'none'}")


def _stages(bench: Bench) -> Mapping[str, Callable[[str], object]]:
    tools, day = bench.tools, today()
    assert tools.reader is not None
    reader = tools.reader
    programme = tools.guideline.source.programme

    def whole(text: str) -> None:
        with suppress(MessageRejected):
            bench.assistant.answer(Question(text, programme, None))

    return {
        "unwrap": unwrap,
        "clean": _said,
        "split": lambda text: asked_in(_said(text)),
        "read": lambda text: reader.read(_said(text), day),
        "rank": lambda text: tools.ranker.rank(WeightedQuestion(_said(text) or "家", 1.0)),
        "whole": whole,
    }


def _said(text: str) -> str:
    with suppress(MessageRejected):
        return said_in(text)
    return ""


def milliseconds(run: Callable[[], object]) -> float:
    """The processor time of a run, the least of some rounds: what else the machine does only adds; a second is long enough."""
    least = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        run()
        least = min(least, (time.process_time() - started) * 1000)
        if least > _LONG_MS:
            break
    return least
