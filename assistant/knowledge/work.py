"""What takes longer than a request: one preview or application after another, in a thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event, Lock
from typing import Final, Literal

import structlog

from assistant.index.manifest import IndexUnusable
from assistant.knowledge.builder import Builder, BuildFailed, Places
from assistant.knowledge.change import ChangeRejected
from assistant.knowledge.rebuilding import Step
from assistant.knowledge.staging import one_at_a_time
from assistant.records.proposals import Proposals

Kind = Literal["preview", "apply"]
WAITING: Final = "等待前一個提案完成"
_PATIENCE: Final = 2.0
_log = structlog.get_logger(__name__)


class Works:
    """
    The works of this process; their progress and their end are written to the proposal.

    A job is called with a function that says how far it is, and writes its own good end.
    """

    def __init__(self, places: Places, builder: Builder, proposals: Proposals) -> None:
        self._places, self._builder, self._proposals = places, builder, proposals
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="knowledge")
        self._lock, self._closing = Lock(), Event()
        self._futures: dict[str, tuple[str, Future[None]]] = {}
        self._running: Kind | None = None

    def start(self, proposal_id: str, kind: Kind, who: str, job: Callable[[Step], None]) -> None:
        """
        Take the proposal and begin when the works before are done.

        Raises:
            ProposalBusy, UnknownProposal: it cannot be taken.
        """
        self._proposals.begin(proposal_id, kind, WAITING)
        with self._lock:
            future = self._pool.submit(self._work, proposal_id, kind, who, job)
            self._futures[proposal_id] = (who, future)

    def wait(self, proposal_id: str, seconds: float) -> None:
        """Return when nothing runs here for a proposal, or after so many seconds."""
        with self._lock:
            found = self._futures.get(proposal_id)
        if found:
            wait([found[1]], timeout=seconds)

    def close(self) -> None:
        """Drop what waits, stop a preview, let an application finish."""
        self._closing.set()
        with self._lock:
            waiting = [(name, who) for name, (who, future) in self._futures.items() if future.cancel()]
            if self._running != "apply":
                self._builder.stop()
        for proposal_id, who in waiting:
            self._proposals.failed(proposal_id, who, "服務關閉了，請再試一次。")
        self._pool.shutdown()

    def _work(self, proposal_id: str, kind: Kind, who: str, job: Callable[[Step], None]) -> None:
        with self._lock:
            self._running = kind
        try:
            with one_at_a_time(self._places, lambda: self._pause(proposal_id)):
                job(lambda step, percent: self._proposals.step(proposal_id, step, percent))
        except (ChangeRejected, BuildFailed) as error:
            self._fail(proposal_id, who, str(error))
        except IndexUnusable as error:
            _log.warning("build not usable", proposal=proposal_id, reason=str(error))
            self._fail(proposal_id, who, "新的索引不能用，已恢復原狀。")
        except OSError as error:
            _log.exception("work failed", proposal=proposal_id, kind=kind)
            why = error.strerror or type(error).__name__  # without the file: it names the machine's folders
            self._fail(proposal_id, who, f"檔案不能讀寫（{why}），已恢復原狀；請檢查語料與資料的資料夾。")
        except Exception:  # noqa: BLE001 - whoever waits must see an end; what it was is in the log
            _log.exception("work failed", proposal=proposal_id, kind=kind)
            self._fail(proposal_id, who, "發生預期外的錯誤，已恢復原狀；請通知系統管理人員。")
        finally:
            with self._lock:
                self._running = None
                self._futures.pop(proposal_id, None)

    def _pause(self, proposal_id: str) -> None:
        if self._closing.wait(_PATIENCE):
            raise BuildFailed("服務關閉了，請再試一次。")
        self._proposals.step(proposal_id, WAITING, 0)

    def _fail(self, proposal_id: str, who: str, fault: str) -> None:
        try:
            self._proposals.failed(proposal_id, who, fault)
        except Exception:  # noqa: BLE001 - the database is gone, too: silent work counts as dead
            _log.exception("failure not recorded", proposal=proposal_id)
