"""
Text to unit vectors: the embedders behind ports.Embedder.

In: cleaned text (NFKC, length capped by the caller). Out: rows of floats of
length 1, so that a dot product is a cosine. The default is the encoder folder
that ingest.encoder builds, run by onnxruntime without torch; any model of
sentence-transformers can stand in. Nothing is opened at import.

E5 wants "query: " or "passage: " before every text (Wang et al. 2024,
arXiv:2402.05672, section 4): the wrong one costs recall and raises no error.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Final

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from assistant.ports import Embedder

MODEL_FILE: Final = "model.onnx"
TOKENIZER_FILE: Final = "tokenizer.json"
RECORD_FILE: Final = "encoder.json"
MAX_TOKENS: Final = 512  # the model has no more positions; longer text is cut
QUESTION_TOKENS: Final = 256  # what a question is about is said by then
QUERY: Final = "query: "
PASSAGE: Final = "passage: "
BUILD_COMMAND: Final = "make index"

_ORT_ERRORS_ONLY: Final = 3  # it warns of CPU probing in containers
# A run of full length takes 80 MB, which onnxruntime's arena keeps: 40 at once filled a machine of 4 GB.
_RUNS_AT_ONCE: Final = 2


class EncoderMissing(RuntimeError):  # noqa: N818 -- says what is wrong, as FileNotFoundError does
    """There is no finished, intact encoder in the folder; the message says how to build one."""


@dataclass(frozen=True, slots=True)
class EncoderRecord:
    """What encoder.json says of the built files: their name and their checksums (64 hex digits)."""

    name: str
    model_sha256: str
    tokenizer_sha256: str
    max_tokens: int


def checksum(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits; OSError if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_record(folder: Path) -> EncoderRecord:
    """
    Read encoder.json and check the files it pins.

    Raises:
        EncoderMissing: a file is absent or unreadable, or differs from its checksum.
    """
    try:
        found = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
        record = EncoderRecord(
            name=found["name"],
            model_sha256=found["files"][MODEL_FILE]["sha256"],
            tokenizer_sha256=found["files"][TOKENIZER_FILE]["sha256"],
            max_tokens=found["max_seq_length"],
        )
        actual = {name: checksum(folder / name) for name in (MODEL_FILE, TOKENIZER_FILE)}
    except OSError as error:
        raise EncoderMissing(f"no encoder in {folder} ({error}); build it: {BUILD_COMMAND}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise EncoderMissing(
            f"{folder / RECORD_FILE} is not a record of an encoder ({error!r}); build it: {BUILD_COMMAND}"
        ) from error
    expected = {MODEL_FILE: record.model_sha256, TOKENIZER_FILE: record.tokenizer_sha256}
    for name, sha256 in expected.items():
        if actual[name] != sha256:
            raise EncoderMissing(
                f"{folder / name} is damaged: sha256 is {actual[name]}, {RECORD_FILE} says {sha256}; "
                f"build it again: {BUILD_COMMAND}"
            )
    return record


class OnnxModel:
    """A sentence encoder as a graph (ids and mask in, unit rows out) and its tokenizer; thread-safe, two runs at once."""

    def __init__(self, model: Path, tokenizer: Path, max_tokens: int = MAX_TOKENS) -> None:
        options = onnxruntime.SessionOptions()
        # One thread a query: two gain nothing at this size, and requests run side by side.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = _ORT_ERRORS_ONLY
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        self._turns = BoundedSemaphore(_RUNS_AT_ONCE)

    def unit_row(self, text: str, at_most: int = MAX_TOKENS) -> NDArray[np.float32]:
        """One text, prefix included, cut to `at_most` tokens, to a unit vector of d float32."""
        tokens = self._tokenizer.encode(_encodable(text)).ids
        if len(tokens) > at_most:
            tokens = [*tokens[: at_most - 1], tokens[-1]]  # the last one ends a text
        ids = np.array([tokens], dtype=np.int64)
        with self._turns:
            rows = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
        row: NDArray[np.float32] = rows[0]
        return row


class OnnxEmbedder:
    """
    The default embedder: an encoder folder, run by onnxruntime.

    Texts go through the graph one by one. The 8-bit graph scales its numbers by
    the largest in a batch, so a text's vector would depend on its neighbours;
    alone it is the same every time, and on one thread a batch is no faster.

    Raises:
        EncoderMissing: the folder holds no finished, intact encoder.
    """

    def __init__(self, folder: Path) -> None:
        record = read_record(folder)
        self._name = f"{record.name}:{record.model_sha256[:12]}"
        self._model = OnnxModel(folder / MODEL_FILE, folder / TOKENIZER_FILE, record.max_tokens)

    @property
    def name(self) -> str:
        """The model and its precision, and the first 12 digits of the graph's SHA-256."""
        return self._name

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Passages to (n, 384) unit rows, in the order given."""
        return [self._model.unit_row(PASSAGE + text).tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """One question, its first 256 tokens, to a unit vector of 384 floats."""
        vector: list[float] = self._model.unit_row(QUERY + text, QUESTION_TOKENS).tolist()
        return vector


class SentenceTransformersEmbedder:
    """
    Any model of sentence-transformers, by hub id or folder.

    Prompts come from the model's own settings (its "query" and "document"
    prompts); a model that has none gets none. Thread-safe, one call at a time.
    """

    def __init__(self, model: str) -> None:
        # Seconds of import and half a gigabyte, only for those who choose such a model.
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        self._name = model
        self._model = SentenceTransformer(model)
        self._one_at_a_time = Lock()  # transformers' tokenizers raise "Already borrowed" when shared

    @property
    def name(self) -> str:
        """The hub id or folder, as given."""
        return self._name

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Passages to (n, d) unit rows, in the order given; d is the model's."""
        if not texts:
            return []
        clean = [_encodable(text) for text in texts]
        with self._one_at_a_time:
            rows = self._model.encode_document(clean, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        """One question to a unit vector of d floats; d is the model's."""
        clean = _encodable(text)
        with self._one_at_a_time:
            row = self._model.encode_query(clean, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(row).tolist()  # type: ignore[no-any-return]


def open_embedder(model: str | None, encoder_folder: Path) -> Embedder:
    """
    The embedder for a setting: a model of sentence-transformers if one is named, else the built encoder.

    Raises:
        EncoderMissing: no model is named and the folder holds no finished, intact encoder.
    """
    return SentenceTransformersEmbedder(model) if model else OnnxEmbedder(encoder_folder)


def _encodable(text: str) -> str:
    # Half of a surrogate pair, as broken clients send, has no UTF-8 form; both engines would raise.
    return text.encode("utf-8", "replace").decode("utf-8")
