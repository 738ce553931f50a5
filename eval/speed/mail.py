"""
How long a mail can keep the desk busy that was made to.

The mail is one piece of `hostile` repeated to the longest that is taken. Printed are milliseconds of
processor time: to take it in and draft the reply, to check twenty sentences of one's own
against it (the console asks at every pause in typing), and to compare two texts that repeat it. The bar of each is a second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from assistant.answer.clean import MessageRejected
from assistant.channels.desk.desk import Desk, DeskOptions
from assistant.channels.desk.difference import share_changed
from assistant.channels.desk.editing import LONGEST as LONGEST_REPLY
from assistant.channels.desk.intake import LONGEST, Mail, receive
from assistant.channels.desk.refusal import Refusal
from assistant.channels.desk.view import sentences_of
from assistant.config import load_settings
from assistant.ports import SystemClock
from assistant.records.staff import Role
from eval.speed.hostile import PIECES, milliseconds
from eval.systems import open_bench

BAR_MS: Final = 1000
_OPENING: Final = "A類要幾家?\n"
_OWN: Final = "依規定，至少要 {} 家成員，其中三成可以〔1〕。"
_REPLY: Final = "\n".join(_OWN.format(n) for n in range(1, 21))


def measure() -> None:
    """Every mail, and which are beyond the bar."""
    slow = []
    with open_bench(load_settings()) as bench:
        desk = Desk.over(bench.service, SystemClock(), DeskOptions())
        staff = desk.staff.add("amy", "Amy", Role.DRAFTER)
        for name, piece in PIECES.items():
            mail = Mail((_OPENING + piece * LONGEST)[:LONGEST])
            try:
                kept = receive(desk, mail, None, "speed", staff.name, None)
            except (MessageRejected, Refusal) as refused:
                print(f"{name:26} refused: {refused}")
                continue
            typed = (piece * LONGEST_REPLY)[:LONGEST_REPLY]
            stages: Mapping[str, Callable[[], object]] = {
                "taken": partial(receive, desk, mail, None, "speed", staff.name, None),
                "checked": partial(sentences_of, desk, kept, _REPLY, staff),
                "compared": partial(share_changed, typed, f"甲，{typed[2:]}"),
            }
            times = {stage: milliseconds(run) for stage, run in stages.items()}
            print(f"{name:26}" + "".join(f"{stage:>10}{ms:8.0f}" for stage, ms in times.items()), flush=True)
            slow += [f"{name} {stage}" for stage, ms in times.items() if ms > BAR_MS]
    print(f"beyond {BAR_MS} ms: {', '.join(slow) or 'none'}")
