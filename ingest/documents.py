"""What is indexed for each leaf clause: its words in context, and its plain rendering."""

from __future__ import annotations

from assistant.domain import Guideline
from assistant.index.store import Document


def documents_of(guideline: Guideline) -> tuple[Document, ...]:
    """
    The documents of a guideline, in clause order; ids are `<clause id>#<kind>`.

    A clause seldom says what it is about: the entry's question and the headings
    above it are put before its words.
    """
    documents = []
    for leaf in guideline.leaves:
        headings = [group.title for group in guideline.ancestors(leaf.id) if group.title]
        context = " ".join([guideline.entry(leaf.entry).question, *headings])
        documents.append(Document(f"{leaf.id}#clause", leaf.id, "clause", f"{context} {leaf.text}"))
        documents.append(Document(f"{leaf.id}#plain", leaf.id, "plain", leaf.plain))
    return tuple(documents)
