"""What an answer understood -> the fields of a form; what a person wrote in them -> a message, or what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.channels.web.schemas import Answer
from assistant.eligibility.facts import Fact, FactError, FactKind
from assistant.eligibility.rules import RuleBook
from assistant.eligibility.telling import value_said
from assistant.reading.field import value_in
from assistant.reading.form import written


@dataclass(frozen=True, slots=True)
class FactField:
    """
    A fact in the form.

    `value` stands there without its unit; `words` told it, none where nobody did; `fault` says what is wrong.
    """

    kind: FactKind
    value: str = ""
    words: str = ""
    fault: str = ""

    @property
    def unit(self) -> str:
        """What stands behind the field; a date brings its own."""
        return "%" if self.kind.type == "share" else "" if self.kind.type == "date" else self.kind.unit

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen, if not everything can be written."""
        return ("是", "否") if self.kind.type == "yes_no" else tuple(self.kind.choices)


def fields_of(answer: Answer, book: RuleBook | None) -> list[FactField]:
    """The facts that were understood, then those that the verdict lacks; none where nothing was read."""
    if book is None or answer.reading is None:
        return []
    told = {fact.fact: fact for fact in answer.reading.facts}
    fields = [
        FactField(kind, told[name].value, told[name].words)
        for name, kind in book.facts.items()
        if name in told
    ]
    missing = [one.fact for one in answer.verdict.missing] if answer.verdict else []
    fields += [FactField(book.facts[name]) for name in missing if name in book.facts and name not in told]
    return [replace(field, value=field.value.removesuffix(field.unit).strip()) for field in fields]


def filled(fields: list[FactField], typed: Mapping[str, str]) -> list[FactField]:
    """The fields with what a person wrote in them."""
    return [replace(field, value=typed.get(field.kind.name, "").strip()) for field in fields]


def message_of(fields: list[FactField], book: RuleBook, today: date) -> tuple[str, list[FactField]]:
    """The message that tells what stands in the fields, and the fields with what is wrong in them; one of both is empty."""
    told, checked = dict[str, str](), list[FactField]()
    for field in fields:
        fault = ""
        try:
            if field.value:
                value = value_in(field.value, field.kind, book, today)
                told[field.kind.name] = value_said(field.kind, Fact(field.kind.name, value))
        except FactError as error:
            fault = str(error)
        checked.append(replace(field, fault=fault))
    if any(field.fault for field in checked):
        return "", checked
    return written(told, book.facts), []
