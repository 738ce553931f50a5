"""A mail becomes a cited draft and an approved reply, on both databases; personal data are masked before."""

from __future__ import annotations

import pytest

from assistant.records.audit_proof import prove
from assistant.records.inquiry import InquiryState
from tests.assistant.channels.desk.conftest import Clerk, Rig

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@BOTH
def test_the_whole_way(rig: Rig, clerk: Clerk) -> None:
    """Three questions are split, answered and drafted; the reply is edited, approved and copied; the chain holds."""
    number = clerk.paste(sender="王小姐", reference="A-1")
    found = rig.desk.inquiries.get(number)
    assert [asked.question for asked in found.questions][:2] == ["A類要幾家？", "比例有沒有上限？"]
    assert len(rig.assistant.questions) == len(found.questions) == 3
    assert len({question.session_id for question in rig.assistant.questions}) == 1
    assert found.text.startswith("王小姐您好：")
    assert [citation["n"] for citation in found.citations] == [1, 2]

    version, text = clerk.read(number)
    assert clerk.act(number, "save", text=text.replace("歡迎再來信", "請再來信")).status_code == 303
    assert clerk.act(number, "approve").headers["location"].endswith("done=approved")
    assert clerk.act(number, "copied").status_code == 303

    found = rig.desk.inquiries.get(number)
    assert found.state is InquiryState.SENT
    assert "請再來信" in found.final
    assert found.final.count(str(found.citations[0]["quote"])) == 1
    assert found.final.endswith("承辦人：Amy")
    assert found.version > int(version)
    assert [entry.action for entry in rig.desk.audit.entries(number)] == [
        "copied",
        "approved",
        "edited",
        "received",
    ]
    assert prove(rig.desk.service.database).faults == ()


def test_personal_data_are_masked_before_they_are_stored(rig: Rig, clerk: Clerk) -> None:
    """Mail, questions and audit trail hold no telephone number; money and 統一編號 stay."""
    number = clerk.paste()
    found = rig.desk.inquiries.get(number)
    everything = " ".join(
        [found.mail, found.text, *(a.question for a in found.questions)]
        + [str(text) for entry in rig.desk.audit.entries() for text in entry.texts.values()]
        + [question.text for question in rig.assistant.questions]
    )

    assert "0912345678" not in everything
    assert "〔手機〕" in found.mail
    assert "12345675" in found.mail
    assert "500萬元" in found.mail


def test_contact_data_do_not_lead_astray(rig: Rig, clerk: Clerk) -> None:
    """What a mail tells for its question is told along, without the sentences that only give contact data."""
    clerk.paste("我們有12家，4家輔導過。\nA類可以嗎？\n電話0912345678，統編12345675。謝謝")

    (question,) = rig.assistant.questions
    assert "12家" in question.text
    assert "A類可以嗎" in question.text
    assert "〔手機〕" not in question.text
