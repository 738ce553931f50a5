"""Passwords -> argon2 hashes; an unknown account costs the same time as a wrong password."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from importlib.resources import files
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200
# Letters and digits that have to be left when what is easy to guess is taken out.
_OWN: Final = 5
_COMMON: Final = tomllib.loads((files(__package__) / "common_passwords.toml").read_text(encoding="utf8"))
_SAME: Final = str.maketrans("@4831!05$7", "aabeliosst")
_RUNS: Final = tuple(
    row[at : at + 3] for line in _COMMON["rows"] for row in (line, line[::-1]) for at in range(len(line) - 2)
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d|(?:民國)?1[01]\d(?!\d)")


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

    def hash(self, password: str, *names: str) -> str:
        """
        The hash to store, of an account that is called by `names`.

        Raises:
            PasswordRefused: it has less than 12 or more than 200 characters, or is easy to guess.
        """
        password = unicodedata.normalize("NFKC", password)
        if not SHORTEST <= len(password) <= LONGEST:
            raise PasswordRefused(f"密碼要有 {SHORTEST} 到 {LONGEST} 個字元；一句自己記得住的話就很好。")
        if is_common(password, names):
            raise PasswordRefused(
                "這個密碼很多人用，或由帳號、年份、連續的按鍵組成，容易被猜到。請換一個，例如一句自己記得住的話。"
            )
        return self._hasher.hash(password)

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether a password is the one of a stored hash; never for None, after the same work."""
        password = unicodedata.normalize("NFKC", password[: LONGEST + 1])
        try:
            self._hasher.verify(stored or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None


def is_common(password: str, names: Iterable[str] = ()) -> bool:
    """Whether little is left of a password without names, common words, years, rows of keys and repetitions."""
    lower = password.lower()
    known = sorted(
        (*_COMMON["words"], *(name.lower() for name in names if len(name) > 1)), key=len, reverse=True
    )
    return any(_left(text, known) < _OWN for text in (lower, lower.translate(_SAME)))


def _left(text: str, known: list[str]) -> int:
    """How many letters and digits are left, of a repeated pattern once."""
    text = text[: (text + text).find(text, 1)]
    for word in known:
        text = text.replace(word, " ")
    text = _YEAR.sub(" ", text)
    easy = [False] * len(text)
    for at in range(len(text) - 2):
        three = text[at : at + 3]
        if three in _RUNS or len(set(three)) == 1:
            easy[at : at + 3] = [True] * 3
    return len({c for c, is_easy in zip(text, easy, strict=True) if c.isalnum() and not is_easy})
