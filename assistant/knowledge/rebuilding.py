"""An edit of a corpus held against the laws, compared with what is served, and made real; or all is as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Final

from assistant.index.manifest import IndexUnusable, corpus_digest
from assistant.index.store import current_build, serve_build
from assistant.knowledge.assistants import Assistants
from assistant.knowledge.builder import Builder, BuildFailed, Places, Say
from assistant.knowledge.comparison import Comparison, Probe, compare
from assistant.knowledge.editing import BankEdit
from assistant.knowledge.staging import aside, changed_corpus, write_file

# What is being done, and how much of it all is done, in percent.
Step = Callable[[str, int], None]

BUILDING: Final = "重建索引（約半分鐘）"
# How far a build is when it says so, of 100; learning takes the longest.
_BUILT: Final = {"building": 10, "learning": 20, "left out": 90, "index": 100}
_SHARE: Final = 90


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """The corpus and its builds, what builds them, and the assistants that answer from them."""

    places: Places
    builder: Builder
    assistants: Assistants

    def check(self, programme: str, edit: BankEdit) -> None:
        """
        Hold the changed corpus against the laws of the ingest.

        Raises:
            ChangeRejected, BuildFailed: see Builder.check.
        """
        with changed_corpus(self.places, programme, edit) as changed:
            self.builder.check(changed, programme)

    def compare(self, programme: str, edit: BankEdit, probes: Sequence[Probe], step: Step) -> Comparison:
        """
        What an edit would change in the replies to the probes; nothing is replaced.

        What is served replies while the changed corpus is built.

        Raises:
            ChangeRejected: the changed corpus breaks a law.
            BuildFailed: the build or the replies failed.
        """
        questions = [probe.question for probe in probes]

        def replied(done: int) -> None:
            step(f"比較修改前後的回答：{done}／{len(questions)} 題", 60 + 39 * done // len(questions))

        with aside(self.places, programme, edit) as changed, ThreadPoolExecutor(1) as pool:
            before = pool.submit(self.builder.replies, self.places, programme, questions, lambda _: None)
            self.builder.build(changed, programme, _building(step, 2, 60))
            after = self.builder.replies(changed, programme, questions, replied)
            return compare(probes, before.result(), after)

    def make_real(
        self, programme: str, edit: BankEdit, base: str, step: Step, commit: Callable[[], None]
    ) -> None:
        """
        Build the changed corpus, replace its file, change over, then `commit`.

        The build is made from a copy, so that corpus and index are of one kind at every moment but the
        one between switching to the build and replacing the file.
        `base` is the digest of the corpus that was previewed.

        Raises:
            ChangeRejected, BuildFailed: nothing is changed.
            Exception: whatever else failed; file, builds and assistants are as they were.
        """
        folder, served = self.places.corpus / programme, current_build(self.places.home(programme))
        with changed_corpus(self.places, programme, edit) as changed, ExitStack() as undo:
            undo.callback(self._serve_again, programme, served)
            self.builder.build(changed, programme, _building(step, 0, _SHARE))
            if corpus_digest(folder) != base:
                raise BuildFailed("語料在套用期間被改過了；請重新預覽。")
            step("換上新的語料與索引", _SHARE)
            undo.callback(write_file, folder / edit.file, edit.before)
            write_file(folder / edit.file, edit.after)
            self.assistants.refresh(programme)
            commit()
            undo.pop_all()

    def _serve_again(self, programme: str, build: str | None) -> None:
        """Back to a build, in this process at once; the others notice."""
        home = self.places.home(programme)
        if build is None or current_build(home) == build:
            return
        serve_build(home, build)
        with suppress(IndexUnusable):  # what is served already goes on
            self.assistants.refresh(programme)


def _building(step: Step, start: int, end: int) -> Say:
    """What a build says -> how far it is, from `start` to `end` percent."""
    step(BUILDING, start)

    def say(line: str) -> None:
        done = next((share for words, share in _BUILT.items() if line.startswith(words)), None)
        if done is not None:
            step(BUILDING, start + (end - start) * done // 100)

    return say
