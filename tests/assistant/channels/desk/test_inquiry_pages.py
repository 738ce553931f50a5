"""The page of an inquiry: answered anew, cited, told of a changed corpus."""

from __future__ import annotations

import pytest

from tests.assistant.channels.desk.conftest import Clerk, Rig, cites
from tests.assistant.channels.understood import READING, understood


def test_a_hint_replaces_an_untouched_part(rig: Rig, clerk: Clerk) -> None:
    """Regenerated with a hint, a part of the reply that nobody changed is replaced; the other parts stay."""
    number = clerk.paste()
    rig.assistant.draft = cites(rig, "digital-cluster/6/s3")
    _, text = clerk.read(number)

    answer = clerk.act(number, "regenerate/2", **{"hint-2": "他問的是分包"})

    assert "done=regenerated" in answer.headers["location"]
    assert rig.assistant.questions[-1].text == "比例有沒有上限？\n他問的是分包"
    found = rig.desk.inquiries.get(number)
    assert found.text != text
    assert found.text.count("〔3〕") == 1
    assert [citation["n"] for citation in found.citations] == [1, 2, 3]


def test_a_hint_leaves_edited_words_alone(rig: Rig, clerk: Clerk) -> None:
    """A part that staff have changed is not touched: the new answer stands beside it."""
    number = clerk.paste()
    _, text = clerk.read(number)
    own = text.replace("〔1〕", "（承辦人改過）〔1〕")
    rig.assistant.draft = cites(rig, "digital-cluster/6/s3")

    answer = clerk.act(number, "regenerate/2", text=own, **{"hint-2": "分包"})

    assert "done=beside" in answer.headers["location"]
    assert rig.desk.inquiries.get(number).text == own
    assert "插入這一段" in clerk.http.get(f"/desk/inquiries/{number}").text


def test_a_clause_can_be_cited(rig: Rig, clerk: Clerk) -> None:
    """A clause of the guideline gets the next number; used in the text, it is quoted at the end."""
    number = clerk.paste()
    clerk.act(number, "cite", clause="digital-cluster/7/A/2")
    _, text = clerk.read(number)
    clerk.act(number, "approve", text=f"{text}\n要依法登記。〔3〕")

    final = rig.desk.inquiries.get(number).final
    clause = rig.desk.service.assistant(None).guideline.by_id["digital-cluster/7/A/2"]
    assert f"〔3〕{clause.label}：「{clause.text}」" in final
    assert clerk.act(number, "cite", clause="digital-cluster/99").status_code == 409


def test_a_changed_corpus_is_told(rig: Rig, clerk: Clerk) -> None:
    """A draft that is older than the corpus says so, on its page and in the list, until every part is new."""
    number = clerk.paste("A類要幾家？")
    assert "條文資料在這份草稿之後更新過" not in clerk.http.get(f"/desk/inquiries/{number}").text
    rig.assistant.digest = "another"

    assert "條文資料在這份草稿之後更新過" in clerk.http.get(f"/desk/inquiries/{number}").text
    assert "條文已更新" in clerk.http.get("/desk").text
    clerk.act(number, "regenerate/1")
    assert "條文資料在這份草稿之後更新過" not in clerk.http.get(f"/desk/inquiries/{number}").text


@pytest.mark.parametrize("path", ["/desk/inquiries/999", "/desk/inquiries/x", "/desk/nothing"])
def test_unknown_pages(clerk: Clerk, path: str) -> None:
    """What does not exist is 404, in words."""
    answer = clerk.http.get(path, headers={"accept": "text/html"})

    assert answer.status_code == 404
    assert "找不到" in answer.text


def test_what_was_understood_stands_beside_the_draft(rig: Rig, clerk: Clerk) -> None:
    """Each fact with the words of the mail that told it, and what was left over, so that a misreading is seen."""
    rig.assistant.draft = understood(rig.assistant.draft)
    page = clerk.http.get(f"/desk/inquiries/{clerk.paste('A類要幾家？')}").text

    assert "從來信讀到的資料" in page
    for fact in READING.facts:
        assert f"<dt>{fact.label}</dt><dd>{fact.value}</dd>" in page
        assert f"「{fact.words}」" in page
    assert "來信有沒讀懂的地方，所以沒有判斷：其中2家兩年都有。" in page
