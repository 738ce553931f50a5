"""Work counted in lines of Python that were run: the same on every machine, busy or not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import log2
from types import FrameType
from typing import Any


def lines_run(run: Callable[[], object]) -> int:
    """How many lines a call executes, in all that it calls; loops within C are one."""
    lines, before = 0, sys.gettrace()

    def traced(_frame: FrameType, event: str, _arg: object) -> Any:  # noqa: ANN401 - what a trace function returns
        nonlocal lines
        lines += event == "line"
        return traced

    sys.settrace(traced)
    try:
        run()
    finally:
        sys.settrace(before)
    return lines


def exponent(work: Callable[[int], int], size: int) -> float:
    """The power of the size with which work grows, from a size to four times of it: 1 is linear, 2 quadratic."""
    return log2(work(4 * size) / work(size)) / 2
