"""Numbers spelled as people write them, by a hand that knows nothing of the grammar."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
STYLES = ("arabic", "full width", "chinese")


def spelled(number: int, style: str) -> str:
    """A number below 200 in one of STYLES; two of something is 兩."""
    if style == "arabic":
        return str(number)
    if style == "full width":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if number == 2:
        return "兩"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones or not words else "")
