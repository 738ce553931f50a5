"""A reply is approved by who may, once it is ready, and not sent before."""

from __future__ import annotations

from assistant.domain import Answer, Outcome
from assistant.records.audit_proof import prove
from assistant.records.inquiry import InquiryState
from tests.assistant.channels.desk.conftest import Clerk, Rig


def test_nothing_is_sent_before_it_is_approved(rig: Rig, clerk: Clerk) -> None:
    """A draft cannot be copied, downloaded or marked as sent."""
    number = clerk.paste()

    assert clerk.act(number, "sent").status_code == 409
    assert clerk.act(number, "copied").status_code == 409
    assert clerk.http.get(f"/desk/inquiries/{number}/reply.txt").status_code == 409
    assert rig.desk.inquiries.get(number).state is InquiryState.DRAFT


def test_an_unfilled_place_is_not_approved(rig: Rig, clerk: Clerk) -> None:
    """What the assistant could not draft stays marked, and holds the approval back until it is filled in."""
    rig.assistant.draft = Answer("", "", Outcome.OUT_OF_SCOPE, "不在範圍")
    number = clerk.paste("今天天氣好嗎？")

    assert clerk.act(number, "approve").headers["location"].endswith("fault=placeholder")
    _, text = clerk.read(number)
    filled = text.replace("【待填：這一題不在指引範圍內，請自行回覆】", "請洽氣象署。")
    assert clerk.act(number, "approve", text=filled).headers["location"].endswith("done=approved")


def test_a_stale_approval_is_on_record(rig: Rig, clerk: Clerk) -> None:
    """Approved all the same, the entry says that the corpus had changed."""
    number = clerk.paste()
    rig.assistant.digest = "another"
    clerk.act(number, "approve")

    assert rig.desk.audit.entries(number)[0].facts["stale"] is True


def test_erased_inquiries_leave_a_valid_chain(rig: Rig, clerk: Clerk, admin: Clerk) -> None:
    """An admin deletes what is personal: no word of it stays in any table, and the chain still holds."""
    number = clerk.paste("統編很特別嗎？獨一無二的句子。", sender="歐陽先生")
    clerk.act(number, "approve")
    conversation = rig.desk.inquiries.get(number).conversation
    assert admin.post(f"/desk/inquiries/{number}/erase").status_code == 422

    assert admin.post(f"/desk/inquiries/{number}/erase", {"sure": "1"}).status_code == 303

    found = rig.desk.inquiries.get(number)
    assert (found.mail, found.text, found.final, found.sender) == ("", "", "", "")
    assert rig.desk.service.conversations.recent(conversation, 5) == ()
    told = [text for entry in rig.desk.audit.entries(number) for text in entry.texts.values()]
    assert set(told) == {None}
    assert prove(rig.desk.service.database).faults == ()
    assert "內容已刪除" in admin.http.get(f"/desk/inquiries/{number}").text
    assert "內容已刪除" in admin.http.get("/desk?show=all").text
