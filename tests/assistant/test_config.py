"""Settings come from the environment, each under its name; nothing is silently ignored."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.config import ROOT, SettingsError, load_settings

SECRET = "hunter2"  # the password in test URLs


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests see no settings of the machine."""
    import os

    for name in [name for name in os.environ if name.upper().startswith("ASSISTANT_")]:
        monkeypatch.delenv(name)


def test_defaults() -> None:
    """Without any setting the assistant runs on this machine only, from the project's own folders."""
    settings = load_settings({})

    assert (settings.host, settings.port, settings.programme) == ("127.0.0.1", 8000, "digital-cluster")
    assert (settings.data_dir, settings.corpus_dir) == (ROOT / ".data", ROOT / "corpus")
    assert settings.encoder_dir == ROOT / ".data" / "encoder"
    assert settings.records_url == f"sqlite:///{ROOT / '.data' / 'records.sqlite3'}"
    assert (settings.chroma_url, settings.embedding_model, settings.origins) == (None, None, ())


def test_every_setting() -> None:
    """Each setting is read from its variable."""
    settings = load_settings(
        {
            "ASSISTANT_HOST": "0.0.0.0",
            "ASSISTANT_PORT": "9000",
            "ASSISTANT_DATA_DIR": "/data",
            "ASSISTANT_CORPUS_DIR": "/corpus",
            "ASSISTANT_PROGRAMME": "night-market",
            "ASSISTANT_DATABASE_URL": f"postgresql+psycopg://u:{SECRET}@db/x",
            "ASSISTANT_CHROMA_URL": "http://chroma:8000",
            "ASSISTANT_EMBEDDING_MODEL": "some/model",
            "ASSISTANT_ALLOWED_ORIGINS": "https://a.example, https://b.example,,",
        }
    )

    assert (settings.host, settings.port) == ("0.0.0.0", 9000)
    assert (settings.data_dir, settings.corpus_dir) == (Path("/data"), Path("/corpus"))
    assert settings.programme == "night-market"
    assert settings.records_url == f"postgresql+psycopg://u:{SECRET}@db/x"
    assert (settings.chroma_url, settings.embedding_model) == ("http://chroma:8000", "some/model")
    assert settings.origins == ("https://a.example", "https://b.example")


def test_other_variables_are_none_of_ours() -> None:
    """Variables without the prefix do not count, however they are called."""
    settings = load_settings({"PORT": "1", "HOST": "x", "MY_ASSISTANT_PORT": "2", "ASSISTANTS": "3"})

    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


@pytest.mark.parametrize("name", ["ASSISTANT_PROT", "ASSISTANT_", "assistant_prot", "ASSISTANT_DATA-DIR"])
def test_unknown_setting(name: str) -> None:
    """A variable that is no setting is refused by its name, with the names that are."""
    with pytest.raises(SettingsError) as refusal:
        load_settings({name: "1"})

    assert str(refusal.value).startswith(f"{name.upper()}: no such setting (known: ASSISTANT_")
    assert "ASSISTANT_PORT" in str(refusal.value)


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "80.5", "８０ ８０"])
def test_bad_port(port: str) -> None:
    """A port that is none is refused by the name of the setting."""
    with pytest.raises(SettingsError, match=r"^ASSISTANT_PORT: Input should be "):
        load_settings({"ASSISTANT_PORT": port})


def test_every_fault_is_told() -> None:
    """Several faults are told at once, one a line."""
    with pytest.raises(SettingsError) as refusal:
        load_settings({"ASSISTANT_PORT": "x", "ASSISTANT_PROT": "1", "ASSISTANT_HSOT": "2"})

    assert [line.split(":")[0] for line in str(refusal.value).splitlines()] == [
        "ASSISTANT_HSOT",
        "ASSISTANT_PROT",
        "ASSISTANT_PORT",
    ]


def test_case_does_not_matter() -> None:
    """A variable may be written in small letters."""
    assert load_settings({"assistant_port": "81"}).port == 81


def test_only_the_environment_given_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """With an environment of one's own, that of the process has no say, right or wrong."""
    monkeypatch.setenv("ASSISTANT_PORT", "9000")
    monkeypatch.setenv("ASSISTANT_PROT", "1")

    assert load_settings({}).port == 8000
    assert load_settings({"ASSISTANT_HOST": "::1"}).port == 8000


def test_the_process_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one, the environment of the process is read."""
    monkeypatch.setenv("ASSISTANT_PORT", "9000")
    assert load_settings().port == 9000
    monkeypatch.setenv("ASSISTANT_PROT", "1")
    with pytest.raises(SettingsError, match="ASSISTANT_PROT"):
        load_settings()


def test_secrets_are_not_shown() -> None:
    """A password in the settings is in no text that is made of them."""
    settings = load_settings({"ASSISTANT_DATABASE_URL": f"postgresql://u:{SECRET}@db/x"})

    for text in (repr(settings), str(settings), repr(settings.model_dump()), settings.model_dump_json()):
        assert SECRET not in text
    assert SECRET in settings.records_url


def test_secrets_are_not_told_in_faults() -> None:
    """A fault of another setting does not tell the password either."""
    with pytest.raises(SettingsError) as refusal:
        load_settings({"ASSISTANT_DATABASE_URL": f"postgresql://u:{SECRET}@db/x", "ASSISTANT_PORT": "x"})

    assert SECRET not in str(refusal.value)


def test_settings_stand() -> None:
    """Settings cannot be changed once they are read."""
    with pytest.raises(ValidationError, match="frozen"):
        load_settings({}).port = 1


def test_every_setting_says_what_it_is() -> None:
    """Each setting has a description."""
    assert [
        name for name, field in type(load_settings({})).model_fields.items() if not field.description
    ] == []


def test_an_empty_variable_keeps_the_default() -> None:
    """A variable that is set to nothing counts as not set."""
    settings = load_settings({"ASSISTANT_CHROMA_URL": "", "ASSISTANT_PORT": " "})

    assert settings.chroma_url is None
    assert settings.port == 8000


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"HOST": "0.0.0.0", "PORT": "9000"}, "http://localhost:9000"),
        ({"HOST": "::"}, "http://localhost:8000"),
        ({"HOST": "::1"}, "http://[::1]:8000"),
        ({"HOST": "0.0.0.0", "PUBLIC_URL": "https://a.example/b/"}, "https://a.example/b"),
    ],
)
def test_the_address_is_one_that_can_be_opened(given: dict[str, str], address: str) -> None:
    """What is printed as this server's address is the public one, or leads to where it listens."""
    assert load_settings({f"ASSISTANT_{name}": value for name, value in given.items()}).address == address
