"""
A message in the user's own words -> Reading.

fold -> mentions -> groups -> facts and edits -> what is asked; then what
cannot be true is pointed out. Every span is one of the user's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.facts import Fact, FactKind, Facts, Range
from assistant.eligibility.rules import RuleBook
from assistant.readers.digital_cluster import conversation, intent
from assistant.readers.digital_cluster.accounting import left_over
from assistant.readers.digital_cluster.breach import read_breach
from assistant.readers.digital_cluster.draft import Draft
from assistant.readers.digital_cluster.history import read_history
from assistant.readers.digital_cluster.inference import COUNTED
from assistant.readers.digital_cluster.lexer import Coaching, lexer
from assistant.readers.digital_cluster.limits import Limits
from assistant.readers.digital_cluster.others import WORDS
from assistant.readers.digital_cluster.phrases import NotUnderstoodError
from assistant.readers.digital_cluster.relations import Relations
from assistant.readers.digital_cluster.reply import not_known, read_reply
from assistant.readers.digital_cluster.roles import ROLES
from assistant.readers.digital_cluster.scenario import read_groups
from assistant.readers.digital_cluster.talk import Talk
from assistant.reading import VERDICT, Reader, Reading
from assistant.reading.clauses import Group, groups
from assistant.reading.enumeration import summed
from assistant.reading.mentions import Mention
from assistant.reading.scope import ASKS, narrow, others
from assistant.reading.script import fold
from assistant.reading.slate import Slate

# 「其他成員7家」: what may stand in the label of a part.
_IN_A_LABEL: Final = frozenset({"total", "rest"})
_TRADE: Final = re.compile(r"民宿|攤商|攤位|攤販|農戶|農家|餐廳|小吃店|餐飲店|工坊|咖啡店|咖啡館")
_WHICH_ONE: Final = re.compile(r"哪一?(?:個|群|團|邊|家群)|分別|各自|都可以|[兩二]個(?:都|可)|誰(?:可以|能)")
_DECIDING: Final = ("members", "coached_within_3y", "newcomers_coached_smea")
_SHARED: Final = {"coached_within_3y": "coached_share"}
_PRESENTERS: Final = ("數位擴散輔導", "數位群聚輔導")


class ClusterReader(Reader):
    """Reads the messages of people who apply, or ask, for a cluster."""

    def __init__(self, book: RuleBook) -> None:
        self._book, self._limits = book, Limits.of(book)
        self._lexer = lexer(self._limits.startup)

    def read(self, text: str, today: date, asked: str | None = None) -> Reading:
        """Read one message; see Reader."""
        slate = Slate(fold(text), WORDS)
        narrow(slate)
        whole = slate.text
        theirs = others(slate)
        folded = slate.text
        kind = self._book.facts.get(asked or "")
        draft, found, grouped = self._draft(text, folded, today, kind)
        anew = bool(theirs) and not _tells(draft)
        if anew:
            # Nobody but another cluster is spoken of, so it is the one that is asked about.
            folded = whole
            draft, found, grouped = self._draft(text, folded, today, kind)
            if len({one.bounds for one in draft.totals.found}) > 1:
                # One of them may be the writer's own, who did not say so.
                draft.unassigned += theirs
        elif theirs and (ASKS.search(whole, *theirs[-1]) or _WHICH_ONE.search(whole)):
            # Which of the two is asked about nobody said.
            draft.unassigned += theirs
        draft.unassigned += [*slate.left, *left_over(draft, found)]
        if asked is None and not anew and not slate.left:
            self._settle_sets(draft, found)
        gave_up, of_a_case = "gave_up_or_unfinished" in draft.facts, intent.asks_of_a_case(folded)
        asks = intent.asks(
            folded,
            grouped,
            coached=bool({"coached_within_3y", "coached_share"} & set(draft.facts)),
            gave_up=gave_up,
            changes=bool(draft.edits or draft.facts),
        )
        quoted = any(group.has("rule", "guard") for group in grouped)
        if asks is None and of_a_case and "members" in draft.facts and (gave_up or "track" in draft.facts):
            asks = VERDICT
        if asks == VERDICT and quoted and not set(draft.facts) - {"track"}:
            # 「聽說要10家才能報B類」 asks of the rule.
            asks = None
        if asks == intent.PRESENTER:
            _presenter(draft)
        reading = Reading(
            facts=draft.facts,
            edits=tuple(draft.edits),
            asks=asks,
            vague=tuple(draft.vague),
            unread=tuple(text[slice(*place)] for place in draft.unassigned),
            # 「…後來放棄了,不影響剛才的答案吧」 goes on with the case.
            other_question=intent.asks_something_else(folded, asks, numbers=bool(draft.unassigned))
            and not (gave_up and of_a_case),
            anew=anew,
            unknown=asked if asked is not None and not_known(folded) else "",
        )
        told = (*draft.contradictions, *contradictions(self._book, self.apply({}, reading), today))
        return replace(reading, contradictions=tuple(dict.fromkeys(told)))

    def _draft(
        self, text: str, folded: str, today: date, asked: FactKind | None
    ) -> tuple[Draft, Sequence[Mention], Sequence[Group]]:
        """What is told in what counts of a message, with the mentions and groups that tell it."""
        found = summed(folded, self._lexer.mentions(folded, today), _IN_A_LABEL, _labelled)
        grouped = groups(folded, found, ROLES)
        draft = Draft(text, folded, today, self._limits)
        _fill(draft, found, grouped, asked)
        return draft, found, grouped

    def _settle_sets(self, draft: Draft, found: Sequence[Mention]) -> None:
        """Where all of a message was understood as what it says of sets of firms, that is what it says."""
        talk = Talk(draft.folded, draft.today, self._limits, draft.track_b)
        relations = Relations(talk, found, lambda words: self._lexer.mentions(words, draft.today))
        try:
            facts = relations.facts(draft.text)
        except NotUnderstoodError:
            return
        whole = "track" in draft.facts or any(word.kind in {"us", "total", "left", "old"} for word in found)
        if set(facts) <= {"members"} or not whole:
            # 「15家呢」 「是2家，另一家四年前」 may be of anything that was told before.
            return
        if not (draft.unassigned or draft.contradictions or draft.vague):
            read = self.apply({}, Reading(draft.facts, tuple(draft.edits)))
            told = [
                (read.get(name), facts[name])
                for name in _DECIDING
                if name in facts and not (name in _SHARED and _SHARED[name] in read)
            ]
            apart = [other for one, other in told if _differ(one, other)]
            if apart and not draft.edits:
                # Two readings of plain words that differ: nobody knows which is right.
                draft.unassigned += [(fact.start, fact.end) for fact in apart]
                return
            if not apart and not any(_vaguer(one, other) for one, other in told):
                return
        draft.facts = {name: fact for name, fact in draft.facts.items() if name not in COUNTED} | facts
        draft.edits, draft.contradictions = [], []
        draft.unassigned = [
            place
            for place in draft.unassigned
            if not any(start <= place[0] < end for start, end in relations.owned)
        ]
        owned = [draft.text[start:end] for start, end in relations.owned]
        draft.vague = [words for words in draft.vague if not any(words in one for one in owned)]

    def apply(self, known: Facts, reading: Reading) -> Facts:
        """The facts after a message; see Reader."""
        return conversation.apply(known, reading, self._book.facts)

    def takes(self, reading: Reading, known: Facts, *, active: bool) -> bool:
        """Whether the rules should take a message; see Reader."""
        return conversation.takes(reading, known, active=active)

    def suffices(self, facts: Facts) -> bool:
        """Whether a first message has enough to judge by; see Reader."""
        return conversation.suffices(facts)


def _differ(one: Fact | None, other: Fact) -> bool:
    """Whether two readings of a count leave no number that both hold."""
    values = [fact.value for fact in (one, other) if fact is not None]
    bounds = [
        value if isinstance(value, Range) else Range(value, value)
        for value in values
        if isinstance(value, int | Range)
    ]
    if len(bounds) != len((one, other)):
        return False
    return any(a.high is not None and a.high < b.low for a, b in (bounds, bounds[::-1]))


def _vaguer(one: Fact | None, other: Fact) -> bool:
    """Whether one reading has no number, or only bounds, where the other has one."""
    return isinstance(other.value, int) and (one is None or isinstance(one.value, Range))


def _tells(draft: Draft) -> bool:
    """Whether anything is told of the applicant's own cluster."""
    return bool(set(draft.facts) - {"track"} or draft.edits or draft.totals.any or not draft.coached.empty)


def _labelled(words: str) -> bool:
    """Whether a count names a trade: 「3家民宿」."""
    return _TRADE.search(words) is not None


def _fill(draft: Draft, found: Sequence[Mention], grouped: Sequence[Group], asked: FactKind | None) -> None:
    """State what a message tells: the reply to what was asked, the past, and its numbers."""
    if track := intent.track(draft.folded):
        draft.put("track", *track)
        draft.track_b = track[0] == "B類"
    told = set(draft.facts)
    if asked is not None:
        read_reply(draft, found, asked)
    answered = set(draft.facts) != told
    if not answered or (asked is not None and asked.name == "track"):
        read_history(draft, found)
        read_breach(draft, [mention for mention in found if mention.kind == "period"])
    if answered:
        return
    if asked is not None and asked.name == "coached_within_3y":
        # 「去年2家、前年2家」
        draft.last = Mention("coached", 0, 0, "", Coaching(positive=True, scheme="cluster", weak=False))
    counted = any(group.number is not None and group.number.kind == "asked" for group in grouped)
    bare = (
        counted or intent.asks(draft.folded, grouped, coached=False, gave_up=False, changes=False) is not None
    )
    read_groups(draft, grouped, bare=bare, corrected=any(mention.kind == "correct" for mention in found))


def _presenter(draft: Draft) -> None:
    for name in _PRESENTERS:
        place = draft.folded.find(name[:4])
        if place >= 0:
            draft.put("presenter_type", name, place, place + 4)
            return
