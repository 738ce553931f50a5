"""The command line: what is wrong is said in a line on standard error, with what to do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import __main__ as command
from assistant.__main__ import main
from assistant.config import Settings
from assistant.wiring import programmes
from tests.fakes import HashEmbedder

Build = Callable[[], list[str]]


@pytest.fixture
def environment(small_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The small programme's settings in the environment of the command."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(small_settings.data_dir))
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(small_settings.corpus_dir))
    monkeypatch.setenv("ASSISTANT_PROGRAMME", small_settings.programme)
    monkeypatch.setattr("assistant.wiring.open_embedder", lambda *_: HashEmbedder())
    return small_settings


def test_unknown_variable(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt setting stops every command with its name."""
    monkeypatch.setenv("ASSISTANT_PROT", "9000")

    assert main(["ask", "要幾家"]) == 1
    assert "ASSISTANT_PROT: no such setting" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["serve"], ["ask", "要幾家"], ["explain", "要幾家"]])
def test_missing_index(
    environment: Settings, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an index each command says so, with the command that builds it, and serves nothing."""
    assert main(arguments) == 1
    assert f"python -m ingest corpus/{environment.programme}" in capsys.readouterr().err


def test_stale_index(
    environment: Settings, build: Build, programme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After the corpus changed the server refuses the old index and names the command."""
    del environment
    build()
    with (programme / "plain.toml").open("a", encoding="utf8") as file:
        file.write("\n# a word more\n")

    assert main(["serve"]) == 1
    assert "is stale: corpus changed" in capsys.readouterr().err


def test_data_folder_that_is_a_file(
    environment: Settings, build: Build, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Records that cannot be written are named, with no stack trace."""
    build()
    blocked = environment.data_dir / "blocked"
    blocked.write_text("", encoding="utf8")
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", f"sqlite:///{blocked}/records.sqlite3")

    assert main(["ask", "要幾家"]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_ask_and_explain(environment: Settings, build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    """With an index a question is answered, for people and for machines, and explained."""
    del environment
    build()

    assert main(["ask", "保證金可以退嗎", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"]
    assert main(["ask", "保證金可以退嗎"]) == 0
    assert "confidence" in capsys.readouterr().out
    assert main(["explain", "保證金可以退嗎", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["found"]["dense"] == 34
    assert main(["explain", "保證金可以退嗎"]) == 0
    assert "learned from 34 texts" in capsys.readouterr().out


def test_unknown_programme(environment: Settings, build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    """A programme that there is no folder of is refused, and those that there are are named."""
    build()

    assert main(["explain", "要幾家", "--programme", "no-such"]) == 1
    assert environment.programme in capsys.readouterr().err


def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    """Stated facts get a verdict with its clauses."""
    assert main(["check", "track=A", "members=12", "coached_within_3y=4"]) == 0
    said = capsys.readouterr().out
    assert "不符合A類" in said
    assert "digital-cluster/7/A/3" in said


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["members=x"], "members"), (["coached_within_3y=-3"], "coached_within_3y"), (["people=3"], "people")],
)
def test_check_refuses(arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A fact that cannot be taken is named."""
    assert main(["check", "track=A", *arguments]) == 2
    assert named in capsys.readouterr().err


def test_check_lists_the_facts(capsys: pytest.CaptureFixture[str]) -> None:
    """Without facts, it says which there are."""
    assert main(["check"]) == 0
    assert "track  申請類別 (choice)  群聚、A類、B類" in capsys.readouterr().out


def test_programmes(programme: Path) -> None:
    """A folder of the corpus is a programme if it has a source."""
    shutil.copytree(programme, programme.parent / "another")
    (programme.parent / "notes").mkdir()

    assert [path.name for path in programmes(programme.parent)] == ["another", programme.name]


def test_the_server_imports_no_torch() -> None:
    """What serves with the default encoder leaves torch and sentence-transformers alone."""
    code = "import sys, assistant.__main__; print({'torch', 'sentence_transformers', 'sklearn'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "set()"
    assert command.__doc__ is not None
