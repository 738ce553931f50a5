"""How long everything about a LINE event may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from assistant.records.line_events import OpenEvent


@dataclass(frozen=True, slots=True)
class Timing:
    """
    The spans of the channel; tests shorten them.

    `reply_window`: a token is good for a minute from its delivery (LINE's reference).
    `push_window`: an answer that is older helps nobody. `accept`: the webhook answers
    within it, LINE waits 2 s. `request`: for one call of LINE's. `lease`: after it, what
    a killed worker held is taken up. `poll`: between looks at the queue. `grace`: for
    what is at work when the service stops. `first_wait`, doubled up to `longest_wait`,
    lies between attempts.
    """

    reply_window: timedelta = timedelta(seconds=60)
    push_window: timedelta = timedelta(minutes=15)
    accept: timedelta = timedelta(seconds=1.5)
    request: timedelta = timedelta(seconds=10)
    lease: timedelta = timedelta(seconds=15)
    poll: timedelta = timedelta(seconds=1)
    grace: timedelta = timedelta(seconds=5)
    first_wait: timedelta = timedelta(seconds=0.5)
    longest_wait: timedelta = timedelta(seconds=8)

    def wait_after(self, tries: int) -> timedelta:
        """How long to wait after so many attempts."""
        doubled: int = 1 << min(tries, 10)
        return min(self.longest_wait, self.first_wait * doubled)

    def latest(self, work: OpenEvent, by_push: bool) -> timedelta:
        """How old an event may become before it is given up."""
        return self.push_window if by_push and work.push_to else self.reply_window
