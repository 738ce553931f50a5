"""Text becomes unit vectors, the same every time, whatever the text."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Lock

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.index.embed import (
    BUILD_COMMAND,
    MODEL_FILE,
    RECORD_FILE,
    TOKENIZER_FILE,
    EncoderMissing,
    OnnxEmbedder,
    SentenceTransformersEmbedder,
    open_embedder,
)
from assistant.ports import Embedder

TEXTS = ["今天天氣很好", "附近哪裡有好吃的麵店?", "營業時間是早上十點到晚上九點,週一公休。" * 3]
ODD = {
    "one ligature, eighteen characters": "ﷺ" * 20,
    "NUL": "退\0費",
    "half a surrogate pair": "你好\ud83d",
    "empty": "",
    "blank": " \u3000\n",
    "script that the vocabulary lacks": "привет мир",
    "far beyond 512 tokens": "麵" * 20_000,
}


@pytest.fixture(scope="module")
def onnx(encoder_folder: Path) -> OnnxEmbedder:
    """The default embedder."""
    return OnnxEmbedder(encoder_folder)


@pytest.fixture(scope="module")
def genuine(encoder_folder: Path) -> SentenceTransformersEmbedder:
    """The same model, through sentence-transformers."""
    return SentenceTransformersEmbedder(str(encoder_folder / "sentence-transformers"))


@pytest.fixture(params=["onnx", "genuine"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """Each embedder in turn."""
    found: Embedder = request.getfixturevalue(request.param)
    return found


def rows(vectors: list[list[float]]) -> NDArray[np.float64]:
    """Vectors as an array, to multiply."""
    return np.array(vectors)


def test_rows_are_unit(embedder: Embedder) -> None:
    """Every vector has 384 floats and length 1."""
    found = rows([*embedder.embed_documents(TEXTS), embedder.embed_query(TEXTS[0])])

    assert found.shape == (4, 384)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_query_is_not_a_passage(embedder: Embedder) -> None:
    """The same text as a question and as a passage gives different vectors: the prefixes differ."""
    for text, passage in zip(TEXTS, embedder.embed_documents(TEXTS), strict=True):
        assert float(np.dot(embedder.embed_query(text), passage)) < 0.98


def test_prefixes_are_those_of_the_model(onnx: OnnxEmbedder, genuine: SentenceTransformersEmbedder) -> None:
    """The default embedder's questions and passages are those of sentence-transformers' own prompts."""
    queries = rows([onnx.embed_query(text) for text in TEXTS])
    passages = rows(onnx.embed_documents(TEXTS))
    genuine_queries = rows([genuine.embed_query(text) for text in TEXTS])
    genuine_passages = rows(genuine.embed_documents(TEXTS))

    assert (queries * genuine_queries).sum(1).min() >= 0.98
    assert (passages * genuine_passages).sum(1).min() >= 0.98
    assert (passages * genuine_queries).sum(1).max() < 0.98


def test_batch_equals_single(onnx: OnnxEmbedder) -> None:
    """A text's vector does not depend on its neighbours, nor on their order."""
    alone = [onnx.embed_documents([text])[0] for text in TEXTS]

    assert onnx.embed_documents(TEXTS) == alone
    assert onnx.embed_documents(TEXTS[::-1]) == alone[::-1]


def test_no_texts(embedder: Embedder) -> None:
    """No texts give no vectors."""
    assert embedder.embed_documents([]) == []


def test_threads_do_not_mix(embedder: Embedder) -> None:
    """Eight threads get the vectors that one gets."""
    expected = rows([embedder.embed_query(text) for text in TEXTS] * 8)
    with ThreadPoolExecutor(8) as pool:
        found = rows(list(pool.map(embedder.embed_query, TEXTS * 8)))

    assert (expected * found).sum(1).min() == pytest.approx(1.0, abs=1e-5)


def test_two_runs_at_once(onnx: OnnxEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many threads two run the graph at a time: each run keeps its memory."""
    genuine, third, lock, inside = onnx._model._session, Barrier(3), Lock(), [0]
    most = 0

    class Counted:
        def run(self, *arguments: object) -> object:
            nonlocal most
            with lock:
                inside[0] += 1
                most = max(most, inside[0])
            with contextlib.suppress(BrokenBarrierError):
                third.wait(timeout=0.2)  # a third one would be let in meanwhile
            with lock:
                inside[0] -= 1
            return genuine.run(*arguments)

    monkeypatch.setattr(onnx._model, "_session", Counted())
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(onnx.embed_query, TEXTS * 2))

    assert most == 2


def test_question_counts_to_its_256th_token(onnx: OnnxEmbedder) -> None:
    """What stands beyond 256 tokens of a question costs nothing and changes nothing; a passage has 512."""
    long = "麵店營業到幾點 " * 60

    assert onnx.embed_query(long) == onnx.embed_query(long + "退費期限")
    assert onnx.embed_documents([long]) != onnx.embed_documents([long + "退費期限"])


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
def test_odd_text_is_embedded(embedder: Embedder, text: str) -> None:
    """No text brings an embedder down, nor gives anything but a unit vector."""
    found = rows([embedder.embed_query(text), *embedder.embed_documents([text])])

    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_nul_does_not_cut(onnx: OnnxEmbedder) -> None:
    """What follows a NUL still counts."""
    assert onnx.embed_query("退費\0期限是哪一天") != onnx.embed_query("退費")


def test_meaning_is_kept(embedder: Embedder) -> None:
    """A question is nearer to the passage that answers it than to the others."""
    passages = ["營業時間為上午十時至下午九時。", "請勿攜帶寵物入內。", "付款後七日內得申請退款。"]
    scores = rows(embedder.embed_documents(passages)) @ np.array(embedder.embed_query("你們幾點打烊?"))

    assert scores.argmax() == 0


def test_name_tells_the_graph(onnx: OnnxEmbedder, encoder_folder: Path) -> None:
    """The default embedder's name holds the first 12 digits of the graph's checksum."""
    sha256 = json.loads((encoder_folder / RECORD_FILE).read_text())["files"][MODEL_FILE]["sha256"]

    assert onnx.name == f"multilingual-e5-small-int8:{sha256[:12]}"


def test_open_embedder_chooses(encoder_folder: Path, onnx: OnnxEmbedder) -> None:
    """A named model is opened by sentence-transformers under that name; none means the built encoder."""
    named = str(encoder_folder / "sentence-transformers")

    assert open_embedder(None, encoder_folder).name == onnx.name
    assert open_embedder("", encoder_folder).name == onnx.name
    assert open_embedder(named, encoder_folder).name == named


def test_missing_encoder_tells_the_command(tmp_path: Path) -> None:
    """Where no encoder was built, the error gives the command that builds it."""
    with pytest.raises(EncoderMissing, match=BUILD_COMMAND):
        open_embedder(None, tmp_path / "encoder")


def test_damaged_encoder_is_refused(encoder_folder: Path, tmp_path: Path) -> None:
    """A graph that differs from its checksum is refused, never loaded."""
    for name in (TOKENIZER_FILE, RECORD_FILE):
        shutil.copy(encoder_folder / name, tmp_path)
    (tmp_path / MODEL_FILE).write_bytes((encoder_folder / MODEL_FILE).read_bytes()[:-1])

    with pytest.raises(EncoderMissing, match=rf"{MODEL_FILE} is damaged.*{BUILD_COMMAND}"):
        OnnxEmbedder(tmp_path)


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"name": "x", "files": null}', "\xff"])
def test_broken_record_is_refused(tmp_path: Path, record: str) -> None:
    """A record that is not what the build writes is refused with the command that builds it."""
    (tmp_path / RECORD_FILE).write_text(record, encoding="latin-1")

    with pytest.raises(EncoderMissing, match=BUILD_COMMAND):
        OnnxEmbedder(tmp_path)


def test_default_needs_no_torch(encoder_folder: Path) -> None:
    """Embedding a question with the default embedder imports neither torch nor sentence-transformers."""
    code = (
        "import sys, pathlib, assistant.index.embed as embed;"
        "embed.open_embedder(None, pathlib.Path(sys.argv[1])).embed_query('你好');"
        "print({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(encoder_folder)], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "set()"
    assert found.stderr == ""
