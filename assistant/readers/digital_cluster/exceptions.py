"""Who is excepted from what is said of the others: 「除了3家以外都沒有」 「只有兩家例外」 「除了阿明跟春嬌,其他都有」."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.census import NOW, both
from assistant.readers.digital_cluster.phrases import TRAITS, NotUnderstoodError, Phrase, Segment
from assistant.readers.digital_cluster.talk import Talk
from assistant.reading.quantities import Count

_OUTSIDE: Final = re.compile(r"以外|之外|外(?=$|[,都其全通])|不算")
_NAME: Final = re.compile(r"[\u4e00-\u9fff]{1,8}(?<![的了嗎呢])")
_BEHIND_NAMES: Final = re.compile(r"(?:以外|之外|外|兩?家|那|這)*$")
_OTHERS: Final = frozenset({"rest", "all", "coached"})


class Exceptions:
    """Takes in exceptions; `say` reads a phrase of the others that stands in the same clause."""

    def __init__(self, talk: Talk, say: Callable[[Phrase], None]) -> None:
        self._talk, self._say = talk, say
        self._names: list[str] | None = None

    @property
    def open(self) -> bool:
        """Whether somebody is excepted from what nobody has said yet."""
        return self._names is not None or self._talk.excepted is not None

    def read(self, clause: Segment) -> bool:
        """
        Take in an exception, or a part of one; False if the clause is none, or says what holds of the others.

        Raises:
            NotUnderstoodError: how many are excepted, or from what, cannot be told.
        """
        opens = clause.kinds & {"besides", "except"}
        if "besides" in opens and not clause.kinds & {"count", *TRAITS}:
            self._names = []
        if self._names is not None:
            return self._name(clause)
        if opens:
            self._counted(clause)
        return bool(opens)

    def _name(self, clause: Segment) -> bool:
        """Count those who are named; or find them counted, or the others spoken of."""
        names = self._names if self._names is not None else []
        told = [word for word in clause.words if word.kind not in {"besides", "us", "other"}]
        counts = [word for word in told if word.kind == "count"]
        if len(counts) == 1 and clause.folded[counts[0].start - 1 : counts[0].start] in {"這", "那", "共"}:
            # 「阿月理髮這三家去年受過以外」
            self._names = None
            self._counted(clause)
            return True
        if told:
            if told[0].kind not in _OTHERS or not names:
                raise NotUnderstoodError(clause.text)
            self._talk.excepted, self._names = Range(len(names), len(names)), None
            return False
        begin = next((word.end for word in clause.words if word.kind == "besides"), clause.start)
        text = clause.folded[begin : clause.end].strip()
        for name in re.split(r"[跟和與及]", _BEHIND_NAMES.sub("", text)):
            if not _NAME.fullmatch(name.strip()):
                raise NotUnderstoodError(clause.text)
            names.append(name)
        return True

    def _counted(self, clause: Segment) -> None:
        """So many are excepted, and perhaps what is said of them, or of the others."""
        talk = self._talk
        counts = [word for word in clause.words if word.kind == "count"]
        told = next((word for word in clause.words if word.kind == "except"), None)
        if told is not None and isinstance(told.value, int) and not counts:
            number, many = told, Range(told.value, told.value)
        elif told is None and len(counts) == 1 and isinstance(counts[0].value, Count):
            number, many = counts[0], counts[0].value.bounds
        else:
            raise NotUnderstoodError(clause.text)
        outside = _OUTSIDE.search(clause.folded, number.start, clause.end)
        cut = max(number.end, outside.end() if outside else 0)
        behind = [word for word in clause.words if word.start >= number.end]
        theirs = Phrase(number, [], [word for word in behind if word.start < cut], clause.start, cut)
        others = Segment(clause.folded, cut, clause.end, tuple(word for word in behind if word.start >= cut))
        talk.denied |= others.denied()
        said = [word for word in theirs.behind if word.kind in TRAITS]
        if said:
            # 「除了這三家去年受過以外」 tells of the three themselves.
            parent = {"status": NOW}
            talk.ledger.count(both(parent, talk.meaning(said[-1], theirs)[0]), parent, many, theirs)
        elif theirs.times or "例外" in clause.text:
            raise NotUnderstoodError(clause.text)
        else:
            talk.excepted = many
        for phrase in others.phrases():
            self._say(phrase)
