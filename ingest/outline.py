"""Where each entry of the outline lies in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.clauses import EntryText
from ingest.faults import CorpusError, CorpusFault
from ingest.read import OUTLINE, Folder


def locate_entries(folder: Folder) -> list[EntryText]:
    """
    The blocks of the entries, in the order of the text.

    An entry runs from its first words, which open a line, to the next entry.

    Raises:
        CorpusError: an entry's first words open no line or several, a number is
            used twice, or text stands before the first entry.
    """
    faults = list(_faults(folder))
    if faults:
        raise CorpusError(faults)
    starts = sorted((_openings(folder.text, item.starts)[0], item.entry) for item in folder.outline)
    ends = [start for start, _ in starts[1:]] + [len(folder.text)]
    return [EntryText(entry, start, end) for (start, entry), end in zip(starts, ends, strict=True)]


def _faults(folder: Folder) -> Iterator[CorpusFault]:
    numbers: set[int] = set()
    places: set[int] = set()
    first = len(folder.text)
    copy = "copy the first words of exactly one line into `starts`"
    for item in folder.outline:
        found, number = _openings(folder.text, item.starts), item.entry.number
        if len(found) != 1:
            what = f"entry {number}: {len(found)} lines of the text start with 「{item.starts}」"
            yield CorpusFault(OUTLINE, item.line, what, copy)
        elif found[0] in places:
            yield CorpusFault(OUTLINE, item.line, f"entry {number} starts where another entry does", copy)
        places.update(found)
        if number in numbers:
            yield CorpusFault(OUTLINE, item.line, f"entry number {number} is used twice", "give it a new one")
        numbers.add(number)
        first = min([first, *found])
    if folder.text[:first].strip():
        yield CorpusFault(
            folder.source.file, 1, "text before the first entry", "add an [[entry]] for it to the outline"
        )


def _openings(text: str, words: str) -> list[int]:
    """The offsets of the lines that start with `words`."""
    return [match.start() for match in re.finditer(rf"^{re.escape(words)}", text, re.MULTILINE)]
