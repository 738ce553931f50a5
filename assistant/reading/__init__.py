"""Language -> facts: numerals, quantities, times, and what a message was read as."""

from assistant.reading.reader import Reader
from assistant.reading.reading import CORRECTION, SHARE, VERDICT, WHICH, Reading
from assistant.reading.statements import OURS

__all__ = ["CORRECTION", "OURS", "SHARE", "VERDICT", "WHICH", "Reader", "Reading"]
