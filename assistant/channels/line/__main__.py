"""
A conversation with the LINE bot, without a LINE account: python -m assistant.channels.line, or make line-demo.

Starts the real server with a stand-in for LINE's API, sends it signed events, and
prints what the phone would show. Records are kept in a folder that is removed.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Final

from assistant.channels.line.phone import open_phone, shown, signature, text_webhook

SECRET: Final = "demo-channel-secret"  # noqa: S105 - of no channel
_USER: Final = "U" + "d" * 32
_PATIENCE: Final = 60.0
_SCENES: Final = (
    ("條文有寫的問題", ("案子做到一半可以轉包給別人嗎？",)),
    ("資格判斷", ("重新開始", "我們12家，其中4家兩年前接受過數位群聚輔導，可以申請A類嗎？")),
    ("缺一個數字，補上以後再判斷", ("重新開始", "我們有12家店，可以申請A類嗎？", "3家")),
    ("指引沒有寫的問題", ("補助最多多少錢？",)),
)


def main() -> int:
    """Print the scenes; 1 if the server did not start or an answer did not come."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_phone() as phone,
        _server(folder, phone.address) as base,
    ):
        if not _ready(base):
            print("the server did not start; run `make index` first, then try again", file=sys.stderr)
            return 1
        for title, messages in _SCENES:
            print(f"\n━━ {title} ━━")
            for text in messages:
                body, token = text_webhook(text, _USER)
                headers = {"X-Line-Signature": signature(body, SECRET)}
                request = urllib.request.Request(f"{base}/line/webhook", body, headers)  # noqa: S310 - the server started here
                urllib.request.urlopen(request, timeout=_PATIENCE).close()  # noqa: S310
                try:
                    used, answer = phone.replies.get(timeout=_PATIENCE)
                except Empty:
                    print(f"no answer came within {_PATIENCE:.0f} seconds", file=sys.stderr)
                    return 1
                assert used == token  # one question is asked at a time
                print(f"\n您：{text}\n{shown(answer)}")
    return 0


@contextmanager
def _server(folder: str, api_host: str) -> Iterator[str]:
    """The real server on a free port, with the demo's secrets; stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_DATABASE_URL": f"sqlite:///{Path(folder) / 'records.sqlite3'}",
        "ASSISTANT_LINE_CHANNEL_SECRET": SECRET,
        "ASSISTANT_LINE_CHANNEL_ACCESS_TOKEN": "demo-access-token",
        "ASSISTANT_LINE_API_HOST": api_host,
        "ASSISTANT_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "assistant", "serve"]
    server = subprocess.Popen(  # noqa: S603 - this program's own command
        command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _ready(base: str) -> bool:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{base}/readyz", timeout=5).close()  # noqa: S310
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main())
