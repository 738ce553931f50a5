"""The widget's source -> the one script that is served: its parts in order, in one function, the style within."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

# Each may use what those before it declare.
PARTS: Final = (
    "texts",
    "elements",
    "announcer",
    "memory",
    "composing",
    "events",
    "api",
    "answer_lines",
    "clause",
    "verdict",
    "missing",
    "reading",
    "feedback",
    "answer",
    "turn",
    "conversation",
    "composer",
    "panel",
    "element",
)
_HEAD: Final = "// Guideline assistant: chat widget. Source and licence: see the project that serves it.\n"


@dataclass(frozen=True, slots=True)
class Bundle:
    """The script, the same compressed, and a tag that changes with it."""

    script: bytes
    compressed: bytes
    tag: str


@cache
def bundle() -> Bundle:
    """
    Read the parts and put them together, once; nothing is compiled or minified.

    Raises:
        FileNotFoundError: a part was not installed.
    """
    source = files(__package__) / "source"
    style = (source / "widget.css").read_text(encoding="utf-8")
    parts = [f"const STYLE = {json.dumps(style, ensure_ascii=False)};"]
    parts += [(source / f"{name}.js").read_text(encoding="utf-8") for name in PARTS]
    script = f'{_HEAD}(() => {{\n"use strict";\n{chr(10).join(parts)}}})();\n'.encode()
    # Without a time in it, so that the same source compresses to the same bytes.
    return Bundle(script, gzip.compress(script, 9, mtime=0), hashlib.sha256(script).hexdigest()[:16])
