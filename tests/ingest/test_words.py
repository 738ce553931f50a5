"""The words that all programmes share, and those of one, are checked by the command like every other file."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Settings
from ingest.__main__ import main
from ingest.faults import CorpusError
from ingest.words import check_words


@pytest.fixture(autouse=True)
def _settings(small_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the settings of the small programme in the environment."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(small_settings.data_dir))
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(small_settings.corpus_dir))


@pytest.mark.parametrize(
    ("name", "raw", "line"),
    [
        ("variants.toml", b'[terms]\n"a" = [\n', 2),
        ("variants.toml", b'[terms]\n"a" = "b"\n', 2),
        ("variants.toml", b'[term]\n"a" = ["b"]\n', 1),
        ("variants.toml", b'[terms]\n[[contrast]]\nkinds = { A = "a", B = "b(" }\n', 3),
        ("variants.toml", b'[terms]\n[[contrast]]\nkinds = ["a", "b"]\n', 3),
        ("variants.toml", b"[terms]\n[[contrast]]\nkinds = { A = 1 }\n", 3),
        ("variants.toml", b"[terms]\n[[contrast]]\n", 2),
        ("variants.toml", b"\xff\n", 1),
        ("lexicon.txt", b"a\n\xff\n", 2),
    ],
    ids=[
        "not TOML",
        "a text for a list",
        "misspelt table",
        "no regular expression",
        "kinds without names",
        "a number for an expression",
        "contrast without kinds",
        "not UTF-8",
        "lexicon not UTF-8",
    ],
)
@pytest.mark.parametrize("arguments", [["--check"], []])
@pytest.mark.usefixtures("hash_embedder")
def test_shared_words(
    programme: Path,
    arguments: list[str],
    name: str,
    raw: bytes,
    line: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The files that all programmes share are checked too: a fault has its file and line."""
    (programme.parent / name).write_bytes(raw)

    assert main([str(programme), *arguments]) == 1
    assert f"../{name}:{line}: " in capsys.readouterr().err


def test_words_of_one_programme(programme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A programme's own words are checked like those of all, and may be kinds alone or none."""
    own = programme / "variants.toml"
    own.write_text('[[contrast]]\nkinds = { A = "a", B = "b" }\n', encoding="utf8")
    assert main([str(programme), "--check"]) == 0
    own.write_text('[[contrast]]\nkinds = { A = "a", B = "b(" }\n', encoding="utf8")
    assert main([str(programme), "--check"]) == 1
    assert capsys.readouterr().err.startswith(
        "variants.toml:2: contrast.0.kinds.B: 「b(」 is no regular expression: missing )"
    )


@pytest.mark.parametrize("name", ["variants.toml", "lexicon.txt"])
@pytest.mark.usefixtures("hash_embedder")
def test_missing_shared_words(programme: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A shared file that is missing is named as what it is, not as a data folder that cannot be written."""
    (programme.parent / name).unlink()

    assert main([str(programme), "--check"]) == main([str(programme)]) == 1
    said = capsys.readouterr().err
    assert f"../{name}:0: cannot be read (No such file or directory)" in said
    assert "ASSISTANT_DATA_DIR" not in said


@pytest.mark.parametrize("shared", [True, False])
def test_a_misspelt_key_of_the_checks(programme: Path, *, shared: bool) -> None:
    """A key of checks.toml that no check reads is told, in the file of all programmes and in that of one."""
    (programme.parent if shared else programme).joinpath("checks.toml").write_text(
        "[rolls]\n", encoding="utf8"
    )

    with pytest.raises(CorpusError, match=r"checks\.toml.*rolls"):
        check_words(programme)
