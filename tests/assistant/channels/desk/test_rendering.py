"""What people write is shown as text."""

from __future__ import annotations

from tests.assistant.channels.desk.conftest import Clerk, Rig

STORED = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"


def test_markup_in_a_mail_stays_text(rig: Rig, clerk: Clerk) -> None:
    """Markup in every field of a mail is shown as text wherever it turns up; no page allows inline script."""
    number = clerk.paste(f"A類要幾家？{STORED}", sender=STORED, subject=STORED, reference=STORED)
    pages = [f"/desk/inquiries/{number}", "/desk", "/desk/figures", f"/desk?q={STORED}&show=all"]
    _, text = clerk.read(number)
    assert STORED in text
    clerk.act(number, "approve")

    for path in [*pages, f"/desk/inquiries/{number}/reply.html"]:
        answer = clerk.http.get(path)
        assert "<script>alert" not in answer.text, path
        assert "<img src=x" not in answer.text, path
        assert "script-src 'self';" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
    assert "&lt;script&gt;" in clerk.http.get(f"/desk/inquiries/{number}").text
    conflict = clerk.act(number, "save", text=STORED)
    assert "<script>alert" not in conflict.text
    assert rig.desk.inquiries.get(number).sender.startswith("<script>")
