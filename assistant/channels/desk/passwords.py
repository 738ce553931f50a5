"""Passwords -> argon2 hashes; an unknown account costs the same time as a wrong password."""

from __future__ import annotations

import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200


class PasswordRefused(ValueError):  # noqa: N818 - the name is the fact
    """The password cannot be taken; the message says to people why."""


class Passwords:
    """
    Hashes and checks; parameters are argon2-cffi's own (RFC 9106, low memory) unless a hasher is given.

    But one thread a hash: a flood of attempts must leave a core to those who ask. A hash takes 64 MB for its time: how many are made at once is for the door before it (web/doors.py).
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(parallelism=1)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """
        The hash to store.

        Raises:
            PasswordRefused: it has less than 12 or more than 200 characters, or but a few different ones.
        """
        password = unicodedata.normalize("NFKC", password)
        if not SHORTEST <= len(password) <= LONGEST:
            raise PasswordRefused(f"密碼要有 {SHORTEST} 到 {LONGEST} 個字元；一句自己記得住的話就很好。")
        if len(set(password)) < SHORTEST // 3:
            raise PasswordRefused("密碼重複的字元太多，容易被猜到，請換一個。")
        return self._hasher.hash(password)

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether a password is the one of a stored hash; never for None, after the same work."""
        password = unicodedata.normalize("NFKC", password[: LONGEST + 1])
        try:
            self._hasher.verify(stored or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None
