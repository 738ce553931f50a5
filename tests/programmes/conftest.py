"""The programmes of the tests, built with the real encoder and opened as one service, as a server would."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from assistant.channels.service import Service
from assistant.config import load_settings
from assistant.ports import TAIPEI
from assistant.wiring import open_service
from ingest.build import build
from tests.fakes import FixedClock

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, encoder_folder: Path) -> Iterator[Service]:
    """A service over every programme of this folder, on a day in May 2026."""
    root = tmp_path_factory.mktemp("programmes")
    corpus = root / "corpus"
    shutil.copytree(HERE, corpus, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (root / "data").mkdir()
    (root / "data" / "encoder").symlink_to(encoder_folder, target_is_directory=True)
    names = sorted(path.parent.name for path in corpus.glob("*/source.toml"))
    settings = load_settings(
        {
            "ASSISTANT_DATA_DIR": str(root / "data"),
            "ASSISTANT_CORPUS_DIR": str(corpus),
            "ASSISTANT_PROGRAMME": names[0],
        }
    )
    for name in names:
        build(corpus / name, settings, lambda _: None)
    with open_service(settings, FixedClock(datetime(2026, 5, 10, 12, 0, tzinfo=TAIPEI))) as opened:
        yield opened
