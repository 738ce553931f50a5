"""
The word pieces of the encoder's tokenizer, cut to Chinese and English.

In: the vocabulary of ingest.encoder.weights. Out: the ids worth keeping, and a tokenizer
over them. Such text gets the same pieces as from the whole vocabulary; text in
another script falls to the unknown piece. XLM-R's tokenizer: a SentencePiece
unigram model (Kudo 2018, arXiv:1804.10959) normalised by the rule nmt_nfkc.
"""
# ruff: noqa: PLC0415 -- sentencepiece is needed only while building

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from ingest.encoder.weights import Weights

# Pieces to keep: Chinese ones (Bopomofo and CJK punctuation included) that hold no other script than
# Latin, and single characters that turn up in Taiwanese messages: symbols, kana (の), emoji.
_CHINESE: Final = re.compile(r"[\u3000-\u303f\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff]")
_SCRIPTS: Final = (
    r"▁\u0000-\u024f\u2000-\u206f\u2100-\u22ff\u2460-\u24ff\u2500-\u27bf\u3000-\u303f\u3100-\u312f"
    r"\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
)
_WRITTEN: Final = re.compile(rf"[{_SCRIPTS}]+")
_SINGLE: Final = re.compile(rf"▁?[{_SCRIPTS}\u3040-\u30ff\U0001f300-\U0001faff]")

# By their names in transformers.
SPECIAL: Final = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "cls_token": "<s>",
    "sep_token": "</s>",
    "mask_token": "<mask>",
}
_SPACE: Final = "▁"  # a piece that starts a word starts with this


def kept_pieces(pieces: tuple[str, ...], english: frozenset[str]) -> list[int]:
    """
    The ids of the pieces to keep, ascending: special, Chinese, English ones and single characters.

    The special pieces come first and so keep their ids, 0 to 3.
    """

    def wanted(piece: str) -> bool:
        if piece in SPECIAL.values() or _SINGLE.fullmatch(piece):
            return True
        if _CHINESE.search(piece):
            return _WRITTEN.fullmatch(piece) is not None
        return piece in english and piece.removeprefix(_SPACE).isascii()

    return [i for i, piece in enumerate(pieces) if wanted(piece)]


def build_tokenizer(weights: Weights, keep: list[int]) -> Tokenizer:
    """A tokenizer whose piece i is piece `keep[i]` of the weights; it adds <s> and </s>, no padding."""
    from sentencepiece import SentencePieceNormalizer
    from sentencepiece.sentencepiece_model_pb2 import NormalizerSpec  # type: ignore[attr-defined]
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    rule = NormalizerSpec.FromString(
        SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_normalizer_spec()
    )
    vocabulary = [(weights.pieces[i], float(weights.scores[i])) for i in keep]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=weights.shape.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            # The one character that today's rule treats unlike the rule of the model's day; in emoji: 👩‍🍳.
            normalizers.Replace("\u200d", weights.characters["\u200d"]),
            normalizers.Precompiled(rule.precompiled_charsmap),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_SPACE, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", weights.shape.bos), ("</s>", weights.shape.eos)],
    )
    return tokenizer
