"""The console over a FakeAssistant and real records, SQLite and PostgreSQL, by test client and on a real port."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Final

import httpx2
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from assistant.channels.desk.app import add_desk
from assistant.channels.desk.desk import Desk, DeskOptions
from assistant.channels.desk.passwords import Passwords
from assistant.channels.service import Service
from assistant.channels.web.app import create_app
from assistant.domain import Answer, Guideline
from assistant.records.conversations import Conversations
from assistant.records.database import Database, open_database
from assistant.records.feedback import FeedbackBook
from assistant.records.staff import Role
from tests.assistant.channels.desk.browsing import OpenPage, opening
from tests.assistant.channels.serving import served
from tests.assistant.records.conftest import new_database
from tests.fakes import FakeAssistant, FixedClock, cited_answer

PASSWORD: Final = "correct horse battery"
TOKEN: Final = "t0ken-of-the-ticket-system"
CITED: Final = ("digital-cluster/7/A/3", "digital-cluster/7/A/1")
MAIL: Final = """您好：
1. A類要幾家？
2. 比例有沒有上限？
3. 由誰負責簡報？
我的電話是0912345678，統編12345675，預算500萬元。"""
# argon2 as cheap as it gets: what is tested is not its strength.
CHEAP: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_CSRF: Final = re.compile(r'name="csrf" value="([^"]+)"')
_VERSION: Final = re.compile(r'name="version" value="(\d+)"')
_SEAL = re.compile(r'name="seal" value="([0-9a-f]+)"')
_TEXT: Final = re.compile(r'<textarea id="text"[^>]*>(.*?)</textarea>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rig:
    """The application and what stands behind it."""

    app: FastAPI
    desk: Desk
    assistant: FakeAssistant
    clock: FixedClock

    def add(self, name: str, role: Role = Role.DRAFTER) -> None:
        """An account with the tests' password."""
        self.desk.staff.add(name, name.title(), role, self.desk.passwords.hash(PASSWORD))


@dataclass(slots=True)
class Clerk:
    """Somebody at a browser: signs in, reads pages, sends their forms back."""

    http: httpx2.Client
    name: str = ""
    csrf: str = field(default="", repr=False)

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx2.Response:
        """By the form; afterwards the session's token is known."""
        page = self.http.get("/desk/sign-in")
        fields = {"csrf": _CSRF.findall(page.text)[0], "name": name, "password": password}
        answer = self.http.post("/desk/sign-in", data=fields, follow_redirects=False)
        self.name = name
        if answer.status_code == 303:
            self.csrf = _CSRF.findall(self.http.get("/desk/account").text)[0]
        return answer

    def post(self, path: str, fields: Mapping[str, str] | None = None) -> httpx2.Response:
        """A form with the session's token in it; redirects are not followed."""
        data = {"csrf": self.csrf, **(fields or {})}
        return self.http.post(path, data=data, follow_redirects=False)

    def paste(self, mail: str = MAIL, **fields: str) -> int:
        """Paste a mail; returns the inquiry's id."""
        answer = self.post("/desk/inquiries", {"mail": mail, **fields})
        assert answer.status_code == 303, answer.text
        return int(answer.headers["location"].rpartition("/")[2])

    def read(self, inquiry: int) -> tuple[str, str]:
        """Version and text of an inquiry, as its form has them."""
        page = self.http.get(f"/desk/inquiries/{inquiry}").text
        found = _TEXT.search(page)
        return _VERSION.findall(page)[0], unescape(found[1]) if found else ""

    def seal(self, inquiry: int) -> str:
        """What the form of an inquiry says that its page showed; empty once nothing is to be approved."""
        return "".join(_SEAL.findall(self.http.get(f"/desk/inquiries/{inquiry}").text)[:1])

    def act(self, inquiry: int, what: str, version: str | None = None, **fields: str) -> httpx2.Response:
        """Press a button of an inquiry's page; the form holds what the page showed unless told otherwise."""
        shown, text = self.read(inquiry)
        data = {"version": version or shown, "text": text, "seal": self.seal(inquiry), **fields}
        return self.post(f"/desk/inquiries/{inquiry}/{what}", data)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    """Migrated records in a SQLite file, or in PostgreSQL where a test asks for it by parameter."""
    if getattr(request, "param", "sqlite") == "sqlite":
        place = Path(shutil.copy(migrated_file, tmp_path / "records.sqlite3"))
        with closing(open_database(f"sqlite:///{place}")) as database:
            yield database
        return
    with new_database() as url, closing(open_database(url)) as database:
        database.migrate()
        yield database


@pytest.fixture
def rig(guideline: Guideline, database: Database) -> Rig:
    """The application; every question is answered with two clauses of A類."""
    clock = FixedClock()
    conversations = Conversations(database, clock)
    assistant = FakeAssistant(guideline, conversations, clock)
    assistant.draft = cited_answer(guideline, *CITED)
    service = Service(
        assistants={"digital-cluster": assistant},
        default_programme="digital-cluster",
        feedback=FeedbackBook(database, clock),
        conversations=conversations,
        database=database,
        version="1.2.3",
    )
    app = create_app(lambda: nullcontext(service))
    options = DeskOptions(second_reader=("領導企業提案",), api_token=TOKEN)
    desk = Desk.over(service, clock, options, Passwords(CHEAP))
    add_desk(app, desk)
    return Rig(app, desk, assistant, clock)


@pytest.fixture
def http(rig: Rig) -> Iterator[TestClient]:
    """A browser without anybody signed in; an exception that escapes from the application fails the test."""
    with TestClient(rig.app) as client:
        yield client


def another(rig: Rig, name: str, role: Role = Role.DRAFTER) -> Clerk:
    """Somebody else, signed in at a browser of their own."""
    rig.add(name, role)
    clerk = Clerk(TestClient(rig.app))
    assert clerk.sign_in(name).status_code == 303
    return clerk


@pytest.fixture
def clerk(rig: Rig, http: TestClient) -> Clerk:
    """Amy, who drafts, signed in."""
    rig.add("amy")
    clerk = Clerk(http)
    assert clerk.sign_in("amy").status_code == 303
    return clerk


@pytest.fixture
def admin(rig: Rig, http: TestClient) -> Clerk:
    """Zoe, who may do everything, signed in at a browser of her own."""
    del http  # the application has to be started
    return another(rig, "zoe", Role.ADMIN)


@pytest.fixture
def server(rig: Rig) -> Iterator[str]:
    """The address of the application on a free port."""
    with served(rig.app) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, server: str, rig: Rig) -> Iterator[OpenPage]:
    """Opens pages as Amy, an admin, already signed in; whatever the browser complains of fails the test."""
    rig.add("amy", Role.ADMIN)
    with opening(browser, server, PASSWORD) as opened:
        yield opened


def cites(rig: Rig, clause: str) -> Answer:
    """An answer that cites a clause."""
    return cited_answer(rig.desk.service.assistant(None).guideline, clause)
