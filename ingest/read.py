"""
A programme's folder -> its files as validated values; nothing is interpreted yet.

Unknown keys are refused, so that a typo in a data file fails the build with its
file and line instead of being silently ignored.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import MISSING, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError, create_model
from pydantic_core import ErrorDetails

from assistant.domain import ClauseGroup, Entry, Parallel, Source
from ingest.faults import CorpusError, CorpusFault
from ingest.toml_lines import header_lines, line_of_key

SOURCE: Final = "source.toml"
OUTLINE: Final = "outline.toml"
PLAIN: Final = "plain.toml"
WORDING: Final = "wording.toml"
_SUGGESTED: Final = 3


class Strict(BaseModel):
    """A table of a data file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# source.toml has the fields of Source, all of them texts; one with a default may be left out.
_TEXTS: Final[dict[str, Any]] = {
    field.name: (str, ... if field.default is MISSING else field.default) for field in fields(Source)
}
_SourceFile = create_model("_SourceFile", __base__=Strict, **_TEXTS)


class _EntryTable(Strict):
    number: int
    starts: str
    topic: str
    question: str
    track: str = ""


class _OutlineFile(Strict):
    entry: tuple[_EntryTable, ...]
    group: tuple[ClauseGroup, ...] = ()
    parallel: tuple[Parallel, ...] = ()


class _WordingFile(Strict):
    suggestions: tuple[str, ...] = ()
    example: str = ""
    questions: dict[str, str] = Field(default_factory=dict)


_Plain = RootModel[dict[str, str]]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry as the outline lists it: `starts` are its first words, `line` its place in the file."""

    entry: Entry
    starts: str
    line: int


@dataclass(frozen=True, slots=True)
class Folder:
    """
    The files of one programme; `plain` maps clause ids (without the programme) to plain texts.

    `suggestions` and `example` are those of wording.toml, or else the first questions of the outline;
    `questions` its short questions by clause id (without the programme).
    """

    path: Path
    source: Source
    text: str
    digest: str
    outline: tuple[OutlineEntry, ...]
    groups: tuple[ClauseGroup, ...]
    parallels: tuple[Parallel, ...]
    plain: dict[str, str]
    suggestions: tuple[str, ...]
    example: str
    questions: dict[str, str]

    def line_of(self, file: str, words: str) -> int:
        """The first line of a file that holds `words`; 0 if none does."""
        lines = (self.path / file).read_text(encoding="utf8").splitlines()
        return next((n for n, line in enumerate(lines, 1) if words in line), 0)


def read_folder(path: Path) -> Folder:
    """
    Read source.toml, the guideline, outline.toml, plain.toml and wording.toml of a programme.

    Raises:
        CorpusError: a file is missing, is not UTF-8 or TOML, or lacks or misspells a key.
    """
    source = Source(**load_model(path / SOURCE, _SourceFile).model_dump())
    raw = _bytes(path / source.file)
    text = _decode(raw, source.file)
    outline = load_model(path / OUTLINE, _OutlineFile)
    groups = {group.id: group for group in outline.group}
    wording = load_model(path / WORDING, _WordingFile) if (path / WORDING).exists() else _WordingFile()
    questions = [one.question for one in outline.group or outline.entry]

    def leaves(names: tuple[str, ...]) -> tuple[str, ...]:
        """Leaves named one by one."""
        return tuple(f"{source.programme}/{name}" for name in names)

    def side(names: tuple[str, ...]) -> tuple[str, ...]:
        """The leaves of one side of a parallel, which may be named by a group."""
        return leaves(groups[names[0]].clauses if names[:1] and names[0] in groups else names)

    lines = header_lines((path / OUTLINE).read_text(encoding="utf8"), "entry", len(outline.entry))
    return Folder(
        path=path,
        source=source,
        text=text,
        digest=hashlib.sha256(raw).hexdigest(),
        outline=tuple(
            OutlineEntry(Entry(e.number, e.question, e.topic, e.track), e.starts, line)
            for e, line in zip(outline.entry, lines, strict=True)
        ),
        groups=tuple(replace(g, clauses=leaves(g.clauses), limits=leaves(g.limits)) for g in outline.group),
        parallels=tuple(replace(p, sides=(side(p.sides[0]), side(p.sides[1]))) for p in outline.parallel),
        plain=load_model(path / PLAIN, _Plain).root,
        suggestions=wording.suggestions or tuple(q.rstrip("？?") for q in questions[:_SUGGESTED]),
        example=wording.example or "".join(questions[:1]),
        questions=wording.questions,
    )


def load_text(path: Path) -> str:
    """
    The text of a file, as it stands.

    Raises:
        CorpusError: missing, or not UTF-8, with the line where it breaks.
    """
    return _decode(_bytes(path), path.name)


def load_model(path: Path, model: type[Model]) -> Model:
    """
    A TOML file checked against its model.

    Raises:
        CorpusError: missing, not UTF-8 or not TOML, with the line where it breaks; or a key is
            missing, unknown or of the wrong type.
    """
    text = load_text(path)
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else len(text.splitlines())  # "at end of document"
        fault = CorpusFault(path.name, line, f"not valid TOML: {error}", "mend the line and build again")
        raise CorpusError([fault]) from error
    except ValidationError as error:
        raise CorpusError(
            CorpusFault(
                path.name,
                line_of_key(text, fault["loc"]),
                f"{'.'.join(str(part) for part in fault['loc'])}: {_said(fault)}",
                "see corpus/README.md for the keys of this file",
            )
            for fault in error.errors()
        ) from error


def _said(fault: ErrorDetails) -> str:
    """What is wrong with a value: our own words, or pydantic's."""
    match fault["type"]:
        case "value_error":
            return str(fault["ctx"]["error"])
        case "unexpected_keyword_argument":  # a noun's field is a key of the file, not an argument
            return "extra inputs are not permitted"
    return fault["msg"].lower()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        remedy = f"a programme's folder needs {path.name}; see corpus/README.md"
        raise CorpusError(
            [CorpusFault(path.name, 0, f"cannot be read ({error.strerror})", remedy)]
        ) from error


def _decode(raw: bytes, name: str) -> str:
    """The text as it stands: no newline is changed, so that offsets are those of the file."""
    try:
        return raw.decode("utf8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fault = CorpusFault(
            name, line, f"not UTF-8 at byte {error.start}", "save the file as UTF-8 and build again"
        )
        raise CorpusError([fault]) from error
