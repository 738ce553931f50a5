"""A change is made real, or all is as it was before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain import Guideline
from assistant.index.manifest import IndexUnusable, corpus_digest
from assistant.index.store import current_build, serve_build
from assistant.knowledge.assistants import Assistants, Served
from assistant.knowledge.builder import BuildFailed, Places
from assistant.knowledge.change import Change, NewGap, OutOfScope
from assistant.knowledge.editing import GAPS, BankFiles
from assistant.knowledge.rebuilding import Rebuilding
from tests.assistant.knowledge.conftest import PROGRAMME
from tests.fakes import FakeBuilder

GAP = NewGap("parking", "停車", ("哪裡可以停車",))


def apply(
    places: Places,
    builder: FakeBuilder,
    assistants: Assistants,
    change: Change,
    commit: Callable[[], None] = lambda: None,
) -> list[tuple[str, int]]:
    """Make a change real; returns the steps that were said."""
    programme = places.corpus / PROGRAMME
    edit = BankFiles(programme).edit(change, assistants[PROGRAMME].guideline)
    steps: list[tuple[str, int]] = []
    base = corpus_digest(programme)
    rebuilding = Rebuilding(places, builder, assistants)
    rebuilding.make_real(PROGRAMME, edit, base, lambda *step: steps.append(step), commit)
    return steps


def state(places: Places, assistants: Assistants) -> tuple[object, ...]:
    """All that must be as before."""
    files = {path.name: path.read_bytes() for path in sorted(places.corpus.rglob("*")) if path.is_file()}
    builds = [current_build(places.home(name)) for name in assistants]
    return files, builds, [assistants.served(name).build for name in assistants]


def test_change_is_made_real(places: Places, builder: FakeBuilder, assistants: Assistants) -> None:
    """File, build and assistant are the new ones, of one kind, before the commit."""
    seen: list[bool] = []

    def commit() -> None:
        served = assistants.served(PROGRAMME)
        same = served.index.manifest.corpus == corpus_digest(places.corpus / PROGRAMME)
        seen.append(same and served.build == current_build(places.home(PROGRAMME)))

    steps = apply(places, builder, assistants, GAP, commit)

    assert seen == [True]
    assert "停車" in (places.corpus / PROGRAMME / GAPS).read_text(encoding="utf8")
    assert "停車" in {target.topic for target in assistants.served(PROGRAMME).index.targets}
    assert [percent for _, percent in steps] == sorted(percent for _, percent in steps)


@pytest.mark.parametrize("step", ["build", "move", "open", "commit"])
def test_failure_leaves_the_old_state(
    places: Places,
    builder: FakeBuilder,
    assistants: Assistants,
    guideline: Guideline,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    """Whatever step fails, corpus, build and assistant are as they were, and they answer."""
    before = state(places, assistants)

    def fail(*_: object) -> None:
        raise RuntimeError(step)

    commit: Callable[[], None] = lambda: None  # noqa: E731 - one of four
    if step == "build":
        builder.failures["build"] = BuildFailed("沒有空間")
    elif step == "move":
        monkeypatch.setattr("assistant.knowledge.staging.shutil.copymode", fail)
    elif step == "open":
        monkeypatch.setattr(assistants, "_open", fail)
    else:
        commit = fail

    with pytest.raises(RuntimeError):
        apply(places, builder, assistants, GAP, commit)

    monkeypatch.undo()
    assert state(places, assistants) == before
    assert assistants[PROGRAMME].guideline == guideline


def test_corpus_that_was_edited_meanwhile_stays(
    places: Places, builder: FakeBuilder, assistants: Assistants
) -> None:
    """An editor's change during the build is not overwritten."""
    programme = places.corpus / PROGRAMME
    edit = BankFiles(programme).edit(GAP, assistants[PROGRAMME].guideline)
    base, build = corpus_digest(programme), current_build(places.home(PROGRAMME))
    (programme / GAPS).write_text("# by hand\n", encoding="utf8")

    with pytest.raises(BuildFailed, match="改過"):
        Rebuilding(places, builder, assistants).make_real(
            PROGRAMME, edit, base, lambda *_: None, lambda: None
        )

    assert (programme / GAPS).read_text(encoding="utf8") == "# by hand\n"
    assert current_build(places.home(PROGRAMME)) == build


@pytest.fixture
def two(
    places: Places, opened: Callable[[str], Served], builder: FakeBuilder, build: Callable[[], list[str]]
) -> Assistants:
    """Two programmes, both served."""
    build()
    other = places.corpus / "day-market"
    shutil.copytree(places.corpus / PROGRAMME, other)
    source = (other / "source.toml").read_text(encoding="utf8")
    (other / "source.toml").write_text(source.replace(PROGRAMME, other.name), encoding="utf8")
    builder.build(places, other.name, lambda _: None)
    builder.calls.clear()
    return Assistants({name: places.home(name) for name in (PROGRAMME, other.name)}, opened)


def test_what_lies_outside_of_one_programme_is_its_own(
    places: Places, builder: FakeBuilder, two: Assistants
) -> None:
    """What a desk finds off-topic changes the programme it speaks for; the other's build stays, and stays current."""
    other = two.served("day-market").build
    apply(places, builder, two, OutOfScope(("幫我算命",)))
    two.refresh("day-market")

    assert [name for name, _ in builder.calls] == ["build"]
    assert "outside:help-desk" in {target.key for target in two.served(PROGRAMME).index.targets}
    assert "outside:help-desk" not in {target.key for target in two.served("day-market").index.targets}
    assert two.served("day-market").build == other
    two.close()


def test_open_index_that_fails_says_so(
    places: Places, builder: FakeBuilder, assistants: Assistants, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason of a build that cannot be opened reaches the caller."""

    def unusable(programme: str) -> Served:
        raise IndexUnusable(programme, "is damaged")

    monkeypatch.setattr(assistants, "_open", unusable)
    with pytest.raises(IndexUnusable, match="damaged"):
        apply(places, builder, assistants, GAP)
    assert Path(places.corpus / PROGRAMME / GAPS).read_text(encoding="utf8").count("停車") == 0


def test_build_that_is_gone_is_not_gone_back_to(places: Places, assistants: Assistants) -> None:
    """Going back to a build that was removed fails, and the current one stays."""
    current = current_build(places.home(PROGRAMME))
    with pytest.raises(FileNotFoundError, match="0123"):
        serve_build(places.home(PROGRAMME), "0123456789abcdef")
    assert current_build(places.home(PROGRAMME)) == current == assistants.served(PROGRAMME).build
