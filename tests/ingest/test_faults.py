"""A fault is one broken law in two lines: where and what, then what to do."""

from __future__ import annotations

from ingest.faults import CorpusError, CorpusFault


def test_a_fault_reads_like_a_compilers() -> None:
    """File and line come first, so that editors jump there; the remedy stands below."""
    assert (
        str(CorpusFault("a.toml", 3, "x is no number", "write a figure"))
        == "a.toml:3: x is no number\n    write a figure"
    )


def test_an_error_tells_every_fault() -> None:
    """The message of a CorpusError has each fault, in order."""
    faults = [CorpusFault("b.toml", 1, "one", "mend it"), CorpusFault("a.toml", 2, "two", "mend it too")]
    error = CorpusError(iter(faults))

    assert error.faults == tuple(faults)
    assert str(error) == "b.toml:1: one\n    mend it\na.toml:2: two\n    mend it too"
