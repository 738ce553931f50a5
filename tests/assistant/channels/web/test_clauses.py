"""GET /api/clauses: the tree, and one clause with its place in it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from assistant.domain import Guideline


def test_tree_holds_every_clause_in_order(client: TestClient, guideline: Guideline) -> None:
    """Walking the tree meets each clause of the guideline once, in the order of its text."""

    def walk(node: dict[str, Any]) -> list[str]:
        return [node["id"], *(found for child in node["children"] for found in walk(child))]

    tree = client.get("/api/clauses").json()

    met = [found for entry in tree["entries"] for found in walk(entry["clause"])]
    assert met == [clause.id for clause in guideline.clauses]
    assert tree["source"]["sha256"] == guideline.source.sha256
    assert [entry["question"] for entry in tree["entries"]] == [e.question for e in guideline.entries]


def test_tree_of_an_unknown_programme(client: TestClient) -> None:
    """A programme that is not there is 422 and lists those that are."""
    response = client.get("/api/clauses", params={"programme": "x"})

    assert response.status_code == 422
    assert response.json()["error"]["param"] == "programme"
    assert "digital-cluster" in response.json()["error"]["message"]


def test_clause_tells_its_place(client: TestClient, guideline: Guideline) -> None:
    """A leaf comes with its text, parents, neighbours, source and edition."""
    body = client.get("/api/clauses/digital-cluster/7/A/3").json()

    assert body["text"] == guideline.text[body["start"] : body["end"]]
    assert [parent["id"] for parent in body["parents"]] == ["digital-cluster/7", "digital-cluster/7/A"]
    assert body["previous"]["id"] == "digital-cluster/7/A/2"
    assert body["next"]["id"] == "digital-cluster/7/B/1"
    assert body["source"]["edition"] == "108"
    assert body["is_leaf"] is True


def test_group_has_groups_as_neighbours(client: TestClient) -> None:
    """A group's neighbours are groups of its own depth, and its children come along."""
    body = client.get("/api/clauses/digital-cluster/7/A").json()

    assert body["next"]["id"] == "digital-cluster/7/B"
    assert body["children"][0]["id"] == "digital-cluster/7/A/1"
    assert body["is_leaf"] is False


def test_ends_have_one_neighbour(client: TestClient, guideline: Guideline) -> None:
    """Nothing comes before the first leaf or after the last."""
    first, last = guideline.leaves[0].id, guideline.leaves[-1].id

    assert client.get(f"/api/clauses/{first}").json()["previous"] is None
    assert client.get(f"/api/clauses/{last}").json()["next"] is None


def test_following_next_meets_every_leaf(client: TestClient, guideline: Guideline) -> None:
    """From the first leaf, `next` leads through all leaves; each id is found as its url spells it."""
    met = [guideline.leaves[0].id]
    while (after := client.get(f"/api/clauses/{met[-1]}").json()["next"]) is not None:
        assert after["url"] == f"/clauses/{quote(after['id'])}"
        met.append(after["id"])

    assert met == [leaf.id for leaf in guideline.leaves]


@pytest.mark.parametrize("clause_id", ["digital-cluster/2/註", "digital-cluster/4/群聚成員"])
def test_chinese_ids_are_found_encoded_or_not(client: TestClient, clause_id: str) -> None:
    """An id with Chinese is found written as it is and percent-encoded."""
    for spelled in (clause_id, quote(clause_id), quote(clause_id, safe="")):
        assert client.get(f"/api/clauses/{spelled}").json()["id"] == clause_id


@pytest.mark.parametrize(
    "clause_id",
    ["x", "digital-cluster", "digital-cluster/99", "digital-cluster/7/A/", "%ff", "%00", "a" * 200],
)
def test_unknown_clause_is_404(client: TestClient, clause_id: str) -> None:
    """An id that no guideline has is 404 and says where to look."""
    response = client.get(f"/api/clauses/{clause_id}")

    assert response.status_code == 404
    assert response.json()["error"]["code"] == "unknown_clause"
    assert "條文目錄" in response.json()["error"]["message"]


def test_overlong_id_is_422(client: TestClient) -> None:
    """No id has more than 200 characters; a longer one is refused before it is looked for."""
    response = client.get(f"/api/clauses/{'a' * 201}")

    assert response.status_code == 422
    assert response.json()["error"]["param"] == "clause_id"


def test_programme_says_what_a_window_shows(client: TestClient, guideline: Guideline) -> None:
    """Name, agency, edition and referral of the source, and four questions of its outline."""
    found = client.get("/api/programme").json()

    source = guideline.source
    assert [found[name] for name in ("programme", "title", "agency", "edition", "referral")] == [
        source.programme,
        source.title,
        source.agency,
        source.edition,
        source.referral,
    ]
    assert found["starters"] == [group.question for group in guideline.groups[:4]]


def test_unknown_programme_is_named(client: TestClient) -> None:
    """A programme that is not there is 422."""
    response = client.get("/api/programme", params={"programme": "x"})

    assert (response.status_code, response.json()["error"]["param"]) == (422, "programme")
