"""A log line is one JSON object on standard error, without personal data."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import structlog

from assistant.logs import configure_logs

PHONE = "0912-345-678"


Start = Callable[[], Any]


@pytest.fixture
def start() -> Iterator[Start]:
    """Configures logs as a process would that starts now, and gives a logger; undone behind the test."""
    before = structlog.get_config()

    def configured() -> Any:  # noqa: ANN401 - structlog's loggers have no type of their own
        configure_logs()
        return structlog.get_logger()

    yield configured
    structlog.configure(**before)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was logged; nothing may go to standard output."""
    said = capsys.readouterr()
    assert said.out == ""
    return [json.loads(line) for line in said.err.splitlines()]


def test_one_object_a_line(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """Event, level, time in UTC and what was bound, in Chinese as it is written."""
    log = start()
    log.bind(route="/api/chat").info("question", seconds=0.25, outcome="已回答\n第二行")
    (line,) = lines(capsys)

    assert line["event"] == "question"
    assert (line["level"], line["route"], line["seconds"]) == ("info", "/api/chat", 0.25)
    assert line["outcome"] == "已回答\n第二行"
    assert line["timestamp"].endswith("Z")


def test_a_log_that_is_full_stops_nobody(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written is dropped; whoever logs goes on."""
    with suppress(OSError), Path("/dev/full").open("w", encoding="utf8", buffering=1) as full:
        monkeypatch.setattr(sys, "stderr", full)
        with pytest.raises(OSError, match="No space"):
            full.write("full\n")

        start().info("question", seconds=1)


def test_chinese_stays_readable(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """Characters are written as such, not as numbers."""
    log = start()
    log.info("提問")

    assert "提問" in capsys.readouterr().err


def test_debug_is_left_out(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing below info is logged."""
    log = start()
    log.debug("detail")
    log.warning("care")

    assert [line["event"] for line in lines(capsys)] == ["care"]


def test_what_people_wrote_is_masked(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """Personal data is masked in events and values; figures stay."""
    log = start()
    event = f"call {PHONE}"
    log.info(event, question=f"我的手機{PHONE},信箱a@b.tw", members=12, rate=0.3, none=None)
    (line,) = lines(capsys)

    assert line["event"] == "call 〔手機〕"
    assert line["question"] == "我的手機〔手機〕,信箱〔電子郵件〕"
    assert (line["members"], line["rate"], line["none"]) == (12, 0.3, None)


def test_errors_are_masked(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """The text of an error may quote what people wrote: it is masked with its trace."""
    log = start()
    try:
        int(PHONE)
    except ValueError:
        log.exception("failed")
    (line,) = lines(capsys)

    assert "ValueError: invalid literal for int() with base 10: '〔手機〕'" in line["exception"]
    assert PHONE not in json.dumps(line, ensure_ascii=False)


def test_what_lies_deeper_is_masked(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """Personal data is masked in lists and tables too, wherever it is logged."""
    log = start()
    log.info("question", turns=[f"打{PHONE}"], body={"message": f"打{PHONE}", "tags": (PHONE,)})

    assert PHONE not in capsys.readouterr().err


def test_context_is_kept(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """What is bound to a request stands on each of its lines."""
    log = start()
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        log.info("one")
    log.info("two")
    one, two = lines(capsys)

    assert one["request_id"] == "r1"
    assert "request_id" not in two


def test_libraries_are_quiet(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    """What a library logs below warning is not seen."""
    start()
    logging.getLogger("some.library").info("loading")

    assert capsys.readouterr().err == ""
