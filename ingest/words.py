"""The words that all programmes share and those of one, checked like its other files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import Field

from assistant.index.words import LEXICON, VARIANTS
from ingest.faults import CorpusError, CorpusFault, of_all_programmes
from ingest.read import Strict, load_model, load_text
from ingest.toml_lines import header_lines


class _Contrast(Strict):
    kinds: dict[str, str]


class _Variants(Strict):
    terms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    contrast: tuple[_Contrast, ...] = ()


def check_words(programme: Path) -> None:
    """
    Read lexicon.txt and variants.toml of the corpus, and those of a programme's folder that are there.

    Raises:
        CorpusError: a shared one is missing, or one is not UTF-8 or TOML, has a wrong key, or a
            kind that is no regular expression.
    """
    with of_all_programmes():
        load_text(programme.parent / LEXICON)
        _check_variants(programme.parent / VARIANTS)
    if (programme / LEXICON).exists():
        load_text(programme / LEXICON)
    if (programme / VARIANTS).exists():
        _check_variants(programme / VARIANTS)


def _check_variants(path: Path) -> None:
    variants = load_model(path, _Variants)
    headers = header_lines(load_text(path), "contrast", len(variants.contrast))
    faults = [
        fault
        for contrast, line in zip(variants.contrast, headers, strict=True)
        for fault in _broken(contrast.kinds.values(), line)
    ]
    if faults:
        raise CorpusError(faults)


def _broken(kinds: Iterable[str], line: int) -> Iterator[CorpusFault]:
    for kind in kinds:
        try:
            re.compile(kind)
        except re.error as error:
            what = f"「{kind}」 is no regular expression: {error}"
            yield CorpusFault(VARIANTS, line, what, "mend the expression and build again")
