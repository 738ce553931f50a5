"""A Guideline -> the clause tree of the API, and one clause with its place in it."""

from __future__ import annotations

from assistant.channels.web import clause_schemas as shapes
from assistant.channels.web.links import clause_url
from assistant.domain import Clause, Guideline


def tree_of(guideline: Guideline) -> shapes.ClauseTree:
    """Every clause in the order of the text, below its entry."""
    return shapes.ClauseTree(
        source=source_of(guideline), entries=[_entry(guideline, e.number) for e in guideline.entries]
    )


def detail_of(guideline: Guideline, clause_id: str) -> shapes.ClauseDetail:
    """
    One clause, leaf or group; its neighbours are leaves of a leaf, groups of the same depth of a group.

    Raises:
        KeyError: the guideline has no such clause.
    """
    clause = guideline.by_id[clause_id]
    level = _level(guideline, clause)
    at = level.index(clause)
    return shapes.ClauseDetail(
        **dict(_node(guideline, clause)),
        is_leaf=clause.is_leaf,
        parents=[_link(parent) for parent in guideline.ancestors(clause_id)],
        previous=_link(level[at - 1]) if at else None,
        next=_link(level[at + 1]) if at + 1 < len(level) else None,
        source=source_of(guideline),
    )


def source_of(guideline: Guideline) -> shapes.Source:
    """Where the guideline comes from."""
    return shapes.Source.model_validate(guideline.source, from_attributes=True)


def root_of(guideline: Guideline, number: int) -> Clause:
    """The clause that spans an entry."""
    return next(c for c in guideline.clauses if c.entry == number and c.parent is None)


def _level(guideline: Guideline, clause: Clause) -> tuple[Clause, ...]:
    if clause.is_leaf:
        return guideline.leaves
    depth = len(guideline.ancestors(clause.id))
    return tuple(c for c in guideline.clauses if not c.is_leaf and len(guideline.ancestors(c.id)) == depth)


def _entry(guideline: Guideline, number: int) -> shapes.Entry:
    entry = guideline.entry(number)
    return shapes.Entry(
        number=number,
        question=entry.question,
        topic=entry.topic,
        track=entry.track,
        clause=_node(guideline, root_of(guideline, number)),
    )


def _node(guideline: Guideline, clause: Clause) -> shapes.ClauseNode:
    return shapes.ClauseNode(
        id=clause.id,
        label=clause.label,
        url=clause_url(clause.id),
        text=clause.text,
        plain=clause.plain,
        start=clause.start,
        end=clause.end,
        children=[_node(guideline, guideline.by_id[child]) for child in clause.children],
    )


def _link(clause: Clause) -> shapes.ClauseLink:
    return shapes.ClauseLink(id=clause.id, label=clause.label, url=clause_url(clause.id))
