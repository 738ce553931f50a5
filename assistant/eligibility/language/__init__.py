"""What a person writes of a cluster, in Chinese or plain English -> facts, edits and what is asked."""

from assistant.eligibility.language.conversation import apply, is_numeric
from assistant.eligibility.language.reader import read
from assistant.eligibility.language.reading import Ask, Edit, Reading

__all__ = ["Ask", "Edit", "Reading", "apply", "is_numeric", "read"]
