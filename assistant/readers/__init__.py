"""Plug-ins that read the sentences of one programme each; a programme names its own in source.toml."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from assistant.eligibility.rules import RuleBook
from assistant.reading import Reader
from assistant.reading.plain import PlainReader


def open_reader(name: str, book: RuleBook) -> Reader:
    """
    The reader of this name, which states the facts of a book's rules; without a name, the one of plain words.

    Raises:
        LookupError: no module here has this name.
    """
    if not name:
        return PlainReader(book)
    names = sorted(module.name for module in iter_modules(__path__))
    if name not in names:
        raise LookupError(
            f'source.toml of {book.programme}: no reader is called "{name}", only {", ".join(names)}'
        )
    reader: Reader = import_module(f"{__name__}.{name}").reader(book)
    return reader
