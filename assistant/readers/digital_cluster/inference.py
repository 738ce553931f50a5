"""
All that was told of firms -> the facts that follow from it, and what is taken for granted for them.

What nobody said to have happened did not; of whom nothing is said was not coached; a coaching
whose time nobody told lies within the years that count. The last two are said aloud.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from assistant.eligibility.facts import Fact, Range
from assistant.readers.digital_cluster.census import (
    EXTRA,
    FILL,
    IN,
    LEFT,
    NEVER,
    NEW,
    NO,
    NOW,
    OLD,
    OUT,
    STAY,
    YES,
    Census,
    Kinds,
)
from assistant.readers.digital_cluster.ledger import Ledger
from assistant.readers.digital_cluster.phrases import NotUnderstoodError
from assistant.readers.digital_cluster.tally import OTHERS_NEVER, OTHERS_WERE, UNDATED
from assistant.readers.digital_cluster.told import EVER, Told
from assistant.reading.ranges import ZERO, as_number, minus

# The facts that follow from what is told of firms; all others are told by themselves.
COUNTED: Final = frozenset(
    {
        "members", "coached_within_3y", "coached_share", "old_members", "replaced_old_members", "replaced_share",
        "added_members", "newcomers_coached_smea", "newcomers_coached_startups", "unqualified_members",
    }
)  # fmt: skip
# Told beside the numbers that it follows from, a share may be rounded by so much.
_ROUNDED: Final = Fraction(1, 1000)


def facts(ledger: Ledger, text: str, *, moved: bool) -> dict[str, Fact]:
    """
    The facts that follow from all that was told; `moved` if somebody came or left after a number that nobody placed in time.

    Raises:
        NotUnderstoodError: it contradicts itself, or tells changes of nobody knows what.
    """
    if not ledger.census.statements:
        return {}
    if moved:
        # Nobody placed them in time, and then somebody came or left: they were before that.
        for kinds in ledger.floating:
            kinds["status"] = OLD
    told = _complete(ledger)
    for name in ("coached", "agency"):
        if name in ledger.census.names():
            _complete_coaching(ledger, name)
    asked = _asked(ledger.census, told=told)
    found = dict(zip(asked, ledger.census.ranges(asked.values()), strict=True))
    for share, one in ledger.shares:
        _check(ledger.census, share, one)
    if "qualified" in found:
        left = minus(found["members"], found.pop("qualified"))
        if left != ZERO:
            found["unqualified_members"] = left
    return {name: _fact(ledger, text, name, value) for name, value in found.items() if value.high is not None}


def _complete(ledger: Ledger) -> bool:
    """Who came or left as nobody said did not; returns whether anybody was told to have been there at first, to come or to leave."""
    named = [
        kinds["status"] for one in ledger.census.statements for _, kinds in one.parts if "status" in kinds
    ]
    told = any(status != NOW for status in named)
    whole = ledger.number_of({"status": NOW}) is not None
    if told and not (ledger.old or whole):
        raise NotUnderstoodError("changes of nothing")
    spoken = {value for status in named if len(status) == 1 for value in status}
    if STAY in spoken:
        spoken.add(LEFT)
    if ledger.number_of({"status": NEW}) is not None:
        spoken |= {FILL, EXTRA} if LEFT in spoken else {EXTRA}
    changed = bool(spoken & {LEFT, FILL, EXTRA})
    if told and not (whole or changed):
        raise NotUnderstoodError("how many there were, and not how many there are")
    if changed or not told:
        for value in sorted({LEFT, FILL, EXTRA} - spoken):
            ledger.census.none({"status": frozenset({value})})
    if told:
        ledger.census.relate(
            [(1, {"status": frozenset({LEFT})}), (-1, {"status": frozenset({FILL})})], 0, None
        )
    return told


def _complete_coaching(ledger: Ledger, name: str) -> None:
    """Of whom nothing is said was not coached; a coaching of no told time lies within the years that count."""
    told = [kinds for kinds in ledger.coached if name in kinds]
    if name == "agency":
        ledger.census.none({"status": OLD, name: EVER})
    if not told:
        _others_were(ledger, name)
        return
    open_ = all(kinds[name] == EVER for kinds in told)
    if open_ and not any(one.times for one in ledger.named if one.datable and one.coaching == name):
        ledger.census.none({name: frozenset({OUT})})
        ledger.premises.append(UNDATED)
    ledger.census.close({name: EVER}, told)
    ledger.premises.append(OTHERS_NEVER)


def _others_were(ledger: Ledger, name: str) -> None:
    """Where only those were counted who were not coached, the others were, lately."""
    never = [
        one for one in ledger.census.statements if one.low and NEVER in one.parts[0][1].get(name, frozenset())
    ]
    if not never:
        return
    if ledger.number_of({"status": NOW}) is None:
        raise NotUnderstoodError("how many others")
    ledger.census.none({name: frozenset({OUT})})
    for one in never:
        ledger.census.count({"status": NOW, name: frozenset({NEVER})}, Range(int(one.low), int(one.low)))
    ledger.premises.append(OTHERS_WERE)


def _asked(census: Census, *, told: bool) -> dict[str, Kinds]:
    names = census.names()
    asked: dict[str, Kinds] = {"members": {"status": NOW}}
    if "coached" in names:
        asked["coached_within_3y"] = {"status": NOW, "coached": frozenset({IN})}
    if told:
        asked["old_members"] = {"status": OLD}
        asked["replaced_old_members"] = {"status": frozenset({FILL})}
        asked["added_members"] = {"status": frozenset({EXTRA})}
    if "agency" in names:
        lately: Kinds = {"status": NEW, "agency": frozenset({IN})}
        asked["newcomers_coached_smea"] = {**lately, "young": frozenset({NO})}
        if "young" in names:
            asked["newcomers_coached_startups"] = {**lately, "young": frozenset({YES})}
        # Of whom no age is told may be a start-up, which is exempt.
        census.relate([(1, {"young": frozenset({YES})})], 0, None)
    if names & {"registered", "small"}:
        asked["qualified"] = {"status": NOW, "registered": frozenset({YES}), "small": frozenset({YES})}
    return asked


def _check(census: Census, share: Fraction, told: Told) -> None:
    """A share that is told beside the numbers it follows from must be theirs."""
    part, *wholes = census.ranges([told.kinds, told.parent, {"status": NOW}, {"status": OLD}])
    exact = [one.low for one in wholes if one.low == one.high and one.low]
    if part.low != part.high or all(abs(Fraction(part.low, one) - share) >= _ROUNDED for one in exact):
        raise NotUnderstoodError("share differs")


def _fact(ledger: Ledger, text: str, name: str, value: Range) -> Fact:
    start, end = (
        ledger.spans.get(name) or ledger.spans.get("old_members") or next(iter(ledger.spans.values()))
    )
    taken = tuple(dict.fromkeys(ledger.premises)) if name == "coached_within_3y" else ()
    return Fact(name, as_number(value), start, end, text[start:end], taken)
