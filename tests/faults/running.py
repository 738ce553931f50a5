"""The real server in a process of its own, and what clients see of it while something is done to it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from typing import Any, Final

import httpx2

# Whoever is not answered by then is stuck.
PATIENCE: Final = 60.0
_PAUSE: Final = 0.2
QUESTIONS: Final = ("案子可以轉包嗎", "A類要幾家", "誰要上台簡報", "我們12家，4家輔導過，可以申請A類嗎")


@dataclass(slots=True)
class Seen:
    """What clients saw: answers by id, refusals that say when to come again, and what must not be."""

    answers: dict[str, str] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)
    hung_up: int = 0
    wrong: list[str] = field(default_factory=list)
    stuck: int = 0

    def add(self, other: Seen) -> None:
        """What another client saw."""
        self.answers |= other.answers
        self.refused += other.refused
        self.hung_up += other.hung_up
        self.wrong += other.wrong
        self.stuck += other.stuck

    def __str__(self) -> str:
        """One line of figures."""
        refused = ", ".join(f"{number} x {status}" for status, number in sorted(self.refused.items()))
        return (
            f"{len(self.answers)} answered, {refused or 'none'} refused, {self.hung_up} hung up,"
            f" {len(self.wrong)} wrong, {self.stuck} stuck"
        )


@dataclass(slots=True)
class RunningServer:
    """A server process, where it is reached, and what it answers when all is well."""

    process: subprocess.Popen[bytes]
    base: str
    log: Path
    right: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        """Its port."""
        return int(self.base.rpartition(":")[2])

    def status(self, path: str) -> int:
        """The status of a page."""
        return httpx2.get(self.base + path, timeout=PATIENCE).status_code

    def ask(self, question: str, address: str = "192.0.2.1") -> httpx2.Response:
        """A question from an address, in a conversation of its own."""
        headers = {"X-Forwarded-For": address}
        return httpx2.post(
            f"{self.base}/api/chat", json={"message": question}, headers=headers, timeout=PATIENCE
        )

    def learn(self) -> None:
        """Note what is answered now; it is what is right."""
        self.right = {question: self.ask(question).json()["text"] for question in QUESTIONS}

    def asked(self, question: str, address: str = "192.0.2.1") -> Seen:
        """What a client sees that asks one of QUESTIONS, or anything else."""
        seen = Seen()
        try:
            response = self.ask(question, address)
        except httpx2.TimeoutException:
            seen.stuck += 1
        except httpx2.TransportError:
            seen.hung_up += 1
        else:
            self._judge(question, response, seen)
        return seen

    def _judge(self, question: str, response: httpx2.Response, seen: Seen) -> None:
        body: Mapping[str, Any] = response.json()
        if response.status_code == 200:
            seen.answers[body["id"]] = body["text"]
            if body["text"] != self.right.get(question, body["text"]):
                seen.wrong.append(f"{question}: {body['text']}")
        elif response.status_code in {422, 429, 503}:
            seen.refused[response.status_code] += 1
        else:
            seen.wrong.append(f"{response.status_code}: {body}")

    def loaded(self, clients: int, until: Callable[[Seen], bool], then: Callable[[], None]) -> Seen:
        """`clients` ask side by side until it is time, `then` something is done, and all that they saw."""
        seen, questions, addresses = Seen(), cycle(QUESTIONS), (f"192.0.2.{n % 250}" for n in count())
        with ThreadPoolExecutor(clients) as pool:
            running = {pool.submit(self.asked, next(questions), next(addresses)) for _ in range(clients)}
            done = False
            while running:
                finished = next(as_completed(running))
                running.remove(finished)
                seen.add(finished.result())
                if not done and until(seen):
                    done = True
                    then()
                if not done:
                    running.add(pool.submit(self.asked, next(questions), next(addresses)))
        return seen

    def half(self, head: bytes) -> socket.socket:
        """A connection on which a request was begun, and is not gone on with."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connection.sendall(head)
        return connection

    def until_ready(self) -> None:
        """Wait until it says that it is ready; AssertionError if it ends, or does not within PATIENCE."""
        for _ in range(int(PATIENCE / _PAUSE)):
            with suppress(httpx2.TransportError):
                if self.status("/readyz") == 200:
                    return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=_PAUSE)
                break
        raise AssertionError(self.log.read_text(encoding="utf8"))

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait()

    def terminate(self) -> int:
        """End it as an administrator does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def running(data: Path, **settings: str) -> Iterator[RunningServer]:
    """A server over a data folder, ready; dead afterwards, however it ended."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    environment = {
        **own,
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_DATA_DIR": str(data),
        **{f"ASSISTANT_{name}": value for name, value in settings.items()},
    }
    command = [sys.executable, "-m", "assistant", "serve"]
    log = (data / "log").open("ab")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    server = RunningServer(process, f"http://127.0.0.1:{port}", data / "log")
    try:
        server.until_ready()
        yield server
    finally:
        process.kill()
        process.wait()
        log.close()
