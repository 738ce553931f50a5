"""
How fast the default encoder embeds one question, and how near it stays to its origin.

Prints, for the int8 graph and the sentence-transformers folder it was made
from: p50 and p99 of one query in milliseconds, their ratio (both measured in
turns, so that a busy machine slows both), and the cosine between their vectors.
"""

from __future__ import annotations

import time

import numpy as np

from assistant.config import load_settings
from assistant.index.embed import OnnxEmbedder, SentenceTransformersEmbedder
from assistant.ports import Embedder

ROUNDS = 50
QUERIES = (
    "請問週末有營業嗎?",
    "我想改期,要怎麼申請",
    "訂金可以退嗎?如果是颱風天臨時取消的話要扣多少手續費",
    "附近有停車場嗎",
)


def _milliseconds(embedder: Embedder, query: str) -> float:
    start = time.perf_counter()
    embedder.embed_query(query)
    return (time.perf_counter() - start) * 1000


def measure() -> None:
    """Both embedders of the encoder that is built, in two tables."""
    folder = load_settings().encoder_dir
    embedders: dict[str, Embedder] = {
        "onnx int8": OnnxEmbedder(folder),
        "torch float32": SentenceTransformersEmbedder(str(folder / "sentence-transformers")),
    }
    times: dict[str, list[float]] = {name: [] for name in embedders}
    for turn in range(ROUNDS + 1):
        for query in QUERIES:
            for name, embedder in embedders.items():
                taken = _milliseconds(embedder, query)
                if turn:  # the first turn warms up
                    times[name].append(taken)
    for name, taken_all in times.items():
        print(f"{name:14} p50 {np.median(taken_all):6.1f} ms   p99 {np.quantile(taken_all, 0.99):6.1f} ms")
    slow, fast = (float(np.median(times[name])) for name in ("torch float32", "onnx int8"))
    print(f"ratio of p50   {slow / fast:6.1f}\n\ncosine, int8 to float32:")
    for query in QUERIES:
        ours, theirs = (np.array(embedder.embed_query(query)) for embedder in embedders.values())
        print(f"  {ours @ theirs:.4f}  {query}")
