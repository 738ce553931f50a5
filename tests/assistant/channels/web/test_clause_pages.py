"""The pages on which people read the clauses."""

from __future__ import annotations

from html import unescape
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from assistant.domain import Guideline
from tests.assistant.channels.web.test_pages import words


def test_every_clause_has_a_page(client: TestClient, guideline: Guideline) -> None:
    """Each page has the clause marked in its entry's whole text, its rendering, edition and source."""
    for clause in guideline.clauses:
        response = client.get(f"/clauses/{quote(clause.id)}")
        page = unescape(response.text)

        assert response.status_code == 200
        if clause.is_leaf:
            assert f"<mark>{clause.text}</mark>" in page
            assert clause.plain in page
        assert f'href="{guideline.source.page}"' in page
        assert "<dd>108</dd>" in page
        assert 'href="/"' in page


def test_page_has_the_whole_entry(client: TestClient, guideline: Guideline) -> None:
    """The text around the clause is there, verbatim but for line breaks."""
    page = words(client.get("/clauses/digital-cluster/7/A/3").text)

    for leaf in guideline.leaves_under("digital-cluster/7"):
        assert leaf.text in page


def test_neighbours_are_linked(client: TestClient) -> None:
    """Previous and next clause are links, their Chinese percent-encoded."""
    page = client.get("/clauses/digital-cluster/2/s3").text

    assert 'rel="prev" href="/clauses/digital-cluster/2/s2"' in page
    assert f'rel="next" href="/clauses/digital-cluster/2/{quote("註")}"' in page


@pytest.mark.parametrize("clause_id", ["digital-cluster/2/註", "digital-cluster/4/群聚成員"])
def test_chinese_ids_are_found_encoded_or_not(client: TestClient, clause_id: str) -> None:
    """The page is found with the id written as it is and percent-encoded."""
    for spelled in (clause_id, quote(clause_id)):
        assert client.get(f"/clauses/{spelled}").status_code == 200


def test_unknown_clause_is_a_404_page(client: TestClient) -> None:
    """A clause that is not there is a page that leads to the contents."""
    page = client.get("/clauses/digital-cluster/99", headers={"accept": "text/html"})

    assert page.status_code == 404
    assert 'href="/clauses"' in page.text


def test_contents_link_every_clause(client: TestClient, guideline: Guideline) -> None:
    """The contents have a link to each clause."""
    page = client.get("/clauses").text

    for clause in guideline.clauses:
        assert f'href="/clauses/{quote(clause.id)}"' in page
