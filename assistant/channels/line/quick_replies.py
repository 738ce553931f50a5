"""An Answer -> the replies that can be tapped: values for a missing fact, a correction, follow-ups, a fresh start."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assistant.channels.line.bubbles import Json
from assistant.channels.line.lengths import cut_label, cut_text
from assistant.channels.line.wording import CORRECT, HELP, RESTART
from assistant.domain import Answer, Outcome

# Reference, "Quick reply" and "Message action".
MOST_ITEMS: Final = 13
MOST_LABEL: Final = 20
MOST_TEXT: Final = 300


def quick_replies(answer: Answer) -> list[str]:
    """What can be tapped instead of typed, in order: never anything that the text does not ask or offer."""
    settles = answer.verdict is not None or answer.outcome is Outcome.NEEDS_INFO
    last = [RESTART] if settles else [] if answer.followups else [HELP]
    # Several lines show the facts to be put right: whoever taps there has said so already.
    understood = answer.reading is not None and [line.kind for line in answer.lines].count("understood") == 1
    return [*_values(answer), *([CORRECT] if understood else []), *answer.followups, *last]


def with_quick_replies(message: Json, texts: Iterable[str]) -> Json:
    """The message with its replies, each once; as it is where there are none."""
    items = [_item(text) for text in dict.fromkeys(filter(None, map(str.strip, texts)))]
    # The last is the way back, so what is too many goes from before it.
    items = items if len(items) <= MOST_ITEMS else [*items[: MOST_ITEMS - 1], items[-1]]
    return {**message, "quickReply": {"items": items}} if items else message


def _values(answer: Answer) -> list[str]:
    """Replies that state the fact that is asked for."""
    if answer.verdict is None or not answer.verdict.missing:
        return []
    missing = answer.verdict.missing[0]
    asked = any(line.kind == "question" for line in answer.lines)
    return list(missing.replies) if asked else []


def _item(text: str) -> Json:
    action = {"type": "message", "label": cut_label(text, MOST_LABEL), "text": cut_text(text, MOST_TEXT)}
    return {"type": "action", "action": action}
