"""
The widget on a page of another origin, over a FakeAssistant and real records.

The page's site allows, by its content security policy, what docs/widget.md asks for
and nothing else.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from assistant.channels.service import Service
from assistant.channels.web.app import create_app
from assistant.channels.widget.router import router
from assistant.config import ROOT
from assistant.domain import Guideline
from assistant.eligibility.rule_file import load_rules
from assistant.records.conversations import Conversations
from assistant.records.database import Database
from assistant.records.feedback import FeedbackBook
from tests.assistant.channels.serving import address, served
from tests.fakes import FakeAssistant, FixedClock, cited_answer

Scheme = Literal["light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
SCREENS: Final = {"phone": (390, 844), "desktop": (1280, 800)}
SCREENSHOTS: Final = ROOT / "build" / "screenshots"
PROGRAMME: Final = "digital-cluster"
CITED: Final = "digital-cluster/7/A/3"
ONE_LINE: Final = '<script src="{api}/widget.js" defer data-programme="digital-cluster"></script>'
_PAGE: Final = """<!doctype html>
<html lang="zh-Hant-TW"><head><meta charset="utf-8"><title>某縣的計畫網頁</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/site.css"></head>
<body><header><a href="#main">跳到主要內容</a><nav aria-label="主選單"><a href="/">某縣政府</a></nav></header>
<main id="main"><h1>計畫說明</h1><p>這裡是別的網站。<a href="#more">更多</a></p>{inline}</main>
<footer><p>某縣政府</p></footer>{embed}</body></html>"""


@dataclass
class Site:
    """Another organisation's page: what it embeds, its style sheet, and what its policy allows beside."""

    api: str
    embed: str = ONE_LINE
    inline: str = ""
    style: str = "body { font-family: sans-serif; }"

    def page(self, _: object) -> Response:
        """The page, under the policy that docs/widget.md gives."""
        html = _PAGE.format(embed=self.embed.format(api=self.api), inline=self.inline.format(api=self.api))
        policy = f"default-src 'none'; style-src 'self'; img-src data:; script-src {self.api}; connect-src {self.api}"
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    def sheet(self, _: object) -> Response:
        """The page's own style sheet."""
        return Response(self.style, media_type="text/css")


@dataclass(frozen=True)
class Stage:
    """The site, the assistant behind the widget, and where both are served."""

    site: Site
    assistant: FakeAssistant
    service: Service
    guideline: Guideline
    home: str
    api: str


@pytest.fixture
def stage(guideline: Guideline, database: Database) -> Iterator[Stage]:
    """The assistant's server and a page of another origin, the only one that it allows."""
    conversations = Conversations(database, FixedClock())
    rules = load_rules(ROOT / "corpus" / PROGRAMME)
    assistant = FakeAssistant(guideline, conversations, FixedClock(), rules)
    assistant.draft = cited_answer(guideline, CITED, "digital-cluster/7/A/1")
    service = Service(
        assistants={PROGRAMME: assistant},
        default_programme=PROGRAMME,
        feedback=FeedbackBook(database, FixedClock()),
        conversations=conversations,
        database=database,
        version="1.2.3",
    )
    with socket.create_server(("127.0.0.1", 0)) as site_socket, socket.create_server(("127.0.0.1", 0)) as own:
        site = Site(address(own))
        app = create_app(lambda: nullcontext(service), (address(site_socket),))
        app.include_router(router)
        pages = Starlette(routes=[Route("/embed-test.html", site.page), Route("/site.css", site.sheet)])
        with served(app, own) as api, served(pages, site_socket) as home:
            yield Stage(site, assistant, service, guideline, home, api)


@dataclass(frozen=True)
class Seen:
    """The page of a visitor, and the widget on it."""

    page: Page
    complaints: list[str]
    asked: list[dict[str, Any]]

    @property
    def session(self) -> str:
        """The conversation that the widget holds: the server's, once there is an answer."""
        kept = "Object.values(sessionStorage).map((kept) => JSON.parse(kept).session).find(Boolean)"
        found: str = self.page.evaluate(kept)
        return found

    @property
    def launcher(self) -> Locator:
        """What opens the panel."""
        return self.page.get_by_role("button", name="問問題")

    @property
    def panel(self) -> Locator:
        """The panel."""
        return self.page.get_by_role("dialog")

    @property
    def field(self) -> Locator:
        """Where questions are written."""
        return self.page.get_by_label("您要問的事")

    @property
    def send(self) -> Locator:
        """The button beside it."""
        return self.page.get_by_role("button", name="送出", exact=True)

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    @property
    def turns(self) -> Locator:
        """Each question with its answer."""
        return self.log.get_by_role("article")

    def open(self) -> None:
        """Open the panel by its launcher."""
        self.launcher.click()

    def ask(self, text: str) -> None:
        """Write a question and send it."""
        self.field.fill(text)
        self.send.click()

    def shown(self, size: tuple[int, int], scheme: Scheme = "light") -> None:
        """The same page on another screen or in other colours, once it is drawn."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def keep(self, name: str) -> None:
        """Keep what is seen as an artefact, once animations have come to their end."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"widget-{name}.png", animations="disabled")


Visit = Callable[..., Seen]


@pytest.fixture
def visit(browser: Browser, stage: Stage) -> Iterator[Visit]:
    """Visits the site's page; what the browser complains of fails the test, unless it says so itself."""
    contexts: list[BrowserContext] = []
    seen: list[Seen] = []

    def visited(
        screen: str = "desktop",
        scheme: Scheme = "light",
        *,
        touch: bool = False,
        size: tuple[int, int] | None = None,
        url: str | None = None,
        before: Callable[[Page], None] | None = None,
    ) -> Seen:
        width, height = size or SCREENS[screen]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            has_touch=touch,
            is_mobile=touch,
            locale="zh-TW",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        complaints: list[str] = []
        asked: list[dict[str, Any]] = []

        def note(request: Request) -> None:
            if request.method == "POST" and "/api/chat" in request.url:
                asked.append({"path": request.url.partition("/api/")[2], **(request.post_data_json or {})})

        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", note)
        if before:
            before(page)
        page.goto(url or f"{stage.home}/embed-test.html")
        seen.append(Seen(page, complaints, asked))
        return seen[-1]

    yield visited
    stage.assistant.gate.set()
    for context in contexts:
        context.close()
    for one in seen:
        assert one.complaints == []


@pytest.fixture
def seen(visit: Visit) -> Seen:
    """The panel, open."""
    seen = visit()
    seen.open()
    return seen


def answered(seen: Seen, times: int = 1) -> None:
    """Wait until that many questions have their answers."""
    expect(seen.turns).to_have_count(times)
    expect(seen.turns.last).to_contain_text("依據的條文")
