"""Transfer encodings are taken off where they decode, and named where they do not."""

from __future__ import annotations

import base64
import quopri

import pytest

from assistant.mail.encodings import decoded

WORDS = "您好，我們有十二家店，請問成員要不要商業登記？其中三家是兩年前才成立的新店。"


def test_quoted_printable() -> None:
    """Soft line ends go and bytes become characters, also where a line end stands inside one."""
    assert decoded(quopri.encodestring(WORDS.encode()).decode()).text == WORDS
    assert decoded("=E6=88=91=E5=80=91=E6=9C=891=\n2=E5=AE=B6").text == "我們有12家"
    assert decoded("=A7=DA=AD=CC").text == "我們"


def test_base64() -> None:
    """A body in base64 is read; one that is no text is named as not read."""
    assert decoded(base64.encodebytes(WORDS.encode()).decode().strip()).text == WORDS
    picture = base64.b64encode(bytes(range(150, 250))).decode()
    assert decoded(picture).unread == (picture,)


def test_a_source() -> None:
    """Of a MIME source the text and the subject are read, the plain part before the HTML."""
    body = base64.encodebytes("<p>可以嗎</p>".encode()).decode()
    source = (
        "Subject: =?UTF-8?Q?=E8=B3=87=E6=A0=BC?=\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
        "--b\nContent-Type: text/plain; charset=big5\n\n可以嗎？\n"
        f"--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n{body}--b--\n"
    )

    found = decoded(source)
    assert (found.text.strip(), found.subject) == ("可以嗎？", "資格")


@pytest.mark.parametrize("text", ["a=b", "x=E5", "https://a.example/?q=E5AE", "A" * 40, "=?我們?="])
def test_what_is_not_encoded_stays(text: str) -> None:
    """Signs of equality and long words are no encoding."""
    assert decoded(text).text == text
    assert decoded(text).unread == ()


def test_what_does_not_decode_is_named() -> None:
    """Lines of an unknown character set and lost characters stay, and are named."""
    assert decoded("好\n=?x-none?B?6KuL?=\n我\ufffd們").unread == ("=?x-none?B?6KuL?=", "我\ufffd們")
