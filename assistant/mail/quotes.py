"""
Whose words are whose: what the writer says, what is quoted from mails before, what was passed on.

A reply's quotation is not today's question. A mail that was passed on is what the message is about,
so it counts as said; what that mail quotes does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.mail.endings import is_device
from assistant.mail.headers import Heading, heading_of, is_header, opens_block
from assistant.mail.office import without_office

# No line that opens or marks a quotation is longer.
_LONGEST: Final = 300
_MARKED: Final = re.compile(r"\s{0,3}[>＞]\s?")
_FORWARD: Final = r"轉寄郵件|轉寄的郵件|轉寄訊息|轉寄|轉發|Forwarded message|Forwarded by[^-=_]{0,60}"
_ORIGINAL: Final = (
    r"Original Message|Original Appointment|原始郵件|原始邮件|原始訊息|原始信件|原信|以下為原信"
)
_DIVIDER: Final = re.compile(
    rf"\s*[-_=─]{{2,80}}\s*(?:(?P<forward>{_FORWARD})|{_ORIGINAL})\s*[-_=─]{{2,80}}\s*\Z"
    r"|\s*(?P<spoken>開始轉寄郵件|Begin forwarded message)\s*[:：]\s*\Z",
    re.IGNORECASE,
)
_WROTE: Final = re.compile(r"(?:寫道|写道|wrote|來信表示|來信)\s*[:：]\s*\Z", re.IGNORECASE)
_DATED: Final = re.compile(r"\d{4}\s?[年/.-]\s?\d{1,2}|\d{1,2}月\s?\d{1,2}|\d{1,2}:\d{2}|@")
_RULE: Final = re.compile(r"\s*[_\-=*─━]{5,200}\s*\Z")
# A covering note asks to answer what was passed on; it asks nothing itself.
_NOTE: Final = re.compile(
    r"回覆|回信|幫回|怎麼回|如何回|協助|處理|參考|轉知|卓處|卓參|FYI|見下方|如下|代轉", re.IGNORECASE
)
_LONGEST_NOTE: Final = 40
_GREETING: Final = re.compile(
    r"[^\n]{0,12}您?好|Dear[^\n]{0,30}|Hi[^\n]{0,20}|Hello[^\n]{0,20}|如題|如主旨|同主旨|謝謝您?|感謝|多謝|FYI",
    re.IGNORECASE,
)
_ENOUGH: Final = 4
_WORD: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Parting:
    """A mail taken apart: the lines of its writer, those quoted, and what stood over it."""

    own: tuple[str, ...]
    quoted: tuple[str, ...]
    heading: Heading


@dataclass(frozen=True, slots=True)
class _Section:
    """A mail of a thread; `forward` if what opens it says that it was passed on."""

    lines: tuple[str, ...]
    forward: bool = False


def parted(lines: Sequence[str]) -> Parting:
    """Take a mail apart, the mails that it quotes and passes on from the newest to the oldest."""
    own: list[str] = []
    quoted: list[str] = []
    headings: list[Heading] = []
    older = False
    for section in _sections(lines):
        passed_on = section.forward or bool(headings and headings[-1].passed_on)
        heading = heading_of(section.lines)
        body = section.lines[heading.lines :]
        older = older or bool(headings and not passed_on and any(map(_WORD.search, own)))
        if older:
            quoted.extend(body)
            continue
        if headings and _notes_only(own):
            quoted.extend(own)
            own = []
        headings.append(heading)
        said, others = _said(body, forward=heading.passed_on)
        own.extend(said)
        quoted.extend(others)
    return Parting(tuple(own), tuple(quoted), headings[0])


def says_something(lines: Sequence[str]) -> bool:
    """Whether lines say more than a greeting, thanks or 如題."""
    return any(len(_WORD.findall(_GREETING.sub("", line))) >= _ENOUGH for line in lines)


def _said(body: Sequence[str], *, forward: bool) -> tuple[list[str], list[str]]:
    """What of one mail its writer says, and the rest of it."""
    unmarked, marked = _unmarked(body)
    own, ours = without_office(unmarked)
    if marked and (not any(map(_WORD.search, unmarked)) or (forward and _notes_only(unmarked))):
        within, deeper = _unmarked(marked)
        said, theirs = without_office(within[heading_of(within).lines :])
        return said, [*own, *ours, *theirs, *deeper]
    return own, [*ours, *marked]


def _notes_only(lines: Sequence[str]) -> bool:
    told = "".join(line for line in lines if says_something([line]) and not is_device(line))
    return not told or (len(told) <= _LONGEST_NOTE and _NOTE.search(told) is not None)


def _sections(lines: Sequence[str]) -> Iterator[_Section]:
    attributing = _attributions(lines)
    gathered: list[str] = []
    forward, headed = False, True
    for at, line in enumerate(lines):
        divider = _DIVIDER.match(line) if len(line) <= _LONGEST else None
        attributed = at in attributing and _next(lines, at) not in attributing and not _is_marked(lines, at)
        # The headers of a mail stand on top of it: its own, or those of the one that is quoted below.
        if divider or attributed or (not headed and opens_block(lines, at)):
            if gathered and at - 1 in attributing:
                gathered.pop()
            while gathered and _RULE.match(gathered[-1]):
                gathered.pop()
            yield _Section(tuple(gathered), forward)
            forward = divider is not None and bool(divider["forward"] or divider["spoken"])
            gathered, headed = ([], True) if divider or attributed else ([line], True)
            continue
        gathered.append(line)
        headed = headed and (not line.strip() or is_header(line))
    yield _Section(tuple(gathered), forward)


def _unmarked(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Lines of the writer; and those marked with >, without one mark, with the line that says who wrote them."""
    attributing = _attributions(lines)
    own: list[str] = []
    marked: list[str] = []
    for at, line in enumerate(lines):
        found = _MARKED.match(line)
        if found:
            marked.append(line[found.end() :])
        else:
            (marked if at in attributing else own).append(line)
    return own, marked


def _attributions(lines: Sequence[str]) -> frozenset[int]:
    """The lines that say who wrote what is quoted below, 「… 於 2026年3月1日 寫道：」; such a one may be broken in two."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if len(line) > _LONGEST or not line.rstrip().endswith((":", "：")) or not _WROTE.search(line):
            continue
        dated = _DATED.search(line) is not None
        broken = not dated and at > 0 and _dangles(lines[at - 1])
        if dated or broken or _is_marked(lines, at):
            found |= {at - 1, at} if broken else {at}
    return frozenset(found)


def _is_marked(lines: Sequence[str], at: int) -> bool:
    """Whether the next line that says something is marked with >; so it is taken where nothing follows."""
    after = _next(lines, at)
    return after >= len(lines) or _MARKED.match(lines[after]) is not None


def _next(lines: Sequence[str], at: int) -> int:
    for after in range(at + 1, min(at + 4, len(lines))):
        if lines[after].strip():
            return after
    return len(lines)


def _dangles(line: str) -> bool:
    return (
        len(line) <= _LONGEST
        and _DATED.search(line) is not None
        and line.rstrip()[-1:] not in set("。？！?!")
    )
