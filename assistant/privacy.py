"""
Text -> the same text with personal data replaced by a label, for storage and for logs.

Masked: 身分證字號 and 居留證號 (both formats) whose check digit is right, mobile and
landline numbers of Taiwan, e-mail addresses, and of postal addresses the house
number, behind a road or a village, in English too, and the number of a P.O. box.
Written in full width they are found too. Money, 統一編號 (8 digits), counts and years
are what people ask about, so a doubtful number stays. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# Full-width ASCII to half width, one character to one, so that offsets stay.
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# The letter of an 身分證 stands for a place and counts as two digits, by a table of 內政部.
_LETTERS = {letter: 10 + place for place, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO")}
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)

_S = r"[-. \u2010-\u2015]"
_N = "[0-9一二三四五六七八九十百〇零]"

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64} ?@ ?(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")

# 1, 2: citizens. 8, 9: residents since 2021. A to D: residents before.
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[A-Za-z][1289A-Da-d][0-9]{8}(?![0-9A-Za-z])")

# The groups are those that people write: an 8-digit number beside a count must not look like one.
_MOBILE = re.compile(
    rf"""
    (?<![0-9A-Za-z+$])(?<![0-9][.,])(?<!\$\ )
    (?:
        09[0-9]{{2}} (?: [0-9]{{6}} | {_S}[0-9]{{3}}{_S}?[0-9]{{3}} | (?:{_S}[0-9]{{2}}){{3}} )
      | \(09[0-9]{{2}}\) {_S}? [0-9]{{3}} {_S}? [0-9]{{3}}
      | 09-[0-9]{{8}}
      | 09{_S}[0-9]{{4}}{_S}[0-9]{{4}}
      | 09[0-9]{_S}[0-9]{{3}}{_S}[0-9]{{4}}
      | (?: \(?(?:\+|00)886\)? | \(886\) | 886 ) {_S}? (?: \(0\) | 0 )? {_S}? 9 (?:{_S}?[0-9]){{8}}
    )
    (?! [0-9] | ,[0-9]{{3}} | {_S}?[元圓塊萬億] )
    """,
    re.VERBOSE,
)

# Only with an area code that exists: without one a landline looks like a 統一編號, and 0800 is nobody's home.
_AREA = "(?:02|037|03|049|04|05|06|07|0826|082|083[56]|089|08)"
# No dot: 17:14:05.266231 is the time of a log.
_GAP = r"[- \u2010-\u2015]"
_LANDLINE = re.compile(
    rf"""
    (?<![0-9A-Za-z+$])(?<![0-9][.,:-])(?<!\$\ )
    (?:
        \({_AREA}\) {_GAP}? [0-9]{{2,4}} {_GAP}? [0-9]{{3,4}}
      | {_AREA}{_GAP} [0-9]{{2,4}}{_GAP}?[0-9]{{3,4}}
      | (?= [0-9]{{9,10}} (?![0-9]) ) {_AREA} [0-9]{{5,8}}
      | (?: \(?(?:\+|00)886\)? | \(886\) ) {_GAP}? (?: \(0\) )? {_GAP}? [2-8][0-9]{{0,2}}
        {_GAP}? [0-9]{{3,4}} {_GAP}? [0-9]{{3,4}}
    )
    (?: \ ?(?:\#|分機|轉|ext\.?)\ ?[0-9]{{1,6}} )?
    (?! [0-9A-Za-z] | [,.][0-9] | {_GAP}?[元圓塊萬億家年月日%] | {_GAP}[0-9] )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Only behind a road that is one: 通路 and 網路 are no roads, 市場 is no town.
_HOUSE = re.compile(
    rf"""
    (?: [縣县市區区鄉乡鎮镇村里] [^\s,。;!?、:]{{1,10}}? (?: (?<![通網网線线電电思道]) 路 | 街 | 大道 )
      | (?: (?<![通網网線线電电思道]) 路 | 街 | 大道 ) (?= {_N}{{1,4}} [段巷弄] ) )
    (?P<masked>
        (?:{_N}{{1,3}}段)? (?:{_N}{{1,4}}巷)? (?:{_N}{{1,4}}弄)?
        {_N}{{1,5}} (?:[之-]{_N}{{1,3}})? [號号] (?:之{_N}{{1,3}})?
        (?:(?:地下)?{_N}{{1,3}}[樓楼] (?:之{_N}{{1,3}})?)?
    )
    """,
    re.VERBOSE,
)

# In the country a house has a village and a 鄰 instead of a road; 里 and 村 only below a town that is named.
_VILLAGE = re.compile(
    rf"""
    [鄉乡鎮镇市區区] (?![場场公]) [^\s,。;!?、:0-9]{{1,4}} [村里]
    (?P<masked> (?:{_N}{{1,3}}[鄰邻])? {_N}{{1,4}} (?:[之-]{_N}{{1,3}})? [號号] (?:之{_N}{{1,3}})? (?:{_N}{{1,3}}[樓楼])? )
    """,
    re.VERBOSE,
)
_ENGLISH_HOUSE = re.compile(
    r"(?P<masked>\b(?:[0-9]{1,3}F\.?(?:-[0-9]{1,3})?, ?)?No\. ?[0-9]{1,4}(?:-[0-9]{1,3})?),"
    r"(?=[^\n;]{0,60}?\b(?:Rd|Road|St|Street|Blvd|Ave|Avenue)\b)",
    re.IGNORECASE,
)
_POST_BOX = re.compile(
    rf"(?:郵政|郵局)(?:信箱)?第?(?P<masked>{_N}{{1,5}}(?:[之-]{_N}{{1,4}})?號?)(?=信箱)"
    rf"|郵政信箱第?(?P<after>{_N}{{1,5}}(?:[之-]{_N}{{1,4}})?號)"
)
_ADDRESSES = (_HOUSE, _VILLAGE, _ENGLISH_HOUSE)
_LABEL = re.compile("〔(電子郵件|身分證字號|居留證號|手機|市話|門牌|信箱號碼)〕")


def masked_kinds(text: str) -> tuple[str, ...]:
    """The kinds of personal data whose labels a masked text holds, each once, in their order."""
    return tuple(dict.fromkeys(_LABEL.findall(text)))


def mask(text: str) -> str:
    """
    The text with 〔電子郵件〕, 〔身分證字號〕, 〔居留證號〕, 〔手機〕, 〔市話〕, 〔門牌〕 and 〔信箱號碼〕 for what they name.

    Everything else stays as it was; masking twice changes nothing more.
    """
    # What is masked can bare what stood right beside it, so look until nothing is found.
    while (masked := _mask_once(text)) != text:
        text = masked
    return text


def _mask_once(text: str) -> str:
    # E-mail first: a mobile number is a common name of a mailbox.
    text = _replace(text, _EMAIL, lambda _: "〔電子郵件〕")
    text = _replace(text, _IDENTITY, _identity_label)
    text = _replace(text, _MOBILE, lambda _: "〔手機〕")
    text = _replace(text, _LANDLINE, lambda _: "〔市話〕")
    for pattern in _ADDRESSES:
        text = _replace(text, pattern, lambda _: "〔門牌〕")
    return _replace(text, _POST_BOX, lambda _: "〔信箱號碼〕")


def _replace(text: str, pattern: re.Pattern[str], label: Callable[[str], str]) -> str:
    """Search in half width, replace in the text as it was written; an empty label keeps a finding."""

    def pieces() -> Iterator[str]:
        done = 0
        for found in pattern.finditer(text.translate(_HALF)):
            start, end = found.span(found.lastgroup or 0)
            yield text[done:start]
            yield label(found.group()) or text[start:end]
            done = end
        yield text[done:]

    return "".join(pieces())


def _identity_label(number: str) -> str:
    number = number.upper()
    place = _LETTERS[number[0]]
    # The second letter of the old 居留證 counts as the last digit of its value.
    second = int(number[1]) if number[1].isdigit() else _LETTERS[number[1]] % 10
    digits = (place // 10, place % 10, second, *map(int, number[2:]))
    if sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 10:
        return ""
    return "〔身分證字號〕" if number[1] in "12" else "〔居留證號〕"
