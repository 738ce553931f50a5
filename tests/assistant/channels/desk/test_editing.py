"""Nobody's edit is lost, whoever saves when."""

from __future__ import annotations

from assistant.records.inquiry import InquiryState
from tests.assistant.channels.desk.conftest import Clerk, Rig, another


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


def test_typed_figures_stand_out(clerk: Clerk) -> None:
    """While one types, a figure that no cited clause has is marked; the reply can be saved all the same."""
    number = clerk.paste()
    version, text = clerk.read(number)
    typed = f"{text}\n最多可以有77家。"

    told = clerk.post(f"/desk/inquiries/{number}/check", {"version": version, "text": typed})
    assert '<mark class="odd">77家</mark>' in told.text
    assert "1 處要留意" in told.text
    assert clerk.act(number, "save", text=typed).status_code == 303
