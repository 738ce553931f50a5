"""
The recorded floor: figures below which a change is not accepted.

floor.toml has tables of figure -> limit: [floor] (not below) and [ceiling] (not above),
and the same under [whole] for what a quick run does not measure and under [guard] for the check of sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

FILE: Final = Path(__file__).with_name("floor.toml")


class FigureLimits(BaseModel):
    """Figures by name, and what each may not be below or above."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    floor: dict[str, float] = {}
    ceiling: dict[str, float] = {}

    def breaches(self, figures: Mapping[str, float | None]) -> Iterator[str]:
        """One line for each figure beyond its limit, or not measured: metric, figure, limit."""
        for name, limit in self.floor.items():
            figure = figures.get(name)
            if figure is not None and figure < limit:
                yield f"{name}: {figure:.4f} is below the floor of {limit:.4f}"
        for name, limit in self.ceiling.items():
            figure = figures.get(name)
            if figure is not None and figure > limit:
                yield f"{name}: {figure:.4f} is above the ceiling of {limit:.4f}"
        for name, limit in (self.floor | self.ceiling).items():
            if figures.get(name) is None:
                yield f"{name}: not measured, the recorded limit is {limit:.4f}"


class Floor(FigureLimits):
    """The limits of floor.toml; a figure that a floor or a ceiling names must have been measured."""

    whole: FigureLimits = FigureLimits()
    guard: FigureLimits = FigureLimits()

    def of_run(self, *, quick: bool) -> FigureLimits:
        """The limits of a run that asks questions; a quick one measures fewer figures."""
        whole = FigureLimits() if quick else self.whole
        return FigureLimits(floor=self.floor | whole.floor, ceiling=self.ceiling | whole.ceiling)

    @classmethod
    def read(cls, path: Path = FILE) -> Floor:
        """
        The recorded limits.

        Raises:
            OSError, ValueError: the file is missing or breaks the format.
        """
        return cls.model_validate(tomllib.loads(path.read_text(encoding="utf8")))
