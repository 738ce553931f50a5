"""A corpus is changed aside, and files are replaced whole."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.domain import Guideline
from assistant.knowledge.builder import Places
from assistant.knowledge.change import NewGap
from assistant.knowledge.editing import GAPS, BankFiles
from assistant.knowledge.staging import aside, changed_corpus, one_at_a_time, write_file
from tests.assistant.knowledge.conftest import PROGRAMME


def test_corpus_aside(places: Places, guideline: Guideline, build: Callable[[], list[str]]) -> None:
    """The copy is changed and shares what is costly, the corpus is not; nothing is left behind."""
    build()
    (places.data / "encoder").mkdir()
    edit = BankFiles(places.corpus / PROGRAMME).edit(NewGap("x", "停車", ("哪裡停車",)), guideline)
    real = replace(places, chroma_url="http://chroma.example")

    with aside(real, PROGRAMME, edit) as changed:
        assert "停車" in (changed.corpus / PROGRAMME / GAPS).read_text(encoding="utf8")
        assert (changed.corpus / "lexicon.txt").is_file()
        assert (changed.data / "encoder").resolve() == (places.data / "encoder").resolve()
        assert (changed.data / "vectors" / f"{PROGRAMME}.npz").is_file()
        assert any((changed.data / "words").iterdir())
        assert changed.chroma_url is None

    assert "停車" not in (places.corpus / PROGRAMME / GAPS).read_text(encoding="utf8")
    assert list((places.data / "knowledge").iterdir()) == []
    assert (places.data / "encoder").is_dir()


def test_changed_corpus_keeps_the_data_folder(places: Places, guideline: Guideline) -> None:
    """To apply, only the corpus lies aside."""
    edit = BankFiles(places.corpus / PROGRAMME).edit(NewGap("x", "停車", ("哪裡停車",)), guideline)
    with changed_corpus(places, PROGRAMME, edit) as changed:
        assert (changed.data, changed.corpus != places.corpus) == (places.data, True)


def test_one_at_a_time(places: Places) -> None:
    """Who comes second passes the time until the first is done."""
    waited: list[int] = []
    folder = places.data / "knowledge"
    folder.mkdir()
    with (folder / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        def wait() -> None:
            waited.append(1)
            fcntl.flock(other, fcntl.LOCK_UN)

        with one_at_a_time(places, wait):
            assert waited == [1]


def test_file_is_replaced_whole(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mode and name stay; a write that fails leaves the old file and nothing beside it."""
    path = places.corpus / PROGRAMME / GAPS
    path.chmod(0o640)
    before = sorted(path.parent.iterdir())
    write_file(path, "# 新的\r\n")
    assert path.read_bytes() == "# 新的\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assistant.knowledge.staging.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_file(path, "half")
    assert path.read_bytes() == "# 新的\r\n".encode()
    assert sorted(path.parent.iterdir()) == before


def test_nothing_removes_a_file(places: Places) -> None:
    """None as the text removes the file, and does no harm where there is none."""
    path = places.corpus / PROGRAMME / GAPS
    write_file(path, None)
    write_file(path, None)
    assert not path.exists()
