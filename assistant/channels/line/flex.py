"""An Answer's verdict and citations -> one Flex message within LINE's limits, or none."""

from __future__ import annotations

import json
from typing import Final

from assistant.channels.line.bubbles import Json, clause_bubble, decision_of, note_bubble, verdict_bubble
from assistant.channels.line.lengths import cut_text
from assistant.domain import Answer, Citation

# Reference, "Flex Message": a carousel has 12 bubbles. 400 is what older texts grant an altText; newer ones more.
MOST_BUBBLES: Final = 12
BUBBLE_BYTES: Final = 30 * 1024
CAROUSEL_BYTES: Final = 50 * 1024
MOST_ALT: Final = 400
# Texts are cut shorter and shorter until everything fits; no clause of a guideline has yet been cut at all.
_CUTS: Final = (1500, 700, 300, 120, 60)


def flex_message(answer: Answer, public_url: str | None) -> Json | None:
    """The message; None where the answer has neither verdict rows nor citations."""
    rows = answer.verdict is not None and bool(answer.verdict.checks)
    if not rows and not answer.citations:
        return None
    bubbles = _fitting(answer, public_url, rows)
    contents = bubbles[0] if len(bubbles) == 1 else {"type": "carousel", "contents": bubbles}
    return {"type": "flex", "altText": alt_text(answer), "contents": contents}


def alt_text(answer: Answer) -> str:
    """What stands in notifications and in the list of chats, and is read aloud: decision, labels, quotes."""
    parts = [f"{decision_of(answer.verdict)}。"] if answer.verdict is not None else []
    if answer.citations:
        quoted = "；".join(f"〔{c.n}〕{c.label}「{c.quote}」" for c in answer.citations)
        parts.append(f"依據條文：{quoted}")
    return cut_text("".join(parts), MOST_ALT)


def size(part: Json) -> int:
    """Bytes of JSON as the SDK sends it, every Chinese character as an escape: the most it can be."""
    return len(json.dumps(part).encode())


def _fitting(answer: Answer, public_url: str | None, rows: bool) -> list[Json]:
    shown = list(answer.citations)
    for most in _CUTS:
        bubbles = _bubbles(answer, shown, public_url, most, rows)
        if _fits(bubbles):
            return bubbles
    # What no answer has come near to: say how many are left out rather than send half of one.
    while shown:
        shown.pop()
        bubbles = _bubbles(answer, shown, public_url, _CUTS[-1], rows, MOST_BUBBLES - 1)
        bubbles.append(_left_out(len(answer.citations) - len(shown)))
        if _fits(bubbles):
            return bubbles
    return [_left_out(len(answer.citations))]


def _left_out(number: int) -> Json:
    return note_bubble(f"另有 {number} 條依據沒有列出，請到網站查看完整的回答。")


def _bubbles(
    answer: Answer,
    shown: list[Citation],
    public_url: str | None,
    most: int,
    rows: bool,
    room: int = MOST_BUBBLES,
) -> list[Json]:
    bubbles = []
    if rows:
        assert answer.verdict is not None  # it has rows
        numbers = {citation.clause_id: citation.n for citation in reversed(answer.citations)}
        bubbles.append(verdict_bubble(answer.verdict, numbers, most))
    each = -(-len(shown) // (room - len(bubbles)))
    bubbles += [
        clause_bubble(shown[at : at + each], public_url, most) for at in range(0, len(shown), max(each, 1))
    ]
    return bubbles


def _fits(bubbles: list[Json]) -> bool:
    whole = size({"type": "carousel", "contents": bubbles})
    return whole <= CAROUSEL_BYTES and all(size(bubble) <= BUBBLE_BYTES for bubble in bubbles)
