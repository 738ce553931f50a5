"""
Corpus folder -> index and answers, by processes of their own: `python -m ingest`, `python -m eval.answers`.

A build holds a gigabyte and half a minute of two cores, and this package imports neither
ingest nor eval; a process of its own also leaves the server alone when it fails.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any, Final, Protocol

from assistant.knowledge.change import ChangeRejected, Fault
from assistant.knowledge.comparison import Answers, Asked

ROOT: Final = Path(__file__).resolve().parents[2]
_PREFIX: Final = "ASSISTANT_"
_FAULT: Final = re.compile(
    r"^(?P<file>[^:\s]+):(?P<line>\d+): (?P<what>.*)\n    (?P<remedy>.*)$", re.MULTILINE
)

Say = Callable[[str], None]


class BuildFailed(RuntimeError):  # noqa: N818 - says what became of the build
    """A build or its evaluation failed or was stopped; the message holds the command's last words, no path."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a programme's corpus and its builds lie; `chroma_url` and `embedding_model` as in the settings."""

    corpus: Path
    data: Path
    chroma_url: str | None = None
    embedding_model: str | None = None

    def home(self, programme: str) -> Path:
        """The folder of all builds of a programme."""
        return self.data / "index" / programme


class Builder(Protocol):
    """What is done with a corpus folder; `say` is told how far it is. `stop` ends what runs."""

    def check(self, places: Places, programme: str) -> None:
        """
        Hold a programme's folder against the laws of the ingest.

        Raises:
            ChangeRejected: it breaks one; each fault with file and line.
            BuildFailed: the check itself failed.
        """
        ...

    def build(self, places: Places, programme: str, say: Say) -> None:
        """
        Bring the index of a programme up to date and switch to it.

        Raises:
            ChangeRejected, BuildFailed: as `check`; the index that was served still is.
        """
        ...

    def answers(
        self, places: Places, programme: str, asked: Sequence[Asked], added: Sequence[str], say: Say
    ) -> Answers:
        """
        What the served build answers to the evaluation's questions, then to those asked.

        `added` are the questions that came into the bank; copies of evaluated ones are told.

        Raises:
            BuildFailed: the index cannot be used.
        """
        ...

    def stop(self) -> None:
        """End what is running with BuildFailed, and refuse what comes later."""
        ...


@dataclass(slots=True)
class Commands:
    """The builder of a running service; `niceness` is how far its commands stand back behind the server."""

    python: str = sys.executable
    niceness: int = 10
    _running: list[subprocess.Popen[str]] = field(default_factory=list)
    _stopped: Event = field(default_factory=Event)

    def check(self, places: Places, programme: str) -> None:
        """See Builder."""
        folder = places.corpus / programme
        self._run(["-m", "ingest", str(folder), "--check"], places, programme, lambda _: None)

    def build(self, places: Places, programme: str, say: Say) -> None:
        """See Builder."""
        self._run(["-m", "ingest", str(places.corpus / programme)], places, programme, say)

    def answers(
        self, places: Places, programme: str, asked: Sequence[Asked], added: Sequence[str], say: Say
    ) -> Answers:
        """See Builder."""
        questions = [{"question": one.question, "origin": one.origin} for one in asked]
        with TemporaryDirectory() as folder:  # the questions are people's, and go with it
            wanted, out = Path(folder) / "asked.json", Path(folder) / "answers.json"
            wanted.write_text(json.dumps({"asked": questions, "added": list(added)}), encoding="utf8")
            arguments = ["-m", "eval.answers", "--asked", str(wanted), "--out", str(out)]
            self._run(arguments, places, programme, say)
            return Answers.of_json(json.loads(out.read_text(encoding="utf8")))

    def stop(self) -> None:
        """See Builder."""
        self._stopped.set()
        for process in list(self._running):
            process.terminate()

    def _run(self, arguments: Sequence[str], places: Places, programme: str, say: Say) -> None:
        """Run a command of this repository; its lines of output are said as they come."""
        if self._stopped.is_set():
            raise BuildFailed("服務正在關閉。")
        nice = shutil.which("nice")
        with subprocess.Popen(  # noqa: S603 - fixed programs, folders of ours
            [*([nice, "-n", str(self.niceness)] if nice else []), self.python, *arguments],
            cwd=ROOT,
            env=_environment(places, programme),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf8",
            errors="replace",
        ) as process:
            self._running.append(process)
            if self._stopped.is_set():
                process.terminate()
            try:
                errors: list[str] = []
                reader = Thread(target=lambda: errors.extend(process.stderr or ()), daemon=True)
                reader.start()
                for line in process.stdout or ():
                    say(line.strip())
                status = process.wait()
                reader.join()
            finally:
                self._running.remove(process)
        if status:
            words = "".join(errors)
            faults = list(_faults(words))
            if faults and not self._stopped.is_set():
                raise ChangeRejected(faults)
            raise BuildFailed(_last_words(words, places) or f"指令失敗（代碼 {status}）。")


def _environment(places: Places, programme: str) -> dict[str, str]:
    """This process's environment with the settings of the build alone: no password is handed on."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_PREFIX)}
    own: Mapping[str, Any] = {
        "CORPUS_DIR": places.corpus,
        "DATA_DIR": places.data,
        "PROGRAMME": programme,
        "CHROMA_URL": places.chroma_url or "",
        "EMBEDDING_MODEL": places.embedding_model or "",
    }
    return kept | {_PREFIX + name: str(value) for name, value in own.items()} | {"PYTHONUTF8": "1"}


def _faults(words: str) -> Iterator[Fault]:
    for found in _FAULT.finditer(words):
        yield Fault(found["what"], found["remedy"], found["file"], int(found["line"]))


def _last_words(words: str, places: Places) -> str:
    """The last line that a command wrote, without the machine's folders."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    last = lines[-1] if lines else ""
    for folder in (places.corpus, places.data, ROOT):
        last = last.replace(str(folder), "…")
    return last[:300]
