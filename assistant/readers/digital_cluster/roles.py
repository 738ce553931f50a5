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
    apart=frozenset({"first"}),
)
# Words that change what is said: whatever reads their group must know them.
LOUD: Final = frozenset(
    {
        "aside", "add", "all", "besides", "coached", "doubt", "overlap", "each", "except", "fill", "founded", "keep", "none",
        "none_added", "not_all", "old", "other_programme", "registered", "remove", "rest", "sme_no", "sme_yes", "some",
        "startup", "stay", "swap", "times", "turned_into", "unsure", "newcomers",
    }
)  # fmt: skip
