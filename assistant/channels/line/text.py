"""An Answer's text -> the text message: without the list of quotes, which follow in the clauses' bubbles."""

from __future__ import annotations

import re
from typing import Final

from assistant.channels.line.lengths import cut_text
from assistant.channels.line.wording import TEXT_CUT
from assistant.domain import Answer

# LINE's limit is 5,000 UTF-16 code units (reference, "Text message").
MOST: Final = 5000
_HEADING_CHARACTERS: Final = 8
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def body_of(answer: Answer) -> str:
    """The conclusion with its marks 〔n〕; every part of it where there are several."""
    lines: list[str] = []
    for line in answer.text.split("\n"):
        if any(line.startswith(f"〔{c.n}〕") and c.quote in line for c in answer.citations):
            if lines and _is_heading(lines):
                lines.pop()
            continue
        lines.append(line)
    body = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    return cut_text(body or answer.text.strip(), MOST, TEXT_CUT)


def _is_heading(lines: list[str]) -> bool:
    """Whether the last line is but the heading of the quotes: short, unmarked, a blank line above it."""
    last = lines[-1].strip()
    return (
        0 < len(last) <= _HEADING_CHARACTERS and "〔" not in last and len(lines) > 1 and not lines[-2].strip()
    )
