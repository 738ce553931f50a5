"""A client's own message id -> the id of the answer to it, so that a message sent twice is answered once."""

from __future__ import annotations

from hashlib import blake2b


def answer_id_of(session_id: str, message_id: str, message: str) -> str:
    """
    32 hexadecimal digits, the same for the same three and for nothing else.

    The words belong to it: a client that uses an id twice for different messages gets
    an answer to each. Session and message ids hold no newline, so the three stay apart.
    """
    return blake2b(f"{session_id}\n{message_id}\n{message}".encode(), digest_size=16).hexdigest()
