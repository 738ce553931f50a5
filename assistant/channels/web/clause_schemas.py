"""The shapes of the clause tree in the API."""

from __future__ import annotations

from pydantic import BaseModel, Field


class ClauseLink(BaseModel):
    """A clause by name."""

    id: str
    label: str
    url: str


class ClauseNode(ClauseLink):
    """A clause of the tree; groups have children, leaves have none."""

    text: str
    plain: str = Field(description="白話說明，編輯所寫，不是條文；只有最小的一條才有")
    start: int
    end: int
    children: list[ClauseNode]


class Entry(BaseModel):
    """One entry of the guideline; question, topic and track are editorial."""

    number: int
    question: str
    topic: str
    track: str
    clause: ClauseNode


class Source(BaseModel):
    """Where a guideline comes from."""

    programme: str
    title: str
    agency: str
    page: str = Field(description="原文出處的網址")
    edition: str
    file: str
    sha256: str


class ClauseTree(BaseModel):
    """A guideline's clauses in the order of its text."""

    source: Source
    entries: list[Entry]


class ClauseDetail(ClauseNode):
    """One clause with its place in the guideline."""

    is_leaf: bool = Field(description="是不是最小的一條（會被引用的單位）")
    parents: list[ClauseLink] = Field(description="上層，由外而內")
    previous: ClauseLink | None
    next: ClauseLink | None
    source: Source
