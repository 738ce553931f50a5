"""Files are read as they stand, and only with the keys they may have; see test_bad_inputs for the rest."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant.domain import Parallel
from ingest.faults import CorpusError
from ingest.read import Strict, load_model, read_folder


def test_the_folder_is_read(programme: Path) -> None:
    """Source, outline, groups and plain texts are those of the files, the entries with their lines."""
    folder = read_folder(programme)

    assert (folder.source.title, folder.source.edition) == ("夜市擺攤須知", "1")
    assert [(item.entry.number, item.entry.topic, item.line) for item in folder.outline] == [
        (1, "攤位", 1),
        (2, "申請", 7),
    ]
    assert folder.groups[0].clauses == ("night-market/2/1/1", "night-market/2/1/2")
    assert folder.groups[0].limits == ("night-market/2/備註",)
    assert folder.plain["2/備註"] == "天候不佳的時候會另外公告。"


def test_a_reader_may_be_named(programme: Path) -> None:
    """source.toml names a reader only where the programme has one; every other key must be there."""
    assert read_folder(programme).source.reader == ""
    with (programme / "source.toml").open("a", encoding="utf8") as file:
        file.write('reader = "night_market"\n')
    assert read_folder(programme).source.reader == "night_market"


def test_parallels_are_read(programme: Path) -> None:
    """A side that is named by a group is the group's clauses; both sides go together unless it says otherwise."""
    outline = (programme / "outline.toml").read_text(encoding="utf8")
    words = """
[[parallel]]
kinds = [["日"], ["夜", "晚"]]
sides = [["papers"], ["2/2", "2/備註"]]

[[parallel]]
kinds = [["日"], ["夜"]]
sides = [["1/s1"], ["1/s2"]]
together = false
"""
    assert read_folder(programme).parallels == ()
    (programme / "outline.toml").write_text(outline + words, encoding="utf8")

    def leaves(*names: str) -> tuple[str, ...]:
        return tuple(f"night-market/{name}" for name in names)

    assert read_folder(programme).parallels == (
        Parallel((("日",), ("夜", "晚")), (leaves("2/1/1", "2/1/2"), leaves("2/2", "2/備註"))),
        Parallel((("日",), ("夜",)), (leaves("1/s1"), leaves("1/s2")), together=False),
    )


def test_the_text_is_not_touched(programme: Path) -> None:
    """Newlines, tabs and marks of byte order stay, so that offsets are those of the file."""
    raw = "\ufeff山\r\n水\t \x0c\r火\u2028\n\n".encode()
    (programme / "guideline.txt").write_bytes(raw)
    folder = read_folder(programme)

    assert folder.text == raw.decode()
    assert folder.digest == hashlib.sha256(raw).hexdigest()


def test_line_of(programme: Path) -> None:
    """The first line with the words, 0 where none has them."""
    folder = read_folder(programme)

    assert folder.line_of("plain.toml", '"2/1/1"') == 4
    assert folder.line_of("plain.toml", '"9/9"') == 0


@pytest.mark.parametrize("header", ["[[entry]] # 攤位", "  [[ entry ]]", "[[entry]]\t"])
def test_headers_as_toml_allows_them(programme: Path, header: str) -> None:
    """A table's header may be indented, spaced and commented on."""
    outline = (programme / "outline.toml").read_text(encoding="utf8").replace("[[entry]]", header)
    (programme / "outline.toml").write_text(outline, encoding="utf8")

    assert [item.line for item in read_folder(programme).outline] == [1, 7]


def test_tables_in_one_line(programme: Path) -> None:
    """Entries may be written as a list of tables too; they have no line of their own."""
    entries = 'entry = [{number = 1, starts = "市", topic = "攤", question = "?"}]\n'
    (programme / "outline.toml").write_text(entries, encoding="utf8")

    assert [item.line for item in read_folder(programme).outline] == [0]


@pytest.mark.parametrize("raw", [b"a = 1\nb =\n", b"a = 1\na = 2\n", b"\n\xff\n", b'a = "\\q"\n'])
def test_toml_that_is_none(tmp_path: Path, raw: bytes) -> None:
    """What is not TOML is refused at its line."""
    (tmp_path / "bad.toml").write_bytes(raw)
    with pytest.raises(CorpusError) as refusal:
        load_model(tmp_path / "bad.toml", Strict)

    (fault,) = refusal.value.faults
    assert (fault.file, fault.line) == ("bad.toml", 1 if b"q" in raw else 2)


def test_a_folder_in_place_of_a_file(programme: Path) -> None:
    """A file that is a folder cannot be read, and that is said."""
    (programme / "plain.toml").unlink()
    (programme / "plain.toml").mkdir()

    with pytest.raises(CorpusError, match=r"plain\.toml:0: cannot be read \(Is a directory\)"):
        read_folder(programme)
