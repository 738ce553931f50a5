"""What a norm, a form of question and a verdict are in words: replies.toml, in front of what the norm says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final, Literal

from assistant.leads.forms import MASK, QuestionForm
from assistant.leads.norms import Norm
from assistant.leads.verdicts import Truth

REPLIES: Final = tomllib.loads(Path(__file__).with_name("replies.toml").read_text(encoding="utf8"))
# A ban that has one is not one of all.
_OF_WHAT_IS: Final = re.compile(rf"[是對]|{MASK}")
_EXCEPTION: Final = re.compile(r"不在此限")


def agrees(norm: Norm, form: QuestionForm, verdict: Truth) -> bool:
    """Whether what the question takes for granted would be confirmed by the verdict."""
    return (verdict == "yes") is not (form.denied and norm.does != "span")


def said(norm: Norm, form: QuestionForm, verdict: Truth) -> str:
    """The lead for a verdict: the word that answers the verb, and what the norm says."""
    tail = {"yes": norm.yes, "no": norm.no, "depends": ""}[verdict] or norm.says
    unknown_verb = form.verb == "is" and not form.claim and not _OF_WHAT_IS.search(form.text)
    will = REPLIES["yes"]["will"]
    looked_at = norm.does == "state" and tail.startswith(will) and will not in form.text
    if norm.does == "condition" or unknown_verb or (looked_at and form.verb in {"may", "enough"}):
        return f"{tail}。"  # 「名額保得住嗎」 is not answered by the yes or no of another verb
    if form.strong and norm.does == "forbid" and _EXCEPTION.search(norm.says):
        return joined(REPLIES["other"]["surely"], norm.says)
    if verdict == "depends":
        surely = form.strong or norm.does == "depends"
        return joined(REPLIES["other"]["surely" if surely else "possibly"], tail)
    return joined(_opening(norm, form, verdict, tail), tail)


def _opening(norm: Norm, form: QuestionForm, verdict: Literal["yes", "no"], tail: str) -> str:
    """The yes or no in the verb of the question, or in the one that fits what the norm does; agreeing to a claim or not."""
    other, verb = REPLIES["other"], form.verb
    if norm.does == "state" and tail.startswith(REPLIES["yes"]["will"]):
        verb = "will"
    elif (norm.does == "span" and verb != "have") or (norm.does == "state" and verb in {"may", "must"}):
        verb = "is"
    if norm.does == "permit" and verdict == "yes" and verb in {"is", "have", "will"}:
        verb = "may"
    if norm.does == "forbid" or (norm.does == "oblige" and verb in {"must", "will"} and verdict == "no"):
        verb = "may"
    word: str = REPLIES[verdict][verb]
    if norm.does == "permit" and verdict == "no":
        word = "" if form.claim else other["surely" if verb == "must" else "unforced"]
    agreed = agrees(norm, form, verdict)
    if form.claim or (form.denied and norm.does != "span" and agreed):
        opening: str = other["agree"] if agreed else other["differ"]
        word = opening.rstrip("，") if verb == "is" or not word else f"{opening}{word}"
    return word


def joined(word: str, tail: str) -> str:
    """The word and what stands behind it; 「可以，可以搭配…」 is said once, 「會，會看…」 is not."""
    opening, _, last = word.rpartition("，")
    if tail.startswith(last) and last != REPLIES["yes"]["will"]:
        return f"{opening}{'，' if opening else ''}{tail}。"
    return f"{word}，{tail}。" if tail else f"{word}。"
