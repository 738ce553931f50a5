"""A change of the small programme's bank, made real in a process that kills itself at one of its writes."""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from assistant.answer.assistant import Assistant
from assistant.index.manifest import corpus_digest, manifest_for
from assistant.index.store import open_index
from assistant.index.words import Segmenter, read_lexicon, read_variants
from assistant.knowledge.assistants import Assistants, Served
from assistant.knowledge.builder import Places
from assistant.knowledge.change import NewGap
from assistant.knowledge.editing import BankFiles
from assistant.knowledge.rebuilding import Rebuilding
from assistant.records.conversations import Conversations
from assistant.records.database import open_database
from assistant.wiring import tools_of
from ingest import build as ingest_build
from ingest.guideline import load_guideline
from tests.fakes import FakeBuilder, FixedClock, HashEmbedder

PROGRAMME: Final = "night-market"
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_MOVES: Final = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir"})


def make_real(root: Path, gap: str, last: int, told: Connection) -> None:
    """
    Apply a new gap to root/corpus and root/data, and tell how many writes that took.

    A write is a file that is opened to be written, renamed or removed, or a folder made or removed; instead of
    number `last` the process dies.
    """
    ingest_build.ensure_encoder = lambda *_: None  # type: ignore[attr-defined]
    ingest_build.open_embedder = lambda *_: HashEmbedder()  # type: ignore[attr-defined]
    places = Places(root / "corpus", root / "data")
    folder, home = places.corpus / PROGRAMME, places.home(PROGRAMME)
    segmenter = Segmenter(places.data / "words", read_lexicon(folder), read_variants(folder))
    ingest_build.Segmenter = lambda *_: segmenter  # type: ignore[assignment,attr-defined]
    records = open_database(f"sqlite:///{root / 'records.sqlite3'}")

    def opened(programme: str) -> Served:
        manifest = manifest_for(places.corpus / programme, HashEmbedder().name)
        index = open_index(home, manifest, segmenter, HashEmbedder(), None)
        clock = FixedClock()
        return Served(Assistant(tools_of(index, places.corpus), Conversations(records, clock), clock), index)

    assistants = Assistants({PROGRAMME: home}, opened)
    edit = BankFiles(folder).edit(NewGap(gap, gap, (f"哪裡有{gap}",)), load_guideline(folder))
    writes = _count(str(root), last)
    Rebuilding(places, FakeBuilder(), assistants).make_real(
        PROGRAMME, edit, corpus_digest(folder), lambda *_: None, lambda: None
    )
    told.send(len(writes))


def _count(root: str, last: int) -> list[str]:
    writes: list[str] = []

    def hook(event: str, values: tuple[object, ...]) -> None:
        opened = event == "open" and str(values[0]).startswith(root) and int(str(values[2])) & _WRITES
        if opened or event in _MOVES:
            writes.append(event)
            if len(writes) == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return writes
