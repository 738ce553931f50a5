"""
What an index was built from; checked whenever it is opened.

An index answers for a corpus only if text, editorial data, model and tokenizer are
those that it was built with. Its fingerprint is a hash over these, and names its
folder, so that unchanged input is recognised and nothing is ever overwritten.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from assistant.index.features import FEATURES_VERSION
from assistant.index.words import TOKENIZER_VERSION

FILE: Final = "manifest.json"
SUMS: Final = "checksums.json"
# Raised when what is written into an index folder changes its form or its meaning.
FORMAT: Final = 5


class IndexUnusable(Exception):  # noqa: N818 - says what state the index is in
    """The index is missing, damaged or stale; the message names the command that mends it."""

    def __init__(self, programme: str, what: str) -> None:
        super().__init__(
            f"The index of {programme} {what}. Build it with: make index (or: python -m ingest corpus/{programme})"
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """The inputs of one build. `corpus` is the digest of the programme's files."""

    programme: str
    corpus: str
    embedder: str
    tokenizer: str = TOKENIZER_VERSION
    features: str = FEATURES_VERSION
    format: int = FORMAT

    @property
    def fingerprint(self) -> str:
        """16 hex digits over every field."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

    def write(self, folder: Path) -> None:
        """Write the manifest into an index folder."""
        words = json.dumps({**asdict(self), "fingerprint": self.fingerprint}, ensure_ascii=False, indent=2)
        (folder / FILE).write_text(words + "\n", encoding="utf8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of an index folder; OSError, ValueError, KeyError or TypeError if it is damaged."""
        data = json.loads((folder / FILE).read_text(encoding="utf8"))
        return cls(**{field.name: data[field.name] for field in fields(cls)})

    def differences(self, other: Manifest) -> list[str]:
        """The names of the inputs in which two builds differ."""
        mine, theirs = asdict(self), asdict(other)
        return [name for name, value in mine.items() if value != theirs[name]]


def seal(folder: Path, own: frozenset[str]) -> None:
    """Write down the checksums of the finished files of an index folder, those below `own` left out."""
    (folder / SUMS).write_text(json.dumps(_sums(folder, own), indent=1), encoding="utf8")


def check_seal(folder: Path, own: frozenset[str]) -> None:
    """
    Hold the files of an index folder against their checksums.

    Raises:
        OSError, ValueError: a file is missing or not as it was written.
    """
    if json.loads((folder / SUMS).read_text(encoding="utf8")) != _sums(folder, own):
        raise ValueError("a file is not as it was written")


def _sums(folder: Path, own: frozenset[str]) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder) for path in files}
    return {
        name.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path, name in names.items()
        if name.parts[0] not in {FILE, SUMS, *own}
    }


def manifest_for(programme_folder: Path, embedder_name: str) -> Manifest:
    """The manifest that an index of this folder, as it is now, would have."""
    return Manifest(programme_folder.name, corpus_digest(programme_folder), embedder_name)


def corpus_digest(programme_folder: Path) -> str:
    """
    A digest over every data file of a programme and those that all programmes share.

    Names and bytes both count; the order of the folder does not.
    """
    digest = hashlib.sha256()
    shared = [path for path in programme_folder.parent.iterdir() if path.is_file()]
    for path in sorted([*shared, *(p for p in programme_folder.iterdir() if p.is_file())]):
        if path.suffix in {".toml", ".txt"}:
            digest.update(f"{path.relative_to(programme_folder.parent).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
