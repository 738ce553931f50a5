"""The words that all programmes share and those of one, checked like its other files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from assistant.index.words import LEXICON, VARIANTS
from assistant.support.checks import CHECKS
from ingest.faults import of_all_programmes
from ingest.read import Strict, load_model, load_text


def _expression(words: str) -> str:
    try:
        re.compile(words)
    except re.error as error:
        raise ValueError(f"「{words}」 is no regular expression: {error}") from error
    return words


class _Contrast(Strict):
    kinds: dict[str, Annotated[str, AfterValidator(_expression)]]


class _Variants(Strict):
    terms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    contrast: tuple[_Contrast, ...] = ()


class _ChecksFile(Strict):
    roles: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    same: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    covers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    opposites: tuple[tuple[str, str], ...] = ()
    everyday: tuple[str, ...] = ()


def check_words(programme: Path) -> None:
    """
    Read lexicon.txt, variants.toml and checks.toml of the corpus, and those of a programme's folder that are there.

    Raises:
        CorpusError: a shared one is missing, or one is not UTF-8 or TOML, has a wrong key, or a
            kind that is no regular expression.
    """
    with of_all_programmes():
        load_text(programme.parent / LEXICON)
        load_model(programme.parent / VARIANTS, _Variants)
        if (programme.parent / CHECKS).exists():
            load_model(programme.parent / CHECKS, _ChecksFile)
    if (programme / LEXICON).exists():
        load_text(programme / LEXICON)
    if (programme / VARIANTS).exists():
        load_model(programme / VARIANTS, _Variants)
    if (programme / CHECKS).exists():
        load_model(programme / CHECKS, _ChecksFile)
