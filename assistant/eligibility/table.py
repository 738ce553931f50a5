"""A table of a TOML file, read key by key; what is absent, of the wrong type or unknown is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from assistant.eligibility.facts import FACTS
from assistant.eligibility.quoted import Quoted, quoted

_T = TypeVar("_T")


class TableError(ValueError):
    """A key that cannot be taken; `key` says which."""

    def __init__(self, key: str, what: str) -> None:
        self.key = key
        super().__init__(f"{key}: {what}")


class Table:
    """Takes keys out of a table; `close` refuses what nobody took."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._left = dict(data)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required unless there is a default."""
        return self._take(key, str, default)

    def flag(self, key: str) -> bool:
        """A true or false, always written out."""
        return self._take(key, bool, None)

    def day(self, key: str) -> date | None:
        """A TOML date, or None if the key is left out."""
        return self._take(key, date, None) if key in self._left else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty if the key is left out."""
        found = self._take(key, list, [])
        if not all(isinstance(item, str) for item in found):
            raise TableError(key, "not a list of texts")
        return tuple(found)

    def sub(self, key: str) -> Table:
        """A table below this one."""
        return Table(self._take(key, dict, None))

    def fact(self, key: str) -> str:
        """The name of a fact."""
        return _known(key, self.text(key))

    def facts(self, key: str) -> tuple[str, ...]:
        """Names of facts."""
        return tuple(_known(key, name) for name in self.texts(key))

    def quoted(self, key: str, *units: str) -> Quoted:
        """A parameter in the clause's own words."""
        return _quoted(key, self.text(key), units)

    def all_quoted(self, key: str, *units: str) -> tuple[Quoted, ...]:
        """Parameters in the clause's own words."""
        return tuple(_quoted(key, words, units) for words in self.texts(key))

    def rest(self, prefix: str) -> dict[str, str]:
        """Every remaining text whose key begins so."""
        return {key: self.text(key) for key in list(self._left) if key.startswith(prefix)}

    def close(self) -> None:
        """Refuse keys that were not taken."""
        for key in self._left:
            raise TableError(key, "unknown key")

    def _take(self, key: str, kind: type[_T], default: _T | None) -> _T:
        value = self._left.pop(key, default)
        if value is None:
            raise TableError(key, "missing")
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise TableError(key, f"{value!r} is not a {kind.__name__}")
        return value


def _known(key: str, name: str) -> str:
    if name not in FACTS:
        raise TableError(key, f'no fact is called "{name}"')
    return name


def _quoted(key: str, words: str, units: tuple[str, ...]) -> Quoted:
    try:
        return quoted(words, *units)
    except ValueError as error:
        raise TableError(key, str(error)) from error
