"""A change of the corpus is killed at its writes."""

from __future__ import annotations

import multiprocessing
import shutil
import signal
from pathlib import Path

import pytest

from assistant.index.manifest import manifest_for
from assistant.index.words import Segmenter
from tests.faults.killable_change import PROGRAMME, make_real
from tests.ingest.conftest import best

pytestmark = pytest.mark.faults


def test_killed_while_it_is_made_real(built: Path, tmp_path: Path, segmenter: Segmenter) -> None:
    """After each kill there is a build that fits the corpus, old or new, and the next change is made real."""
    root = tmp_path / "root"
    shutil.copytree(built, root)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.killable_change"])

    def changed(gap: int, last: int) -> tuple[int | None, int]:
        ours, theirs = context.Pipe()
        process = context.Process(target=make_real, args=(root, f"gap-{gap}", last, theirs))
        process.start()
        theirs.close()
        process.join()
        return process.exitcode, ours.recv() if process.exitcode == 0 else 0

    def fits(gap: int, last: int) -> tuple[int | None, int]:
        ended = changed(gap, last)
        manifest = manifest_for(root / "corpus" / PROGRAMME, "hash-64")
        assert best(root / "data" / "index" / PROGRAMME, manifest, segmenter) == "2/2"
        return ended

    status, writes = fits(0, 0)
    assert (status, writes > 40) == (0, True)
    # Most writes are alike, files of a folder that nobody reads yet; the last ones change over.
    steps = [*range(1, writes - 24, 8), *range(max(1, writes - 24), writes + 1)]
    print(f"{writes} writes, killed at {len(steps)} of them")
    for gap, last in enumerate(steps, 1):
        assert fits(gap, last)[0] == -signal.SIGKILL
    assert fits(len(steps) + 1, 0)[0] == 0
