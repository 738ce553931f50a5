"""
Packed weights to a BERT model of the transformers library, float32.

In: ingest.encoder.weights and the ids of the word pieces to keep. Out: a BertModel in
evaluation mode, whose word embeddings are the rows of those pieces.
"""
# ruff: noqa: PLC0415 -- torch takes seconds to import and is needed only while building

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from transformers import BertModel

    from ingest.encoder.weights import Weights

# Names of a layer's tensors: in the packed file, and in transformers.
_LAYER: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def build_bert(weights: Weights, keep: list[int]) -> BertModel:
    """
    The model with `len(keep)` word pieces, in the order of `keep`.

    Raises:
        RuntimeError: a tensor is absent from the weights or has another size.
    """
    import torch
    from transformers import BertConfig, BertModel

    shape = weights.shape
    config = BertConfig(
        vocab_size=len(keep),
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=1e-12,
        pad_token_id=shape.pad,
        bos_token_id=shape.bos,
        eos_token_id=shape.eos,
        hidden_act="gelu",
    )
    model = BertModel(config)
    model.eval()  # type: ignore[no-untyped-call]
    sizes = {name: tensor.shape for name, tensor in model.state_dict().items()}
    # The pooler plays no part in mean pooling and is not in the file. Left out, whoever loads the model
    # is told that weights are missing; left as it was born, it is random and no two builds are alike.
    state = {name: torch.zeros(size) for name, size in sizes.items() if name.startswith("pooler.")}

    def put(name: str, values: NDArray[np.float32]) -> None:
        state[name] = torch.from_numpy(values).reshape(sizes[name])

    put("embeddings.word_embeddings.weight", weights.word_rows(keep))
    put("embeddings.position_embeddings.weight", weights.tensor("emb.pos"))
    put("embeddings.token_type_embeddings.weight", weights.tensor("emb.type"))
    for ours, theirs in (("w", "weight"), ("b", "bias")):
        put(f"embeddings.LayerNorm.{theirs}", weights.tensor(f"emb.ln.{ours}"))
        for layer in range(shape.layers):
            for short, long in _LAYER.items():
                put(f"encoder.layer.{layer}.{long}.{theirs}", weights.tensor(f"l{layer}.{short}.{ours}"))
    model.load_state_dict(state)
    return model
