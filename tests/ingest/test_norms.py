"""The build refuses a norm that says what its clauses do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.config import ROOT
from assistant.leads import NORMS
from ingest.faults import CorpusError
from ingest.guideline import load_guideline


@pytest.mark.parametrize(
    ("clause", "says", "fault"),
    [
        ("6/s3", "輔導案不得轉包及分包", ""),
        ("6/s3", "輔導案可以分包", "modality"),
        ("7/A/1", "至少要12家", "figure"),
        ("9/s9", "至少要8家", "no leaf clause"),
    ],
)
def test_what_a_norm_says_is_checked_like_a_quote(tmp_path: Path, clause: str, says: str, fault: str) -> None:
    """A sentence that its clauses do not carry, or a clause that does not exist, is a fault with its reason."""
    programme = Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus")) / "digital-cluster"
    table = f'[[norm]]\nclauses = ["{clause}"]\ndoes = "state"\nact = ["包"]\nsays = "{says}"\n'
    (programme / NORMS).write_text(table, encoding="utf8")
    if not fault:
        load_guideline(programme)
        return
    with pytest.raises(CorpusError, match=fault):
        load_guideline(programme)
