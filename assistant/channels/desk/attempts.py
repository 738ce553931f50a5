"""Wrong passwords: who gave too many waits, and nobody else with them."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from threading import Lock
from typing import Final

from assistant.ports import Clock

# For one account from one address, and for all accounts from it: a list of names is tried as well as one of passwords.
FAILURES: Final = 5
FAILURES_OF_ALL: Final = 30
WAIT: Final = timedelta(minutes=15)
_REMEMBERED: Final = 10_000
_NAME: Final = 60


class SignInAttempts:
    """
    Failures by account and address, in the memory of this process; safe to share between threads.

    The account itself is never locked: a stranger who knows its name keeps nobody else out.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], tuple[int, datetime]] = OrderedDict()
        self._one = Lock()

    def minutes_left(self, account: str, address: str) -> int:
        """How long to wait before another password is looked at; 0 if not at all."""
        with self._one:
            return max(self._left(pair, most) for pair, most in _pairs(account, address))

    def failed(self, account: str, address: str) -> None:
        """A wrong password, or a wrong code, was given."""
        with self._one:
            for pair, _ in _pairs(account, address):
                count, _at = self._recent(pair)
                self._failures[pair] = count + 1, self._clock.now()
                self._failures.move_to_end(pair)
            while len(self._failures) > _REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, account: str, address: str) -> None:
        """The right one was given; failures with other accounts still count."""
        with self._one:
            self._failures.pop(_pairs(account, address)[0][0], None)

    def _recent(self, pair: tuple[str, str]) -> tuple[int, datetime]:
        now = self._clock.now()
        count, at = self._failures.get(pair, (0, now))
        return (count, at) if timedelta() <= now - at < WAIT else (0, now)

    def _left(self, pair: tuple[str, str], most: int) -> int:
        count, at = self._recent(pair)
        return ceil((at + WAIT - self._clock.now()) / timedelta(minutes=1)) if count >= most else 0


def _pairs(account: str, address: str) -> tuple[tuple[tuple[str, str], int], tuple[tuple[str, str], int]]:
    """What is counted, and how much of it is too much."""
    place = _network(address)
    return ((account.strip().lower()[:_NAME], place), FAILURES), (("", place), FAILURES_OF_ALL)


def _network(address: str) -> str:
    """Who has one address of version 6 has the other 2^64 of its network."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else address
