"""
A question and the clauses that are cited for it -> the first words of the answer, if they are sure.

A lead is given only where the question has a form, a norm of a cited clause speaks of the act in
the question's own words, and the verdict follows; where two norms differ, none is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assistant.domain import Clause, Line
from assistant.leads.forms import MASK, QuestionForm, form_of
from assistant.leads.norms import Norm, Norms
from assistant.leads.replies import REPLIES, agrees, joined, said
from assistant.leads.verdicts import Truth, truth
from assistant.reading.numerals import NUMERAL, whole
from assistant.reading.quantities import SHARE, share
from assistant.support import figures_of

_NEGATED: Final = re.compile(
    rf"(?:沒(?!多久)有?|冇|毋|未曾?|不(?![同管論只僅過])|無|免|非|(?<![特個分類級派性])別(?![人家的])|少了|缺)[^,。?!;、{MASK}]{{0,3}}$"
)
_NEGATED_BEHIND: Final = re.compile(
    r"^[^,。?!;、]{0,2}?(?:都|也)?(?:沒有?(?=[辦做去弄參配交說的,。?!嗎]|$)|不(?=[去做辦交配到說]))"
)
# 「也不影響,對吧」 claims the opposite of what is so.
_CLAIMED_NOT: Final = re.compile(r"(?:不|沒有?)會?$")
_PERCENT: Final = "%"
_RANK: Final = 100
_LONGEST: Final = 4
# What stands on all sides of an aspect is said rather than what stands on one.
_WHOLE: Final = 10
# More clauses than these for one of a norm are a list, of which it says one point.
_LISTED: Final = 3
_PAIR: Final = 2
# 「每一家」, 「哪一家」, 「一個人」 count nothing.
_EVERY: Final = re.compile(r"[每哪任某同另]一.|一[家間個次人]")
_OWN_KIND: Final = frozenset({"why", "differ", "who"})
_HANGING: Final = frozenset({"depends", "condition"})
_JUDGED: Final = frozenset({"may", "enough", "must", "is"})


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one norm says to the question: its reply, and how many characters of the question speak of its act."""

    weight: int
    norm: Norm
    truth: Truth
    text: str


def lead(folded: str, cited: Sequence[Clause], norms: Norms, *, sure: bool = True) -> Line | None:
    """
    The lead for a folded question whose answer stands in the clauses `cited`, best first; None if none is sure.

    The line names the clauses on which it stands. Nothing is permitted unless it is `sure` that these are the clauses.
    """
    form, texts = form_of(folded), {clause.id: clause.text for clause in cited}
    if form is None:
        return None
    if not form.verb:
        return _depending(form, texts, norms) or _short(form, texts.keys(), norms) or _unsaid(form, texts)
    claims = [
        one
        for norm in norms.norms
        if texts.keys() >= set(norm.clauses) and len(texts) <= _LISTED * len(norm.clauses)
        for one in _claims(norm, form, texts)
    ]
    if not claims:
        return None
    best = max(claims, key=lambda one: one.weight)
    if best.truth == "yes" and form.verb in {"may", "enough"}:
        if not sure:
            return None
        # A wrong permission is the worst fault: whatever refuses is said first, unless it is an exemption that permits.
        best = max(
            (one for one in claims if one.norm.rank >= best.norm.rank),
            key=lambda one: (one.truth != "yes", one.weight),
        )
    return Line("lead", best.text, best.norm.clauses)


def _depending(form: QuestionForm, texts: Mapping[str, str], norms: Norms) -> Line | None:
    """What it hangs on, where what then is asked of a case that a norm names: 「如果是颱風會怎樣」."""
    if form.wh[0] != "then":
        return None
    named = [
        (max(len(match[0]) for match in matches), norm)
        for norm in norms.norms
        if norm.rank and norm.does in _HANGING and texts.keys() >= set(norm.clauses)
        if (matches := list(norm.acts.finditer(form.text)))
    ]
    if not named:
        return None
    norm = max(named, key=lambda one: (one[1].rank, one[0]))[1]
    return Line("lead", said(norm, form, "depends"), norm.clauses)


def _unsaid(form: QuestionForm, texts: Mapping[str, str]) -> Line | None:
    """That none of the clauses says what is asked for, where words that they would need are in none of them."""
    for kind in REPLIES["unsaid"]:
        if re.search(kind["asked"], form.text) and not any(
            re.search(kind["said"], text) for text in texts.values()
        ):
            return Line("lead", kind["reply"])
    return None


def _short(form: QuestionForm, cited: AbstractSet[str], norms: Norms) -> Line | None:
    held = [
        s
        for s in norms.shorts
        if cited >= set(s.clauses) and _carries(s.clauses, cited) and re.search(s.about, form.text)
    ]
    for asked in form.wh:
        fitting = [s for s in held if asked in s.answers]
        if asked in _OWN_KIND and not fitting:
            return None  # 「哪些人要保密」 is not told what
        if fitting:
            best = max(fitting, key=lambda s: (len(s.clauses), len(s.about)))
            return Line("lead", best.answers[asked], best.clauses)
    return None


def _carries(clauses: tuple[str, ...], cited: AbstractSet[str]) -> bool:
    """Whether what these clauses say is most of the answer: of a list no single point is the lead."""
    return len(cited) <= _PAIR or 3 * len(clauses) >= 2 * len(cited)


def _claims(norm: Norm, form: QuestionForm, texts: Mapping[str, str]) -> Iterator[_Claim]:
    found = [
        (match, done)
        for done, words in ((True, norm.acts), (False, norm.contraries))
        for match in words.finditer(form.text)
    ]
    if not found or (norm.verbs and form.verb not in norm.verbs):
        return
    weight = sum(_weight(match, form) for match, _ in found) + _WHOLE * len(norm.clauses) + _RANK * norm.rank
    if norm.figure:
        if form.verb not in _JUDGED:
            return  # 「算在那30%裡嗎」 names a figure and asks nothing of it
        yield from _figured(norm, form, weight)
        return
    # 「超出標準的」 is the opposite although it names the standard; 「結束了還要不要交」 asks of the act that it names.
    act_first = form.verb in {"must", "have"}
    binds = norm.does in {"oblige", "forbid"}
    match, done = max(
        found,
        key=lambda one: (one[1] is act_first, _weight(one[0], form), _negated(one[0], form) is binds),
    )
    if norm.contrary or norm.does != "state":
        done ^= _negated(match, form)
    elif form.claim and _CLAIMED_NOT.search(form.bare[: match.start()]):
        done = False
    verdict = truth(norm.does, form.verb, done=done)
    if verdict is None or (norm.does == "permit" and not done and not _left(match, form, norm)):
        return
    strange = _strange(form, "".join(texts[i] for i in norm.clauses)) if agrees(norm, form, verdict) else None
    if strange is None:
        yield _Claim(weight, norm, verdict, said(norm, form, verdict))
    elif strange and norm.says and (form.claim or form.verb != "may"):
        yield _Claim(weight, norm, "no", joined(REPLIES["other"]["wrong"].format(figure=strange), norm.says))


def _left(match: re.Match[str], form: QuestionForm, norm: Norm) -> bool:
    """Whether a permitted act itself is to be left, and not something beside it: 「不帶狗可以嗎」, not 「沒票的能帶狗嗎」."""
    if form.verb == "must" or match.re is norm.contraries:
        return True
    return not norm.rank and re.search("[不沒別免]有?$", form.bare[: match.start()]) is not None


def _negated(match: re.Match[str], form: QuestionForm) -> bool:
    """Whether the act is denied where it is named: 「不參加」, 「資料不交」."""
    before, behind = form.bare[: match.start()], form.bare[match.end() :]
    return bool(_NEGATED.search(before)) ^ bool(_NEGATED_BEHIND.search(behind))


def _strange(form: QuestionForm, text: str) -> str | None:
    """
    A figure beside the verb of the question that is not the clauses' own: 「是不是要交五年」 is not confirmed by three years.

    Its words where the clauses have another one of the unit; "" where they have none; None if there is no such figure.
    """
    place = min(form.place, len(form.text.rstrip("?!。")))
    start = max(form.text.rfind(mark, 0, place) for mark in ",。?!;") + 1
    end = min((at for mark in ",。?!;" if (at := form.text.find(mark, place)) >= 0), default=len(form.text))
    own = figures_of(text)
    told = figures_of(_EVERY.sub("", form.text[start:end]).replace(MASK, " "))
    strange = [
        one for one in told if (one.value, one.unit) not in {(figure.value, figure.unit) for figure in own}
    ]
    for one in strange:
        if one.unit in {figure.unit for figure in own}:
            return one.words
    return "" if strange and form.claim else None


def _weight(match: re.Match[str], form: QuestionForm) -> int:
    """The characters of a match, thrice if no comma parts it from the verb."""
    start, end = sorted((match.start(), form.place))
    return min(len(match[0]), _LONGEST) * (1 if re.search("[,。?!;]", form.text[start:end]) else 3)


def _figured(norm: Norm, form: QuestionForm, weight: int) -> Iterator[_Claim]:
    """What a figure of the question makes of the norm: it conforms, or is the one, or is put right."""
    told = list(_figures(form.text, norm.unit))
    if len({value for value, _ in told}) != 1:
        return
    value, words = told[0]
    limit = Fraction(norm.figure)
    weight += _RANK
    if form.verb in {"may", "enough"} and not form.claim and norm.sign != "=":
        conforms = value >= limit if norm.sign == ">=" else value <= limit
        verdict: Truth = "yes" if conforms is not form.denied else "no"
        yield _Claim(
            weight,
            norm,
            verdict,
            f"{norm.says}。" if conforms else joined(REPLIES["no"][form.verb], norm.says),
        )
    elif value == limit:
        yield _Claim(weight, norm, "yes", joined(REPLIES["other"]["agree"].rstrip("，"), norm.says))
    else:
        wrong = REPLIES["other"]["needless" if form.verb == "must" and not form.claim else "wrong"]
        yield _Claim(weight, norm, "no", joined(wrong.format(figure=words), norm.says))


def _figures(text: str, unit: str) -> Iterator[tuple[Fraction, str]]:
    """The figures of a question that count `unit`, with their words."""
    if unit == _PERCENT:
        for match in re.finditer(SHARE, text):
            value = share(match[0])
            if isinstance(value, Fraction):
                yield value, match[0].strip()
        return
    for match in re.finditer(rf"({NUMERAL})\s?個?(?:{unit})", text):
        number = whole(match[1])
        # 「一家沒登記」 speaks of any one.
        if isinstance(number, int) and match[1] != "一":
            yield Fraction(number), match[0]
