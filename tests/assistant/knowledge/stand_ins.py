"""Functions for processes of their own; here, so that such a process loads no more than they need."""

from __future__ import annotations

import os
import signal
from threading import Event

from assistant.knowledge.builder import Places, Say
from assistant.knowledge.comparison import Reply


def nothing(*_: object) -> None:
    """Check nothing."""


def surroundings(places: Places, programme: str, say: Say) -> None:
    """Say what the process has been given, then fail."""
    say(",".join(name for name in os.environ if name.startswith("ASSISTANT_")))
    say(f"{programme} {os.nice(0)} {signal.getsignal(signal.SIGINT).name}")  # type: ignore[union-attr]
    raise OSError(f"disk full\n{places.data / 'x'} is full")


def hanging(_places: Places, _programme: str, say: Say) -> None:
    """Begin and never end."""
    say("begun")
    Event().wait()


def dying(*_: object) -> list[Reply]:
    """Die as if killed by the system."""
    os._exit(9)
