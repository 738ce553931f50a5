"""A change built aside and compared with what is served: the answers before and after, nothing replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from assistant.knowledge.builder import Builder, Places
from assistant.knowledge.comparison import Asked, Comparison, compare
from assistant.knowledge.editing import Edit
from assistant.knowledge.staging import aside

Step = Callable[[str, int], None]

BUILDING: Final = "重建索引（約半分鐘）"
_ANSWERED: Final = re.compile(r"answered (\d+) of (\d+)")
# How far a build is when it says so, of 100; learning takes the longest.
_BUILT: Final = {"building": 10, "learning": 20, "left out": 90, "index": 100}


def compared(
    places: Places,
    builder: Builder,
    programme: str,
    edit: Edit,
    asked: Sequence[Asked],
    added: Sequence[str],
    step: Step,
) -> Comparison:
    """
    What an edit would change; `added` are the questions that it puts into the bank.

    What is served answers while the changed corpus is built.

    Raises:
        ChangeRejected: the changed corpus breaks a law.
        BuildFailed: the build or the answers failed.
    """
    with aside(places, programme, edit) as changed, ThreadPoolExecutor(1) as pool:
        before = pool.submit(builder.answers, places, programme, asked, added, lambda _: None)
        builder.build(changed, programme, building(step, 2, 60))
        after = builder.answers(changed, programme, asked, added, _answering(step, 60, 99))
        return compare(before.result(), after)


def building(step: Step, start: int, end: int) -> Callable[[str], None]:
    """What a build says -> how far it is, from `start` to `end` percent."""
    step(BUILDING, start)

    def say(line: str) -> None:
        done = next((share for words, share in _BUILT.items() if f": {words}" in line), None)
        if done is not None:
            step(BUILDING, start + (end - start) * done // 100)

    return say


def _answering(step: Step, start: int, end: int) -> Callable[[str], None]:
    def say(line: str) -> None:
        found = _ANSWERED.search(line)
        if found:
            done, of = int(found[1]), int(found[2])
            step(f"比較修改前後的回答：{done}／{of} 題", start + (end - start) * done // of)

    return say
