"""Entries are found by their first words, in the order of the text; see test_bad_inputs for the faults."""

from __future__ import annotations

from pathlib import Path

from ingest.outline import locate_entries
from ingest.read import read_folder


def test_entries_share_the_text_out(programme: Path) -> None:
    """Each entry runs from its first words to the next entry, the last to the end of the text."""
    folder = read_folder(programme)
    first, second = locate_entries(folder)

    assert folder.text[first.start : first.end].startswith("市集攤位由")
    assert folder.text[second.start : second.end].startswith("申請文件如下")
    assert (first.start, first.end, second.end) == (0, second.start, len(folder.text))


def test_the_order_is_that_of_the_text(programme: Path) -> None:
    """An outline may list the entries in another order; numbers stay with their entries."""
    outline = (programme / "outline.toml").read_text(encoding="utf8")
    head, one, two = outline.split("[[group]]")[0].split("[[entry]]\n")
    (programme / "outline.toml").write_text(f"{head}[[entry]]\n{two}[[entry]]\n{one}", encoding="utf8")
    folder = read_folder(programme)

    assert [item.entry.number for item in folder.outline] == [2, 1]
    assert [block.entry.number for block in locate_entries(folder)] == [1, 2]


def test_words_in_the_middle_of_a_line_start_nothing(programme: Path) -> None:
    """First words count at the start of a line only, so that a text may refer to an entry by them."""
    text = (programme / "guideline.txt").read_text(encoding="utf8").replace("攤主", "申請文件如下,攤主")
    (programme / "guideline.txt").write_text(text, encoding="utf8")

    first, second = locate_entries(read_folder(programme))
    assert first.end == second.start == text.index("\n") + 1


def test_blank_lines_before_the_first_entry(programme: Path) -> None:
    """White space may stand before the first entry; it belongs to none."""
    text = (programme / "guideline.txt").read_text(encoding="utf8")
    (programme / "guideline.txt").write_text(f"\n　\n{text}", encoding="utf8")

    assert locate_entries(read_folder(programme))[0].start == 3
