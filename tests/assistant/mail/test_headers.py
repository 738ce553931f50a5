"""Headers are known by their names, and only where they stand over a text."""

from __future__ import annotations

import pytest

from assistant.mail.headers import bare, heading_of


@pytest.mark.parametrize(
    ("lines", "subject", "count"),
    [
        (["主旨: RE: 請教家數", "可以嗎"], "請教家數", 1),
        (["From: a", "To: b", "Subject: 資格", " 與家數", "", "可以嗎"], "資格", 4),
        (["RE: FW: 請教", "可以嗎"], "請教", 1),
        (["主旨：只有這一行"], "", 0),
        (["日期：週五", "可以嗎"], "", 0),
        (["可以嗎", "主旨: a"], "", 0),
    ],
)
def test_headings(lines: list[str], subject: str, count: int) -> None:
    """A heading is several headers, or a subject over a text; a line alone is a message."""
    heading = heading_of(lines)

    assert (heading.subject, heading.lines) == (subject, count)


def test_an_official_letter() -> None:
    """The subject of an official letter says what is wanted: 說明 follows it."""
    heading = heading_of(["受文者：辦公室", "速別：普通件", "主旨：請釋示。", "說明：", "一、本會"])

    assert (heading.official, heading.lines) == (True, 3)
    assert not heading_of(["主旨：請教", "您好"]).official


def test_bare() -> None:
    """Prefixes of replies and of mails passed on go, however many."""
    assert bare("【轉寄】FW: Re: 回覆：資格") == "資格"
