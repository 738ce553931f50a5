"""The lead of an answer: what was asked, said first, from the form of the question and what the cited clauses do."""

from assistant.leads.ellipsis import completed, share_of_its_own
from assistant.leads.lead import lead
from assistant.leads.norms import NORMS, Norms, NormsError, derived_norms, load_norms
from assistant.leads.reasons import reason_of

__all__ = [
    "NORMS",
    "Norms",
    "NormsError",
    "completed",
    "derived_norms",
    "lead",
    "load_norms",
    "reason_of",
    "share_of_its_own",
]
