"""Language -> facts: numerals, quantities, times, and what a message was read as."""

from assistant.reading.reader import Reader
from assistant.reading.reading import SHARE, VERDICT, WHICH, Reading

__all__ = ["SHARE", "VERDICT", "WHICH", "Reader", "Reading"]
