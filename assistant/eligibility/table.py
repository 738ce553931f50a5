"""
A TOML file of [[tables]], read key by key; what is absent, of the wrong type or unknown is refused.

Every fault is collected with its line, so that a person mends a file in one go.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from assistant.eligibility.facts import FactKind, FactKinds
from assistant.eligibility.quoted import Quoted, quoted

_T = TypeVar("_T")


class TableError(ValueError):
    """A key that cannot be taken; `key` says which."""

    def __init__(self, key: str, what: str) -> None:
        self.key = key
        super().__init__(f"{key}: {what}")


class RulesError(ValueError):
    """facts.toml or rules.toml cannot be read; `faults` are (file, line, what)."""

    def __init__(self, faults: tuple[tuple[str, int, str], ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{file}:{line}: {what}" for file, line, what in faults))


class Table:
    """Takes keys out of a table; `close` refuses what nobody took. `kinds` are the facts that it may name."""

    def __init__(self, data: Mapping[str, Any], kinds: FactKinds) -> None:
        self._left, self._kinds = dict(data), kinds

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required unless there is a default."""
        return self._take(key, str, default)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """A true or false; required unless there is a default."""
        return self._take(key, bool, default)

    def optional(self, key: str, kind: type[_T]) -> _T | None:
        """A value of a TOML type, or None if the key is left out."""
        return self._take(key, kind, None) if key in self._left else None

    def one_of(self, key: str, names: Iterable[_T]) -> _T:
        """A text that is one of some names."""
        said, known = self.text(key), {str(name): name for name in names}
        if said not in known:
            raise TableError(key, f'"{said}" is none of {", ".join(known)}')
        return known[said]

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty if the key is left out."""
        found = self._take(key, list, [])
        if not all(isinstance(item, str) for item in found):
            raise TableError(key, "not a list of texts")
        return tuple(found)

    def named_texts(self, key: str) -> dict[str, tuple[str, ...]]:
        """A table of names, each with a list of texts; empty if the key is left out."""
        below = Table(self._take(key, dict, {}), self._kinds)
        return {name: below.texts(name) for name in list(below._left)}

    def sub(self, key: str) -> Table:
        """A table below this one."""
        return Table(self._take(key, dict, None), self._kinds)

    def fact(self, key: str, *types: str, default: str | None = None) -> str:
        """The name of a fact, of one of `types` if any are given; a default "" stands for none."""
        name = self.text(key, default)
        return self._known(key, name, types) if name else ""

    def facts(self, key: str, *types: str) -> tuple[str, ...]:
        """Names of facts, of one of `types` if any are given."""
        return tuple(self._known(key, name, types) for name in self.texts(key))

    def kind(self, key: str, *types: str) -> FactKind:
        """The kind of the fact that a required key names."""
        return self._kinds[self.fact(key, *types)]

    def declared(self, name: str) -> FactKind:
        """The kind of a fact whose name was taken before."""
        return self._kinds[name]

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

    def _known(self, key: str, name: str, types: tuple[str, ...]) -> str:
        if name not in self._kinds:
            raise TableError(key, f'no fact is called "{name}"')
        if types and self._kinds[name].type not in types:
            what = f'"{name}" is a {self._kinds[name].type}, not a {" or ".join(types)}'
            raise TableError(key, what)
        return name

    def _take(self, key: str, kind: type[_T], default: _T | None) -> _T:
        value = self._left.pop(key, default)
        if value is None:
            raise TableError(key, "missing")
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise TableError(key, f"{value!r} is not a {kind.__name__}")
        return value


class TableFile:
    """The [[tables]] of one file; `faults` gathers what is wrong with them, as RulesError takes it."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self._lines = file, text.splitlines()
        self.faults: list[tuple[str, int, str]] = []
        try:
            self._data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"line (\d+)", str(error))
            fault = (file, int(at[1]) if at else 0, f"not valid TOML: {error}")
            raise RulesError((fault,)) from error

    def each(self, name: str, kinds: FactKinds, read: Callable[[Table, int], _T]) -> list[_T]:
        """What `read` makes of each [[name]] and its line; a table that it refuses is a fault."""
        headers = [n for n, line in enumerate(self._lines, 1) if line.strip() == f"[[{name}]]"]
        tables = self._data.pop(name, [])
        if not isinstance(tables, list) or len(headers) != len(tables):
            self.faults.append((self.file, 0, f"{name}: write each as [[{name}]] on a line of its own"))
            return []
        found = []
        for line, data in zip(headers, tables, strict=True):
            table = Table(data, kinds)
            try:
                item = read(table, line)
                table.close()
            except TableError as error:
                self.faults.append((self.file, self._line_of(line, error.key), str(error)))
                continue
            found.append(item)
        return found

    def text(self, key: str) -> str:
        """A text at the head of the file, empty if it is left out."""
        value = self._data.pop(key, "")
        if isinstance(value, str):
            return value
        self.faults.append((self.file, 0, f"{key}: {value!r} is not a str"))
        return ""

    def close(self) -> None:
        """Raise what is wrong, unknown keys at the head of the file among it."""
        self.faults += [(self.file, 0, f"{key}: unknown key") for key in self._data]
        if self.faults:
            raise RulesError(tuple(sorted(self.faults)))

    def _line_of(self, header: int, key: str) -> int:
        """The line of a key below a table's header; the header's own if the key is absent."""
        for n, line in enumerate(self._lines[header:], header + 1):
            if line.strip().startswith("[["):
                break
            if re.match(rf"\s*{re.escape(key)}\s*=", line):
                return n
        return header


def _quoted(key: str, words: str, units: tuple[str, ...]) -> Quoted:
    try:
        return quoted(words, *units)
    except ValueError as error:
        raise TableError(key, str(error)) from error
