"""
Measures and namings of a text -> the facts that they state together, clause by clause.

A measure states the fact that is named beside it; a fact of yes and no, or a choice, states
itself. What is left over, or stands under a doubt, an exception or a quantity that is not
all (不確定, 除了, 有些), states nothing and is unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from assistant.eligibility.facts import AMOUNTS, Days, Fact, FactKind, FactKinds, Value
from assistant.reading.measures import Measure
from assistant.reading.naming import Naming
from assistant.reading.period import Period

_BREAK: Final = re.compile(r"[,。;!?\s]")
# A doubt about the question itself (不知道可不可以) is none about a fact.
DOUBT: Final = re.compile(
    r"(?:不確定|不太確定|不知道|不清楚|不曉得|不記得)(?!.{0,4}(?:能|可|符|行|要|該|怎))|忘記?了|好像|搞不好|說不定|應該(?!怎|可|能|要)"
    r"|(?:還沒|沒有?|未)(?:決定|確定|談好)|不一定"
    r"|除了|以外|之外|不含|不算|扣掉|扣除|有些|有的|部分|少數|多數|大部分|幾乎|差一點|其中|各(?:自|有)?|分別|每|平均"
    r"|同學|室友|學[長姊姐弟妹]|同事|老闆|房東|家人|(?:我|阿)(?:的|們)?(?:爸|媽|公|嬤|姨|伯|叔|哥|姊|姐|弟|妹)|老公|老婆|兒子|女兒"
    r"|兩倍|一倍|比.{0,6}[多少]|增資|減資|漲|原本|本來|以前|之前|後來|改成|變成|另一家|[兩二三四五六七八九]家(?:公司|店)"
)
OTHERS: Final = re.compile(
    r"朋友|別人|人家|隔壁(?![縣市鄉鎮村里區])|同行|鄰居|親戚|他們?(?:家|公司)?|她|聽說|據說|聽人|規定|門檻|公告|網路上|網站上|說明會|無關|不用管|別管"
)
OURS: Final = re.compile(r"我|咱|阮|敝|本(?:公司|店|商號|群)")
# The rule is asked about, nothing is stated: 「資本額是不是要一億以下才能申請」 「未滿二百人怎麼算」.
_OF_THE_RULE: Final = re.compile(
    r"(?:要|需要?|得|必須).{0,10}才|怎麼(?:算|認定|定義)|如何(?:算|認定|定義)|是什麼意思|算嗎|會怎(?:麼)?樣|會如何|有什麼(?:影響|後果)"
)
_CORRECTS: Final = re.compile(r"不對|更正|[看聽說講打寫算記]錯|我是說|應該是")
_ASKED: Final = re.compile(r"有沒有|有無|是不是|是否|要不要|算不算|會不會|能不能|可不可以")
_NOT: Final = re.compile(r"沒有?|無|未曾?|不曾|不是|不在|非|並未|不會|不")
_NOT_OF_A_NUMBER: Final = re.compile(r"不是|並非|沒有?(?!問題)|非")
_NONE: Final = re.compile(r"(?:沒有?|無|免|不用|不編|沒編)(?:編列?|任何)?$")
_NOT_BEHIND: Final = re.compile(r"(?:都|也|是|倒是|目前)*(?:沒有?|無)(?:[過啦喔啊的欸了]|$)")
_NEAR: Final = 6
# Of several facts that tell when something was, the finest that a measure fits.
_GRAIN: Final = {"date": 0, "months": 1, "year": 2}


@dataclass(slots=True)
class Statements:
    """What has been read of a message so far; a fact that is told twice in two ways is not known."""

    text: str
    kinds: FactKinds
    facts: dict[str, Fact] = field(default_factory=dict)
    unread: list[tuple[int, int]] = field(default_factory=list)
    corrected: bool = False
    last: FactKind | None = None

    def state(self, kind: FactKind, value: Value, start: int, end: int) -> None:
        """State a fact; a second value replaces the first behind a correction, and unsettles it otherwise."""
        earlier = self.facts.get(kind.name)
        if earlier is not None and earlier.value != value and not self.corrected:
            self.unread += [(earlier.start, earlier.end), (start, end)]
            return
        self.facts[kind.name], self.last = Fact(kind.name, value, start, end, self.text[start:end]), kind

    def known(self) -> dict[str, Fact]:
        """The facts that nothing unsettled."""
        return {name: fact for name, fact in self.facts.items() if (fact.start, fact.end) not in self.unread}

    def quoted(self) -> tuple[str, ...]:
        """What was left over, in the message's own words."""
        return tuple(dict.fromkeys(self.text[a:b].strip() for a, b in sorted(set(self.unread))))

    def read(self, folded: str, found: tuple[Measure, ...], namings: tuple[Naming, ...]) -> None:
        """Walk the clauses; what is said of others, or asks of the rule, states nothing and is not left over."""
        ours = True
        carried: tuple[Naming, ...] = ()
        for start, end in _clauses_of(folded, found):
            said = folded[start:end]
            telling = [one for one in found if start <= one.start < end and one.kind != "other"]
            named = tuple(one for one in namings if start <= one.start < end)
            ours = False if OTHERS.search(said) else ours or OURS.search(said) is not None
            self.corrected = self.corrected or _CORRECTS.search(said) is not None
            if not ours or (_OF_THE_RULE.search(said) and not OURS.search(said)):
                continue
            if doubt := DOUBT.search(said):
                # A doubt with nothing beside it is of what was said before.
                self.unread.append(
                    (start, end) if telling or named else (start + doubt.start(), start + doubt.end())
                )
                continue
            for one in telling:
                self._measure(folded, one, named or carried)
            for naming in named:
                self._naming(folded, naming, (start, end), telling=bool(telling))
            carried = named if named and not telling else ()

    def _measure(self, folded: str, one: Measure, named: tuple[Naming, ...]) -> None:
        """State the fact that a measure is of: the one named nearest before it, else right behind it, else the only one."""
        before = [naming for naming in named if naming.start < one.end]
        behind = [naming for naming in named if one.end <= naming.start <= one.end + _NEAR]
        for naming in (*reversed(before), *behind):
            fitting = _fitting(naming.kinds, one)
            if not fitting:
                continue
            if _NOT_OF_A_NUMBER.search(folded[naming.end : one.start]):
                break
            kind, value = min(fitting, key=lambda pair: _GRAIN.get(pair[0].type, 0))
            if len(fitting) == 1 or (kind.event and len({other.event for other, _ in fitting}) == 1):
                self.state(kind, value, min(one.start, naming.start), max(one.end, naming.end))
                return
            break
        else:
            corrected = [self.last] if self.corrected and self.last and not named else []
            alone = _fitting(
                corrected or (self.kinds.values() if one.kind == "people" and not before else ()), one
            )
            if len(alone) == 1:
                # 「……，不對，是800萬」 puts right what was said last; 「15個人」 are the only people there are.
                self.state(alone[0][0], alone[0][1], one.start, one.end)
                return
        self.unread.append((one.start, one.end))

    def _naming(self, folded: str, naming: Naming, clause: tuple[int, int], *, telling: bool) -> None:
        """State a choice, a yes or a no that words say by themselves; 「沒有人事費」 is none of it."""
        before = folded[max(clause[0], naming.start - _NEAR) : naming.start]
        behind = folded[naming.end : clause[1]]
        if _ASKED.search(before):
            return
        denials = len(_NOT.findall(before)) + bool(_NOT_BEHIND.match(behind))
        yes_no = [kind for kind in naming.kinds if kind.type == "yes_no"]
        if denials > 1 and (naming.choices or yes_no):
            self.unread.append(clause)
            return
        for name, choice in naming.choices:
            kind = self.kinds[name]
            others = [other for other in kind.choices if other != choice]
            if denials and len(others) != 1:
                self.unread.append(clause)
            else:
                self.state(kind, others[0] if denials else choice, naming.start, naming.end)
        for kind in yes_no:
            self.state(kind, not denials, naming.start, naming.end)
        amounts = [kind for kind in naming.kinds if kind.type in AMOUNTS]
        if len(amounts) == 1 and not telling and _NONE.search(before):
            self.state(amounts[0], 0, naming.start, naming.end)


def value_of(kind: FactKind, one: Measure, *, named: bool) -> Value | None:
    """The value of a fact that a measure gives, None if it is not of its type; a bare number needs its name."""
    value = one.value
    if isinstance(value, Period):
        return _time_value(kind, value)
    if one.kind == "share" or kind.type == "share":
        fits = one.kind == kind.type
    elif one.kind == "length" or kind.type == "months":
        fits = (one.kind, kind.type) == ("length", "months")
    elif one.kind == "count":
        fits = kind.type == "count" and one.unit == kind.unit
    else:
        fits = kind.type in AMOUNTS and (one.kind == kind.type or (named and one.kind == "number"))
    return value if fits else None


def _fitting(kinds: Iterable[FactKind], one: Measure) -> list[tuple[FactKind, Value]]:
    """The facts that a measure can be of, with the value that it gives each."""
    found = ((kind, value_of(kind, one, named=True)) for kind in kinds)
    return [(kind, value) for kind, value in found if value is not None]


def _time_value(kind: FactKind, when: Period) -> Value | None:
    if kind.type == "date":
        month = kind.event and when.grain == "month"
        return when.earliest if when.grain == "day" else Days(when.earliest, when.latest) if month else None
    if kind.type == "year":
        return when.year
    return when.months if kind.type == "months" else None


def _clauses_of(folded: str, found: tuple[Measure, ...]) -> Iterator[tuple[int, int]]:
    """The clauses of a text; a comma within a number ends none."""
    start = 0
    for mark in _BREAK.finditer(folded):
        if any(one.start < mark.start() < one.end for one in found):
            continue
        yield start, mark.start()
        start = mark.end()
    yield start, len(folded)
