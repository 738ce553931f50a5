"""Four eyes: a reply on a configured topic goes out only past somebody who had no hand in it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from assistant.channels.desk.second_reader import VERDICT_TOPIC
from assistant.records.inquiry import InquiryState
from assistant.records.staff import Role
from tests.assistant.channels.desk.conftest import TOKEN, Clerk, Rig, another, cites

ASKED = "領導企業可以自己提案嗎？"
SECOND, DONE = "fault=second", "done=approved"


def handed_in(rig: Rig, mail: str) -> int:
    """A mail that a ticket system handed in: nobody's, so far."""
    with TestClient(rig.app) as http:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        found: int = http.post("/api/desk/inquiries", json={"text": mail}, headers=headers).json()["id"]
        return found


@pytest.fixture
def topical(rig: Rig) -> Rig:
    """A console whose assistant answers from the topic that two people read."""
    rig.assistant.draft = cites(rig, "digital-cluster/1/s1")
    return rig


def test_a_second_reader_is_another(topical: Rig, clerk: Clerk) -> None:
    """A reply on a configured topic is approved by an approver who did not write it, and by nobody else."""
    number = clerk.paste(ASKED)
    assert clerk.act(number, "approve").headers["location"].endswith(SECOND)
    assert clerk.act(number, "review").headers["location"].endswith("done=waits")
    fay = another(topical, "fay", Role.APPROVER)
    assert f"/desk/inquiries/{number}" in fay.http.get("/desk?show=review").text
    assert fay.act(number, "return", note="請補上年度").status_code == 303
    assert "請補上年度" in clerk.http.get(f"/desk/inquiries/{number}").text
    clerk.act(number, "review")
    assert fay.act(number, "approve").headers["location"].endswith(DONE)
    found = topical.desk.inquiries.get(number)
    assert found.approved_by == topical.desk.staff.named("fay").id  # type: ignore[union-attr]


def test_a_second_reader_who_writes_needs_another(topical: Rig, clerk: Clerk) -> None:
    """An approver who changes the text is its writer from then on."""
    number = clerk.paste(ASKED)
    clerk.act(number, "review")
    fay = another(topical, "fay", Role.APPROVER)
    _, text = fay.read(number)

    answer = fay.act(number, "approve", text=text + "\n補充。", take="1")

    assert answer.headers["location"].endswith(SECOND)
    assert topical.desk.inquiries.get(number).state is InquiryState.EDITED


def test_what_a_system_handed_in_has_no_reader_yet(topical: Rig, clerk: Clerk) -> None:
    """A mail that nobody took in hand is not approved by one person alone; another has to hand it on."""
    number = handed_in(topical, ASKED)
    fay = another(topical, "fay", Role.APPROVER)

    assert fay.act(number, "approve").headers["location"].endswith(SECOND)
    clerk.act(number, "review", take="1")
    assert fay.act(number, "approve").headers["location"].endswith(DONE)


@pytest.mark.parametrize("what", ["regenerate/1", "cite", "save", "take", "review"])
def test_a_hand_in_it_is_a_hand_in_it(topical: Rig, clerk: Clerk, what: str) -> None:
    """Who gave a hint, cited, changed, took over or handed on does not approve, whoever owns the mail by then."""
    number = handed_in(topical, ASKED)
    fay = another(topical, "fay", Role.APPROVER)
    _, text = fay.read(number)
    told = {"hint-1": "其實有登記", "clause": "digital-cluster/1/s2", "text": f"{text}\n補充。"}
    if what != "save":
        del told["text"]
    assert "fault" not in fay.act(number, what, **told).headers["location"]

    clerk.act(number, "take")
    clerk.act(number, "review")

    assert fay.act(number, "approve", take="1").headers["location"].endswith(SECOND)


def test_what_a_clerk_writes_has_topics_too(rig: Rig, clerk: Clerk) -> None:
    """A clause that staff cite, and a verdict in their own words, are topics like those of the machine's answers."""
    object.__setattr__(rig.desk.options, "second_reader", (VERDICT_TOPIC, "領導企業提案"))
    harmless = clerk.paste()
    assert clerk.act(harmless, "approve").headers["location"].endswith(DONE)

    judged = clerk.paste()
    _, text = clerk.read(judged)
    assert (
        clerk.act(judged, "approve", text=f"{text}\n6家輔導過，仍符合資格。")
        .headers["location"]
        .endswith(SECOND)
    )

    cited = clerk.paste()
    clerk.act(cited, "cite", clause="digital-cluster/1/s1")
    marks = [f"〔{c['n']}〕" for c in rig.desk.inquiries.get(cited).citations]
    _, text = clerk.read(cited)
    assert (
        clerk.act(cited, "approve", text=f"{text}\n請參考{marks[-1]}。").headers["location"].endswith(SECOND)
    )


def test_the_signature_is_the_admins(rig: Rig, clerk: Clerk, admin: Clerk) -> None:
    """Nobody else adds, changes, renames or removes the text that stands below every reply."""
    mine = {"title": "署名", "body": "請將保證金匯至…"}
    assert "只有管理者" in clerk.post("/desk/canned", mine).text
    assert admin.post("/desk/canned", {"title": "署名", "body": "敬上"}).status_code == 303
    (signature,) = rig.desk.canned.all()
    path = f"/desk/canned/{signature.id}"

    assert "只有管理者" in clerk.post(path, {"version": "1", **mine}).text
    assert "只有管理者" in clerk.post(path, {"version": "1", "title": "問候", "body": "x"}).text
    assert "只有管理者" in clerk.post(f"{path}/remove").text
    assert [(text.title, text.body) for text in rig.desk.canned.all()] == [("署名", "敬上")]


def test_what_was_not_seen_is_not_approved(rig: Rig, clerk: Clerk, admin: Clerk) -> None:
    """A signature that changed after the page was opened holds the approval back, once."""
    number = clerk.paste()
    seen = clerk.seal(number)
    admin.post("/desk/canned", {"title": "署名", "body": "另一個署名"})

    assert clerk.act(number, "approve", seal=seen).headers["location"].endswith("fault=signature")
    assert rig.desk.inquiries.get(number).state is InquiryState.DRAFT
    assert clerk.act(number, "approve").headers["location"].endswith(DONE)
