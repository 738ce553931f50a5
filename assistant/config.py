"""Settings from the environment, prefix ASSISTANT_; read only by wiring."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX: Final = "ASSISTANT_"
ROOT: Final = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting is unknown or unusable; the message names it and says what would do."""


class Settings(BaseSettings):
    """
    Everything that can be set, with its default.

    Unknown ASSISTANT_ variables are refused by `load_settings`, so that a
    misspelt name stops the start instead of being silently ignored.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", description="address the server listens on")
    port: int = Field(8000, ge=1, le=65535, description="port the server listens on")
    data_dir: Path = Field(ROOT / ".data", description="folder for encoder, index and records")
    corpus_dir: Path = Field(ROOT / "corpus", description="folder of programmes")
    programme: str = Field("digital-cluster", description="programme answered when a request names none")
    database_url: SecretStr | None = Field(
        None, description="records database; default: an SQLite file in the data folder"
    )
    chroma_url: str | None = Field(None, description="a Chroma server; default: embedded in the data folder")
    embedding_model: str | None = Field(
        None, description="sentence-transformers id or folder; default: the bundled encoder"
    )
    allowed_origins: str = Field("", description="origins that may embed the widget, separated by commas")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what load_settings hands over counts: it has checked the names."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)

    @property
    def encoder_dir(self) -> Path:
        """Where the bundled encoder is built."""
        return self.data_dir / "encoder"

    @property
    def records_url(self) -> str:
        """The SQLAlchemy URL of the records database."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'records.sqlite3'}"

    @property
    def origins(self) -> tuple[str, ...]:
        """The exact origins of `allowed_origins`."""
        return tuple(origin.strip() for origin in self.allowed_origins.split(",") if origin.strip())


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """
    Read the settings from `environ` (default: the process's own).

    Raises:
        SettingsError: a variable is unknown or its value does not fit; every fault is named.
    """
    environ = os.environ if environ is None else environ
    given = {name.upper(): value for name, value in environ.items() if name.upper().startswith(PREFIX)}
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    faults = [
        f"{name}: no such setting (known: {', '.join(sorted(known))})"
        for name in sorted(given.keys() - known)
    ]
    # Compose files write variables they do not set as empty: those keep their default.
    values = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in given.items()
        if name in known and value.strip()
    }
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        faults += [f"{PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
    if faults:
        raise SettingsError("\n".join(faults))
    return settings
