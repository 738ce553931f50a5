"""A change made real: built, its file replaced, the assistants changed over; or all as it was before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Final

from assistant.index.manifest import IndexUnusable, corpus_digest
from assistant.index.store import current_build, serve_build
from assistant.knowledge.assistants import Assistants
from assistant.knowledge.builder import Builder, BuildFailed, Places
from assistant.knowledge.editing import BankEdit
from assistant.knowledge.preview import Step, building
from assistant.knowledge.staging import changed_corpus, write_file

_SHARE: Final = 90


def make_real(
    places: Places,
    builder: Builder,
    assistants: Assistants,
    programme: str,
    edit: BankEdit,
    base: str,
    step: Step,
    commit: Callable[[], None],
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
    path = places.corpus / programme / edit.file
    with changed_corpus(places, programme, edit) as changed, ExitStack() as undo:
        undo.callback(_serve_again, places, assistants, programme, current_build(places.home(programme)))
        builder.build(changed, programme, building(step, 0, _SHARE))
        if corpus_digest(places.corpus / programme) != base:
            raise BuildFailed("語料在套用期間被改過了；請重新預覽。")
        step("換上新的語料與索引", _SHARE)
        undo.callback(write_file, path, edit.before)
        write_file(path, edit.after)
        assistants.refresh(programme)
        commit()
        undo.pop_all()


def _serve_again(places: Places, assistants: Assistants, programme: str, build: str | None) -> None:
    """Back to a build, in this process at once; the others notice."""
    if build is None or current_build(places.home(programme)) == build:
        return
    serve_build(places.home(programme), build)
    with suppress(IndexUnusable):  # what is served already goes on
        assistants.refresh(programme)
