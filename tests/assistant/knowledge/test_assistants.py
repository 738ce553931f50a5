"""Assistants are changed over to a new build while requests go on."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain import Question
from assistant.index.manifest import IndexUnusable
from assistant.knowledge.assistants import Assistants, Served
from assistant.knowledge.builder import Places
from tests.assistant.knowledge.conftest import PROGRAMME

NEW = '\n[[gap]]\nid = "parking"\ntopic = "停車"\nquestions = ["哪裡可以停車"]\n'


@pytest.fixture
def rebuilt(assistants: Assistants, build: Callable[[], list[str]], programme: Path) -> Callable[[], None]:
    """Builds the changed corpus, as another process would."""
    del assistants  # served before

    def run() -> None:
        with (programme / "gaps.toml").open("a", encoding="utf8") as file:
            file.write(NEW)
        build()

    return run


def topics(served: Served) -> set[str]:
    """The gaps that an index knows."""
    return {target.topic for target in served.index.targets}


def test_unchanged_build_is_left_alone(assistants: Assistants) -> None:
    """Without a new build the same assistant is served, and refreshing does nothing."""
    assert assistants[PROGRAMME] is assistants[PROGRAMME]
    assert assistants.refresh(PROGRAMME) is False
    assert (list(assistants), len(assistants)) == ([PROGRAMME], 1)


def test_unknown_programme(assistants: Assistants) -> None:
    """A programme that is not served is a KeyError, as in any mapping."""
    with pytest.raises(KeyError):
        assistants["nothing"]
    assert "nothing" not in assistants


def test_new_build_is_taken(assistants: Assistants, rebuilt: Callable[[], None]) -> None:
    """Refreshing changes over to the new build."""
    old = assistants.served(PROGRAMME)
    rebuilt()

    assert assistants.refresh(PROGRAMME) is True
    assert "停車" not in topics(old)
    assert "停車" in topics(assistants.served(PROGRAMME))


def test_build_of_another_process_is_noticed(assistants: Assistants, rebuilt: Callable[[], None]) -> None:
    """Taking an assistant notices a new build: the old one is handed out at once, the new one afterwards."""
    old = assistants[PROGRAMME]
    rebuilt()

    assistants.served(PROGRAMME)
    assistants.settle()

    assert assistants[PROGRAMME] is not old
    assert "停車" in topics(assistants.served(PROGRAMME))


def test_request_in_flight_ends_on_the_old_index(
    places: Places, opened: Callable[[str], Served], assistants: Assistants, rebuilt: Callable[[], None]
) -> None:
    """A request that has begun is answered by the old build, which is closed when it lets go."""
    closed: list[str] = []

    def noted(programme: str) -> Served:
        served = opened(programme)
        vectors, build = served.index.vectors, served.build

        class Noting:
            def __getattr__(self, name: str) -> object:
                return getattr(vectors, name)

            def close(self) -> None:
                closed.append(build)
                vectors.close()

        return replace(served, index=replace(served.index, vectors=Noting()))  # type: ignore[arg-type]

    del assistants
    mine = Assistants({PROGRAMME: places.home(PROGRAMME)}, noted)
    before = mine.served(PROGRAMME).build
    request = mine[PROGRAMME].progress(Question("押金多少", PROGRAMME))
    next(request)
    rebuilt()
    mine.refresh(PROGRAMME)
    assert closed == []

    *_, answer = request
    assert getattr(answer, "outcome", None) == "answered"
    del request, _
    gc.collect()
    assert closed == [before]
    after = mine.served(PROGRAMME).build
    mine.close()
    assert closed == [before, after]


def lost(places: Places) -> None:
    """Another build is current, which is not there, and none that would fit."""
    home = places.home(PROGRAMME)
    (home / "current").write_text("0123456789abcdef\n", encoding="ascii")
    for manifest in home.glob("*/manifest.json"):
        manifest.unlink()


def test_build_that_cannot_be_opened_is_not_taken(assistants: Assistants, places: Places) -> None:
    """A damaged build, or one whose corpus is not in place, leaves the old one serving."""
    old = assistants[PROGRAMME]
    lost(places)

    with pytest.raises(IndexUnusable):
        assistants.refresh(PROGRAMME)
    assert assistants[PROGRAMME] is old


def test_failed_build_is_tried_again_later(
    places: Places, opened: Callable[[str], Served], assistants: Assistants
) -> None:
    """After a failure requests go on for five seconds before the build is tried again."""
    del assistants  # built by now
    moments = [100.0]
    tried: list[str] = []

    def failing(programme: str) -> Served:
        tried.append(programme)
        return opened(programme)

    mine = Assistants({PROGRAMME: places.home(PROGRAMME)}, failing, lambda: moments[-1])
    lost(places)
    for moment in (100.0, 104.9, 105.1, 105.2):
        moments.append(moment)
        mine.served(PROGRAMME)
        mine.settle()

    assert len(tried) == 3  # at the start, at 100 and at 105.1
    mine.close()


def test_nothing_stays_open_when_one_fails(places: Places, opened: Callable[[str], Served]) -> None:
    """If a programme cannot be opened, none is served."""
    with pytest.raises(IndexUnusable):
        Assistants({PROGRAMME: places.home(PROGRAMME)}, opened)
