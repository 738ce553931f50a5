"""
The first step: hostile input to plain text.

What mails wrap around a message is taken off first: it is structure, which normalisation would turn
into words and figures. Then NFKC, control characters stripped, length capped, before anything else touches the
message: the encoder's native code and the tokenizers below it were seen to crash
on text that this removes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from assistant.mail import unwrap
from assistant.privacy import visible

MAX_CHARACTERS: Final = 2000

_SPACES: Final = re.compile(r"[ \t\u3000\xa0]+")
_BLANK_LINES: Final = re.compile(r"\n\s*\n+")


class MessageRejected(ValueError):  # noqa: N818 - says what became of the message
    """The message cannot be taken; `code` names why, the text says it to the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def said_in(raw: str) -> str:
    """
    What a message says, cleaned, without what is wrapped around it: quotations, headers, markup, a signature.

    Raises:
        MessageRejected: as clean_message.
    """
    return clean_message(unwrap(raw).text)


def kept_of(raw: str) -> str:
    """A message as it is kept: cleaned, but a mail as it came, since cleaning would blur what is quoted in it."""
    return clean_message(raw) if unwrap(raw).text == _lined(raw) else _visible(raw).strip()


def said_before(kept: str) -> str:
    """What a message that was kept says."""
    said = unwrap(kept).text
    return kept if said == kept else _plain(said)


def clean_message(raw: str) -> str:
    """
    A message in the form in which it is understood: 1 to 2,000 characters.

    Raises:
        MessageRejected: nothing readable is left ("empty"), or it is longer than
            2,000 characters before or after normalisation ("too_long").
    """
    _refuse_length(len(raw.strip()))
    text = _plain(raw)
    if not text:
        raise MessageRejected("empty", "訊息裡沒有可以讀的文字，請輸入您的問題。")
    _refuse_length(len(text))
    return text


def _plain(text: str) -> str:
    return _BLANK_LINES.sub("\n", _SPACES.sub(" ", _visible(unicodedata.normalize("NFKC", text)))).strip()


def _visible(text: str) -> str:
    return visible(_lined(text))


def _lined(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_length(length: int) -> None:
    if length > MAX_CHARACTERS:
        what = f"訊息有 {length:,} 個字，超過 {MAX_CHARACTERS:,} 個字的上限，請縮短或分成幾則再送出。"
        raise MessageRejected("too_long", what)
