"""Of an exported chat what was said is left, a paragraph each."""

from __future__ import annotations

from assistant.mail.chats import told


def test_an_export() -> None:
    """Titles, days, times, names and stickers go; a message of several lines stays together."""
    text = '[LINE] 與阿財的聊天記錄\n儲存日期：2026/03/01 18:22\n\n2026/03/01（日）\n下午08:31\t阿財\t"我們9家\n都沒輔導過"\n下午08:32\t阿財\t[貼圖]\n20:33\t小芳\t可以嗎'

    assert told(text) == "我們9家\n都沒輔導過\n\n\n可以嗎"


def test_no_export() -> None:
    """A message that names a time is none."""
    text = "10:30 我們9家可以嗎\n11:00 簡報"

    assert told(text) == text
