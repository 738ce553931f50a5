"""The writer's words, what is quoted and what was passed on are told apart."""

from __future__ import annotations

import pytest

from assistant.mail.quotes import parted


@pytest.mark.parametrize(
    "opening",
    [
        "-----Original Message-----",
        "-----原始郵件-----",
        "________________________________\n寄件者: 窗口\n收件者: 我\n主旨: RE: 資格",
        "From: office\nSent: Monday\nSubject: RE: a",
        "於 2026年3月1日 週日 上午10:00，窗口 <a@b.example> 寫道：",
        "窗口 <a@b.example> 於 2026年3月1日 上午10:00\n寫道：",
        "On Sun, Mar 1, 2026 at 10:00 AM office <a@b.example> wrote:",
    ],
)
def test_what_opens_the_mail_before(opening: str) -> None:
    """Below each of these lines stands the mail that is answered."""
    found = parted(f"可以嗎？\n\n{opening}\n\n請問有幾家？".split("\n"))

    assert "".join(found.own) == "可以嗎？"
    assert found.quoted[-1] == "請問有幾家？"


@pytest.mark.parametrize(
    "text",
    [
        "王先生寫道：\n我們有9家",
        "日期：週五\n我們有9家",
        "3 > 2 嗎\n我們有9家",
        "-----\n我們有9家",
        "請看原始郵件\n我們有9家",
    ],
)
def test_what_opens_none(text: str) -> None:
    """Lines that only look like such ones are the writer's."""
    assert list(parted(text.split("\n")).own) == text.split("\n")


def test_interleaved() -> None:
    """Answers between marked lines are the writer's, the line over the marks is not."""
    lines = ["2026/3/1 10:00 窗口 寫道：", "> 有幾家？", "9家", "> > 舊", "> 何時？", "去年"]

    assert parted(lines).own == ("9家", "去年")


def test_passed_on() -> None:
    """A mail that was passed on is said, its own quotation is not; a covering note only asks to answer it."""
    lines = [
        "FW: 詢問",
        "請協助回覆",
        "寄件者: a",
        "主旨: 資格",
        "可以嗎？",
        "-----原始郵件-----",
        "有幾家？",
    ]

    assert parted(lines).own == ("可以嗎？",)
    assert parted(["FW: 詢問", "> 可以嗎？", "> > 有幾家？", "麻煩幫回"]).own == ("可以嗎？",)
