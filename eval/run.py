"""
The folder of a run: eval/runs/<date>-<commit>/, what was asked of what and what came back.

    config.json      what affects the figures
    generated.jsonl  replies, one a line (eval.generate)
    metamorphic.json what the rules decide on sentences made of their figures
    heldout.json     cross-validation on the bank
    scores.json      figures;  report.md, report.html
"""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter

from assistant.ports import TAIPEI
from eval.crossvalidation import Scheme

RUNS: Final = Path(__file__).with_name("runs")
CONFIG: Final = "config.json"
HELD_OUT: Final = "heldout.json"
SCORES: Final = "scores.json"
_SCHEMES: Final = TypeAdapter(tuple[Scheme, ...])


class Config(BaseModel):
    """
    What a run asked: sets by path, the corpus and encoder asked, the commit of the code.

    `changed` says that the working tree differed from the commit; `base` is the
    address of the assistant, empty if it ran in process; `quick`, that nothing else was asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: str
    commit: str
    changed: bool
    programme: str
    corpus: str
    embedder: str
    base: str
    sets: tuple[str, ...]
    quick: bool = False

    @property
    def name(self) -> str:
        """The name of the run's folder."""
        return f"{self.date}-{self.commit}"


def today() -> date:
    """The date in Taiwan."""
    return datetime.now(TAIPEI).date()


def commit() -> tuple[str, bool]:
    """The short commit of the working tree and whether it was changed since; "none" outside a repository."""
    head = _git("rev-parse", "--short", "HEAD")
    return head or "none", bool(_git("status", "--porcelain", "--untracked-files=no"))


def begin(config: Config, runs: Path = RUNS) -> Path:
    """The folder of a new run, with its config; a run of the same day and commit is replaced."""
    folder = runs / config.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / CONFIG).write_text(config.model_dump_json(indent=1) + "\n", encoding="utf8")
    return folder


def read_config(folder: Path) -> Config:
    """
    The config of a run.

    Raises:
        OSError, ValueError: the folder holds no run.
    """
    return Config.model_validate_json((folder / CONFIG).read_bytes())


def write_schemes(folder: Path, schemes: list[Scheme]) -> None:
    """Keep the cross-validation."""
    (folder / HELD_OUT).write_bytes(_SCHEMES.dump_json(tuple(schemes), indent=1))


def read_schemes(folder: Path) -> tuple[Scheme, ...]:
    """The cross-validation, empty if the run left it out."""
    path = folder / HELD_OUT
    return _SCHEMES.validate_json(path.read_bytes()) if path.exists() else ()


def _git(*arguments: str) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    done = subprocess.run(  # noqa: S603 - fixed arguments
        [git, *arguments], cwd=Path(__file__).parent, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""
