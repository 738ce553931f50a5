"""The reader over the programme's own rules."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assistant.eligibility.rule_file import load_rules
from assistant.readers.digital_cluster import reader

CORPUS: Final = Path(__file__).parents[4] / "corpus" / "digital-cluster"
BOOK: Final = load_rules(CORPUS)
READER: Final = reader(BOOK)
