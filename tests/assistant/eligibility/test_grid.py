"""
The engine against an independent reading of the guideline, on every combination.

Members 0-60 or unsaid × coached 0-60 or unsaid × every other fact met, not met,
unknown (and, where it differs, unsaid). The reading below knows no Fraction, no
Kleene table and no rules.toml: it counts heads in every world that the facts
leave possible, and holds a condition met or not only if all worlds agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import product

from assistant.eligibility.contradiction import contradictions
from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import Value
from assistant.eligibility.rules import Rule, RuleBook
from assistant.eligibility.verdict import decide
from assistant.verdict import Result, Verdict
from tests.assistant.eligibility.conftest import TODAY, facts_of, stated

COUNTS: tuple[int | None, ...] = (*range(61), None)
MINIMUM = {"群聚": 8, "A類": 8, "B類": 10}
# How each other condition can be told; the key is what the reading below goes by.
QUALIFIED: Mapping[str, Mapping[str, Value]] = {
    "unsaid": {},
    "none out": {"unqualified_members": 0},
    "three out": {"unqualified_members": 3},
    "some out": {"all_registered": False},
    "all affirmed": {"all_registered": True, "all_sme": True},
}
FIRST: Mapping[str, Mapping[str, Value]] = {
    "met": {"first_joined_year": 2019},
    "not_met": {"first_joined_year": 2018},
    "unknown": {},
}
SWAP: Mapping[str, Mapping[str, Value]] = {
    "met": {"old_members": 7, "replaced_old_members": 2},
    "not_met": {"old_members": 7, "replaced_old_members": 3},
    "unknown": {"replaced_old_members": 2},
}
NEW: Mapping[str, Mapping[str, Value]] = {
    "met": {"newcomers_coached_smea": 0},
    "not_met": {"newcomers_coached_smea": 1},
    "unknown": {},
}
BAN: Mapping[str, Mapping[str, Value]] = {
    "unsaid": {},
    "met": {"gave_up_or_unfinished": True, "months_since_breach": 13},
    "not_met": {"gave_up_or_unfinished": True, "months_since_breach": 11, "force_majeure": False},
    "unknown": {"gave_up_or_unfinished": True, "months_since_breach": 12, "force_majeure": False},
}
Other = tuple[tuple[Result, ...], tuple[str, ...]]
# More members than any rule needs for 60 coached ones.
MANY = 250


def _agree(outcomes: Iterable[bool]) -> Result:
    found = set(outcomes)
    return "unknown" if len(found) > 1 else "met" if found == {True} else "not_met"


@cache
def _worlds(members: int | None, qualified: str) -> tuple[tuple[int, int], ...]:
    """Every (members, left out) that the words allow."""
    found = []
    for heads in [members] if members is not None else range(MANY):
        out = {"three out": [3], "some out": list(range(1, heads + 1)) or [0]}.get(qualified, [0])
        found += [(heads, gone) for gone in out]
    return tuple(found)


@cache
def _enough(members: int | None, qualified: str, minimum: int) -> Result:
    return _agree(len(range(gone, heads)) >= minimum for heads, gone in _worlds(members, qualified))


@cache
def _none_missed(members: int | None, qualified: str, minimum: int) -> Result:
    return _agree(
        not gone or len(range(gone, heads)) >= minimum for heads, gone in _worlds(members, qualified)
    )


@cache
def _small_share(members: int | None, coached: int | None, qualified: str) -> Result:
    """Of every hundred members, thirty may have been coached."""
    of_all = _agree(
        _at_most_thirty(part, heads)
        for heads in ([members] if members is not None else range(MANY))
        for part in ([coached] if coached is not None else range(min(heads, 60) + 1))
        if part <= heads
    )
    if qualified != "three out" or of_all != "met" or coached is None:
        return of_all
    # Three who do not count may be none of the members either; and any of the coached may be among them.
    without = all(
        _at_most_thirty(part - gone, heads - 3)
        for heads in ([members] if members is not None else range(MANY))
        for part in [coached]
        for gone in range(4)
        if gone <= part <= heads - 3 + gone
    )
    return "met" if without else "unknown"


def _at_most_thirty(part: int, heads: int) -> bool:
    return sum(100 for _ in range(part)) <= sum(30 for _ in range(heads))


def _by_hand(parts: tuple[Result | str, ...]) -> str:
    said = [part for part in parts if part != "unsaid"]
    if any(part == "not_met" for part in said):
        return "ineligible"
    return "eligible" if all(part == "met" for part in said) else "unknown"


def _impossible(members: int | None, coached: int | None, qualified: str) -> bool:
    return members is not None and (
        (coached is not None and coached > members) or (qualified == "three out" and members < 3)
    )


def _told(members: int | None, coached: int | None) -> dict[str, Value]:
    told: dict[str, Value] = {} if members is None else {"members": members}
    return told if coached is None else {**told, "coached_within_3y": coached}


def _judging(rule: Rule) -> Callable[[Mapping[str, Value]], Result]:
    """The rule's own judgement of facts, each judged once; facts that it does not read are left out."""
    known: dict[tuple[tuple[str, Value], ...], Result] = {}
    reads = set(rule.condition.reads)

    def judged(values: Mapping[str, Value]) -> Result:
        key = tuple((name, value) for name, value in values.items() if name in reads)
        if key not in known:
            known[key] = rule.condition.judge(stated(**dict(key)), TODAY).result
        return known[key]

    return judged


def _others(track: str, judging: Mapping[str, Callable[[Mapping[str, Value]], Result]]) -> list[Other]:
    """Every way to tell the other facts: what the engine makes of them, and what they were meant to be."""
    kinds = [("ban", BAN)]
    if track == "B類":
        kinds += [("b-first-year", FIRST), ("b-swap-share", SWAP), ("b-newcomers", NEW)]
    told = [[(rule, key, ways[key]) for key in ways] for rule, ways in kinds]
    return [
        (
            tuple(judging[rule](values) for rule, _, values in one if values or rule != "ban"),
            tuple(key for _, key, _ in one),
        )
        for one in product(*told)
    ]


def test_all_combinations(book: RuleBook) -> None:
    """2.2 million combinations, 0 differences."""
    judging = {rule.id: _judging(rule) for rule in book.rules}
    others = {track: _others(track, judging) for track in MINIMUM}
    differences: list[object] = []
    seen = 0
    for members, coached, qualified in product(COUNTS, COUNTS, QUALIFIED):
        told = {**_told(members, coached), **QUALIFIED[qualified]}
        wrong = bool(contradictions(book, facts_of(**told), TODAY))
        assert wrong is _impossible(members, coached, qualified)
        for prefix, track in (("cluster", "群聚"), ("a", "A類"), ("b", "B類")):
            seen += len(others[track])
            if wrong:  # never judged, whatever else was told
                continue
            engine = [judging[f"{prefix}-members"](told), judging[f"{prefix}-qualified"](told)]
            by_hand = [
                _enough(members, qualified, MINIMUM[track]),
                _none_missed(members, qualified, MINIMUM[track]),
            ]
            if track == "A類":
                engine.append(judging["a-coached-share"](told))
                by_hand.append(_small_share(members, coached, qualified))
            differences += [
                (track, told, meant)
                for results, meant in others[track]
                if decide((*engine, *results)) != _by_hand((*by_hand, *meant))
            ]

    assert differences == []
    assert seen == 62 * 62 * 5 * (4 + 4 + 4 * 27)


def test_the_whole_verdict(verdict_on: Callable[..., Verdict]) -> None:
    """`evaluate` itself says the same as the reading, for A類 with every count, nothing else said."""
    for members, coached in product(COUNTS, COUNTS):
        found = verdict_on(track="A類", **_told(members, coached))
        parts = (_enough(members, "unsaid", 8), _small_share(members, coached, "unsaid"))
        impossible = _impossible(members, coached, "unsaid")

        assert found.decision == ("unknown" if impossible else _by_hand(parts)), (members, coached)
        assert bool(found.contradictions) is impossible


def test_whole_verdicts_of_every_kind(book: RuleBook) -> None:
    """`evaluate` composes the rules as the grid above does, for every kind of fact at the edges."""
    for members, qualified, ban, first, swap, new in product((9, 10, None), QUALIFIED, BAN, FIRST, SWAP, NEW):
        told = {
            **_told(members, None),
            **QUALIFIED[qualified],
            **BAN[ban],
            **FIRST[first],
            **SWAP[swap],
            **NEW[new],
        }
        found = evaluate(book, facts_of(**told), TODAY, "B類")
        parts = (_enough(members, qualified, 10), _none_missed(members, qualified, 10), first, swap, new, ban)

        assert found.decision == _by_hand(parts), told
