"""
A mail -> a Letter: what its writer says today, apart from what is quoted, and the lines that cannot be read.

Structure is read before a text is normalised: what is taken off here is no text, and a message that is
no mail comes out as it was. No input and output, no programme, no model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assistant.mail.chats import told
from assistant.mail.encodings import decoded
from assistant.mail.endings import without_endings
from assistant.mail.headers import Heading, bare
from assistant.mail.markup import plain
from assistant.mail.quotes import parted, says_something
from assistant.mail.signs import speaks_of_mark, without_signs
from assistant.mail.tables import summed
from assistant.mail.wraps import joined

# A line costs some time; a text that has more than these is no mail.
_MOST_LINES: Final = 800
_BLANK_LINES: Final = re.compile(r"\n\s*\n")
# A subject with a count tells a fact, 「12家申請A類」; without one it is a title.
_COUNTS: Final = re.compile(r"(?:[0-9０-９]+|[一二兩三四五六七八九十百]+)\s*[家間店戶位]")
_ASKING: Final = re.compile(
    r"(?:請教|請問|詢問|想問|諮詢|關於|有關)[:：]?|(?:之?(?:問題|疑問)|一事|乙案|事宜)\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """
    A message as its writer meant it: `text` is said today, `quoted` what mails before said, a line each.

    `subject` is without RE: and FW:. `unread` are the lines that stay unread, as they came: told to people,
    never guessed.
    """

    text: str
    quoted: str = ""
    subject: str = ""
    unread: tuple[str, ...] = ()


def unwrap(raw: str, subject: str = "") -> Letter:
    """The letter in a message, with its subject if that is known; a message that wraps nothing is itself its text."""
    source = decoded(raw.replace("\r\n", "\n").replace("\r", "\n"))
    text = told(plain(source.text))
    if text.count("\n") > _MOST_LINES:
        text = _BLANK_LINES.sub("\n\n", text)
    if text.count("\n") > _MOST_LINES:
        return Letter(text, unread=source.unread)
    parting = parted(text.split("\n"))
    subject = bare(decoded(subject).text or source.subject) or parting.heading.subject
    own = without_endings(_below(subject, parting.heading, list(parting.own)))
    own, unread = summed(own)
    own = joined(own)
    unread += [line.strip() for line in own if speaks_of_mark(line)]
    own = without_signs(own)
    said = "\n".join(own)
    if not said.strip():
        # Nothing is left that is said: better the message as it came than an empty one.
        return Letter(raw, unread=source.unread)
    if said != text:
        said = said.strip("\n")
    return Letter(said, "\n".join(parting.quoted).strip(), subject, (*source.unread, *unread))


def _below(subject: str, heading: Heading, lines: list[str]) -> list[str]:
    """The lines with the subject over them where it says what they do not."""
    if subject and (heading.official or not says_something(lines)):
        return [subject, *lines]
    if subject and _COUNTS.search(subject):
        return [f"{_ASKING.sub('', subject).rstrip('。？?！!')}。", *lines]
    return lines
