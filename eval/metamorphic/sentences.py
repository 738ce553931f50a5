"""
Templates × stories × what may be changed in the wording -> sentences with what is due on each.

A transformation changes one thing of a sentence. Those that change no figure (a synonym, a unit, an order, a
spelling, a spacing, a script, an aside) leave what is due as it is; a hedge, what leaves figures open and a
correction change it by what they say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, permutations
from pathlib import Path
from typing import Any, Final

from opencc import OpenCC

from eval.metamorphic.oracle import Due, World, due
from eval.metamorphic.spelling import ALL_STYLES, spelled

_DATA: Final = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf8"))
_PARTS: Final[Mapping[str, Sequence[str]]] = _DATA["part"]
_UNITS: Final = ("間", "戶", "個", "家店")
_BETWEEN: Final = {
    "half width": ",",
    "spaces": " ",
    "full stops": "。",
    "lines": "\n",
    "wide spaces": "\u3000",
}
_ORDERS: Final = 6
_TO_SIMPLIFIED: Final = OpenCC("tw2s")
_NUMBER: Final = re.compile(r"([0-9０-９]+)")
BASE: Final = "base"


@dataclass(frozen=True, slots=True)
class MadeSentence:
    """A message, its template, the transformation that made it, and what is due; in doubt, asking is right too."""

    text: str
    template: str
    transformation: str
    due: Due
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class _Telling:
    """How a story is told; `turn` picks the phrase of each part, `behind` is put after the first part."""

    turn: Mapping[int, int]
    order: tuple[int, ...]
    question: int = 0
    style: str = "arabic"
    unit: str = "家"
    between: str = "，"
    first: bool = False
    hedge: str = ""
    behind: str = ""
    aside: tuple[int, str] | None = None


def sentences() -> Iterator[MadeSentence]:
    """All of them, in a fixed order; each text once."""
    seen: set[str] = set()
    for template in _DATA["template"]:
        for at, story in enumerate(template["stories"]):
            for sentence in _of(template, story, at):
                if sentence.text not in seen:
                    seen.add(sentence.text)
                    yield sentence


def _of(template: Mapping[str, Any], story: Mapping[str, int], at: int) -> Iterator[MadeSentence]:
    name, track, parts = template["name"], template["track"], template["parts"]
    phrases = [_PARTS[part] for part in parts]
    plain = _Telling({n: at % len(options) for n, options in enumerate(phrases)}, tuple(range(len(parts))))
    world = _world(parts, story)

    def told(wording: _Telling, figures: Mapping[str, int] = story) -> str:
        return _told(track, phrases, wording, figures)

    text, known = told(plain), due(track, [world])
    yield MadeSentence(text, name, BASE, known)
    for changed, wording in _same(plain, phrases, track):
        yield MadeSentence(told(wording), name, changed, known)
    yield MadeSentence(_NUMBER.sub(r" \1 ", text), name, "spacing", known)
    yield MadeSentence("\n".join(re.findall(".{1,14}", text)), name, "wrapped", known)
    yield MadeSentence(_TO_SIMPLIFIED.convert(text), name, "simplified", known)
    for n, aside in enumerate(_DATA["aside"]["neutral"]):
        yield MadeSentence(told(replace(plain, aside=(n + at, aside))), name, "aside", known)
    last, fixed = phrases[-1][plain.turn[len(parts) - 1]], bool({"all", "trades"} & set(parts))
    if "{k}" in last and world.coached:
        for hedge in _DATA["hedge"]:
            # All, less those who were not, are those who were, whatever is thought of their number.
            told_twice = fixed and "{r}" in last
            opened = known if told_twice else due(track, _hedged(world, hedge, fixed=fixed))
            for words in hedge["words"]:
                yield MadeSentence(told(replace(plain, hedge=words)), name, "hedge", opened, in_doubt=True)
    if parts[0] == "all":
        for phrase in _DATA["unsettled"]:
            if world.coached is None and track == "A類" and "輔導" in phrase["text"]:
                continue
            opened = due(track, _moved(world, phrase["worlds"]))
            yield MadeSentence(
                told(replace(plain, behind=phrase["text"])), name, "unsettled", opened, in_doubt=True
            )
        yield from _corrected(template, story, plain, phrases)


def _same(plain: _Telling, phrases: Sequence[Sequence[str]], track: str) -> Iterator[tuple[str, _Telling]]:
    """Every wording that says the same, with its name."""
    for n, options in enumerate(phrases):
        for pick in range(len(options)):
            yield "synonym", replace(plain, turn={**plain.turn, n: pick})
    for pick in range(1, len(_DATA["question"][track])):
        yield "question", replace(plain, question=pick)
    for style in ALL_STYLES[1:]:
        yield "numerals", replace(plain, style=style)
    for unit in _UNITS:
        yield "unit", replace(plain, unit=unit)
    for name, between in _BETWEEN.items():
        yield name, replace(plain, between=between)
    if track != "群聚":
        yield "track first", replace(plain, first=True)
    picks = {
        n: next((i for i, o in enumerate(options) if o[0] != "^"), 0) for n, options in enumerate(phrases)
    }
    free = replace(plain, turn=picks)
    bound = [n for n, pick in picks.items() if phrases[n][pick][0] == "^"]
    orders = (
        o for o in permutations(plain.order) if all(n and o.index(n) == o.index(n - 1) + 1 for n in bound)
    )
    for order in islice(orders, 1, 1 + _ORDERS):
        yield "order", replace(free, order=order)


def _told(track: str, phrases: Sequence[Sequence[str]], wording: _Telling, story: Mapping[str, int]) -> str:
    n, k = story.get("n", 0), story.get("k", 0)
    numbers = {**story, "r": n - k, "h": n - story.get("g", 0), "p": 100 * k // n if n else 0}
    words = {key: spelled(value, wording.style) for key, value in numbers.items() if value >= 0}
    plain = {key: str(numbers[key]) for key in ("p", "j") if key in numbers}
    hedged = {key: wording.hedge + words[key] for key in ("k",) if key in words}
    told = []
    for place in wording.order:
        phrase = phrases[place][wording.turn[place]].removeprefix("^")
        told.append(phrase.format(**words | plain | hedged, U=wording.unit))
        if wording.behind and place == 0:
            told.append(wording.behind.format(**words, U=wording.unit))
    question = _DATA["question"][track][wording.question]
    if wording.first:
        told = [f"我們想問{track}", *told]
        question = "這樣可以嗎?"
    if wording.aside:
        at, aside = wording.aside
        told.insert((0, len(told))[at % 2], aside)
    return wording.between.join((*told, question))


def _world(parts: Sequence[str], story: Mapping[str, int]) -> World:
    coached = 0 if {"none", "long_ago"} & set(parts) else story.get("k")
    newcomers = {"clean": 0, "startups": 0, "newcomers": story.get("c")}.get(parts[-1])
    old, added = story.get("o"), story.get("a", 0)
    members = story["n"] if old is None else old + added
    out = story.get("u", 0)
    return World(members, coached, out, story.get("j"), old, story.get("x"), newcomers)


def _hedged(world: World, hedge: Mapping[str, Any], *, fixed: bool) -> list[World]:
    """Whatever the hedge leaves possible; where no total was said, it goes up and down with the coached."""
    said = world.coached or 0
    possible = range(max(0, said + hedge["from"]), min(world.members, said + hedge["to"]) + 1)
    return [replace(world, coached=k, members=world.members + (0 if fixed else k - said)) for k in possible]


def _moved(world: World, changes: Sequence[Mapping[str, int]]) -> list[World]:
    known = world.coached is not None
    worlds = []
    for change in changes:
        members = world.members + change.get("members", 0)
        coached = (world.coached or 0) + change.get("coached", 0) if known else None
        if coached is None or 0 <= coached <= members:
            worlds.append(replace(world, members=members, coached=coached))
    return worlds


def _corrected(
    template: Mapping[str, Any], story: Mapping[str, int], plain: _Telling, phrases: Sequence[Sequence[str]]
) -> Iterator[MadeSentence]:
    """The total is first said too high, and put right."""
    if "p" in "".join(template["parts"]):
        return
    high = spelled(story["n"] + _DATA["correction"]["less"], plain.style)
    for words in _DATA["correction"]["words"]:
        text = _told(template["track"], phrases, replace(plain, behind=words), story)
        right = spelled(story["n"], plain.style)
        text = text.replace(f"{right}{plain.unit}", f"{high}{plain.unit}", 1)
        known = due(template["track"], [_world(template["parts"], story)])
        yield MadeSentence(text, template["name"], "correction", known)
