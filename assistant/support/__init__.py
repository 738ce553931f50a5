"""Whether a sentence says only what the clauses that it cites say: nine deterministic checks, no model."""

from assistant.support.checks import Checks, read_checks
from assistant.support.support import JUDGED, Objection, unsupported

__all__ = ["JUDGED", "Checks", "Objection", "read_checks", "unsupported"]
