"""Which passwords are taken."""

from __future__ import annotations

import pytest

from assistant.channels.desk.passwords import PasswordRefused, Passwords
from tests.assistant.channels.desk.conftest import CHEAP


@pytest.mark.parametrize(
    "password",
    ["password1234", "123456789012", "qwertyuiop12", "1qaz2wsx3edc", "aaaaaaaaaaaa", "P@ssw0rd2024!", "Ｐａｓｓｗｏｒｄ１２３４",
     "ji32k7au4a83", "woaini1314520", "xkq7xkq7xkq7", "amychen123456", "Zoe-Lin-2024!", "admin123456!", "short"],
)  # fmt: skip
def test_easy_ones_are_refused(password: str) -> None:
    """Common words, names, years, rows of keys, and what is repeated do not make a password, however they are mixed."""
    with pytest.raises(PasswordRefused):
        Passwords(CHEAP).hash(password, "amy", "zoe")


@pytest.mark.parametrize(
    "password", ["blue-tractor-swims", "我家巷口的豆漿店週一公休", "tR7#kPq2!vXz", "mzkq-4821-vhpd"]
)
def test_others_are_taken(password: str) -> None:
    """A sentence of one's own, in any script, and what chance makes are taken."""
    passwords = Passwords(CHEAP)
    assert passwords.fits(passwords.hash(password, "amy"), password)
