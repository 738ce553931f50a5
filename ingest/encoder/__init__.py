"""Packed weights -> a folder that embeds text without torch; the rest of the ingest knows one function of it."""

from ingest.encoder.build import ensure_encoder
from ingest.encoder.weights import EncoderError

__all__ = ["EncoderError", "ensure_encoder"]
