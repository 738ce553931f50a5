"""A data folder with the real encoder and index, to be damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import DATA


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """What `make index` built: the index copied, what nobody writes by a link."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("encoder", "words"):
        (folder / name).symlink_to(DATA / name, target_is_directory=True)
    shutil.copytree(DATA / "index", folder / "index")
    return folder
