"""A conversation: what is kept of its messages, and what is read of them later."""

from __future__ import annotations

from assistant.answer.assistant import Assistant
from tests.assistant.answer.conftest import Ask


def test_a_mail_is_answered_for_what_it_says_today(assistant: Assistant, ask: Ask) -> None:
    """The figures of a quotation are neither judged with its message nor in a later turn; the original is kept."""
    mail = "> 我們6家，其中5家兩年前輔導過。\n\n現在共12家，其中3家兩年前輔導過，可以申請A類嗎？"

    first = ask(mail)
    later = ask("那如果其中4家兩年前輔導過呢？", first)

    assert "3 ÷ 12 = 25%" in first.text
    assert "4 ÷ 12 = 33.3%" in later.text
    turn = assistant._conversations.recent(first.session_id, 2)[0]
    assert turn.question == mail


def test_what_cannot_be_read_is_said(ask: Ask) -> None:
    """A table that does not add up is named in the answer, and none of its figures is judged."""
    answer = ask("里\t家數\n東門里\t4\n西門里\t5\n合計\t8\n\n請問簡報由誰負責？")

    assert "看不懂" in answer.text
    assert "「合計 8」" in answer.text
    assert answer.verdict is None
    assert answer.citations
