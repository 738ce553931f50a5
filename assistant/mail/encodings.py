"""
What a ticket system left undecoded -> text: MIME sources, quoted-printable, base64, encoded words, UTF-8 read as Latin-1.

Decoded only where what comes out is text; what does not decode stays as it is, and its line is named.
"""

from __future__ import annotations

import base64
import binascii
import email
import re
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage, MIMEPart
from typing import Final

# What the standard library raises on broken sources and unknown character sets.
_BROKEN: Final = (LookupError, ValueError, TypeError, AttributeError, MessageError, AssertionError)
_SOURCE: Final = re.compile(r"\A(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\s*\n")
_MIME: Final = re.compile(
    r"^(?:MIME-Version|Content-Type|Content-Transfer-Encoding):", re.IGNORECASE | re.MULTILINE
)
_ENCODED_WORDS: Final = re.compile(
    r"=\?[\w.-]{1,40}\?[BbQq]\?[^?\s]{0,1000}\?=(?:[ \t\n]*=\?[\w.-]{1,40}\?[BbQq]\?[^?\s]{0,1000}\?=)*"
)
_OCTETS: Final = re.compile(r"(?:=[0-9A-F]{2})+")
# A line of a mail in quoted-printable: three bytes on end, of which the first is beyond ASCII.
_QUOTED_PRINTABLE: Final = re.compile(r"=[89A-F][0-9A-F]=(?:\n)?[0-9A-F]{2}=(?:\n)?[0-9A-F]{2}")
_SOFT_BREAK: Final = re.compile(r"=[ \t]*\n")
_BASE64: Final = re.compile(r"^[A-Za-z0-9+/]{60,}={0,2}$(?:\n^[A-Za-z0-9+/]+={0,2}$)*", re.MULTILINE)
# Every Chinese character of UTF-8 read as Latin-1 is one of these and two of the controls and signs behind.
_LATIN: Final = re.compile(r"(?:[\u00e3-\u00ef][\u0080-\u00bf]{2}){2,}")
_LOST: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class DecodedMail:
    """A text without transfer encodings, the subject of its source if it was one, and lines that do not decode."""

    text: str
    subject: str = ""
    unread: tuple[str, ...] = ()


def decoded(text: str) -> DecodedMail:
    """A text with every transfer encoding taken off that decodes; the same text if there is none."""
    subject = ""
    if _MIME.search(text) and _SOURCE.match(text):
        subject, text = _body_of(text)
    text = _ENCODED_WORDS.sub(_words, text)
    if _QUOTED_PRINTABLE.search(text):
        text = _OCTETS.sub(_bytes, _SOFT_BREAK.sub("", text))
    text = _LATIN.sub(_latin, _BASE64.sub(_base64, text))
    return DecodedMail(text, subject, tuple(_undecoded(text)))


def _body_of(source: str) -> tuple[str, str]:
    """The subject and the body of a MIME source; the whole source again if it is none."""
    try:
        message = email.message_from_string(source, policy=policy.default)
        assert isinstance(message, EmailMessage)  # the default policy makes these
        subject = str(message["Subject"] or "")
        part = message.get_body(preferencelist=("plain", "html"))
        body = _content(part) if part is not None else ""
    except (*_BROKEN, RecursionError):
        return "", source
    return (subject, body) if body.strip() else ("", source)


def _content(part: MIMEPart) -> str:
    """Decoded as its header says; text that was handed on unencoded is text already, whatever its character set was."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() in {"base64", "quoted-printable"}:
        return str(part.get_content())
    return str(part.get_payload())


def _words(found: re.Match[str]) -> str:
    try:
        return str(make_header(decode_header(found[0].replace("\n", " "))))
    except _BROKEN:
        return found[0]


def _bytes(found: re.Match[str]) -> str:
    return _text_of(bytes.fromhex(found[0].replace("=", "")), found[0])


def _base64(found: re.Match[str]) -> str:
    try:
        octets = base64.b64decode(found[0].replace("\n", ""), validate=True)
    except binascii.Error:
        return found[0]
    return _text_of(octets, found[0], ("utf-8",))


def _latin(found: re.Match[str]) -> str:
    return _text_of(found[0].encode("latin-1"), found[0], ("utf-8",))


def _text_of(octets: bytes, otherwise: str, charsets: tuple[str, ...] = ("utf-8", "cp950")) -> str:
    for charset in charsets:
        try:
            text = octets.decode(charset).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
        if all(c.isprintable() or c in "\n\t" for c in text):
            return text
    return otherwise


def _undecoded(text: str) -> list[str]:
    return [
        line.strip()
        for line in text.split("\n")
        if _LOST in line
        or ("=?" in line and _ENCODED_WORDS.search(line))
        or _QUOTED_PRINTABLE.search(line)
        or _BASE64.fullmatch(line.strip())
    ]
