"""On the real corpus, by the real commands: a question that nobody could answer is answered after apply."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.builds import build_index, check_corpus
from assistant.channels.service import Service
from assistant.config import ROOT, Settings, load_settings
from assistant.domain import Question
from assistant.index.manifest import corpus_digest
from assistant.knowledge.assistants import Assistants
from assistant.knowledge.builder import Builder, Places
from assistant.knowledge.change import Phrasing
from assistant.knowledge.editing import BankFiles
from assistant.knowledge.rebuilding import Rebuilding
from assistant.wiring import ask_build, open_service
from ingest.build import build

pytestmark = pytest.mark.long
PROGRAMME = "digital-cluster"
ASKED = "成員裡的算命攤算一家還是不算"
CLAUSE = "5/s1"


@pytest.fixture
def settings(tmp_path: Path, encoder_folder: Path) -> Settings:
    """The real corpus and its build, copied; built first where that has not been done."""
    real = load_settings({})
    build(ROOT / "corpus" / PROGRAMME, real, print)
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    for name in ("words", "vectors", "index"):
        shutil.copytree(real.data_dir / name, tmp_path / "data" / name)
    (tmp_path / "data" / "encoder").symlink_to(encoder_folder, target_is_directory=True)
    return load_settings(
        {"ASSISTANT_DATA_DIR": str(tmp_path / "data"), "ASSISTANT_CORPUS_DIR": str(tmp_path / "corpus")}
    ).model_copy(update={"database_url": SecretStr(f"sqlite:///{tmp_path / 'records.sqlite3'}")})


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    """The service over the copy."""
    with open_service(settings) as opened:
        yield opened


def test_gap_is_closed_end_to_end(settings: Settings, service: Service) -> None:
    """Declined before, counted as an item, answered from the clause after; the process that serves is the same."""
    assistants = service.assistants
    assert isinstance(assistants, Assistants)
    assert service.knowledge is not None
    declined = service.assistant(PROGRAMME).answer(Question(ASKED, PROGRAMME))
    assert declined.outcome == "no_clause"
    assert service.knowledge.collect(PROGRAMME) == 1
    (item,) = service.knowledge.items(PROGRAMME)

    places = Places(settings.corpus_dir, settings.data_dir)
    folder = settings.corpus_dir / PROGRAMME
    edit = BankFiles(folder).edit(Phrasing(CLAUSE, (item.question,)), service.assistant(PROGRAMME).guideline)
    builder = Builder(check_corpus, build_index, ask_build, niceness=0)
    Rebuilding(places, builder, assistants).make_real(
        PROGRAMME, edit, corpus_digest(folder), lambda *_: None, lambda: None
    )

    answer = service.assistant(PROGRAMME).answer(Question(ASKED, PROGRAMME))
    assert answer.outcome == "answered"
    assert f"{PROGRAMME}/{CLAUSE}" in [citation.clause_id for citation in answer.citations]
