"""What a norm, a form of question and a verdict are in words: replies.toml, in front of what the norm says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from assistant.leads.forms import QuestionForm
from assistant.leads.norms import Norm
from assistant.leads.verdicts import Truth

REPLIES: Final = tomllib.loads(Path(__file__).with_name("replies.toml").read_text(encoding="utf8"))
# A ban that has one is not one of all.
_EXCEPTION: Final = re.compile(r"不在此限")


def agrees(norm: Norm, form: QuestionForm, verdict: Truth) -> bool:
    """Whether what the question takes for granted would be confirmed by the verdict."""
    return (verdict == "yes") is not (form.denied and norm.does != "span")


def said(norm: Norm, form: QuestionForm, verdict: Truth) -> str:
    """The lead for a verdict: the word that answers the verb, and what the norm says."""
    other, verb = REPLIES["other"], form.verb
    tail = {"yes": norm.yes, "no": norm.no, "depends": ""}[verdict] or norm.says
    if norm.does == "condition":
        return f"{norm.says}。"
    if form.strong and norm.does == "forbid" and _EXCEPTION.search(norm.says):
        return joined(other["surely"], norm.says)
    if verdict == "depends":
        return joined(other["surely" if form.strong or norm.does == "depends" else "possibly"], tail)
    if norm.does == "state" and tail.startswith(REPLIES["yes"]["will"]):
        verb = "will"
    elif norm.does == "span" or (norm.does == "state" and verb in {"may", "must"}):
        verb = "is"
    if norm.does == "permit" and verdict == "yes" and verb in {"is", "have", "will"}:
        verb = "may"
    if norm.does == "forbid" or (norm.does == "oblige" and verb == "must" and verdict == "no"):
        verb = "may"
    word = REPLIES[verdict][verb]
    if norm.does == "permit" and verdict == "no":
        word = other["surely"] if not form.claim else ""
    agreed = agrees(norm, form, verdict)
    if form.claim or (form.denied and norm.does != "span" and agreed):
        opening = other["agree"] if agreed else other["differ"]
        word = opening.rstrip("，") if verb == "is" or not word else f"{opening}{word}"
    return joined(word, tail)


def joined(word: str, tail: str) -> str:
    """The word and what stands behind it; 「可以，可以搭配…」 is said once."""
    opening, _, last = word.rpartition("，")
    if tail.startswith(last):
        return f"{opening}{'，' if opening else ''}{tail}。"
    return f"{word}，{tail}。" if tail else f"{word}。"
