"""Tables and keys are found on the lines on which they are written."""

from __future__ import annotations

import pytest

from ingest.toml_lines import header_lines, line_of_key


def test_lines_of_headers() -> None:
    """Headers are counted only where there are as many as tables: one inside a text is none."""
    text = '[[ask]]\nq = """\n[[ask]]\n"""\n'

    assert header_lines(text, "ask", 2) == [1, 3]
    assert header_lines(text, "ask", 1) == [0]


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (("title",), 1),
        (("absent",), 0),
        (("row",), 3),
        (("row", 0, "name"), 4),
        (("row", 1, "name"), 8),
        (("row", 1, "absent"), 7),
        (("row", 1, "list", 2), 9),
        (("row", 7, "name"), 0),
    ],
)
def test_line_of_a_key(loc: tuple[int | str, ...], line: int) -> None:
    """A key is found in its own table; an absent key is told by the header of its table."""
    text = 'title = "name"\n\n[[row]]\nname = 1\nlist = [\n]\n[[row]]\n"name" = 2\nlist = [1, 2, "x"]\n'

    assert line_of_key(text, loc) == line
