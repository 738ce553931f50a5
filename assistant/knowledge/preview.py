"""A change built aside and compared with what is served: the answers before and after, nothing replaced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from assistant.knowledge.builder import Builder, Places
from assistant.knowledge.comparison import Comparison, Probe, compare
from assistant.knowledge.editing import BankEdit
from assistant.knowledge.staging import aside

Step = Callable[[str, int], None]

BUILDING: Final = "重建索引（約半分鐘）"
# How far a build is when it says so, of 100; learning takes the longest.
_BUILT: Final = {"building": 10, "learning": 20, "left out": 90, "index": 100}


def compared(
    places: Places,
    builder: Builder,
    programme: str,
    edit: BankEdit,
    probes: Sequence[Probe],
    step: Step,
) -> Comparison:
    """
    What an edit would change in the replies to the probes.

    What is served replies while the changed corpus is built.

    Raises:
        ChangeRejected: the changed corpus breaks a law.
        BuildFailed: the build or the replies failed.
    """
    questions = [probe.question for probe in probes]
    with aside(places, programme, edit) as changed, ThreadPoolExecutor(1) as pool:
        before = pool.submit(builder.replies, places, programme, questions, lambda _: None)
        builder.build(changed, programme, building(step, 2, 60))
        after = builder.replies(changed, programme, questions, _replying(step, len(questions)))
        return compare(probes, before.result(), after)


def building(step: Step, start: int, end: int) -> Callable[[str], None]:
    """What a build says -> how far it is, from `start` to `end` percent."""
    step(BUILDING, start)

    def say(line: str) -> None:
        done = next((share for words, share in _BUILT.items() if line.startswith(words)), None)
        if done is not None:
            step(BUILDING, start + (end - start) * done // 100)

    return say


def _replying(step: Step, of: int) -> Callable[[int], None]:
    return lambda done: step(f"比較修改前後的回答：{done}／{of} 題", 60 + 39 * done // of)
