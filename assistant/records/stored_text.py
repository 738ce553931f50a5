"""What people send -> what may be stored: ids of a known shape, text without personal data."""

from __future__ import annotations

import re

from assistant.privacy import mask

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_token(text: str) -> bool:
    """True for 1 to 64 characters of A-Z, a-z, 0-9, "_" and "-", which is what an id may be."""
    return _TOKEN.fullmatch(text) is not None


def stored_text(text: str) -> str:
    """
    Text as it is stored: personal data masked, and only characters that every database takes.

    What staff write to applicants is not masked (its telephone number is the
    office's): that is only `encodable`.
    """
    return mask(encodable(text))


def encodable(text: str) -> str:
    """
    Text of only the characters that every database takes.

    PostgreSQL refuses the character 0, and nothing encodes half a surrogate
    pair; a request that holds them is odd, but no reason to fail.
    """
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
