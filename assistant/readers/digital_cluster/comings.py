"""Who comes and who goes: 「換掉3家」 「又來了2家」 「走了2家,補了3家」 「10家都沒換」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.census import EXTRA, FILL, LEFT, NEW, OLD, Kinds
from assistant.readers.digital_cluster.phrases import NotUnderstoodError, Phrase
from assistant.readers.digital_cluster.talk import Talk
from assistant.reading.mentions import Mention
from assistant.reading.ranges import ZERO, minus, total

_SAID: Final = re.compile(r"[受接有被沒]過|輔導過|又再|再次|了再")
_TO_COME: Final = re.compile(r"再|想|要|打算|預計|準備|會|可以|能|考慮|希望|擬")
_LATER: Final = re.compile(r"明年|後年|下個?月|之後要|如果|打算|預計|準備")
# What tells that a change came after the number that was told before it.
_SINCE: Final = re.compile(r"後來|結果|之後|剛|其中|上個?月|這個?月|最近|昨天|前幾天|其後|隨後|嗣")
_DONE: Final = re.compile(r"[了過掉]")
_AGAIN: Final = re.compile(r"又|再|另|還")
_TAKEN_OFF: Final = re.compile(r"扣|排除|去掉|拿掉|刪|剔除|砍")
_LEFT: Final[Kinds] = {"status": frozenset({LEFT})}
_FILL: Final[Kinds] = {"status": frozenset({FILL})}
_EXTRA: Final[Kinds] = {"status": frozenset({EXTRA})}


class Comings:
    """Takes in changes; `gone` are those in whose places nobody was told to have come."""

    def __init__(self, talk: Talk, totals: Sequence[int]) -> None:
        self._talk, self._totals, self._gone = talk, totals, ZERO

    def kept(self, phrase: Phrase) -> None:
        """「都沒換」 「沒有新增」"""
        ledger = self._talk.ledger
        if phrase.has("keep"):
            ledger.census.none(dict(_LEFT))
            ledger.census.none(dict(_FILL))
            ledger.span("replaced_old_members", phrase)
        if phrase.has("none_added"):
            ledger.census.none(dict(_EXTRA))
            ledger.span("added_members", phrase)

    def read(
        self, phrase: Phrase, number: Mention, many: Range, verbs: Sequence[Mention], said: Sequence[Mention]
    ) -> None:
        """
        So many came or left.

        Raises:
            NotUnderstoodError: it is yet to come, or whether it is in the number told before nobody said.
        """
        talk, kind = self._talk, verbs[0].kind
        begin = self._timely(phrase, number, verbs[0])
        if (
            len({word.kind for word in verbs}) > 1
            or kind == "turned_into"
            or (kind == "remove" and _TAKEN_OFF.match(verbs[0].words))
        ):
            raise NotUnderstoodError(verbs[0].words)
        talk.changed, talk.then, talk.focus = True, False, None
        if kind in {"swap", "remove"}:
            self._gone_of(phrase, said)
            self._more(_LEFT, many, phrase, "replaced_old_members")
            if said:
                talk.every(dict(_LEFT), said, phrase)
            if kind == "remove":
                self._gone = total([self._gone, many])
                return
            self._more(_FILL, many, phrase, "replaced_old_members")
        elif kind == "fill":
            self._fill(phrase, many, again=_AGAIN.search(talk.folded, begin, number.start) is not None)
        elif talk.has_left() and (self._gone != ZERO or talk.ledger.number_of(_LEFT) is None):
            self._more({"status": NEW}, many, phrase, "added_members")
        else:
            self._more(_EXTRA, many, phrase, "added_members")
        talk.focus = NEW
        if said and kind != "swap":
            talk.every({"status": NEW}, said, phrase, new=True)

    def _timely(self, phrase: Phrase, number: Mention, verb: Mention) -> int:
        """Where the clause begins, once it is sure that the change has happened, and since when."""
        talk = self._talk
        begin = max(talk.folded.rfind(mark, 0, min(verb.start, number.start)) for mark in ",。;!?\n") + 1
        lead = _SAID.sub("", talk.folded[begin : verb.start] + verb.words)
        done = _DONE.search(verb.words[1:] + talk.folded[verb.end : verb.end + 1])
        included = any(place > phrase.end for place in self._totals)
        if not included and ((_TO_COME.search(lead) and not done) or _LATER.search(lead)):
            raise NotUnderstoodError(lead)
        since = talk.changed or talk.ledger.old or talk.present
        if not since and not _SINCE.search(talk.folded, begin, phrase.end + 2):
            raise NotUnderstoodError("before or after")
        return begin

    def _gone_of(self, phrase: Phrase, said: Sequence[Mention]) -> None:
        """「那5家裡有3家退出」: they were of those told of last."""
        named = self._talk.ledger.named
        if not phrase.has("part") or said or not named or not named[-1].adds:
            return
        if "status" in named[-1].adds:
            if named[-1].adds != {"status": OLD}:
                raise NotUnderstoodError("part")
            return
        name, values = next(iter(named[-1].adds.items()))
        self._talk.ledger.every(dict(_LEFT), name, values, phrase)

    def _fill(self, phrase: Phrase, many: Range, *, again: bool) -> None:
        swapped = self._talk.ledger.number_of(_FILL)
        if swapped is not None and not again and self._gone == ZERO:
            # 「換掉2家,補進2家」 are the same two.
            if many.high is None or many.high > swapped:
                raise NotUnderstoodError("filled twice")
            return
        if many.low != many.high or self._gone.low != self._gone.high:
            raise NotUnderstoodError("filled by how many")
        filled = min(many.low, self._gone.low) if self._talk.ledger.number_of(_LEFT) else many.low
        places = Range(filled, filled)
        if filled:
            self._more(_FILL, places, phrase, "replaced_old_members")
        if many.low > filled:
            self._more(_EXTRA, minus(many, places), phrase, "added_members")
        self._gone = minus(self._gone, places)

    def _more(self, kinds: Kinds, many: Range, phrase: Phrase, topic: str) -> None:
        self._talk.ledger.again(dict(kinds), many, phrase, topic)
