"""The numbers of the clauses in a reply: one number for a clause through the whole of it, never given twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from assistant.domain import Guideline

MARK: Final = re.compile(r"〔(\d{1,3})〕")

Citations = Sequence[Mapping[str, Any]]


def numbered(known: Citations, new: Citations) -> tuple[list[dict[str, Any]], dict[int, int]]:
    """
    The clauses of an answer among those of the reply: all of them, and the answer's number -> the reply's.

    A clause keeps the number that it has; new ones get the next.
    """
    found = [dict(citation) for citation in known]
    numbers: dict[int, int] = {}
    places = {(c["clause_id"], c["quote"]): c["n"] for c in found}
    for citation in new:
        key = (citation["clause_id"], citation["quote"])
        if key not in places:
            places[key] = len(found) + 1
            found.append({**citation, "n": places[key]})
        numbers[int(citation["n"])] = int(places[key])
    return found, numbers


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """A text whose marks 〔n〕 are those of the reply; a mark that is nobody's stays."""
    return MARK.sub(lambda mark: f"〔{numbers.get(int(mark[1]), int(mark[1]))}〕", text)


def used_in(text: str, citations: Citations) -> list[Mapping[str, Any]]:
    """The clauses whose marks a text has, by number."""
    marks = {int(n) for n in MARK.findall(text)}
    return [citation for citation in citations if citation["n"] in marks]


def citation_of(guideline: Guideline, clause_id: str) -> dict[str, Any]:
    """
    A leaf clause as a citation without a number.

    Raises:
        KeyError: the guideline has no such leaf.
    """
    clause = guideline.by_id[clause_id]
    if not clause.is_leaf:
        raise KeyError(clause_id)
    return {
        "n": 0,
        "clause_id": clause.id,
        "label": clause.label,
        "quote": clause.text,
        "edition": guideline.source.edition,
    }
