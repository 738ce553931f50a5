"""The encoder folder is whole or absent, and speaks for the model it was made from."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.index.embed import MODEL_FILE, PASSAGE, QUERY, RECORD_FILE, TOKENIZER_FILE, OnnxModel
from ingest.encoder import build as building
from ingest.encoder.build import build_encoder, encoder_ready, ensure_encoder
from ingest.encoder.pieces import SPECIAL, build_tokenizer, kept_pieces
from ingest.encoder.weights import ENGLISH, MULTILINGUAL, SHA256, EncoderError, packed_file, read_weights

QUESTIONS = ("請問週末有營業嗎?", "雨天備案是什麼", "報名費多少錢")


@pytest.fixture
def copy(encoder_folder: Path, tmp_path: Path) -> Path:
    """The run-time files of the encoder, free to be damaged."""
    folder = tmp_path / "encoder"
    folder.mkdir()
    for name in (MODEL_FILE, TOKENIZER_FILE, RECORD_FILE):
        shutil.copy(encoder_folder / name, folder)
    return folder


@pytest.fixture
def stubs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step of the build does nothing, or leaves a small file."""
    for step in ("packed_file", "build_bert", "build_tokenizer", "_refuse_disagreement"):
        monkeypatch.setattr(building, step, lambda *_: None)
    monkeypatch.setattr(building, "read_weights", lambda *_: SimpleNamespace(pieces=tuple(SPECIAL.values())))
    monkeypatch.setattr(building, "_save", lambda _b, _t, made, _s: (made / TOKENIZER_FILE).write_text("t"))
    monkeypatch.setattr(building, "export", lambda _b, path: path.write_text("float"))
    monkeypatch.setattr(building, "quantise", lambda _source, path: path.write_text("int8"))


def test_built_encoder_is_ready(encoder_folder: Path) -> None:
    """A built encoder is ready, and its record gives the size of each file and the weights it came from."""
    record = json.loads((encoder_folder / RECORD_FILE).read_text())

    assert encoder_ready(encoder_folder)
    assert record["weights_sha256"] == SHA256[MULTILINGUAL]
    assert {name: (encoder_folder / name).stat().st_size for name in record["files"]} == {
        name: file["bytes"] for name, file in record["files"].items()
    }


def test_onnx_speaks_for_the_genuine_model(encoder_folder: Path) -> None:
    """The int8 graph gives the vectors of the sentence-transformers folder, queries and passages alike."""
    from sentence_transformers import SentenceTransformer

    genuine = SentenceTransformer(str(encoder_folder / building.FOLDER), device="cpu", local_files_only=True)
    onnx = OnnxModel(encoder_folder / MODEL_FILE, encoder_folder / TOKENIZER_FILE)

    def by_onnx(prefix: str) -> NDArray[np.float32]:
        return np.stack([onnx.unit_row(prefix + question) for question in QUESTIONS])

    queries = np.asarray(genuine.encode_query(list(QUESTIONS), show_progress_bar=False))
    passages = np.asarray(genuine.encode_document(list(QUESTIONS), show_progress_bar=False))
    right = np.minimum((queries * by_onnx(QUERY)).sum(1), (passages * by_onnx(PASSAGE)).sum(1))
    crossed = np.maximum((queries * by_onnx(PASSAGE)).sum(1), (passages * by_onnx(QUERY)).sum(1))
    assert right.min() >= 0.98
    assert (crossed < right).all()


def test_pruned_tokenizer_cuts_the_same(encoder_folder: Path) -> None:
    """Chinese and English text falls into the same pieces as with the whole vocabulary."""
    weights = read_weights(packed_file(MULTILINGUAL), SHA256[MULTILINGUAL])
    whole = build_tokenizer(weights, list(range(len(weights.pieces))))
    pruned = Tokenizer.from_file(str(encoder_folder / TOKENIZER_FILE))
    texts = [QUERY + text for text in (*building._SENTENCES, *QUESTIONS, "讚啦😂 のり便當 ㄅㄆㄇ ＡＢＣ①")]

    assert [pruned.encode(text).tokens for text in texts] == [whole.encode(text).tokens for text in texts]


def test_normaliser_is_the_packed_one(encoder_folder: Path) -> None:
    """The tokenizer maps each of 4,837 characters as the table in the packed file does."""
    table = read_weights(packed_file(MULTILINGUAL), SHA256[MULTILINGUAL]).characters
    rule = Tokenizer.from_file(str(encoder_folder / TOKENIZER_FILE)).normalizer
    differ = {c: mapped for c, mapped in table.items() if rule.normalize_str(c) != mapped}

    assert len(table) == 4837
    assert differ == {}


def test_special_pieces_keep_their_ids() -> None:
    """Pruning keeps the special pieces at 0 to 3, and no piece of another script."""
    weights = read_weights(packed_file(MULTILINGUAL), SHA256[MULTILINGUAL])
    english = read_weights(packed_file(ENGLISH), SHA256[ENGLISH])
    keep = kept_pieces(weights.pieces, frozenset(english.pieces))
    kept = {weights.pieces[i] for i in keep}

    assert keep[:4] == [0, 1, 2, 3]
    assert {"▁", ":", "<mask>", "補", "。", "😂"} <= kept
    assert not {"привет", "안녕", "です"} & kept


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE, RECORD_FILE])
@pytest.mark.parametrize("fault", ["absent", "cut short", "one bit flipped"])
def test_damaged_folder_is_not_ready(copy: Path, name: str, fault: str) -> None:
    """A folder with any file absent or damaged is not ready."""
    assert encoder_ready(copy)
    data = bytearray((copy / name).read_bytes())
    (copy / name).unlink()
    if fault == "cut short":
        (copy / name).write_bytes(data[: len(data) // 2])
    if fault == "one bit flipped":
        data[data.find(b"sha256", data.find(b"files")) + 12 if name == RECORD_FILE else len(data) // 2] ^= 1
        (copy / name).write_bytes(data)

    assert not encoder_ready(copy)


@pytest.mark.usefixtures("stubs")
@pytest.mark.parametrize("step", ["build_bert", "_save", "quantise", "_write_record"])
def test_failed_build_leaves_nothing(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that fails at any step leaves no file behind."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building, step, fail)
    with pytest.raises(OSError, match="No space left"):
        build_encoder(tmp_path / "data" / "encoder", lambda _: None)

    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.usefixtures("stubs")
def test_failed_build_keeps_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that fails leaves the encoder that was there."""
    target = tmp_path / "encoder"
    build_encoder(target, lambda _: None)
    monkeypatch.setattr(building, "export", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build_encoder(target, lambda _: None)

    assert encoder_ready(target)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.usefixtures("stubs")
def test_build_replaces_what_was_there(tmp_path: Path) -> None:
    """A build replaces the whole folder, and says how far it is."""
    target = tmp_path / "encoder"
    target.mkdir()
    (target / "left over").write_text("from an older version")
    said: list[str] = []
    build_encoder(target, said.append)

    assert {file.name for file in target.iterdir()} == {MODEL_FILE, TOKENIZER_FILE, RECORD_FILE}
    assert [line[:5] for line in said[:4]] == ["[1/4]", "[2/4]", "[3/4]", "[4/4]"]
    assert str(target) in said[4]


@pytest.mark.usefixtures("stubs")
def test_finished_encoder_is_left_alone(tmp_path: Path) -> None:
    """The one door builds where there is no finished encoder, says so, and does nothing the second time."""
    said: list[str] = []
    ensure_encoder(tmp_path / "encoder", said.append)
    lines = len(said)
    ensure_encoder(tmp_path / "encoder", said.append)

    assert said[0].startswith("building the encoder")
    assert len(said) == lines > 1


def test_disagreeing_export_is_refused(encoder_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph whose vectors stray from the model's is refused with the cosine that was found."""
    monkeypatch.setattr(building, "QUERY", PASSAGE)
    with pytest.raises(EncoderError, match=r"cosine 0\.\d+, at least 0\.999 expected"):
        building._refuse_disagreement(encoder_folder, encoder_folder / MODEL_FILE)


def test_graph_holds_no_paths(encoder_folder: Path) -> None:
    """The graph says nothing of the machine that built it."""
    graph = (encoder_folder / MODEL_FILE).read_bytes()
    here = str(Path(building.__file__).parents[2]).encode()

    assert here not in graph
    assert b"site-packages" not in graph


def test_import_is_cheap() -> None:
    """Importing the module loads neither torch nor its kin; asking whether an encoder is ready needs none."""
    code = "import sys, ingest.encoder; print({'torch', 'transformers', 'onnx'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "set()"


def test_silence_is_narrow(caplog: pytest.LogCaptureFixture) -> None:
    """Only the named message of a logger is dropped, and only meanwhile."""
    from ingest.encoder.graph import _muted

    logger = logging.getLogger("some.exporter")
    with _muted(logger, "torchvision is not"):
        logger.warning("torchvision is not installed")
        logger.warning("the disk is full")
    logger.warning("torchvision is not here")

    assert caplog.messages == ["the disk is full", "torchvision is not here"]
