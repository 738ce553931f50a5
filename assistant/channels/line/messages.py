"""An Answer -> LINE's messages for one reply: text first, then the clauses; nothing that comes later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assistant.answer.cite import text_of
from assistant.channels.line.bubbles import Json
from assistant.channels.line.flex import flex_message
from assistant.channels.line.lengths import cut_text
from assistant.channels.line.quick_replies import quick_replies, with_quick_replies
from assistant.channels.line.wording import TEXT_CUT
from assistant.domain import Answer

# LINE's limit is 5,000 UTF-16 code units (reference, "Text message").
MOST: Final = 5000


def messages_of(answer: Answer, public_url: str | None, in_chat: bool) -> list[Json]:
    """
    One or two messages. Quick replies hang on the last one, for LINE shows no others.

    Without `in_chat`, that is in a group, there are none: what is tapped there mentions
    nobody, so the bot would not hear it. `public_url` is the address that the clauses'
    pages are reached at, without which there are no links.
    """
    flex = flex_message(answer, public_url)
    messages = [_text(cut_text(text_of(answer.lines), MOST, TEXT_CUT)), *([flex] if flex else [])]
    if in_chat:
        messages[-1] = with_quick_replies(messages[-1], quick_replies(answer))
    return messages


def notice(words: str, examples: Iterable[str] = ()) -> list[Json]:
    """One text message of the bot's own, with examples to tap."""
    return [with_quick_replies(_text(cut_text(words, MOST)), examples)]


def _text(words: str) -> Json:
    return {"type": "text", "text": words}
