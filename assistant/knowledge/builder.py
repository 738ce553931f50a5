"""
Corpus folder -> check, index, replies, each by a process of its own.

A build holds a gigabyte and half a minute of two cores. In a process of its own it leaves the server
alone when it fails, can be ended, and gives its memory back. What is done there is a function that
the composition root hands in: this package imports neither ingest nor eval.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Event
from typing import Any, Final

from assistant.knowledge.change import ChangeRejected
from assistant.knowledge.comparison import Reply

_SPAWN: Final = get_context("spawn")  # a fork would hold the server's locks and threads
_PREFIX: Final = "ASSISTANT_"

Say = Callable[[str], None]
Count = Callable[[int], None]


class BuildFailed(RuntimeError):  # noqa: N818 - says what became of the build
    """A build or its replies failed or were stopped; the message says why, without a folder of this machine."""


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


@dataclass(slots=True)
class Builder:
    """
    What is done with a corpus folder: each of the three functions is called in a new process.

    They must be found by name in a module, and raise ChangeRejected for a law that is broken.
    `niceness` is how far the processes stand back behind the server.
    """

    checking: Callable[[Places, str], None]
    building: Callable[[Places, str, Say], None]
    replying: Callable[[Places, str, Sequence[str], Count], Sequence[Reply]]
    niceness: int = 10
    _running: list[SpawnProcess] = field(default_factory=list)
    _stopped: Event = field(default_factory=Event)

    def check(self, places: Places, programme: str) -> None:
        """
        Hold a programme's folder against the laws of the ingest.

        Raises:
            ChangeRejected: it breaks one; each fault with file and line.
            BuildFailed: the check itself failed.
        """
        self._run(self.checking, places, programme)

    def build(self, places: Places, programme: str, say: Say) -> None:
        """
        Bring the index of a programme up to date and switch to it; `say` is told each step in English.

        Raises:
            ChangeRejected, BuildFailed: as `check`; the index that was served still is.
        """
        self._run(self.building, places, programme, tell=say)

    def replies(
        self, places: Places, programme: str, questions: Sequence[str], count: Count
    ) -> Sequence[Reply]:
        """
        What the current build answers to each question; `count` is told how many are answered.

        Raises:
            BuildFailed: the index cannot be used.
        """
        made: Sequence[Reply] = self._run(self.replying, places, programme, questions, tell=count)
        return made

    def stop(self) -> None:
        """End what is running with BuildFailed, and refuse what comes later."""
        self._stopped.set()
        for process in list(self._running):
            process.terminate()

    def _run(
        self,
        function: Callable[..., object],
        places: Places,
        *arguments: object,
        tell: Callable[[Any], None] | None = None,
    ) -> Any:  # noqa: ANN401 - what the function returns
        if self._stopped.is_set():
            raise BuildFailed("服務正在關閉。")
        ours, theirs = _SPAWN.Pipe(duplex=False)
        call = function, (places, *arguments), tell is not None
        process = _SPAWN.Process(target=_work, args=(theirs, self.niceness, *call), daemon=True)
        process.start()
        theirs.close()
        self._running.append(process)
        try:
            with ours:
                if self._stopped.is_set():
                    process.terminate()
                while (word := ours.recv())[0] == "told":
                    if tell is not None:
                        tell(word[1])
        except EOFError as error:
            process.join()
            raise BuildFailed(f"程序中斷了（代碼 {process.exitcode}）。") from error
        finally:
            self._running.remove(process)
        process.join()
        match word:
            case "rejected", faults:
                raise ChangeRejected(faults)
            case "failed", why:
                raise BuildFailed(_without_folders(why, places))
        return word[1]


def _work(
    line: Connection[Any, Any],
    niceness: int,
    function: Callable[..., object],
    arguments: Sequence[object],
    tells: bool,
) -> None:
    """Call a function and send how it ended; it keeps no setting of the server, and no password with them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal, for all: the server says what is to end
    os.nice(niceness)
    for name in [name for name in os.environ if name.upper().startswith(_PREFIX)]:
        del os.environ[name]
    try:
        tell = [lambda word: line.send(("told", word))] if tells else []
        line.send(("done", function(*arguments, *tell)))
    except ChangeRejected as error:
        line.send(("rejected", error.faults))
    except Exception as error:
        line.send(("failed", f"{type(error).__name__}: {error}"))
        raise  # into the server's log


def _without_folders(why: str, places: Places) -> str:
    for folder in (places.corpus, places.data):
        why = why.replace(str(folder), "…")
    return why.strip().splitlines()[-1][:300]
