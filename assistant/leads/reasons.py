"""
What of a lead its clauses must carry by themselves.

An opening that refuses or puts right (「不可以」, 「不是5家」) answers the question's own words by the table of
verdicts, where no clause says them; its reason must stand in the clauses. One that permits or confirms is
no opening here: it must stand in them whole.
"""

from __future__ import annotations

import re
from typing import Final

_REFUSING: Final = re.compile(
    r"(?:(?:對|不是)，)?(?:不可以|不夠|不一定|有可能|不是[^，。]{0,8}|不用[^，。]{1,8}|不算|不會)，(?=.)"
)


def reason_of(lead: str) -> str:
    """The reason behind an opening that refuses; the whole lead where there is no such opening."""
    opening = _REFUSING.match(lead)
    return lead[opening.end() :] if opening else lead
