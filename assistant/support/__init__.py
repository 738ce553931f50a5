"""Whether a sentence says only what the clauses that it cites say: nine deterministic checks, no model."""

from assistant.support.checks import Checks, read_checks
from assistant.support.figures import figures_of, new_figures
from assistant.support.modality import modals_of
from assistant.support.support import JUDGED, Objection, unsupported

__all__ = [
    "JUDGED",
    "Checks",
    "Objection",
    "figures_of",
    "modals_of",
    "new_figures",
    "read_checks",
    "unsupported",
]
