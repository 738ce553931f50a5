"""Codes of an authenticator app, against the table of RFC 6238."""

from __future__ import annotations

from base64 import b32encode
from datetime import UTC, datetime

import pytest

from assistant.channels.desk.totp import app_address, code_at, is_secret, new_secret, step_of

SECRET = b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_table_of_the_rfc(seconds: int, code: str) -> None:
    """Appendix B, of whose eight digits the last six are ours."""
    assert code_at(SECRET, seconds // 30) == code[-6:]
    assert (
        step_of(SECRET, f"{code[2:5]} {code[5:]}", datetime.fromtimestamp(seconds, UTC), 0) == seconds // 30
    )


def test_near_codes_once() -> None:
    """The code before and the one after are taken, others are not, and none that was used or is older than that."""
    now = datetime.fromtimestamp(3000, UTC)
    taken = [step for step in range(90, 110) if step_of(SECRET, code_at(SECRET, step), now, 0)]
    assert taken == [99, 100, 101]
    assert step_of(SECRET, code_at(SECRET, 100), now, 100) is None
    assert step_of(SECRET, code_at(SECRET, 101), now, 100) == 101
    assert step_of(SECRET, "", now, 0) is None
    assert step_of(SECRET, "一二三四五六", now, 0) is None


def test_secrets_are_new_and_known() -> None:
    """A secret is another each time; what is none is told from one."""
    assert is_secret(new_secret())
    assert new_secret() != new_secret()
    assert not any(is_secret(text) for text in ("", "ABC", "x" * 32, SECRET.lower(), SECRET + "=", "密碼"))


def test_an_app_opens_the_address() -> None:
    """The address names issuer and account, in any script."""
    address = app_address(SECRET, "amy", "數位 輔導")
    assert address.startswith("otpauth://totp/%E6%95%B8%E4%BD%8D%20")
    assert address.endswith(f"?secret={SECRET}&issuer=%E6%95%B8%E4%BD%8D%20%E8%BC%94%E5%B0%8E")
