"""The files that all programmes share, checked like a programme's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ingest.faults import CorpusError, CorpusFault
from ingest.read import Strict, load_model, load_text
from ingest.toml_lines import header_lines

VARIANTS: Final = "variants.toml"
LEXICON: Final = "lexicon.txt"


class _Contrast(Strict):
    kinds: dict[str, str]


class _Variants(Strict):
    terms: dict[str, tuple[str, ...]]
    contrast: tuple[_Contrast, ...] = ()


def check_shared(corpus: Path) -> None:
    """
    Read lexicon.txt and variants.toml of a corpus folder.

    Raises:
        CorpusError: one is missing, is not UTF-8 or TOML, has a wrong key, or a kind
            that is no regular expression.
    """
    load_text(corpus / LEXICON)
    variants = load_model(corpus / VARIANTS, _Variants)
    headers = header_lines(load_text(corpus / VARIANTS), "contrast", len(variants.contrast))
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
