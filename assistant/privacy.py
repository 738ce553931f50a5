"""
Text -> the same text with personal data replaced by a label, for storage and for logs.

Masked: 身分證字號 and 居留證號 (the old format, which invoices have too, only if its check digit is
right), mobile and landline numbers of Taiwan, cards, accounts that are called so, e-mail addresses,
and of postal addresses the house number, behind a road or a village, in English too, and the number
of a P.O. box. They are looked for in the text as it is read: in any width, in any script's digits,
with any separators, and whatever cannot be seen left out. Money, 統一編號 (8 digits), counts and
years are what people ask about, so a doubtful number stays. Standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

# Controls, format characters (zero width, direction), lone surrogates, private use, unassigned.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Categories call these letters and marks; on the screen they are nothing.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u2800\u3164\ufe00-\ufe0f\uffa0]")

# The letter of an 身分證 stands for a place and counts as two digits, by a table of 內政部.
_LETTERS = {letter: 10 + place for place, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO")}
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)

_S = r"[-. \u2010-\u2015]"
# Whatever people put between groups of a number that begins with 0, which no amount does.
_ANY = r"(?:[^\S\n]?[-. \u2010-\u2015/\\_·•・~,、:|*+][^\S\n]?)"
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_NUMBER = re.compile(rf"(?:[〇零○一二三四五六七八九]{_ANY}?){{8,}}")
_N = "[0-9一二三四五六七八九十百〇零]"

_AT = r"(?:@|[(\[{<〔【] ?(?:at|@|小老鼠) ?[)\]}>〕】]|小老鼠)"
_DOT = r"(?:\.|[(\[{] ?(?:dot|點) ?[)\]}])"
_EMAIL = re.compile(
    rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}} ?{_AT} ?(?:[A-Za-z0-9-]{{1,63}} ?{_DOT} ?){{1,8}}[A-Za-z]{{2,24}}",
    re.IGNORECASE,
)

# 1, 2: citizens. 8, 9: residents since 2021. A to D: residents before. Not A1 and a 統一編號.
_IDENTITY = re.compile(
    r"""
    (?<![0-9A-Za-z])[A-Za-z]
    (?: [1289A-Da-d][0-9]{8} | (?![0-9]\W[0-9]{8}) [-. /]? [1289] (?:[-. /]?[0-9]){8} )
    (?![0-9A-Za-z])
    """,
    re.VERBOSE,
)

# By the first digits of those who issue cards; years are none of them.
_CARD = re.compile(
    r"""
    (?<![0-9A-Za-z$.,])
    (?: (?:[3-6][0-9]{3}|2[2-7][2-9][0-9]) (?: ([-. /]) [0-9]{4} (?:\1[0-9]{4}){2} | [0-9]{12} )
      | 3[47][0-9]{2} (?: [-. /][0-9]{6}[-. /][0-9]{5} | [0-9]{11} ) )
    (?! [0-9A-Za-z] | [.,][0-9] | [-. ]?[元圓塊萬億] )
    """,
    re.VERBOSE,
)
# A number that only its word tells from an amount.
_ACCOUNT = re.compile(
    r"""
    (?: 帳號 | 帳戶 | 賬號 | 戶頭 | 卡號 | 信用卡 | 金融卡 | \baccount\b ) [^0-9\n。,;]{0,12}
    (?P<masked>[0-9](?:[-. ]?[0-9]){8,19})
    (?! [0-9A-Za-z] | [.,][0-9] | [-. ]?[元圓塊萬億] )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# The groups are those that people write: an 8-digit number beside a count must not look like one.
_MOBILE = re.compile(
    rf"""
    (?<![0-9A-Za-z+$])(?<![0-9][.,])(?<!\$\ )
    (?:
        09[0-9]{{2}} (?: [0-9]{{6}} | {_ANY}[0-9]{{3}}{_ANY}?[0-9]{{3}} | (?:{_ANY}[0-9]{{2}}){{3}} )
      | 09[0-9]{{2}} [0-9]{{3}} {_ANY} [0-9]{{3}}
      | \(09[0-9]{{2}}\) {_ANY}? [0-9]{{3}} {_ANY}? [0-9]{{3}}
      | 09-[0-9]{{8}}
      | 09{_ANY}[0-9]{{4}}{_ANY}[0-9]{{4}}
      | 09[0-9]{_ANY}[0-9]{{3}}{_ANY}[0-9]{{4}}
      | 0 {_ANY} 9 (?:{_ANY}[0-9]){{8}}
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
      | {_AREA}{_ANY} [0-9]{{3,4}}{_ANY}[0-9]{{4}}
      | 0 {_ANY} [2-8] (?:{_ANY}[0-9]){{7,8}}
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
_LABEL = re.compile("〔(電子郵件|身分證字號|居留證號|手機|市話|卡號|帳號|門牌|信箱號碼)〕")


def masked_kinds(text: str) -> tuple[str, ...]:
    """The kinds of personal data whose labels a masked text holds, each once, in their order."""
    return tuple(dict.fromkeys(_LABEL.findall(text)))


def visible(text: str) -> str:
    """The text without what cannot be seen, line ends and tabs kept: marks of direction hide what a text says."""
    return "".join(c for c in text if c in "\n\r\t" or unicodedata.category(c) not in _UNSEEN)


def mask(text: str) -> str:
    """
    The text with a label, as 〔手機〕, for each that is masked; everything else stays as it was.

    Masking twice changes nothing more.
    """
    # What is masked can bare what stood right beside it, so look until nothing is found.
    while (masked := _mask_once(text)) != text:
        text = masked
    return text


def _mask_once(text: str) -> str:
    read, places = _as_read(text)
    for pattern, label in _MASKS:
        masked = "".join(_pieces(text, pattern.finditer(read), places, label))
        if masked != text:
            text = masked
            read, places = _as_read(text)
    return text


def _pieces(
    text: str, findings: Iterator[re.Match[str]], places: list[int], label: Callable[[str], str]
) -> Iterator[str]:
    """The text with its findings replaced; one whose label is empty stays."""
    done = 0
    for found in findings:
        first, end = found.span(found.lastgroup or 0)
        start, end = places[first], places[end - 1] + 1
        yield text[done:start]
        yield label(found.group()) or text[start:end]
        done = end
    yield text[done:]


def _as_read(text: str) -> tuple[str, list[int]]:
    """
    The text normalised, unseen characters left out, long numbers in Arabic digits; and where each character stood.

    Chinese digits are numbers only in a row: 二十家 stays.
    """
    read = [(piece, at) for at, character in enumerate(text) for piece in _read(character)]
    plain = "".join(piece for piece, _ in read)
    plain = _CHINESE_NUMBER.sub(lambda found: found[0].translate(_CHINESE_DIGITS), plain)
    return plain, [at for _, at in read]


@lru_cache(8192)
def _read(character: str) -> str:
    if character in "\n\r\t":
        return character
    seen = unicodedata.normalize("NFKC", character)
    seen = "".join(c for c in seen if unicodedata.category(c) not in _UNSEEN)
    return "".join(str(unicodedata.decimal(c, c)) for c in _BLANK.sub("", seen))


def _identity_label(written: str) -> str:
    number = "".join(c for c in written if c.isalnum()).upper()
    if number[1] in "ABCD" and not _checks(number):
        return ""
    return "〔身分證字號〕" if number[1] in "12" else "〔居留證號〕"


def _checks(number: str) -> bool:
    place = _LETTERS[number[0]]
    # The second letter of the old 居留證 counts as the last digit of its value.
    digits = (place // 10, place % 10, _LETTERS[number[1]] % 10, *map(int, number[2:]))
    return sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 10 == 0


def _card_label(written: str) -> str:
    digits = [int(c) for c in reversed(written) if c.isdigit()]
    doubled = [digit * (1 + at % 2) for at, digit in enumerate(digits)]
    # Four figures in a row may be of four years; those of a card check (ISO/IEC 7812).
    return "" if sum(number // 10 + number % 10 for number in doubled) % 10 else "〔卡號〕"


# E-mail first: a mobile number is a common name of a mailbox.
_MASKS: Final[tuple[tuple[re.Pattern[str], Callable[[str], str]], ...]] = (
    (_EMAIL, lambda _: "〔電子郵件〕"),
    (_IDENTITY, _identity_label),
    (_CARD, _card_label),
    (_MOBILE, lambda _: "〔手機〕"),
    (_LANDLINE, lambda _: "〔市話〕"),
    (_ACCOUNT, lambda _: "〔帳號〕"),
    *((pattern, lambda _: "〔門牌〕") for pattern in (_HOUSE, _VILLAGE, _ENGLISH_HOUSE)),
    (_POST_BOX, lambda _: "〔信箱號碼〕"),
)
