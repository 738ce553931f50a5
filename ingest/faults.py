"""What is wrong with a programme's folder: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class CorpusFault:
    """One broken law. `line` is 1-based, 0 for the file as a whole."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}\n    {self.remedy}"


class CorpusError(Exception):
    """A programme's folder breaks at least one law; `faults` names each."""

    def __init__(self, faults: Iterable[CorpusFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@contextmanager
def of_all_programmes() -> Iterator[None]:
    """Name the files of the faults inside as a programme's folder sees them: what all share lies one above."""
    try:
        yield
    except CorpusError as error:
        raise CorpusError(replace(fault, file=f"../{fault.file}") for fault in error.faults) from error
