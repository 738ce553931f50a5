"""The composition root: settings in, a working assistant out; the one place that builds things."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from fastapi import APIRouter, FastAPI
from pydantic import SecretStr

from assistant.answer.assistant import Assistant
from assistant.answer.query import Tools
from assistant.answer.wording import Wording
from assistant.builds import build_index, check_corpus, settings_of
from assistant.channels.desk.app import add_desk
from assistant.channels.desk.desk import Desk, DeskOptions
from assistant.channels.desk.passwords import PasswordRefused
from assistant.channels.service import Service
from assistant.channels.site import Site
from assistant.channels.web.app import create_app
from assistant.channels.web.doors import Capacity
from assistant.channels.web.origins import check_origins
from assistant.channels.widget import router as widget
from assistant.config import PREFIX, Settings, SettingsError
from assistant.eligibility.rule_file import load_rules
from assistant.index.embed import open_embedder
from assistant.index.manifest import IndexUnusable, manifest_for
from assistant.index.store import Index, open_index
from assistant.index.words import Segmenter, read_contrasts, read_lexicon, read_variants
from assistant.knowledge.assistants import Assistants, Served
from assistant.knowledge.builder import Builder, Count, Places
from assistant.knowledge.comparison import Reply
from assistant.knowledge.loop import Knowledge
from assistant.knowledge.replay import replay
from assistant.leads import NORMS, derived_norms, load_norms
from assistant.periodic import pauses, repeated
from assistant.ports import Clock, SystemClock
from assistant.rank import Ranker
from assistant.readers import open_reader
from assistant.records.conversations import Conversations
from assistant.records.database import open_database
from assistant.records.feedback import FeedbackBook
from assistant.records.retention import Retention, Terms
from assistant.retrieve import HybridRetriever
from assistant.support import read_checks

PACKAGE: Final = "guideline-assistant"
RULES: Final = "rules.toml"
# One webhook may bring many people's messages at once, and none of them may be lost.
ROOMY: Final = {"/line/webhook": 1024 * 1024}


class IndexOpener:
    """Opens current builds, again and again: the embedder is opened once, the words again when they change."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._embedder = open_embedder(settings.embedding_model, settings.encoder_dir)
        self._segmenters: dict[str, tuple[object, Segmenter]] = {}

    def open(self, programme: str) -> Index:
        """
        The build of a programme that is current, opened.

        Raises:
            IndexUnusable: it is missing, stale or damaged.
        """
        settings = self._settings
        home = settings.data_dir / "index" / programme
        manifest = manifest_for(settings.corpus_dir / programme, self._embedder.name)
        return open_index(home, manifest, self._words(programme), self._embedder, settings.chroma_url)

    def _words(self, programme: str) -> Segmenter:
        folder = self._settings.corpus_dir / programme
        said = read_lexicon(folder), read_variants(folder)
        kept = self._segmenters.get(programme)
        if kept is None or kept[0] != said:
            kept = self._segmenters[programme] = said, Segmenter(self._settings.data_dir / "words", *said)
        return kept[1]


@contextmanager
def open_indexes(settings: Settings) -> Iterator[Mapping[str, Index]]:
    """
    The index of every programme in the corpus folder, closed afterwards.

    Raises:
        IndexUnusable: one is missing, stale or damaged, or the default programme has no folder.
        EncoderMissing: the encoder was not built yet.
    """
    opener = IndexOpener(settings)
    with ExitStack() as stack:
        yield {name: stack.enter_context(closing(opener.open(name))) for name in _names(settings)}


def programmes(corpus: Path) -> list[Path]:
    """The folders of the corpus that describe a programme, by name."""
    return sorted(path.parent for path in corpus.glob("*/source.toml"))


def _names(settings: Settings) -> list[str]:
    names = [folder.name for folder in programmes(settings.corpus_dir)]
    if settings.programme not in names:
        raise IndexUnusable(settings.programme, "has no folder in the corpus")
    return names


@contextmanager
def open_service(settings: Settings, clock: Clock | None = None) -> Iterator[Service]:
    """
    Everything a channel needs, opened for as long as the context lasts.

    Raises:
        IndexUnusable, EncoderMissing: see open_indexes.
        RecordsUnavailable: the records database cannot be used.
    """
    clock = clock or SystemClock()
    with ExitStack() as stack:
        database = open_database(settings.records_url)
        stack.callback(database.close)
        database.migrate()
        conversations = Conversations(database, clock)
        assistants = stack.enter_context(closing(_assistants(settings, conversations, clock)))
        places = Places(settings.corpus_dir, settings.data_dir, settings.chroma_url, settings.embedding_model)
        builder = Builder(check_corpus, build_index, ask_build)
        knowledge = Knowledge(places, assistants, database, clock, builder)
        stack.callback(knowledge.close)
        yield Service(
            assistants=assistants,
            default_programme=settings.programme,
            feedback=FeedbackBook(database, clock),
            conversations=conversations,
            database=database,
            version=version(PACKAGE),
            knowledge=knowledge,
        )


def _assistants(settings: Settings, conversations: Conversations, clock: Clock) -> Assistants:
    """Every programme's assistant, each over the build that is current at any time; as open_indexes."""
    opener = IndexOpener(settings)

    def opened(programme: str) -> Served:
        index = opener.open(programme)
        return Served(Assistant(tools_of(index, settings.corpus_dir), conversations, clock), index)

    return Assistants({name: settings.data_dir / "index" / name for name in _names(settings)}, opened)


def ask_build(places: Places, programme: str, questions: Sequence[str], count: Count) -> list[Reply]:
    """
    What the current build of a programme replies to each question; no record of it is left.

    Raises:
        IndexUnusable, EncoderMissing: see open_indexes.
    """
    settings, clock = settings_of(places, programme), SystemClock()
    with ExitStack() as stack:
        index = stack.enter_context(closing(IndexOpener(settings).open(programme)))
        folder = stack.enter_context(TemporaryDirectory())
        database = stack.enter_context(closing(open_database(f"sqlite:///{folder}/records.sqlite3")))
        database.migrate()
        tools = tools_of(index, settings.corpus_dir)
        return replay(Assistant(tools, Conversations(database, clock), clock), questions, count)


def application(settings: Settings, service: Service) -> FastAPI:
    """
    The web application over an opened service, with every channel that the settings turn on.

    Raises:
        SettingsError: an origin is none, or the password of the first admin cannot be taken.
    """
    try:
        check_origins(settings.origins)
    except ValueError as error:
        raise SettingsError(f"{PREFIX}ALLOWED_ORIGINS: {error}") from error
    capacity = Capacity(os.cpu_count() or 1, settings.questions_a_minute, settings.redis_url)
    site = Site(settings.public_url, (*settings.hosts, settings.host))
    terms = Terms(
        conversations=timedelta(days=settings.conversation_retention_days),
        inquiries=timedelta(days=settings.desk_retention_days),
    )
    app = create_app(lambda: nullcontext(service), settings.origins, ROOMY, capacity, terms, site)
    app.include_router(widget.router)
    add_desk(app, _desk(settings, service, site))
    retention = Retention(service.database, SystemClock(), terms)
    app.include_router(APIRouter(lifespan=lambda _app: retention.running()))
    if (knowledge := service.knowledge) is not None:
        app.include_router(APIRouter(lifespan=lambda _app: repeated(knowledge.collect_all, pauses(60))))
    if settings.line_channel_secret is not None and settings.line_channel_access_token is not None:
        # Imported only where it is used: LINE's SDK takes a second.
        from assistant.channels.line.webhook import LineOptions, line_router  # noqa: PLC0415

        options = LineOptions(
            secret=settings.line_channel_secret.get_secret_value(),
            access_token=settings.line_channel_access_token.get_secret_value(),
            api_host=settings.line_api_host,
            push=settings.line_push,
            public_url=settings.public_url,
        )
        app.include_router(line_router(service, options, SystemClock()))
    return app


def _desk(settings: Settings, service: Service, site: Site) -> Desk:
    """The help-desk console, with an admin, or with a link in the console of the server that makes one."""
    token = _secret(settings.desk_api_token)
    desk = Desk.over(service, SystemClock(), DeskOptions(settings.second_reader, token, site))
    try:
        path = desk.first_admin(_secret(settings.desk_admin_password))
    except PasswordRefused as refused:
        raise SettingsError(f"{PREFIX}DESK_ADMIN_PASSWORD: {refused}") from refused
    if path is not None:
        what = "the help desk has no admin yet; within 24 hours, set a password at"
        print(f"{what} {settings.address}{path}", flush=True)  # noqa: T201 - whoever starts it reads this
    return desk


def _secret(setting: SecretStr | None) -> str | None:
    return None if setting is None else setting.get_secret_value()


def tools_of(index: Index, corpus: Path) -> Tools:
    """
    The tools of the steps over one index, with the rules that its programme's folder holds.

    Raises:
        LookupError: its source.toml names a reader that does not exist.
    """
    folder, reader = corpus / index.manifest.programme, index.guideline.source.reader
    rules = load_rules(folder) if (folder / RULES).exists() else None
    return Tools(
        guideline=index.guideline,
        ranker=Ranker(HybridRetriever(index)),
        wording=Wording.of(index.guideline),
        rules=rules,
        reader=open_reader(reader, rules) if rules is not None else None,
        contrasts=read_contrasts(folder),
        checks=read_checks(folder, index.guideline),
        corpus=index.manifest.corpus,
        norms=load_norms(folder) if (folder / NORMS).exists() else derived_norms(index.guideline.leaves),
    )
