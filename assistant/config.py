"""Settings from the environment, prefix ASSISTANT_; read only by wiring."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

PREFIX: Final = "ASSISTANT_"
ROOT: Final = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting is unknown or unusable; the message names it and says what would do."""


class Settings(BaseModel):
    """
    Everything that can be set, with its default.

    Unknown ASSISTANT_ variables are refused by `load_settings`, so that a
    misspelt name stops the start instead of being silently ignored.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

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
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="where people reach this server: what its links begin with; default: no links in LINE",
    )
    allowed_hosts: str = Field(
        "",
        description="further names that this server may be asked for by, separated by commas;"
        " numbers and names without a dot always may",
    )
    trusted_proxies: str = Field(
        "127.0.0.1",
        description="addresses of proxies whose X-Forwarded-For and -Proto are believed, separated by commas",
    )
    redis_url: str | None = Field(
        None,
        repr=False,
        pattern=r"^rediss?://",
        description="where several workers count requests together; default: each its own",
    )
    questions_a_minute: int = Field(
        120,
        ge=1,
        le=100_000,
        description="questions that one address may send in a minute; this machine's own are not counted",
    )
    line_channel_secret: SecretStr | None = Field(None, description="channel secret; turns the LINE bot on")
    line_channel_access_token: SecretStr | None = Field(
        None, description="channel access token; goes with the secret"
    )
    line_api_host: str = Field(
        "https://api.line.me", pattern=r"^https?://[^\s/?#]+$", description="LINE's API, or a stand-in for it"
    )
    line_push: bool = Field(
        False, description="push answers that come too late for a reply; LINE counts each of them"
    )
    desk_admin_password: SecretStr | None = Field(
        None,
        min_length=12,
        description="password of the console's first admin; default: a link, printed once",
    )
    desk_api_token: SecretStr | None = Field(
        None, min_length=24, description="lets ticket systems hand in mails; default: they cannot"
    )
    desk_second_reader: str = Field(
        "", description="topics whose replies a second person approves, separated by commas"
    )
    conversation_retention_days: int = Field(
        180, ge=1, le=36500, description="days after its last message when a conversation is deleted"
    )
    desk_retention_days: int = Field(
        365, ge=1, le=36500, description="days after which the text of an inquiry is erased"
    )

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
        return _parts(self.allowed_origins)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names of `allowed_hosts`."""
        return _parts(self.allowed_hosts.lower())

    @property
    def address(self) -> str:
        """Where this server is reached: as was set, else where it listens, from this machine if that is anywhere."""
        if self.public_url is not None:
            return self.public_url.rstrip("/")
        host = {"0.0.0.0": "localhost", "::": "localhost"}.get(self.host, self.host)  # noqa: S104 - compared with
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def second_reader(self) -> tuple[str, ...]:
        """The topics of `desk_second_reader`."""
        return _parts(self.desk_second_reader.replace("，", ",").replace("、", ","))


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
    faults += _half_set(values)
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def _parts(listed: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in listed.split(",") if part.strip())


def _half_set(values: Mapping[str, str]) -> list[str]:
    """The LINE bot needs both of its secrets; with one of them it would start and never answer."""
    pair = ("line_channel_secret", "line_channel_access_token")
    missing = [name for name in pair if name not in values]
    if len(missing) != 1:
        return []
    (given,) = set(pair) - set(missing)
    needed, by = f"{PREFIX}{missing[0].upper()}", f"{PREFIX}{given.upper()}"
    return [f"{needed}: missing; {by} is set, and the LINE bot needs both"]
