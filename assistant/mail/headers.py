"""The lines that mail programs and official papers put over a text: who, to whom, when, about what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_SENDERS: Final = r"寄件者|寄件人|發件人|发件人|From"
_SUBJECTS: Final = r"主旨|主題|主题|標題|Subject"
_OTHERS: Final = (
    r"寄件日期|傳送日期|傳送時間|发送时间|收件日期|日期|收件者|收件人|副本|密件副本|抄送|重要性|附件"
    r"|Sent|Date|To|Cc|Bcc|Reply-To|Attachments?|Importance|Message-ID|MIME-Version|Content-[\w-]{1,40}|X-[\w-]{1,40}"
)
# Those of an official letter, 公文.
_PAPERS: Final = r"檔\s?號|保存年限|受文者|發文日期|發文字號|公文文號|速別|密等及解密條件或保密期限|正本|地址|承辦人|聯絡人|聯絡方式|電話|傳真|電子信箱"
_LINE: Final = re.compile(
    rf"\s*\*{{0,2}}(?P<name>{_SENDERS}|{_SUBJECTS}|{_OTHERS})\*{{0,2}}\s*[:：]", re.IGNORECASE
)
_PAPER: Final = re.compile(rf"\s*(?:{_PAPERS}|附件|副本)\s*[:：]")
_SENDER: Final = re.compile(rf"(?:{_SENDERS})\Z", re.IGNORECASE)
_SUBJECT: Final = re.compile(rf"\s*\*{{0,2}}(?:{_SUBJECTS})\*{{0,2}}\s*[:：](?P<told>.*)\Z", re.IGNORECASE)
_REPLIED: Final = r"RE|回覆|答覆|回复"
_PASSED_ON: Final = r"FWD?|轉寄|轉發|转发"
_PREFIX: Final = re.compile(
    rf"\s*(?:[\[【(（](?:{_REPLIED}|{_PASSED_ON}|外部郵件|EXTERNAL)[\]】)）]\s*[:：]?|(?:{_REPLIED}|{_PASSED_ON})\s*[:：])\s*",
    re.IGNORECASE,
)
_PASSES_ON: Final = re.compile(
    rf"\s*[\[【(（]?(?:{_PASSED_ON})\b|\s*[\[【(（](?:{_PASSED_ON})", re.IGNORECASE
)
_LONGEST: Final = 100
# 「說明：」 under a 主旨 makes it that of an official letter, where it says what is wanted.
_EXPLAINS: Final = re.compile(r"\s*(?:說明|說明段|辦法|擬辦)\s*[:：]")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a text: its subject, if it was passed on, if it is an official letter's, and how many lines it took."""

    subject: str = ""
    passed_on: bool = False
    official: bool = False
    lines: int = 0


def heading_of(lines: Sequence[str]) -> Heading:
    """The headers at the start of some lines; a single line only if it is a subject and something follows."""
    at = _first(lines, 0)
    start, subject, names = at, "", 0
    official = any(_PAPER.match(line) and not _LINE.match(line) for line in lines[at : at + 12])
    while at < len(lines):
        found = _SUBJECT.match(lines[at])
        if found:
            subject = subject or found["told"].strip()
        elif not (
            _LINE.match(lines[at])
            or (official and _PAPER.match(lines[at]))
            or (names and _is_folded(lines[at]))
        ):
            break
        names += 1
        at += 1
    if names == 0 and start < len(lines) and _is_prefixed(lines, start):
        subject, names, at = lines[start].strip(), 1, start + 1
    alone = _first(lines, at) >= len(lines)
    if names == 0 or (names == 1 and (not subject or alone)):
        return Heading()
    explained = any(_EXPLAINS.match(line) for line in lines[at : at + 6])
    return Heading(bare(subject), _PASSES_ON.match(subject) is not None, explained, at)


def bare(subject: str) -> str:
    """A subject without RE:, FW: and their like."""
    while found := _PREFIX.match(subject):
        subject = subject[found.end() :]
    return subject.strip()


def is_header(line: str) -> bool:
    """Whether a line is one of the headers of a mail."""
    return _LINE.match(line) is not None


def opens_block(lines: Sequence[str], at: int) -> bool:
    """Whether the headers of another mail begin at a line: two at least, one of them its sender."""
    if not _LINE.match(lines[at]):
        return False
    names = []
    for line in lines[at : at + 6]:
        found = _LINE.match(line)
        if found is None:
            break
        names.append(found["name"])
    return len(names) > 1 and any(_SENDER.match(name) for name in names)


def _is_folded(line: str) -> bool:
    return line[:1] in {" ", "\t"} and bool(line.strip())


def _is_prefixed(lines: Sequence[str], at: int) -> bool:
    return _PREFIX.match(lines[at]) is not None and len(lines[at]) <= _LONGEST


def _first(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at
