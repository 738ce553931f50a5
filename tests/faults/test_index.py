"""The index is taken away, or damaged, under a running server."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults.running import QUESTIONS, Seen, running

pytestmark = pytest.mark.faults


def test_an_index_that_is_taken_away(data: Path) -> None:
    """Ready means that questions are answered, and answered right; put back, the index is used again by itself."""
    index, away = data / "index", data / "away"
    with running(data) as server:
        server.learn()
        for fault in ("removed", "damaged"):
            shutil.copytree(index, away)
            if fault == "removed":
                shutil.rmtree(index)
            else:
                for file in index.rglob("*"):
                    if file.is_file():
                        file.write_bytes(b"damaged")
            ready = server.status("/readyz")
            seen = Seen()
            for question in QUESTIONS:
                seen.add(server.asked(question))
            print(fault, ready, seen)
            assert (seen.wrong, seen.stuck, seen.hung_up) == ([], 0, 0)
            # What the rules answer needs nothing to be looked up.
            assert ready == (200 if len(seen.answers) == len(QUESTIONS) else 503)
            shutil.rmtree(index, ignore_errors=True)
            away.rename(index)
            assert [len(server.asked(question).answers) for question in QUESTIONS] == [1] * len(QUESTIONS)
            assert server.status("/readyz") == 200
