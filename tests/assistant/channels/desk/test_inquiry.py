"""A mail becomes a draft that is edited, approved, copied and taken up again; nobody's edit is lost."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from assistant.domain import Answer, Outcome
from assistant.records.audit_proof import prove
from assistant.records.inquiry import InquiryState
from assistant.records.staff import Role
from tests.assistant.channels.desk.conftest import Clerk, Rig, another
from tests.fakes import cited_answer

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


def test_an_old_version_does_not_overwrite(rig: Rig, clerk: Clerk) -> None:
    """Who saves what they read before another edit gets both texts to see, and nothing is written."""
    number = clerk.paste()
    version, text = clerk.read(number)
    clerk.act(number, "save", text=text + "\n甲")

    refused = clerk.act(number, "save", version, text=text + "\n乙")

    assert refused.status_code == 409
    assert "剛被 Amy 改過" in refused.text
    assert "<ins>" in refused.text
    assert rig.desk.inquiries.get(number).text.endswith("甲")

    newest = rig.desk.inquiries.get(number).version
    assert clerk.act(number, "save", str(newest), text=text + "\n乙").status_code == 303
    before = [entry.texts["text"] for entry in rig.desk.audit.entries(number) if entry.action == "edited"]
    assert [str(kept)[-1] for kept in before] == ["乙", "甲"]


def test_another_clerk_is_warned_and_can_take_over(rig: Rig, clerk: Clerk) -> None:
    """An inquiry in somebody's hands is not saved by another before they say that they take it over."""
    number = clerk.paste()
    ben = another(rig, "ben")
    assert "Amy 正在處理這封信" in ben.http.get(f"/desk/inquiries/{number}").text

    refused = ben.act(number, "save", text="由我來")
    assert refused.status_code == 409
    assert "由 Amy 處理中" in refused.text
    assert "由我來" in refused.text
    assert rig.desk.inquiries.get(number).text != "由我來"

    assert ben.act(number, "save", text="由我來", take="1").status_code == 303
    found = rig.desk.inquiries.get(number)
    assert found.text == "由我來"
    assert found.owner_id == rig.desk.staff.named("ben").id  # type: ignore[union-attr]


def test_approved_text_is_not_edited(rig: Rig, clerk: Clerk) -> None:
    """An approved reply takes no edit before it is reopened; what was typed is shown, not lost."""
    number = clerk.paste()
    version, text = clerk.read(number)
    clerk.act(number, "approve")

    refused = clerk.act(number, "save", version, text=text + "補一句")
    assert refused.status_code == 409
    assert "補一句" in refused.text

    assert clerk.act(number, "reopen").status_code == 303
    assert clerk.act(number, "save", text=text + "補一句").status_code == 303
    assert rig.desk.inquiries.get(number).state is InquiryState.EDITED


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
    rig.assistant.draft = _cites(rig, "digital-cluster/1/s1")
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
    rig.assistant.draft = _cites(rig, "digital-cluster/1/s1")
    number = clerk.paste("領導企業可以自己提案嗎？")
    clerk.act(number, "review")
    fay = another(rig, "fay", Role.APPROVER)
    _, text = fay.read(number)

    answer = fay.act(number, "approve", text=text + "\n補充。", take="1")

    assert answer.headers["location"].endswith("fault=second")
    assert rig.desk.inquiries.get(number).state is InquiryState.EDITED


def test_a_hint_replaces_an_untouched_part(rig: Rig, clerk: Clerk) -> None:
    """Regenerated with a hint, a part of the reply that nobody changed is replaced; the other parts stay."""
    number = clerk.paste()
    rig.assistant.draft = _cites(rig, "digital-cluster/6/s3")
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
    rig.assistant.draft = _cites(rig, "digital-cluster/6/s3")

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


def test_a_stale_approval_is_on_record(rig: Rig, clerk: Clerk) -> None:
    """Approved all the same, the entry says that the corpus had changed."""
    number = clerk.paste()
    rig.assistant.digest = "another"
    clerk.act(number, "approve")

    assert rig.desk.audit.entries(number)[0].facts["stale"] is True


def test_typed_figures_stand_out(clerk: Clerk) -> None:
    """While one types, a figure that no cited clause has is marked; the reply can be saved all the same."""
    number = clerk.paste()
    version, text = clerk.read(number)
    typed = f"{text}\n最多可以有77家。"

    told = clerk.post(f"/desk/inquiries/{number}/check", {"version": version, "text": typed})
    assert '<mark class="odd">77</mark>' in told.text
    assert "1 處要留意" in told.text
    assert clerk.act(number, "save", text=typed).status_code == 303


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


def test_search_and_tabs(rig: Rig, clerk: Clerk) -> None:
    """Inquiries are found by subject, sender, case number and number; each tab shows its own."""
    one = clerk.paste(subject="保證金", sender="林小姐", reference="B-77")
    two = clerk.paste(subject="家數", sender="陳先生")
    clerk.act(two, "approve")

    def shown(query: str) -> list[bool]:
        page = clerk.http.get(f"/desk?{query}").text
        return [f'href="/desk/inquiries/{number}"' in page for number in (one, two)]

    assert shown("show=open") == [True, False]
    assert shown("show=approved") == [False, True]
    assert shown("show=all&q=B-77") == [True, False]
    assert shown("show=all&q=陳先生") == [False, True]
    assert shown(f"show=all&q=%23{one}") == [True, False]
    assert shown("show=all&q=%25") == [False, False]
    assert rig.desk.inquiries.get(one).reference == "B-77"


@pytest.mark.parametrize("path", ["/desk/inquiries/999", "/desk/inquiries/x", "/desk/nothing"])
def test_unknown_pages(clerk: Clerk, path: str) -> None:
    """What does not exist is 404, in words."""
    answer = clerk.http.get(path, headers={"accept": "text/html"})

    assert answer.status_code == 404
    assert "找不到" in answer.text


@pytest.mark.parametrize(
    ("mail", "words"),
    [("", "沒有可以讀的內容"), ("　\u200b", "沒有可以讀的內容"), ("字" * 9000, "最多 8,000 個字")],
)
def test_mails_that_cannot_be_taken(rig: Rig, clerk: Clerk, mail: str, words: str) -> None:
    """An empty mail and one that is too long are refused in words, and nothing is kept."""
    # As the browser sends it: percent-encoded, a long mail would be three times as long.
    answer = clerk.http.post("/desk/inquiries", files={"csrf": (None, clerk.csrf), "mail": (None, mail)})

    assert answer.status_code == 422
    assert words in answer.text
    assert rig.desk.inquiries.find() == []


def test_pages_need_somebody_signed_in(http: TestClient) -> None:
    """Every page leads to the form to sign in, which leads back."""
    for path in ("/desk", "/desk/new", "/desk/inquiries/1", "/desk/audit", "/desk/figures", "/desk/staff"):
        answer = http.get(path, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/desk/sign-in?next=%2Fdesk")


def _cites(rig: Rig, clause: str) -> Answer:
    return cited_answer(rig.desk.service.assistant(None).guideline, clause)
