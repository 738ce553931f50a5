"""A programme's folder -> its index, unless the index is already that of the folder."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from assistant.config import Settings
from assistant.domain import Guideline
from assistant.index.embed import open_embedder
from assistant.index.manifest import IndexUnusable, manifest_for
from assistant.index.store import Content, open_index, write_index
from assistant.index.words import Segmenter, read_lexicon, read_variants
from ingest.bank import Bank, read_bank
from ingest.encoder import ensure_encoder
from ingest.faults import CorpusError, CorpusFault
from ingest.guideline import load_guideline
from ingest.read import SOURCE, load_text
from ingest.toml_lines import line_of_key
from ingest.train import train
from ingest.vector_cache import VectorCache
from ingest.words import check_words


def check(path: Path, say: Callable[[str], None]) -> tuple[Guideline, Bank]:
    """
    Read and check a programme without building anything.

    Raises:
        CorpusError: a law is broken; every fault names file and line.
    """
    load_text(path / SOURCE)  # a folder that is no programme is said before what is wrong beside it
    check_words(path)
    guideline = load_guideline(path)
    if guideline.source.programme != path.name:
        what = f'programme = "{guideline.source.programme}", but the folder is called {path.name}'
        line = line_of_key((path / SOURCE).read_text(encoding="utf8"), ("programme",))
        raise CorpusError([CorpusFault(SOURCE, line, what, "give both the same name")])
    characters = sum(clause.end - clause.start for clause in guideline.leaves)
    bank = read_bank(path, guideline)
    say(
        f"{len(guideline.entries)} entries, {len(guideline.leaves)} leaf clauses, {characters} characters, "
        f"{len(bank.samples)} questions: all laws hold"
    )
    return guideline, bank


def build(path: Path, settings: Settings, say: Callable[[str], None]) -> bool:
    """
    Bring the index of a programme up to date; False if it already was.

    Raises:
        CorpusError: a law is broken; the old index goes on serving.
    """
    started = time.perf_counter()
    path = path.resolve()
    guideline, bank = check(path, say)
    if settings.embedding_model is None:
        ensure_encoder(settings.encoder_dir, say)
    embedder = open_embedder(settings.embedding_model, settings.encoder_dir)
    segmenter = Segmenter(settings.data_dir / "words", read_lexicon(path), read_variants(path))
    home = settings.data_dir / "index" / path.name
    manifest = manifest_for(path, embedder.name)
    try:
        open_index(home, manifest, segmenter, embedder, settings.chroma_url).close()
    except IndexUnusable as reason:
        say(f"building: {str(reason).split('. ')[0]}")
    else:
        say(f"index {manifest.fingerprint} is up to date, nothing to build")
        return False
    cache = VectorCache(settings.data_dir / "vectors" / f"{path.name}.npz", embedder)
    trained = train(bank, guideline, segmenter, cache, say)
    say(
        f"left out one by one, {trained.accuracy:.1%} of the questions find their target; at the chosen "
        f"threshold {trained.answered:.1%} of the answerable ones are answered"
    )
    search = trained.search
    content = Content(guideline, trained.targets, trained.model, search.words, search.bigrams, search.vectors)
    write_index(home, manifest, content, settings.chroma_url, say)
    seconds = time.perf_counter() - started
    say(f"index {manifest.fingerprint}: {len(search.vectors)} texts, {seconds:.1f} s")
    return True
