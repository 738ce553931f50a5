"""What a person writes of a cluster, in Chinese or plain English -> facts, edits and what is asked."""

from assistant.reading.conversation import apply, is_numeric
from assistant.reading.reader import read
from assistant.reading.reading import Ask, Edit, Reading

__all__ = ["Ask", "Edit", "Reading", "apply", "is_numeric", "read"]
