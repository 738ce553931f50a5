"""What can be swapped: the embedder and the clock, as Protocols on one page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

TAIPEI = ZoneInfo("Asia/Taipei")


class Embedder(Protocol):
    """
    Text to unit vectors, in the shape of LangChain's Embeddings.

    Queries and passages are embedded differently (E5: "query: ", "passage: ");
    an implementation adds its own prefix, callers never do.
    """

    @property
    def name(self) -> str:
        """Identifies model and precision; part of the index manifest."""
        ...

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Passages to (n, d) unit rows."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """One question to a unit vector of d floats."""
        ...


class Clock(Protocol):
    """The time in Taiwan, so that tests can stand still."""

    def now(self) -> datetime:
        """The current moment, time zone Asia/Taipei."""
        ...

    def today(self) -> date:
        """The current date in Taiwan."""
        ...


class SystemClock:
    """The machine's clock, read in Asia/Taipei."""

    def now(self) -> datetime:
        """The current moment, time zone Asia/Taipei."""
        return datetime.now(TAIPEI)

    def today(self) -> date:
        """The current date in Taiwan."""
        return self.now().date()
