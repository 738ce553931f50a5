"""Each leaf is indexed twice: its words in context, and its plain text."""

from __future__ import annotations

from pathlib import Path

from ingest.documents import documents_of
from ingest.guideline import load_guideline


def test_documents(programme: Path) -> None:
    """Ids name clause and kind; what is asked and the headings above stand before a clause's own words."""
    guideline = load_guideline(programme)
    documents = documents_of(guideline)
    by_id = {document.id: document for document in documents}

    assert [document.id for document in documents] == [
        f"{leaf.id}#{kind}" for leaf in guideline.leaves for kind in ("clause", "plain")
    ]
    assert by_id["night-market/2/1/2#clause"].text == "申請要準備什麼? 申請書 聯絡電話"
    assert by_id["night-market/2/1/2#plain"].text == "申請書要留電話。"
    assert by_id["night-market/1/s1#clause"].text.startswith("攤位怎麼分配、可以用多少電? 市集攤位由")
    for document in documents:
        assert document.id == f"{document.clause_id}#{document.kind}"
        assert guideline.by_id[document.clause_id].is_leaf
