"""What stands below a mail and asks nothing: signatures, disclaimers, the lines of telephones and virus scanners."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 60
_DASHES: Final = re.compile(r"--[ \t]*\Z")
_CLOSES: Final = re.compile(
    r"(?:敬上|謹上|敬啟|謹啟|拜上|鞠躬|手啟|上)[。.!！]?\Z"
    r"|(?:\A|[,，。!！\s])(?:此致|順頌|敬祝|敬頌|順祝|即頌|祝\s?(?:好|商祺|時祺|安康|順心|您|教安)|耑此).{0,30}\Z"
    r"|\A(?:(?:Best|Kind|Warm)\s)?regards\W{0,3}\Z|\A(?:Sincerely|Yours truly|Cheers|Thx|Thanks|Best)[,，. ]*\Z",
    re.IGNORECASE,
)
# 「以上」 and 「晚上」 end like 「小明上」.
_CLOSES_NOT: Final = re.compile(
    r"(?:以上|晚上|早上|線上|網上|加上|馬上|路上|街上|年以上|手上|會上)[。.!！]?\Z"
)
_CONTACT: Final = re.compile(
    r"(?:[|｜]\s?)?(?:電話|手機|行動電話|傳真|分機|地址|統編|統一編號|信箱|電子郵件|官網|網址|公司|職稱|聯絡人|聯絡電話|營業時間"
    r"|Tel|TEL|Fax|Mobile|Phone|E-?mail|Web|Line ID|LINE|Add|Address|T|F|M|E|A)\s*[.:：|｜]"
    r"|(?:https?://|www\.)\S+\Z|[^\s@]+@[^\s@]+\Z|[+(]?0\d[\d\-() #]{6,20}\Z|統編\s?\d{8}",
    re.IGNORECASE,
)
_DEVICE: Final = re.compile(
    r"[\s—–-]*(?:(?:從|自)?我的\s?(?:iPhone|iPad|手機|Android|三星).{0,10}(?:傳送|寄出)?|(?:傳送|寄)自.{1,30}|從我的.{1,20}傳送"
    r"|Sent from (?:my|Outlook|Yahoo|Mail).{0,60}|(?:Get|取得|下載) Outlook for .{0,40}|不含病毒.{0,40}|Virus-free.{0,60})\s*[。.]?\Z",
    re.IGNORECASE,
)
_NOTICE: Final = re.compile(
    r"\W*(?:免責聲明|機密聲明|保密聲明|保密提醒|保密條款|機密等級|個資聲明|個人資料保護聲明|警語|【?注意】?\s*[:：]?此郵件來自外部|此郵件來自(?:外部|組織外)"
    r"|(?:本|此)(?:電子)?(?:郵件|信件|信|訊息)(?:及|與|所|之|可能|內容|僅|含|已|為|包含|係|附件).{0,80}(?:機密|保密|僅供|收件人|收件者|收受|防毒|掃描|系統)"
    r"|(?:如|若|倘)(?:您|台端|閣下)?(?:非|並非|不是)(?:本|此|原|指定|該)?.{0,12}(?:收件|收受)"
    r"|請?(?:考慮|愛護|珍惜)(?:環境|地球).{0,40}|非必要請?勿列印"
    r"|CAUTION\W|DISCLAIMER|CONFIDENTIALITY|This (?:e-?mail|message|communication).{0,120}(?:confidential|intended|privileged)"
    r"|If you are not the intended|Please consider the environment)",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(r"[?？]|請問|想問|請教|嗎")
# A closing line that says something more: 「想知道最少幾家,謝謝 王先生敬上」.
_TELLS: Final = re.compile(r"[?？]|請問|[^,，。!！?？]{8}[,，。!！?？].{3}|.{26}")
_RESUMES: Final = re.compile(r"\s*(?:P\.?\s?S\b|PS[.:：]|補充|另外|又及|附註|對了)", re.IGNORECASE)
_PARAGRAPH_OF_SIGNATURE: Final = 12


def without_endings(lines: Sequence[str]) -> list[str]:
    """The lines above the signature, without the notices that servers and offices add."""
    return _unsigned(_unnoticed(lines))


def is_device(line: str) -> bool:
    """Whether a line only says which telephone or program a mail was sent from."""
    return _DEVICE.match(line) is not None


def _unnoticed(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    inside = False
    for line in lines:
        inside = bool(line.strip()) and (inside or _NOTICE.match(line) is not None) and not _ASKS.search(line)
        if not inside and not is_device(line):
            kept.append(line)
    return kept


def _unsigned(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    for at, line in enumerate(lines):
        closes = _DASHES.match(line) or (_closes(line) and at > 0)
        if closes and (end := _end_of_signature(lines, at + 1)) is not None:
            head = [line] if _TELLS.search(line) else []
            kept = [*lines[:at], *head, *_unsigned(lines[end:])]
            break
    return _without_contacts(kept)


def _closes(line: str) -> bool:
    told = line.strip()
    return len(told) <= 4 * _LONGEST and _CLOSES.search(told) is not None and not _CLOSES_NOT.search(told)


def _end_of_signature(lines: Sequence[str], at: int) -> int | None:
    """Where what stands below a closing line ends; None if it goes on with a text and is no signature."""
    for position in range(at, len(lines)):
        line = lines[position]
        if _RESUMES.match(line):
            return position
        if position - at > _PARAGRAPH_OF_SIGNATURE or len(line) > 2 * _LONGEST or _ASKS.search(line):
            return None
    return len(lines)


def _without_contacts(lines: list[str]) -> list[str]:
    """Without the block of names and numbers at the end that no closing line announces."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and lines[start - 1].strip() and end - start <= _PARAGRAPH_OF_SIGNATURE:
        start -= 1
    block = lines[start:end]
    if any(len(line) > 2 * _LONGEST or _ASKS.search(line) for line in block):
        return lines
    contacts = [at for at, line in enumerate(block) if _CONTACT.match(line.strip())]
    if not contacts:
        return lines
    # Names stand over numbers, but only a paragraph of its own is a signature from its first line on.
    paragraph = start > 0 and not lines[start - 1].strip()
    several = len(contacts) > 1
    first = start if paragraph and several else start + contacts[0]
    alone = several or first == end - 1
    return lines[:first] if alone and any(map(str.strip, lines[:first])) else lines
