"""Logs: one JSON object a line on standard error, personal data masked."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from io import TextIOBase
from typing import TextIO, cast

import structlog

from assistant.privacy import mask


def configure_logs() -> None:
    """Set up structlog for the process; what people wrote is masked wherever it is logged."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _masked,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=cast("TextIO", _Droppable())),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


class _Droppable(TextIOBase):
    """Standard error, where it can be written: a full disk under a log is no reason to answer nobody."""

    def __init__(self) -> None:
        self._stream = sys.stderr

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def _masked(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {name: _mask_within(value) for name, value in event.items()}


def _mask_within(value: object) -> object:
    """Personal data masked in a text, or in the texts of a list or a table."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {name: _mask_within(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_mask_within(item) for item in value]
    return value
