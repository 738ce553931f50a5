"""A programme opens its own reader by name, and no other module."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.readers import open_reader
from assistant.reading.plain import PlainReader
from tests.assistant.readers.digital_cluster.conftest import BOOK


def test_a_reader_is_opened_by_its_name() -> None:
    """The name in source.toml is that of the plug-in's package."""
    reading = open_reader("digital_cluster", BOOK).read("我們12家", date(2025, 11, 22))
    assert reading.facts["members"].value == 12


@pytest.mark.parametrize("name", ["cluster", "os", "digital_cluster.cluster"])
def test_other_names_are_refused(name: str) -> None:
    """A name that is none of the plug-ins is refused, with those that there are; nothing else is imported."""
    with pytest.raises(
        LookupError, match=rf'of digital-cluster: no reader is called "{name}", only digital_'
    ):
        open_reader(name, BOOK)


def test_without_a_name_words_are_enough() -> None:
    """A programme that names no plug-in is read by the words of its facts."""
    assert isinstance(open_reader("", BOOK), PlainReader)
