"""
A number and what is said of so many -> how many there are of which kinds.

「新來的3家」 names them before, 「3家是新來的」 behind, 「其中3家」 takes them from those told of last,
「另外3家」 from the others; alone, a number is all members, or waits for what is said of it next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.census import NEVER, NEW, NOW, OLD, Kinds, both
from assistant.readers.digital_cluster.lexer import Coaching
from assistant.readers.digital_cluster.phrases import CHANGES, TRAITS, NotUnderstoodError, Phrase, Segment
from assistant.readers.digital_cluster.talk import Talk
from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count
from assistant.reading.ranges import ONE

OF_ALL: Final = ("都", "皆", "全")
_AT_PRESENT: Final = re.compile(r"現在|目前|現有|如今|這次|今年|現況|這馬")
_BESIDE: Final = 6


class Counting:
    """
    Takes in numbers; `say` reads a phrase anew, with the heading that stood before it.

    A `heading` and a `part` are of the next clause, times without coaching of one that comes.
    """

    def __init__(self, talk: Talk, say: Callable[[Phrase], None]) -> None:
        self._talk, self._ledger, self._say = talk, talk.ledger, say
        self.clause = Segment(talk.folded, 0, 0, ())
        self.heading: Phrase | None = None
        self.part: Phrase | None = None
        self.undated: list[Phrase] = []

    def count(self, phrase: Phrase, number: Mention, value: Count) -> None:
        """
        Take in a number with what is said of so many.

        Raises:
            NotUnderstoodError: of whom, or of what, cannot be told.
        """
        talk, ledger, many = self._talk, self._ledger, value.bounds
        predicates = [
            word
            for word in phrase.behind
            if word.kind in TRAITS | {"newcomers", "old", "stay"}
            or (word.kind in CHANGES and talk.noun(word))
        ]
        subject = talk.subject(phrase)
        everyone = any(word.kind == "all" or word.words.startswith(OF_ALL) for word in phrase.words)
        if value.generic and not (predicates or subject or phrase.has("part", "rest", "us")):
            raise NotUnderstoodError(number.words)
        if phrase.has("keep") and not phrase.has("old", "newcomers") and not self._today(phrase, number):
            # 「10家都沒換」: those who were there at first, whoever came since.
            ledger.old = talk.then = True
            subject, predicates = {"status": OLD}, []
        if self.clause.pointed(number):
            self._those(phrase, many, predicates)
        elif phrase.has("none") and predicates and not subject:
            self._whole(phrase, number, many)
            talk.every({"status": NOW}, predicates, phrase, none=True)
        elif self._of_others(phrase, number):
            self._others(phrase, many, subject, predicates)
        elif subject or predicates:
            denies = any(isinstance(word.value, Coaching) and not word.value.positive for word in predicates)
            whole = phrase.has("us", "total") and not phrase.has("part") and not subject and denies
            self._told(phrase, number, many, subject, predicates, everyone=everyone or whole)
        else:
            self._alone(phrase, number, many)

    def _told(
        self,
        phrase: Phrase,
        number: Mention,
        many: Range,
        subject: Kinds,
        predicates: Sequence[Mention],
        *,
        everyone: bool,
    ) -> None:
        """So many of some kinds, of whom something is said."""
        talk, ledger = self._talk, self._ledger
        parent = talk.scope(phrase, predicates)
        kinds = {**both(parent, subject), **({"status": subject["status"]} if "status" in subject else {})}
        ledger.floats(parent, kinds)
        if subject.get("status") == OLD:
            ledger.old = talk.then = True
        if everyone and predicates:
            before = ledger.counted(many) if not subject and not phrase.has("part") else None
            if before is not None:
                kinds = before.kinds
            elif not subject and not phrase.has("part"):
                self._whole(phrase, number, many)
            else:
                ledger.count(kinds, parent, many, phrase)
            talk.every(kinds, predicates, phrase)
            return
        base = kinds
        for word in predicates:
            said, _ = talk.meaning(word, phrase)
            self.date_waiting(word)
            kinds = {**both(kinds, said), **({"status": said["status"]} if "status" in said else {})}
            ledger.floats(base, kinds)
        if not predicates and kinds.get("status", NOW) <= NEW:
            talk.focus = kinds["status"]
        ledger.count(kinds, base if predicates else parent, many, phrase)

    def _those(self, phrase: Phrase, many: Range, predicates: Sequence[Mention]) -> None:
        """「那4家都是去年的」: those who were counted before."""
        told = self._ledger.counted(many)
        if told is None:
            raise NotUnderstoodError("那")
        if predicates:
            self._talk.every(told.kinds, predicates, phrase)
        elif phrase.times:
            self._ledger.date(told, self._talk.window(phrase, told.coaching), phrase.times)
        else:
            self._ledger.named.append(told)

    def _of_others(self, phrase: Phrase, number: Mention) -> bool:
        """Whether so many others are counted; 「剩下7家」 are others where only parts were told of before."""
        parts = any(one.adds and one.many for one in self._ledger.named)
        another = self._talk.folded[number.start - 1 : number.start] == "另"
        return phrase.has("rest") or another or (phrase.has("left") and not self._talk.changed and parts)

    def _others(self, phrase: Phrase, many: Range, subject: Kinds, predicates: Sequence[Mention]) -> None:
        """「另外2家…」: others of whom the same is said, or the contrary of what was said of those before."""
        ledger = self._ledger
        last = ledger.named[-1] if ledger.named else None
        same = [
            word
            for word in predicates
            if isinstance(word.value, Coaching) and word.value.positive and word.value.scheme != "other"
        ]
        if last is not None and same and NEVER not in last.adds.get("coached", frozenset({NEVER})):
            # 「去年輔導過2家,今年又輔導另外2家」
            kinds = both(last.parent, self._talk.meaning(same[-1], phrase, last.parent)[0])
            if kinds == last.kinds:
                last.more(many)
                ledger.mark(kinds, phrase)
            else:
                ledger.count(kinds, last.parent, many, phrase)
            return
        rest = ledger.rest()
        if self._talk.excepted is not None or (
            subject and not rest.get("status", NOW) <= subject.get("status", frozenset())
        ):
            raise NotUnderstoodError("others")
        ledger.count(rest, rest, many, phrase)
        self._talk.every(rest, predicates, phrase)

    def _alone(self, phrase: Phrase, number: Mention, many: Range) -> None:
        """A number of which its clause says nothing, or only when."""
        last = self._ledger.named[-1] if self._ledger.named else None
        if self.heading is not None:
            heading, self.heading = self.heading, None
            self._say(
                Phrase(number, [*heading.words, *phrase.before], phrase.behind, heading.start, phrase.end)
            )
        elif phrase.times and not phrase.has("us", "total", "left"):
            if (
                last is not None
                and last.datable
                and (phrase.has("part") or not last.times)
                and _fits(many, last.many)
            ):
                # 「4家輔導過,其中2家是五年前的」
                when, _ = self._talk.meaning(_coached(number), phrase, last.kinds)
                kinds = {**last.kinds, last.coaching: next(iter(when.values()))}
                self._ledger.count(kinds, last.kinds, many, phrase)
            elif self._talk.trait is not None and self._talk.trait.kind == "coached":
                self._told(phrase, number, many, {}, [self._talk.trait], everyone=False)
            else:
                self.undated.append(phrase)
        elif phrase.has("part") and last is not None:
            self.part = phrase
        elif phrase.has("other") and not phrase.has("us", "total") and last is None:
            # 「底下還有9家」: how many they come on top of is not told.
            raise NotUnderstoodError("on top of how many")
        else:
            self._whole(phrase, number, many)

    def date_waiting(self, trait: Mention) -> None:
        """「去年2家、前年3家輔導過」"""
        waiting, self.undated = self.undated, []
        for one in waiting if trait.kind == "coached" else ():
            if one.number is not None and isinstance(one.number.value, Count):
                self._told(one, one.number, one.number.value.bounds, {}, [trait], everyone=False)

    def _whole(self, phrase: Phrase, number: Mention, many: Range) -> None:
        """A number of which nothing is said is all members."""
        if many == ONE and not phrase.has("total"):
            # 「我們是一家小公司」 counts nothing.
            raise NotUnderstoodError(number.words)
        talk = self._talk
        talk.focus, talk.then = None, False
        talk.present = talk.present or self._today(phrase, number)
        kinds: Kinds = {"status": NOW}
        if not talk.changed:
            self._ledger.floating.append(kinds)
        self._ledger.count(kinds, kinds, many, phrase)

    def _today(self, phrase: Phrase, number: Mention) -> bool:
        return _AT_PRESENT.search(self._talk.folded, max(0, phrase.start - _BESIDE), number.start) is not None

    def share(self, phrase: Phrase, share: Fraction) -> None:
        """「三成輔導過」 is said of a share; 「(25%)」 says again what numbers say."""
        predicates = [word for word in phrase.behind if word.kind in TRAITS]
        subject = self._talk.subject(phrase)
        last = self._ledger.named[-1] if self._ledger.named else None
        if phrase.has(*CHANGES, "rest") or (not predicates and not subject and last is None):
            raise NotUnderstoodError("a share of whom")
        if not predicates and not subject and last is not None:
            self._ledger.shares.append((share, last))
            return
        parent = self._talk.scope(phrase, predicates)
        kinds = both(parent, subject)
        for word in predicates:
            kinds = both(kinds, self._talk.meaning(word, phrase)[0])
        self._ledger.share(kinds, parent, share, phrase)


def _coached(number: Mention) -> Mention:
    return Mention(
        "coached", number.start, number.start, "", Coaching(positive=True, scheme="plain", weak=False)
    )


def _fits(part: Range, whole: Range | None) -> bool:
    return whole is not None and (whole.high is None or (part.high is not None and part.high <= whole.high))
