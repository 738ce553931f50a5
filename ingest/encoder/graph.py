"""
A BERT encoder to an ONNX graph, and that to 8 bits.

In: a transformers BertModel. Out: a file with inputs input_ids and
attention_mask, (n, tokens) int64, and output sentence_embedding, (n, hidden)
float32 unit rows: the mean over real tokens, then L2.
"""
# ruff: noqa: PLC0415 -- torch takes seconds to import and is needed only while building

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import torch
    from transformers import BertModel


def export(bert: BertModel, path: Path) -> None:
    """Write the model, in evaluation mode, as a float32 graph that takes any number of texts and tokens."""
    import torch

    class Sentence(torch.nn.Module):
        """Ids and mask to unit rows: the mean over real tokens, then L2."""

        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            tokens = self.bert(
                input_ids=input_ids,
                attention_mask=attention_mask,
                token_type_ids=torch.zeros_like(input_ids),
                position_ids=torch.arange(input_ids.shape[1])[None],
            ).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
            mean = (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    # Two tensors, not one twice: the exporter would take ids and mask for the same input (cosine .80).
    ids, mask = torch.full((2, 16), 5), torch.ones((2, 16), dtype=torch.long)
    sizes = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    with _quiet_exporter():
        torch.onnx.export(
            Sentence().eval(),
            (ids, mask),
            path,
            input_names=["input_ids", "attention_mask"],
            output_names=["sentence_embedding"],
            dynamic_shapes={"input_ids": sizes, "attention_mask": sizes},
            dynamo=True,
            external_data=False,
            opset_version=18,
            verbose=False,
        )
    _forget_source_lines(path)


def quantise(source: Path, target: Path) -> None:
    """Write a graph again with 8-bit weights, scaled by channel; activations are scaled as they come."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with _muted(logging.getLogger(), "Please consider to run pre-processing"):
        # Weights keep to 7 of the 8 bits: sums of full ones saturate on processors without VNNI, and agree
        # no better with float32 where they do not (68 Chinese texts: cosine .994 at least, both ways).
        quantize_dynamic(source, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def _forget_source_lines(path: Path) -> None:
    # The exporter notes at each node which line of which file it came from: paths of this machine, and
    # different bytes, thus another encoder by name, wherever the same build runs in another folder.
    import onnx

    model = onnx.load(path)
    graph = model.graph
    for part in (
        model,
        graph,
        *graph.node,
        *graph.input,
        *graph.output,
        *graph.value_info,
        *graph.initializer,
    ):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    onnx.save(model, path)


@contextmanager
def _quiet_exporter() -> Iterator[None]:
    # Known and harmless: torchvision is not wanted here, and torch still uses its own deprecated type.
    registration = logging.getLogger("torch.onnx._internal.exporter._registration")
    with warnings.catch_warnings(), _muted(registration, "torchvision is not installed"):
        warnings.filterwarnings("ignore", r"`isinstance\(treespec, LeafSpec\)` is deprecated", FutureWarning)
        yield


@contextmanager
def _muted(logger: logging.Logger, opening: str) -> Iterator[None]:
    """Drop the logger's messages that open with these words, and no others."""

    def passes(record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith(opening)

    logger.addFilter(passes)
    try:
        yield
    finally:
        logger.removeFilter(passes)
