"""What this server is called: by which names it may be asked for, and the address that its links begin with."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Site:
    """
    The names of this server.

    `public_url` is where people reach it, None where that was not said; `hosts` are names by which
    it is reached otherwise.
    """

    public_url: str | None = None
    hosts: tuple[str, ...] = ()

    def is_called(self, host: str) -> bool:
        """
        Whether a Host header names this server.

        Numbers, and names without a dot, are never anybody's on the internet: so machines beside
        this one, and a browser on it, ask without a setting.
        """
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        known = {*self.hosts, urlsplit(self.public_url or "").hostname}
        return bool(name) and ("." not in name or _is_number(name) or name in known)

    def address(self, request: Request) -> str:
        """What links for people begin with, without a slash at the end: no header has a say where it was set."""
        return (self.public_url or str(request.base_url)).rstrip("/")


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
