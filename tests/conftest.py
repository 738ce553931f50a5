"""What every test may ask for; building is done once and kept between runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from assistant.config import Settings, load_settings
from assistant.index.manifest import manifest_for
from assistant.index.store import Index, open_index
from assistant.index.words import Segmenter, read_lexicon, read_variants
from assistant.records.database import Database, open_database
from ingest import build as ingest_build
from ingest.encoder import ensure_encoder
from tests.fakes import HashEmbedder

DATA = Path(__file__).parent.parent / ".data"
SMALL = Path(__file__).parent / "ingest" / "small"

# Tests say what is true, not how fast: other work on the machine fails none of them.
settings.register_profile("facts", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("facts")


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A command that configures the logs writes to the streams of its own test, which are closed behind it."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


@pytest.fixture(scope="session")
def encoder_folder() -> Path:
    """The real encoder, in the folder where `make run` keeps it; built first if it is not there."""
    folder = DATA / "encoder"
    ensure_encoder(folder, print)
    return folder


@pytest.fixture(scope="session")
def words_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the dictionary of the segmenter and jieba's cache of it, built once."""
    folder = tmp_path_factory.mktemp("words")
    Segmenter(folder, ["夜市"], {})
    return folder


@pytest.fixture(scope="session")
def segmenter(words_folder: Path) -> Segmenter:
    """The segmenter of the small corpus."""
    return Segmenter(
        words_folder, read_lexicon(SMALL / "night-market"), read_variants(SMALL / "night-market")
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, words_folder: Path) -> Path:
    """The small corpus and the data folder with its index, built once by a HashEmbedder; not to be changed."""
    root = tmp_path_factory.mktemp("built")
    shutil.copytree(SMALL, root / "corpus")
    shutil.copytree(words_folder, root / "data" / "words")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest_build, "ensure_encoder", lambda *_: None)
        patch.setattr(ingest_build, "open_embedder", lambda *_: HashEmbedder())
        settings = load_settings(
            {"ASSISTANT_DATA_DIR": str(root / "data"), "ASSISTANT_CORPUS_DIR": str(root / "corpus")}
        )
        ingest_build.build(root / "corpus" / "night-market", settings, lambda _: None)
    return root


@pytest.fixture(scope="session")
def small_index(built: Path, segmenter: Segmenter) -> Iterator[Index]:
    """The index of the small programme, opened once."""
    embedder = HashEmbedder()
    manifest = manifest_for(built / "corpus" / "night-market", embedder.name)
    home = built / "data" / "index" / "night-market"
    index = open_index(home, manifest, segmenter, embedder, None)
    yield index
    index.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("records") / "records.sqlite3"
    opened = open_database(f"sqlite:///{path}")
    opened.migrate()
    opened.close()
    return path


@pytest.fixture
def database(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    """Migrated, empty records in a SQLite file of the test."""
    path = Path(shutil.copy(migrated_file, tmp_path / "records.sqlite3"))
    opened = open_database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """The folder of a small programme, two entries long, in a corpus of its own; free to be changed."""
    shutil.copytree(SMALL, tmp_path / "corpus")
    return tmp_path / "corpus" / "night-market"


@pytest.fixture
def small_settings(programme: Path, words_folder: Path, tmp_path: Path) -> Settings:
    """Settings for the small programme, with a data folder of its own that has the dictionary already."""
    shutil.copytree(words_folder, tmp_path / "data" / "words")
    return load_settings(
        {
            "ASSISTANT_DATA_DIR": str(tmp_path / "data"),
            "ASSISTANT_CORPUS_DIR": str(programme.parent),
            "ASSISTANT_PROGRAMME": programme.name,
        }
    )


@pytest.fixture
def hash_embedder(monkeypatch: pytest.MonkeyPatch) -> HashEmbedder:
    """The embedder that builds use during the test; none is built."""
    embedder = HashEmbedder()
    monkeypatch.setattr(ingest_build, "ensure_encoder", lambda *_: None)
    monkeypatch.setattr(ingest_build, "open_embedder", lambda *_: embedder)
    return embedder


@cache
def _segmenter(
    folder: Path, lexicon: tuple[str, ...], variants: tuple[tuple[str, tuple[str, ...]], ...]
) -> Segmenter:
    return Segmenter(folder, lexicon, dict(variants))


@pytest.fixture
def build(
    programme: Path,
    small_settings: Settings,
    words_folder: Path,
    hash_embedder: HashEmbedder,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], list[str]]:
    """Builds the small programme's index, and returns what the build said; a segmenter is loaded once for all."""
    del hash_embedder  # stands in for the encoder
    monkeypatch.setattr(
        ingest_build,
        "Segmenter",
        lambda _, lexicon, variants: _segmenter(words_folder, lexicon, tuple(variants.items())),
    )

    def run() -> list[str]:
        said: list[str] = []
        ingest_build.build(programme, small_settings, said.append)
        return said

    return run
