"""Answers -> the draft of a reply; the text that staff made of it -> what is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from assistant.answer.cite import text_of
from assistant.channels.desk.citations import Citations, used_in
from assistant.channels.desk.support import PLACEHOLDER
from assistant.domain import Answer, Guideline, Outcome, Source

_NUMERALS: Final = "一二三四五六七八九十"
_QUOTED: Final = 60
_VARIABLE: Final = re.compile(r"\{([^{}\n]{1,20})\}")
VARIABLES: Final = ("稱謂", "案號", "承辦人", "今天", "計畫", "年度")
DEFAULT_SIGNATURE: Final = "{計畫} 諮詢窗口\n承辦人：{承辦人}"
SIGNATURE_TITLE: Final = "署名"


def filled(text: str, values: Mapping[str, str]) -> str:
    """A canned text with its variables filled in."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def unknown_variables(text: str) -> list[str]:
    """The names in braces that are no variables."""
    return [name for name in dict.fromkeys(_VARIABLE.findall(text)) if name not in VARIABLES]


def block(position: int, count: int, question: str, body: str) -> str:
    """The part of a draft that answers one question of `count`; position counts from 1."""
    if count == 1:
        return body
    short = question if len(question) <= _QUOTED else f"{question[:_QUOTED]}…"
    return f"{_numeral(position)}、您問：「{' '.join(short.split())}」\n{body}"


def body_of(answer: Answer) -> str:
    """What an answer says in a reply, with its marks; the clauses themselves come at the end of the letter."""
    match answer.outcome:
        case Outcome.NO_CLAUSE:
            contact = answer.referral.contact.rstrip("。") if answer.referral else ""
            return f"這一點，指引條文沒有規定。{contact and f'{contact}。'}"
        case Outcome.ANSWERED | Outcome.NEEDS_INFO:
            return text_of(answer.lines)
        case _:
            return f"{PLACEHOLDER}：這一題不在指引範圍內，請自行回覆】"


def unread_line(line: str) -> str:
    """What stands in a draft for a line of the mail that could not be read: staff look at it and take it out."""
    short = line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"
    return f"{PLACEHOLDER}：來信有一行無法判讀：「{' '.join(short.split())}」，請看過原信後回覆】"


def draft(sender: str, blocks: Sequence[str], source: Source) -> str:
    """The draft: salutation, an answer for each question, and a closing line."""
    opening = f"{sender or '您'}{'' if sender.endswith(('您好', '好')) else '您好' if sender else '好'}："
    edition = f"{source.edition} 年度" if source.edition.isdigit() else source.edition
    lead = f"謝謝您來信詢問「{source.title}」。以下依 {edition}的條文回覆，〔　〕內的數字是條文的編號，原文附在信末。"
    return "\n\n".join([opening, lead, *blocks, "以上說明供您參考；如果還有問題，歡迎再來信。"])


def final_text(text: str, citations: Citations, guideline: Guideline, signature: str) -> str:
    """What is sent: the text, the clauses that it cites, verbatim, and the signature."""
    used = used_in(text, citations)
    parts = [text.strip()]
    if used:
        quotes = [f"〔{c['n']}〕{c['label']}：「{c['quote']}」" for c in used]
        parts.append("\n".join([_sources(guideline.source), *quotes]))
    return "\n\n".join([*parts, signature.strip()])


def _sources(source: Source) -> str:
    edition = f"，{source.edition} 年度" if source.edition.isdigit() else ""
    return f"依據條文（{source.title}{edition}）"


def _numeral(position: int) -> str:
    """一 for 1, 十二 for 12, 二十 for 20."""
    tens, ones = divmod(position, 10)
    head = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return head + (_NUMERALS[ones - 1] if ones else "")
