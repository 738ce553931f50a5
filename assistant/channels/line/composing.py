"""An event -> the messages of its reply: an answer, what a command did, or a word on what cannot be read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import Final

import structlog
from pydantic import TypeAdapter

from assistant.answer.clean import MessageRejected
from assistant.answer.wire import stored
from assistant.channels.line import wording
from assistant.channels.line.messages import messages_of, notice
from assistant.channels.service import Service
from assistant.domain import Answer, Question
from assistant.privacy import mask
from assistant.records.line_chats import LineChats
from assistant.records.line_events import Kind, Messages, OpenEvent, answer_id_of
from assistant.records.unavailable import RecordsUnavailable

_EXAMPLES: Final = 4
_LOGGED: Final = 200
_ANSWER: Final = TypeAdapter(Answer)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Composer:
    """
    Composes replies with the default programme's assistant; blocks while it does, safe to call from threads.

    Each reply takes the assistant anew: a build that is applied answers the next message.
    """

    service: Service
    chats: LineChats
    public_url: str | None

    def compose(self, work: OpenEvent) -> Messages:
        """
        The messages for an event; the same ones when an event is taken up again.

        What was not foreseen becomes an apology, so that one odd message does not come
        back for ever.

        Raises:
            RecordsUnavailable: the conversation cannot be read or stored.
        """
        try:
            return self._compose(work)
        except RecordsUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - the last place before the person, who waits for a word
            _log.error(
                "line answer failed",
                line_event=work.id,
                error=type(error).__name__,
                said=mask(str(error))[:_LOGGED],
            )
            return notice(wording.BROKEN)

    def _compose(self, work: OpenEvent) -> Messages:
        alone = work.place == "user"
        if work.kind is Kind.TEXT:
            return self._text(work, alone)
        words = {
            Kind.STICKER: wording.STICKER,
            Kind.FOLLOW: wording.WELCOME,
            Kind.JOIN: wording.JOINED,
            Kind.TOO_MANY: wording.TOO_MANY,
        }.get(work.kind, wording.MEDIA)
        return self._notice(words, alone and work.kind is not Kind.TOO_MANY)

    def _text(self, work: OpenEvent, alone: bool) -> Messages:
        said = unicodedata.normalize("NFKC", work.text or "").strip(" \n\t「」。.!?~")
        command = wording.COMMANDS.get(said)
        if command == wording.RESTART:
            self.chats.restart(work.chat)
            return self._notice(wording.RESTARTED, alone)
        if command == wording.FORGET:
            self.chats.forget(work.chat)
            return self._notice(wording.FORGOTTEN, alone)
        if command == wording.HELP:
            return self._notice(wording.WELCOME if alone else wording.JOINED, alone)
        if not said:
            return self._notice(wording.UNASKED if not alone else wording.STICKER, alone)
        try:
            answer = self._answer(work)
        except MessageRejected as error:
            return notice(str(error))
        return messages_of(answer, self.public_url, alone)

    def _answer(self, work: OpenEvent) -> Answer:
        """The answer under the event's own id: given once, read back if a worker was killed behind it."""
        kept = self._kept(work)
        if kept is not None:
            return kept
        assistant = self.service.assistant(None)
        programme = assistant.guideline.source.programme
        question = Question(
            work.text or "", programme, self.chats.session_id(work.chat), answer_id_of(work.id)
        )
        try:
            return assistant.answer(question)
        except MessageRejected:
            raise
        except ValueError:
            kept = self._kept(work)  # another worker was faster
            if kept is not None:
                return kept
        # The conversation is about another programme, the one that was set before.
        session_id = self.chats.restart(work.chat)
        return assistant.answer(Question(question.text, programme, session_id, question.answer_id))

    def _kept(self, work: OpenEvent) -> Answer | None:
        turn = self.service.conversations.answer(answer_id_of(work.id))
        return None if turn is None else _ANSWER.validate_python(stored(turn.answer))

    def _notice(self, words: str, tappable: bool) -> Messages:
        guideline = self.service.assistant(None).guideline
        questions = [group.question for group in guideline.groups] or [e.question for e in guideline.entries]
        filled = words.format(title=guideline.source.title, example=questions[0])
        return notice(filled, islice(questions, _EXAMPLES) if tappable else ())
