"""Numbers below 200 spelled as people write them, by a hand that knows nothing of the reader's grammar."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_TWO: Final = 2
_CAPITALS: Final = str.maketrans("零一二兩三四五六七八九十百", "零壹貳貳參肆伍陸柒捌玖拾佰")
_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
STYLES: Final = ("arabic", "full width", "chinese")
ALL_STYLES: Final = (*STYLES, "capitals", "both")


def spelled(number: int, style: str) -> str:
    """A number in one of ALL_STYLES; two of something is 兩, "both" is 十二(12)."""
    if style == "arabic":
        return str(number)
    if style == "full width":
        return str(number).translate(_WIDE)
    if style == "capitals":
        return _spoken(number).translate(_CAPITALS)
    return f"{_spoken(number)}({number})" if style == "both" else _spoken(number)


def _spoken(number: int) -> str:
    if number == _TWO:
        return "兩"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones or not words else "")
