"""
Text of a guideline -> clause tree; pure.

The leaf is a sentence or a numbered item, never a whole paragraph. What lies in
no leaf is a label: marks, headings, the white space between. Ids follow the
text's own numbering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from assistant.domain import Clause, Entry
from ingest.numbering import Mark, find_marks

# A sentence ends at its stop with the quotes that close it, or where the paragraph does.
_SENTENCE: Final = re.compile(r"(?:[^。!?！？\n]|\n(?=\s*$))+?(?:[。!?！？]+[」』”)）]*|(?=\n)|$)", re.DOTALL)
# 「平台特色與規劃:」 before items is a heading; a longer lead-in states a rule of its own.
_HEADING: Final = re.compile(r"\s*(?P<title>[^。!?！？,，;；:：\n]{1,12})[:：]\s*$")
_OPENING_TITLE: Final = re.compile(r"(?P<title>[^。!?！？,，;；:：(（)）\n]{2,12})[:：]")


@dataclass(frozen=True, slots=True)
class EntryText:
    """The text of one entry, at `start:end` of the source."""

    entry: Entry
    start: int
    end: int


def parse(text: str, programme: str, blocks: list[EntryText]) -> tuple[Clause, ...]:
    """
    The clauses of `text` in document order, a group before its members.

    Its entries lie where `blocks` say (in order, not overlapping).
    """
    parsers = (_EntryParser(text, f"{programme}/{block.entry.number}", block) for block in blocks)
    return tuple(clause for parser in parsers for clause in parser.run())


class _EntryParser:
    """Turns the marks and sentences of one entry into clauses."""

    def __init__(self, text: str, root_id: str, block: EntryText) -> None:
        self.text, self.root_id, self.block = text, root_id, block
        self.marks = find_marks(text, block.start, block.end)
        self.nodes: list[Clause] = []

    def run(self) -> list[Clause]:
        """The entry's group, then every clause below it, in document order."""
        topic = self.block.entry.topic
        first = self.marks[0].start if self.marks else self.block.end
        root = self._add(self.root_id, None, topic, "", self.block.start, self.block.end)
        self._sentences(root, self.block.start, first)
        if self.marks:
            self._items(root, 0, len(self.marks), self.block.end)
        return self._closed()

    def _items(self, parent: Clause, low: int, high: int, end: int) -> None:
        """The marks low..high, all below `parent`, as its items; they end at `end`."""
        heads = [i for i in range(low, high) if self.marks[i].depth == self.marks[low].depth]
        for i, after in zip(heads, [*heads[1:], high], strict=True):
            stop = self.marks[after].start if after < high else end
            self._item(parent, i, after, stop)

    def _item(self, parent: Clause, at: int, after: int, end: int) -> None:
        """Mark `at` with its words and, below it, the marks up to `after`."""
        mark = self.marks[at]
        body_end = self.marks[at + 1].start if at + 1 < after else end
        body = self.text[mark.end : body_end]
        heading = _HEADING.fullmatch(body) if at + 1 < after else None
        opening = heading or _OPENING_TITLE.match(body.lstrip())
        title = opening["title"].strip() if opening else ""
        clause_id = self._unique(f"{parent.id}/{mark.segment}")
        label = _join(parent.label, _shown(mark, title))
        sentences = [] if heading else self._cut(mark.end, body_end)
        if at + 1 >= after and len(sentences) == 1:
            self._add(clause_id, parent.id, label, title, *sentences[0])
            return
        group = self._add(clause_id, parent.id, label, title, mark.start, end)
        if not heading:
            self._sentences(group, mark.end, body_end)
        if at + 1 < after:
            self._items(group, at + 1, after, end)

    def _sentences(self, parent: Clause, start: int, end: int) -> None:
        for n, span in enumerate(self._cut(start, end), 1):
            self._add(f"{parent.id}/s{n}", parent.id, _join(parent.label, f"第{n}句"), "", *span)

    def _cut(self, start: int, end: int) -> list[tuple[int, int]]:
        """The sentences of text[start:end], white space around them left out."""
        found = []
        for match in _SENTENCE.finditer(self.text[start:end]):
            words = match.group()
            if words.strip():
                lead = len(words) - len(words.lstrip())
                found.append((start + match.start() + lead, start + match.start() + len(words.rstrip())))
        return found

    def _add(
        self, clause_id: str, parent: str | None, label: str, title: str, start: int, end: int
    ) -> Clause:
        """A clause of text[start:end], white space around it left out."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        clause = Clause(
            id=clause_id,
            entry=self.block.entry.number,
            label=label,
            text=words.strip(),
            start=start,
            end=start + len(words.strip()),
            line=self.text.count("\n", 0, start) + 1,
            parent=parent,
            title=title,
        )
        self.nodes.append(clause)
        return clause

    def _unique(self, clause_id: str) -> str:
        """The id itself, or with -2, -3 where the text uses one label twice (two 備註)."""
        taken = {node.id for node in self.nodes}
        again = 2
        while clause_id in taken:
            clause_id = f"{clause_id.removesuffix(f'-{again - 1}')}-{again}"
            again += 1
        return clause_id

    def _closed(self) -> list[Clause]:
        """The nodes with the ids of their children filled in."""
        children: dict[str, list[str]] = {}
        for node in self.nodes:
            if node.parent:
                children.setdefault(node.parent, []).append(node.id)
        return [replace(node, children=tuple(children.get(node.id, ()))) for node in self.nodes]


def _shown(mark: Mark, title: str) -> str:
    """The mark as a person would name it: A類, (1)執行能力, 第2點, 備註."""
    match mark.style:
        case "角色" | "註":
            return mark.segment
        case "A類":
            return f"{mark.segment}類"
        case "條" | "點":
            return f"第{mark.segment}{mark.style}"
        case "1." | "一、" | "壹、" | "甲、":
            return f"第{mark.segment}點{title}"
        case _:
            return f"({mark.segment}){title}"


def _join(outer: str, inner: str) -> str:
    """Below the topic a 「·」, further down a space: 再申請 · A類 第3點."""
    return f"{outer} {inner}" if " · " in outer else f"{outer} · {inner}"
