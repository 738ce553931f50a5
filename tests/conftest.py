"""What every test may ask for; building is done once and kept between runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.encoder import build_encoder, encoder_ready

DATA = Path(__file__).parent.parent / ".data"


@pytest.fixture(scope="session")
def encoder_folder() -> Path:
    """The real encoder, in the folder where `make run` keeps it; built first if it is not there."""
    folder = DATA / "encoder"
    if not encoder_ready(folder):
        build_encoder(folder, print)
    return folder
