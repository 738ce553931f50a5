"""
Mentions -> clauses, and each clause -> phrases: a number with the words before and behind it.

Between the words that are known only such may stand as change nothing: a clause with 不 or 另
or 半 in a place where no cue took it is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assistant.readers.digital_cluster.roles import ROLES
from assistant.reading.clauses import counted_behind_labels, told_once
from assistant.reading.mentions import Mention
from assistant.reading.period import Period

TRAITS: Final = frozenset({"coached", "registered", "sme_yes", "sme_no", "has", "founded", "startup"})
CHANGES: Final = frozenset({"add", "remove", "swap", "fill", "turned_into"})
STATUS: Final = frozenset({"old", "newcomers", "among_new", "stay", *CHANGES})
# Words that say something of firms, so that the clause around them must be understood.
TELLING: Final = frozenset(
    {
        "count", "besides", "except", "overlap", "all", "none", "keep", "none_added", "share", "times", "rest",
        *TRAITS, *STATUS,
    }
)  # fmt: skip
# What no phrase knows how to take.
STRANGE: Final = frozenset(
    {
        "guard", "elsewhere", "doubt", "suppose", "correct", "teller", "rule", "unsure", "some", "not_all", "times",
        "vague_share", "negative", "decimal", "aside", "torn", "each", "not_count", "plus_me", "except_me",
        "besides_me", "started", "past", "other_programme",
    }
)  # fmt: skip
_SILENT: Final = frozenset({"track", "fit", "skip", "want", "registering", "first"})
_FORE: Final = frozenset(
    {"total", "us", "old", "part", "rest", "left", "stay", "newcomers", "among_new", "other", "all", *CHANGES}
)
_LOUD: Final = re.compile(
    r"[不沒無未非除外倍半差缺比均另別他她說聽講如若假錯更改每些誰哪至扣剩餘補換走退併拆待概約估\d]"
    r"|加上|外加|連同|含|左右|上下|差不多|幾乎|至少|最多|不到|超過"
)
_HARMLESS: Final = re.compile(
    r"(?:可不可|能不|行不|夠不|符不|過不|好不|要不|會不會(?=過|不行|被|超))[以能行夠符過好要]?|是不是|有沒有(?=機會|資格|問題)|請問|不好意思"
    r"|(?:沒有?|無)(?:問題|關係|誤|虞|錯)|不(?:知道?|曉得)(?=這樣|可|能|行)|不(?:過|小心|太?懂)|好不容易|別擔心|比[例率重較]|[占佔百分]+比"
    r"|(?:完全|都|彼此|成員)?(?:不|沒有?)重[複覆疊]|不同的?[家店公企]|(?:以|之)?後|特別|至(?:於|今|此)|迄今|如(?:下|何|題|今)|更好|說明會?|(?:說|老)實說"
    r"|外(?:縣市|加)|另外|另(?=有|增|新|加)|走[abc這]|補助|半年|每一?(?=[家間])"
)
_DENIAL: Final = re.compile(r"(?:查|並|均|皆|都|也|尚)*(?:無|沒有?|未有?)(?:任何|接受|受)?$")
_OF: Final = re.compile(r"(?:的|有|是|:|共|只有|則|為|了|過|者|計|也|都|就|才|店家?|家數|\s)*")
_COUNTED_NEXT: Final = re.compile(
    r"(?:的?家?數?)?\s?[:=,()\s]{1,2}\s?[是有為計]?\s?[\d一二兩三四五六七八九十]"
)
_SPACE: Final = re.compile(r"(?<=[^\x00-\x7f]) (?=\S)|(?<=\S) (?=[\u4e00-\u9fff])")


class NotUnderstoodError(ValueError):
    """Some words of a message were not understood; they are the message."""


@dataclass(slots=True)
class Phrase:
    """A number with the words before and behind it; without number, all words are behind."""

    number: Mention | None
    before: list[Mention]
    behind: list[Mention]
    start: int
    end: int

    def has(self, *kinds: str) -> bool:
        """Whether a word of one of these kinds is among them."""
        return any(word.kind in kinds for word in self.words)

    @property
    def span(self) -> tuple[int, int]:
        """From the first to the last of its words that tell something."""
        told = [word for word in self.words if word.kind not in {"part", "us", "other"}]
        told += [self.number] if self.number else []
        return min((word.start for word in told), default=self.start), self.end

    @property
    def words(self) -> list[Mention]:
        """All but the number."""
        return [*self.before, *self.behind]

    @property
    def times(self) -> tuple[Period, ...]:
        """The times that it tells."""
        return tuple(word.value for word in self.words if isinstance(word.value, Period))


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two marks of a text, with its mentions."""

    folded: str
    start: int
    end: int
    words: tuple[Mention, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return self.folded[self.start : self.end]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its mentions."""
        return frozenset(word.kind for word in self.words)

    def pointed(self, number: Mention) -> bool:
        """Whether 這 or 那 stands before a number: those who were counted before."""
        return self.folded[max(0, number.start - 1) : number.start] in {"這", "那"}

    def denied(self) -> frozenset[int]:
        """
        Where what is told is denied by a word before it: 「均查無近三年輔導紀錄」.

        Raises:
            NotUnderstoodError: what stands between its words may change what they say.
        """
        denied = set[int]()
        place = self.start
        for word in (*self.words, None):
            gap = self.folded[place : word.start if word else self.end]
            place = word.end if word else self.end
            if (
                word is not None
                and word.kind in {"coached", "registered", "period"}
                and (no := _DENIAL.search(gap))
            ):
                told = next(
                    (
                        one
                        for one in self.words
                        if one.kind in {"coached", "registered"} and one.start >= word.start
                    ),
                    None,
                )
                if told is None or told.start - word.end > 1:
                    raise NotUnderstoodError(gap)
                denied.add(told.start)
                gap = gap[: no.start()]
            if word is not None and word.kind in CHANGES | {"count"}:
                # 「另新增1家」 「另1家」 are told apart where they are read.
                gap = gap.removesuffix("另")
            if _LOUD.search(_HARMLESS.sub("", gap)):
                raise NotUnderstoodError(gap)
            if (
                word is not None
                and word.kind in {"total", "coached"}
                and re.search(r"大概|大約|約", word.words)
            ):
                raise NotUnderstoodError(word.words)
        return frozenset(denied)

    def phrases(self) -> list[Phrase]:
        """The numbers of the clause, each with its words; a clause without number is one phrase."""
        silent = _SILENT | ({"startup"} if "founded" in self.kinds else frozenset())
        words = [word for word in self.words if word.kind not in silent]
        places = [place for place, word in enumerate(words) if word.kind in {"count", "share"}]
        if not places:
            return [Phrase(None, [], words, words[0].start, words[-1].end)] if words else []
        cuts = [0, *(self._cut(words, a, b) for a, b in pairwise(places)), len(words)]
        phrases = [
            Phrase(words[n], words[a:n], words[n + 1 : b], words[a].start, words[b - 1].end)
            for n, (a, b) in zip(places, pairwise(cuts), strict=True)
        ]
        for one, behind in pairwise(phrases):
            number = one.number
            of = number is not None and (number.inside or self.pointed(number))
            if of and behind.number is not None and not behind.has("part", "total", "us"):
                # 「那5家有3家退了」 「10家裡3家輔導過」
                place = behind.number.start
                behind.before.insert(0, Mention("part", place, place, ""))
        return phrases

    def _cut(self, words: Sequence[Mention], before: int, behind: int) -> int:
        """Where the words of one number end and those of the next begin."""
        bare = not any(word.kind in TRAITS | STATUS for word in words[behind + 1 :])
        cut = behind
        while cut > before + 1:
            word = words[cut - 1]
            after = self.folded[word.end : words[cut].start]
            of = _OF.fullmatch(after) is not None
            alone = word.words.endswith("的") or after.startswith(("的", ":"))
            takes = (
                word.kind in _FORE
                or (of and alone)
                or (bare and word.kind in TRAITS and of and word.kind != "has")
            )
            if not (takes or (word.kind == "period" and (cut < behind or of))):
                break
            cut -= 1
        return cut


def clauses(folded: str, found: Sequence[Mention]) -> list[Segment]:
    """The clauses of a text: punctuation ends one, and so does a space where Chinese is written."""
    words = counted_behind_labels(folded, told_once(folded, found), ROLES)
    marks = [(word.start, word.end) for word in words if word.kind in {"weak", "strong"}]
    marks += [
        space.span()
        for space in _SPACE.finditer(folded)
        if not any(word.start < space.start() < word.end for word in words)
    ]
    words = [word for word in words if word.kind not in {"weak", "strong"}]
    done: list[Segment] = []
    start = 0
    for mark, after in [*sorted(marks), (len(folded), len(folded))]:
        told = tuple(word for word in words if start <= word.start and word.end <= mark)
        if told or folded[start:mark].strip():
            done.append(Segment(folded, start, mark, _of_members(told)))
        start = max(start, after)
    return done


def _of_members(words: Iterable[Mention]) -> tuple[Mention, ...]:
    """「108年度第一次參加數位群聚輔導」 tells of the cluster, and of no member's coaching."""
    kept: list[Mention] = []
    first = False
    for word in words:
        if word.kind == "first":
            first = True
            if kept and kept[-1].kind in {"period", "number"}:
                kept.pop()
            kept.append(word)
        elif first and word.kind in {"coached", "period"} and not any(one.kind == "count" for one in kept):
            continue
        elif not (first and word.kind == "coached"):
            kept.append(word)
    return tuple(kept)


def announces(folded: str, words: Sequence[Mention], last: Mention) -> bool:
    """「三年內受過輔導的:4家」: who is counted next."""
    ends = last.kind in {"coached", "registered"} and last is words[-1]
    marked = (
        last.words.endswith("的")
        or folded[last.end : last.end + 1] in "的 :"
        or folded.startswith("家數", last.end)
    )
    return ends and marked and _COUNTED_NEXT.match(folded, last.end) is not None
