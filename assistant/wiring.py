"""The composition root: settings in, a working assistant out; the one place that builds things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from importlib.metadata import version
from pathlib import Path
from typing import Final

from fastapi import FastAPI

from assistant.answer.assistant import Assistant
from assistant.answer.context import Tools
from assistant.answer.wording import Wording
from assistant.channels.service import Service
from assistant.channels.web.app import create_app
from assistant.config import Settings
from assistant.eligibility.rules import load_rules
from assistant.index.embed import open_embedder
from assistant.index.manifest import IndexUnusable, manifest_for
from assistant.index.store import Index, open_index
from assistant.index.words import Segmenter, read_contrasts, read_lexicon, read_variants
from assistant.ports import Clock, SystemClock
from assistant.rank import Ranker
from assistant.records.conversations import Conversations
from assistant.records.database import open_database
from assistant.records.feedback import FeedbackBook
from assistant.retrieve import HybridRetriever

PACKAGE: Final = "guideline-assistant"
VARIANTS: Final = "variants.toml"
RULES: Final = "rules.toml"


@contextmanager
def open_indexes(settings: Settings) -> Iterator[Mapping[str, Index]]:
    """
    The index of every programme in the corpus folder, closed afterwards.

    Raises:
        IndexUnusable: one is missing, stale or damaged, or the default programme has no folder.
        EncoderMissing: the encoder was not built yet.
    """
    embedder = open_embedder(settings.embedding_model, settings.encoder_dir)
    segmenter = Segmenter(
        settings.data_dir / "words",
        read_lexicon(settings.corpus_dir / "lexicon.txt"),
        read_variants(settings.corpus_dir / VARIANTS),
    )
    with ExitStack() as stack:
        indexes = {}
        for folder in programmes(settings.corpus_dir):
            home = settings.data_dir / "index" / folder.name
            manifest = manifest_for(folder, embedder.name)
            index = open_index(home, manifest, segmenter, embedder, settings.chroma_url)
            stack.callback(index.close)
            indexes[folder.name] = index
        if settings.programme not in indexes:
            raise IndexUnusable(settings.programme, "has no folder in the corpus")
        yield indexes


def programmes(corpus: Path) -> list[Path]:
    """The folders of the corpus that describe a programme, by name."""
    return sorted(path.parent for path in corpus.glob("*/source.toml"))


@contextmanager
def open_service(settings: Settings, clock: Clock | None = None) -> Iterator[Service]:
    """
    Everything a channel needs, opened for as long as the context lasts.

    Raises:
        IndexUnusable, EncoderMissing: see open_indexes.
        RecordsUnavailable: the records database cannot be used.
    """
    clock = clock or SystemClock()
    with open_indexes(settings) as indexes, ExitStack() as stack:
        database = open_database(settings.records_url)
        stack.callback(database.close)
        database.migrate()
        conversations = Conversations(database, clock)
        yield Service(
            assistants={
                name: Assistant(tools_of(index, settings.corpus_dir), conversations, clock)
                for name, index in indexes.items()
            },
            default_programme=settings.programme,
            feedback=FeedbackBook(database, clock),
            conversations=conversations,
            database=database,
            version=version(PACKAGE),
        )


def application(settings: Settings, service: Service) -> FastAPI:
    """The web application over an opened service, with every channel that the settings turn on."""
    return create_app(lambda: nullcontext(service), settings.origins)


def tools_of(index: Index, corpus: Path) -> Tools:
    """The tools of the steps over one index, with the rules that its programme's folder holds."""
    folder = corpus / index.manifest.programme
    return Tools(
        retriever=HybridRetriever(index),
        ranker=Ranker(index),
        wording=Wording.load(),
        rules=load_rules(folder) if (folder / RULES).exists() else None,
        contrasts=read_contrasts(corpus / VARIANTS),
        corpus=index.manifest.corpus,
    )
