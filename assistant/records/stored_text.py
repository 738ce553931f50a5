"""What people send -> what may be stored: ids of a known shape, text without personal data."""

from __future__ import annotations

import re

from assistant.privacy import mask, visible

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_token(text: str) -> bool:
    """True for 1 to 64 characters of A-Z, a-z, 0-9, "_" and "-", which is what an id may be."""
    return _TOKEN.fullmatch(text) is not None


def stored_text(text: str) -> str:
    """
    Text as it is stored: personal data masked, and only what people see of it.

    What staff write to applicants is not masked (its telephone number is the
    office's): that is only `encodable`.
    """
    return mask(encodable(text))


def encodable(text: str) -> str:
    """
    Text of only the characters that people see, which are those that every database takes.

    PostgreSQL refuses the character 0, nothing encodes half a surrogate pair, and marks of
    direction show another text than the one that was approved.
    """
    return visible(text)
