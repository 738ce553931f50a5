"""What the cues of this programme do in a clause."""

from __future__ import annotations

from typing import Final

from assistant.reading.roles import Roles

ROLES: Final = Roles(
    said=frozenset(
        {"coached", "registered", "sme_no", "sme_yes", "has", "startup", "founded", "other_programme"}
    ),
    of_all=frozenset({"registered", "sme_yes"}),
    nouns=frozenset({"old", "newcomers"}),
    leading=frozenset({"old"}),
    labels=frozenset({"total", "coached", "old", "swap", "add", "registered"}),
    dropped=frozenset({"skip", "torn", "number", "fit", "track", "registering", "want"}),
)
