"""What the ingest does for a running service: checks and builds, called in processes of their own."""
# ruff: noqa: PLC0415 -- the server itself never loads the ingest

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.config import Settings, load_settings
from assistant.knowledge.builder import Places, Say
from assistant.knowledge.change import ChangeRejected, Fault


def settings_of(places: Places, programme: str) -> Settings:
    """The settings of a build, and no others."""
    values = {
        "CORPUS_DIR": places.corpus,
        "DATA_DIR": places.data,
        "PROGRAMME": programme,
        "CHROMA_URL": places.chroma_url or "",
        "EMBEDDING_MODEL": places.embedding_model or "",
    }
    return load_settings({f"ASSISTANT_{name}": str(value) for name, value in values.items()})


def check_corpus(places: Places, programme: str) -> None:
    """Hold a programme's folder against the laws of the ingest; ChangeRejected tells each fault."""
    from ingest.build import check

    with _rejections():
        check(places.corpus / programme, lambda _: None)


def build_index(places: Places, programme: str, say: Say) -> None:
    """Bring the index of a programme up to date; ChangeRejected tells each fault of its folder."""
    from ingest.build import build

    with _rejections():
        build(places.corpus / programme, settings_of(places, programme), say)


@contextmanager
def _rejections() -> Iterator[None]:
    from ingest.faults import CorpusError

    try:
        yield
    except CorpusError as error:
        faults = [Fault(fault.what, fault.remedy, fault.file, fault.line) for fault in error.faults]
        raise ChangeRejected(faults) from error
