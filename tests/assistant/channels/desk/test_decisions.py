"""A reply is approved by who may, once it is ready, and not sent before."""

from __future__ import annotations

from assistant.domain import Answer, Outcome
from assistant.records.audit_proof import prove
from assistant.records.inquiry import InquiryState
from assistant.records.staff import Role
from tests.assistant.channels.desk.conftest import Clerk, Rig, another, cites


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


def test_a_second_reader_is_another(rig: Rig, clerk: Clerk) -> None:
    """A reply on a configured topic is approved by an approver who did not write it, and by nobody else."""
    rig.assistant.draft = rig.assistant.draft.__class__(
        "", "", Outcome.ANSWERED, "可以。〔1〕", confidence=0.95
    )
    rig.assistant.draft = cites(rig, "digital-cluster/1/s1")
    number = clerk.paste("領導企業可以自己提案嗎？")
    assert rig.desk.inquiries.get(number).second_reader

    assert clerk.act(number, "approve").headers["location"].endswith("fault=second")
    assert clerk.act(number, "review").headers["location"].endswith("done=waits")
    fay = another(rig, "fay", Role.APPROVER)
    assert f"/desk/inquiries/{number}" in fay.http.get("/desk?show=review").text
    assert fay.act(number, "return", note="請補上年度").status_code == 303
    assert "請補上年度" in clerk.http.get(f"/desk/inquiries/{number}").text
    clerk.act(number, "review")
    assert fay.act(number, "approve").headers["location"].endswith("done=approved")
    found = rig.desk.inquiries.get(number)
    assert found.approved_by == rig.desk.staff.named("fay").id  # type: ignore[union-attr]


def test_a_second_reader_who_writes_needs_another(rig: Rig, clerk: Clerk) -> None:
    """An approver who changes the text is its writer from then on."""
    rig.assistant.draft = cites(rig, "digital-cluster/1/s1")
    number = clerk.paste("領導企業可以自己提案嗎？")
    clerk.act(number, "review")
    fay = another(rig, "fay", Role.APPROVER)
    _, text = fay.read(number)

    answer = fay.act(number, "approve", text=text + "\n補充。", take="1")

    assert answer.headers["location"].endswith("fault=second")
    assert rig.desk.inquiries.get(number).state is InquiryState.EDITED


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
