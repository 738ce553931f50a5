"""
Phrases -> what each says of sets of firms, and the facts that follow where all of a message was understood.

A phrase has a subject, a number, and what is said of so many: each of them may be left out.
Kinds named before the number tell who is counted (「新來的3家」), kinds behind it what is said
of them (「3家是新來的」), 都 that it is said of all of them. So it is the same for being coached,
coming, leaving, and being registered. What does not fit is not understood, and with it the message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from assistant.eligibility.facts import Fact
from assistant.readers.digital_cluster.accounting import unsaid
from assistant.readers.digital_cluster.census import NOW, Kinds, both
from assistant.readers.digital_cluster.comings import Comings
from assistant.readers.digital_cluster.comparisons import compare
from assistant.readers.digital_cluster.counting import OF_ALL, Counting
from assistant.readers.digital_cluster.draft import ALONE_AFTER, ALONE_BEFORE
from assistant.readers.digital_cluster.exceptions import Exceptions
from assistant.readers.digital_cluster.inference import facts
from assistant.readers.digital_cluster.lexer import Coaching
from assistant.readers.digital_cluster.phrases import (
    CHANGES,
    STATUS,
    STRANGE,
    TELLING,
    TRAITS,
    NotUnderstoodError,
    Phrase,
    Segment,
    announces,
    clauses,
)
from assistant.readers.digital_cluster.talk import Talk
from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count

_GAVE_UP: Final = re.compile(r"放棄|解約|結案|簽約|棄權|合約|沒做完|未完成|終止")
_WISH: Final = re.compile(r"想|要|申請|報|提|嗎|可以|請問|資格|能|參加|送|行不行|是否")
_ONLY_TIME: Final = re.compile(r"[在於這的裡頭面以來之間期中內也而那\s]*")
_LATIN: Final = re.compile(r"(?:[a-z]{2,}\s+){3}")
_LONG: Final = 48

Lex = Callable[[str], Sequence[Mention]]


class Relations:
    """Reads one message; `owned` are the clauses that it understood, all else says nothing of firms."""

    def __init__(self, talk: Talk, found: Sequence[Mention], lex: Lex) -> None:
        self._talk, self._ledger, self._found, self._lex = talk, talk.ledger, found, lex
        self._comings = Comings(
            talk,
            [
                word.start
                for word, behind in pairwise(found)
                if word.kind in {"total", "left"} and behind.kind in {"count", "number"}
            ],
        )
        self._exceptions = Exceptions(talk, self._say)
        self._counting = Counting(talk, self._say)
        self.owned: list[tuple[int, int]] = []

    def facts(self, text: str) -> dict[str, Fact]:
        """
        What a message says in all.

        Raises:
            NotUnderstoodError: a word of it is strange, or what it says cannot all be true.
        """
        folded = self._talk.folded
        if unsaid(folded) or _LATIN.search(folded) or sum(one.kind in TELLING for one in self._found) > _LONG:
            raise NotUnderstoodError("no message of this kind is read")
        compared = compare(self._talk, self._found, self._lex)
        for clause in clauses(folded, self._found):
            if any(start <= clause.start and clause.end <= end for start, end in compared):
                self.owned.append((clause.start, clause.end))
            else:
                self._read(clause)
        if self._counting.undated or self._counting.part or self._counting.heading or self._exceptions.open:
            raise NotUnderstoodError("something that never came")
        moved = self._talk.changed and not (self._ledger.old or self._talk.present)
        return facts(self._ledger, text, moved=moved)

    def _read(self, clause: Segment) -> None:
        self._counting.clause = clause
        if not self._exceptions.read(clause):
            if not self._tells(clause):
                return
            if "overlap" in clause.kinds:
                self._overlap(clause)
            else:
                self._phrases(clause)
        self.owned.append((clause.start, clause.end))

    def _tells(self, clause: Segment) -> bool:
        """Whether a clause says anything of firms that is to be understood."""
        kinds, gave_up = clause.kinds, _GAVE_UP.search(clause.text) is not None
        if "count" not in kinds and ("asked" in kinds or gave_up):
            return False
        if not kinds & (TELLING - {"has"}) and (not kinds & {"has", "period"} or _WISH.search(clause.text)):
            asks = clause.folded[clause.end : clause.end + 1] == "?" or "嗎" in clause.text
            if kinds & (STRANGE - {"guard"}) or ("guard" in kinds and not asks):
                raise NotUnderstoodError(clause.text)
            return False
        if gave_up or kinds & (STRANGE | {"number"}):
            raise NotUnderstoodError(clause.text)
        return True

    def _phrases(self, clause: Segment) -> None:
        """Say its phrases; a heading, and a time alone, are of the very next clause or of none."""
        self._talk.denied |= clause.denied()
        heading, carried = self._counting.heading, self._talk.carried
        for phrase in clause.phrases():
            self._say(phrase)
        if heading is not None and self._counting.heading is heading:
            raise NotUnderstoodError(clause.text)
        if carried and self._talk.carried is carried:
            self._talk.carried = ()

    def _overlap(self, clause: Segment) -> None:
        """「其中2家兩年都上過」: they were counted twice."""
        merged = next((one for one in reversed(self._ledger.named) if one.summed), None)
        counts = [word for word in clause.words if word.kind == "count" and not clause.pointed(word)]
        if merged is None or len(counts) != 1 or not isinstance(counts[0].value, Count):
            raise NotUnderstoodError(clause.text)
        merged.fewer(counts[0].value.bounds)

    # --- a phrase with a number ---

    def _say(self, phrase: Phrase) -> None:
        number, talk = phrase.number, self._talk
        if self._counting.part is not None and (number is not None or not phrase.has(*TRAITS)):
            raise NotUnderstoodError("a part of which nothing is said")
        if phrase.has("keep", "none_added"):
            self._comings.kept(phrase)
        if number is None:
            self._say_of_all(phrase)
        elif isinstance(number.value, Fraction):
            self._counting.share(phrase, number.value)
        elif isinstance(number.value, Count):
            verbs = [word for word in phrase.words if word.kind in CHANGES and not talk.noun(word)]
            if verbs:
                said = [word for word in phrase.words if word.kind in TRAITS]
                self._comings.read(phrase, number, number.value.bounds, verbs, said)
            else:
                self._counting.count(phrase, number, number.value)
        else:
            raise NotUnderstoodError(number.words)

    # --- a phrase without a number ---

    def _say_of_all(self, phrase: Phrase) -> None:
        talk, words = self._talk, [word for word in phrase.behind if word.kind not in {"keep", "none_added"}]
        predicates = [word for word in words if word.kind in TRAITS]
        quantified = phrase.has("all", "none", "rest")
        if self._counting.part is not None and self._counting.part.number is not None:
            # 「其中一家是大集團的,不算中小企業」
            part, self._counting.part = self._counting.part, None
            if quantified:
                raise NotUnderstoodError("a part, and all")
            self._say(Phrase(part.number, part.before, [*part.behind, *words], part.start, phrase.end))
        elif not predicates:
            self._named(phrase, [word for word in words if word.kind in STATUS])
        elif not quantified and announces(talk.folded, words, predicates[-1]):
            self._counting.heading = phrase
        elif (
            isinstance(predicates[-1].value, Coaching)
            and predicates[-1].value.weak
            and not (phrase.times or predicates[-1].start in talk.denied)
        ):
            # 「想報群聚輔導」 says of nobody that he had it.
            if quantified:
                raise NotUnderstoodError(predicates[-1].words)
        else:
            self._counting.date_waiting(predicates[-1])
            self._of_all(phrase, words, predicates)

    def _of_all(self, phrase: Phrase, words: Sequence[Mention], predicates: Sequence[Mention]) -> None:
        talk, ledger, last = self._talk, self._ledger, predicates[-1]
        if phrase.has("rest"):
            talk.every({"status": NOW} if talk.excepted is not None else ledger.rest(), [last], phrase)
            return
        nouns = [word for word in words if word.kind in STATUS and word.start < last.start]
        scope: Kinds = {"status": talk.status(nouns[-1]) if nouns else talk.focus or NOW}
        definite = bool(nouns) or talk.focus is not None
        if last.kind in {"founded", "startup"} and ledger.named and not nouns:
            # 「它是二十年老店」 is of who was just told of.
            scope, definite = ledger.named[-1].kinds, True
        for head in predicates[:-1]:
            if talk.noun(head):
                scope, definite = both(scope, talk.meaning(head, phrase)[0]), True
            elif head.kind in {"registered", "sme_yes"}:
                talk.every(dict(scope), [head], phrase)
            else:
                raise NotUnderstoodError(head.words)
        _, affirms = talk.meaning(last, phrase, scope)
        told = (
            phrase.has("all", "none")
            or last.words.startswith(OF_ALL)
            or last.kind in {"registered", "sme_yes"}
        )
        if affirms and not (definite or told):
            raise NotUnderstoodError("of whom")
        if not definite:
            ledger.floating.append(scope)
        talk.every(scope, [last], phrase, none=phrase.has("none"))

    def _named(self, phrase: Phrase, nouns: Sequence[Mention]) -> None:
        """Words that only name firms, or tell only when."""
        if phrase.times and not nouns:
            beside = self._counting.clause.text
            for word in phrase.words:
                beside = beside.replace(word.words, "", 1)
            open_ = [one for one in self._ledger.named if one.datable and not one.times]
            if _ONLY_TIME.fullmatch(beside) and not phrase.has("all"):
                self._talk.carried = phrase.times
            elif open_ and self._only_dates(phrase):
                self._ledger.date(open_[-1], self._talk.window(phrase, open_[-1].coaching), phrase.times)
            elif phrase.has("all") or any(one.coaching for one in self._ledger.named):
                raise NotUnderstoodError(self._counting.clause.text)
        elif (
            nouns
            and not phrase.has("all")
            and all(word.kind in {"newcomers", "old", "among_new"} or self._talk.noun(word) for word in nouns)
        ):
            self._talk.focus = self._talk.status(nouns[-1])
        elif nouns:
            raise NotUnderstoodError(self._counting.clause.text)

    def _only_dates(self, phrase: Phrase) -> bool:
        """「不過都是七八年前的事了」, and not 「公司搬來這裡快四年了」."""
        clause, told = self._counting.clause, [word for word in phrase.words if word.kind == "period"]
        before = ALONE_BEFORE.fullmatch(clause.folded, clause.start, told[0].start)
        return before is not None and ALONE_AFTER.match(clause.folded, told[-1].end) is not None
