"""
A part of a text -> its figures: the number in one unit, how it is limited, what stands beside it.

八家 is 8家, 三成 and 百分之三十 are 30%, three years are 36 months, 「超過30%就不符合」 is ≤ 30%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from assistant.eligibility.quoted import numeral
from assistant.reading.numerals import whole
from assistant.support.parts import pairs, plain_of

Bound = Literal["", "=", "≥", "≤", ">", "<", "after"]

_HAN: Final = "零〇一二三四五六七八九兩十百千"
# Nobody counts in more digits; a longer run is cut into figures of this length.
_N: Final = rf"(?:\d(?:[\d,]{{0,23}}\d)?(?:\.\d{{1,9}})?|[{_HAN}]{{1,12}})[萬億]?"
_UNIT: Final = "年度|年|個?月|週|個?星期|天|日|個?小時|分鐘|家|間|所|人|位|名|次|倍|元|塊|%|趴|級|分|類|項|點|件|份|期|屆|種|歲|坪|頁|字|公里|公尺|公斤|瓦|個"
_FIGURE: Final = re.compile(
    rf"百分之(?P<percent>{_N})|(?P<under>{_N})分之(?P<over>{_N})|(?P<half>一半|半數)"
    rf"|(?P<tenths>[一二兩三四五六七八九\d])成(?P<more>[一二三四五六七八九半])?(?![員立為本長果功效交熟])"
    rf"|(?P<ordinal>第?)(?P<number>{_N}|半(?=[年個天]))(?:\s?(?P<unit>{_UNIT}))?"
)
# One of a thing is a manner of speaking; so is 兩項 of what is listed thereupon. Neither counts anything.
_SPOKEN: Final = re.compile(
    r"(?<=哪)一|(?<![\d第零〇一二三四五六七八九十百千])一(?![零〇一二三四五六七八九半年月週天日成萬億千百]|個月|星期|分鐘|小時)|[一二兩三四五六七八九十](?=[項點種類]|件事|[個大](?:面|方|部|重|類|階|角|條|要|步))"
    r"|統一|唯一|第[一二三]方|進一步|萬一|千萬(?=要|別|不)|百分百"
)
_ONE: Final = {"間": "家", "所": "家", "個": "家", "位": "人", "名": "人", "天": "日", "趴": "%", "塊": "元"}
_MONTHS: Final = {"年": 12, "月": 1, "個月": 1}
_LEFT: Final = re.compile(
    r"(?P<le>不(?:得|能|可以?|會)?[^,。不]{0,4}超過|未超過|最多|至多|上限|不得?高於|不(?:能|可以?)(?:高|多)於|只能|頂多)"
    r"|(?P<ge>至少|最少|最低|起碼|不得?[低少]於|不(?:能|可以?)[低少]於|下限|門檻)"
    r"|(?P<lt>未滿|不滿|不到|未達|少於|低於|不足|小於)|(?P<gt>超過|多於|大於|高於|逾|超出)"
    r"|(?P<reach>達到?|滿)|(?P<eq>剛好|正好|恰好|就是|只有|僅)"
)
_RIGHT: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (re.compile(r"[一-鿿]{0,2}?(?:含|及|或)?(?:以上|起|為下限)"), "≥"),
    (re.compile(r"[一-鿿]{0,2}?(?:含|及|或)?(?:以下|之內|以內|(?<!在)內|為限|為上限|封頂)"), "≤"),
    (re.compile(r"(?:以|之)?後"), "after"),
)
_BOUNDS: Final[dict[str, Bound]] = {"le": "≤", "ge": "≥", "lt": "<", "gt": ">", "reach": "≥", "eq": "="}
_TURNED: Final[dict[Bound, Bound]] = {"<": "≥", ">": "≤", "≥": "<", "≤": ">"}
# A limit that is not to be reached or passed, said by what becomes of whoever does.
_REFUSED: Final = re.compile(r"不符|不行|不可|不能|不得|不合|不夠|不予|無法|還不|不算|沒辦法|沒有資格")
_GRANTED: Final = re.compile(r"可以|也行|就行|才行|夠|也算|符合|合格|沒問題|成立")
_DENIED: Final = re.compile(r"(?:不是|並非|而非|不只|不止)(?:要|需要)?$")
_FAR: Final = 16


@dataclass(frozen=True, slots=True)
class LimitedFigure:
    """
    A figure of a text, from `start` on. `turned`: its limit was said by a refusal, which forbids nothing more.

    `behind` and `before` are the pairs of characters next to it, by which two figures of one unit are told apart.
    """

    start: int
    words: str
    value: Fraction
    unit: str
    bound: Bound
    turned: bool
    before: frozenset[str]
    behind: frozenset[str]
    refused: bool
    granted: bool
    denied: bool

    def keeps(self, other: LimitedFigure) -> bool:
        """True if this value lies within the bound of another figure."""
        kept = {
            "≥": self.value >= other.value,
            "≤": self.value <= other.value,
            ">": self.value > other.value,
            "<": self.value < other.value,
        }
        return kept.get(other.bound, self.value == other.value)


def figures_of(part: str, rest: str = "") -> tuple[LimitedFigure, ...]:
    """The figures of a part of a text; `rest` is what follows it in the sentence."""
    return tuple(_figures(part, rest))


def new_figures(words: str, text: str) -> list[str]:
    """
    The figures of some words that a text does not have in any way of writing them: 3年 is there if 三年 is.

    An ordinal (第一次) numbers a turn and limits nothing: it is none.
    """
    there = {(figure.value, figure.unit) for figure in figures_of(plain_of(text))}
    found = [figure for figure in figures_of(plain_of(words)) if not figure.unit.startswith("第")]
    return sorted({figure.words for figure in found if (figure.value, figure.unit) not in there})


def without_refusals(part: str) -> str:
    """A part without what becomes of whoever does not keep a figure's limit: it forbids nothing else."""
    return _REFUSED.sub("＿", part)


def _figures(part: str, rest: str) -> Iterator[LimitedFigure]:
    text = _SPOKEN.sub(lambda found: "＿" * len(found.group()), part)
    matches = [(found, read) for found in _FIGURE.finditer(text) if (read := _read(found)) is not None]
    for at, (found, (value, unit)) in enumerate(matches):
        before = matches[at - 1][0].end() if at else 0
        after = matches[at + 1][0].start() if at + 1 < len(matches) else len(part)
        left, right = part[before : found.start()][-_FAR:], part[found.end() : after]
        tail = right if at + 1 < len(matches) else right + "," + rest[:_FAR]
        bound = _bound(left, right)
        refused, granted = bool(_REFUSED.search(tail)), bool(_GRANTED.search(_REFUSED.sub("", tail)))
        turned = refused and (bound in {"<", ">"} or (bound == "≥" and left.endswith(("達到", "達", "滿"))))
        yield LimitedFigure(
            found.start(),
            found.group(),
            value,
            unit,
            _TURNED[bound] if turned else bound,
            turned,
            pairs(left[-4:]),
            pairs(right[:8]),
            refused,
            granted,
            _DENIED.search(left) is not None,
        )


def _read(found: re.Match[str]) -> tuple[Fraction, str] | None:
    if found["half"]:
        return Fraction(50), "%"
    if found["percent"] or found["under"] or found["tenths"]:
        share = _share(found)
        return None if share is None else (share, "%")
    number, unit = found["number"], found["unit"] or ""
    value = Fraction(1, 2) if number == "半" else _value(number)
    if value is None or (not unit and not number[0].isdigit()):
        return None
    if unit == "年" and value > 80:  # noqa: PLR2004  # 108年 is a year, as 108年度 is
        unit = "年度"
    if unit in _MONTHS:
        return value * _MONTHS[unit], "月"
    return value, found["ordinal"] + _ONE.get(unit, unit)


def _value(number: str) -> Fraction | None:
    """A numeral's value; 一一五 is read digit by digit."""
    digits = whole(number)
    return numeral(number) or (Fraction(digits) if isinstance(digits, int) else None)


def _share(found: re.Match[str]) -> Fraction | None:
    """A percentage: 百分之三十, 十分之三, 三成, 三成五."""
    if found["percent"]:
        return numeral(found["percent"])
    if found["under"]:
        under, over = numeral(found["under"]), numeral(found["over"])
        return 100 * over / under if under and over is not None else None
    tenths, more = numeral(found["tenths"]), found["more"]
    hundredths = Fraction(5) if more == "半" else numeral(more or "零")
    return None if tenths is None or hundredths is None else 10 * tenths + hundredths


def _bound(left: str, right: str) -> Bound:
    stands = list(_LEFT.finditer(left))
    if stands and stands[-1].lastgroup is not None:
        return _BOUNDS[stands[-1].lastgroup]
    for pattern, bound in _RIGHT:
        if pattern.match(right):
            return bound
    return ""


def wrong_figures(
    figures: Sequence[LimitedFigure], clause: Sequence[LimitedFigure]
) -> Iterator[tuple[Literal["figure", "comparator"], str]]:
    """Figures that no figure of the clauses carries, and those that it limits otherwise; with words for people."""
    for figure in figures:
        alike = [other for other in clause if other.unit == figure.unit or "" in {other.unit, figure.unit}]
        same = [other for other in alike if other.value == figure.value]
        if figure.denied:
            if same or not alike:
                yield "figure", figure.words
            continue
        if not same:
            if not _follows(figure, alike):
                yield "figure", figure.words
            continue
        if not _bound_alike(figure, same, alike):
            yield "figure", figure.words
        elif not any(_agree(figure, other) for other in same):
            yield "comparator", f"{figure.bound}{figure.words}"


def _bound_alike(
    figure: LimitedFigure, same: Sequence[LimitedFigure], alike: Sequence[LimitedFigure]
) -> bool:
    """False if the figure counts what another number of the clauses counts: 成立3年內, where it says 成立5年內."""
    for side in ("behind", "before"):
        shared = [(len(getattr(figure, side) & getattr(other, side)), other in same) for other in alike]
        if any(count for count, _ in shared):
            return max(shared)[1]
    return True


def _follows(figure: LimitedFigure, alike: Sequence[LimitedFigure]) -> bool:
    """True if another number is refused or granted as the clause's limit has it: 「7家不夠」 where it needs 8."""
    limits = [other for other in alike if other.bound in {"≥", "≤", "<", ">"}]
    if not limits or figure.bound not in {"", "="} or not (figure.refused or figure.granted):
        return False
    return all(figure.keeps(other) is not figure.refused for other in limits)


def _agree(figure: LimitedFigure, other: LimitedFigure) -> bool:
    said, stands = figure.bound, other.bound
    if said == "=":
        kept = stands in {"≥", "≤", "", "="}
        return kept and not (figure.refused and not figure.granted)
    if figure.unit == "月":  # 未滿五年 and 五年內 are one to whoever counts years
        said, stands = ({"<": "≤", ">": "≥"}.get(bound, bound) for bound in (said, stands))  # type: ignore[assignment]
    return said in {"", stands}
