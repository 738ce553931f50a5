"""A corpus aside: copied, changed, and with a data folder of its own that shares what is costly."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TextIO

from assistant.knowledge.builder import Places
from assistant.knowledge.editing import BankEdit

_FOLDER: Final = "knowledge"
_ENCODER: Final = "encoder"


@contextmanager
def changed_corpus(places: Places, programme: str, edit: BankEdit) -> Iterator[Places]:
    """The corpus with an edit, in a folder that is removed afterwards; the data folder is the real one."""
    with TemporaryDirectory(dir=_room(places), prefix="aside-", ignore_cleanup_errors=True) as name:
        corpus = Path(name) / "corpus"
        shutil.copytree(places.corpus, corpus)
        write_file(corpus / programme / edit.file, edit.after)
        yield replace(places, corpus=corpus)


@contextmanager
def aside(places: Places, programme: str, edit: BankEdit) -> Iterator[Places]:
    """
    The corpus with an edit and a data folder of its own, both removed afterwards.

    The data folder has the dictionary and the vectors embedded before, and the encoder by a
    link, so that a build embeds only what is new. Vectors lie there, too, on no server.
    """
    with changed_corpus(places, programme, edit) as changed:
        data = changed.corpus.parent / "data"
        data.mkdir()
        if (places.data / _ENCODER).is_dir():
            (data / _ENCODER).symlink_to((places.data / _ENCODER).resolve(), target_is_directory=True)
        if (places.data / "words").is_dir():
            shutil.copytree(places.data / "words", data / "words")
        vectors = Path("vectors") / f"{programme}.npz"
        if (places.data / vectors).is_file():
            (data / "vectors").mkdir()
            shutil.copyfile(places.data / vectors, data / vectors)
        yield replace(changed, data=data, chroma_url=None)


@contextmanager
def one_at_a_time(places: Places, wait: Callable[[], None]) -> Iterator[None]:
    """Hold the data folder against other previews and applications of every process; `wait` passes the time."""
    with (_room(places) / "lock").open("w") as lock:
        while not _locked(lock):
            wait()
        yield


def write_file(path: Path, text: str | None) -> None:
    """Replace a file in one step, None removes it; a crash leaves the old file or the new one, never half."""
    if text is None:
        path.unlink(missing_ok=True)
        return
    # The name has neither .toml nor .txt at its end, so that no digest of the corpus sees it.
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            file.write(text.encode("utf8"))
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, partial)
        partial.replace(path)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _locked(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _room(places: Places) -> Path:
    room = places.data / _FOLDER
    room.mkdir(parents=True, exist_ok=True)
    return room
