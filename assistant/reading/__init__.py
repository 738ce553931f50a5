"""Language -> facts: numerals, quantities, times, and what a message was read as."""

from assistant.reading.reading import Ask, Edit, Reading

__all__ = ["Ask", "Edit", "Reading"]
