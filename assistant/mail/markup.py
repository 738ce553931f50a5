"""
HTML, entities and Markdown -> plain lines.

HTML is read by selectolax, as browsers read it: a paragraph is a line, a row of a table a line with tabs,
a quotation is marked with > as mail programs do. Text that only speaks of tags stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

_TAG: Final = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9:]{0,11})(?=[\s/>])[^<>]{0,2000}>|<!--")
_TAGS: Final = re.compile(
    r"(?:html|head|body|p|div|br|span|b|i|u|s|em|strong|font|a|img|hr|table|tbody|thead|tr|td|th|ul|ol|li|pre|center|h[1-6]"
    r"|blockquote|style|script|meta|title|sup|sub|o:p)\Z",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_LINES: Final = re.compile(
    r"(?:p|div|table|tr|ul|ol|li|pre|h[1-6]|blockquote|center|header|footer|section|article)\Z"
)
# Written here as a sign of its own, so that a reader of numbers does not take it for a digit.
_RAISED: Final = frozenset({"sup", "sub"})
_CHILDLESS: Final = frozenset(
    {"-text", "br", "hr", "head", "style", "script", "title", "noscript", "template"}
)
_BROKEN: Final = frozenset({"br", "hr"})
_CELLS: Final = frozenset({"td", "th"})
# Deeper than this nobody quotes; who nests further has something else in mind.
_DEEPEST: Final = 9
_QUOTATION: Final = re.compile(r"gmail_quote|yahoo_quoted|moz-cite", re.IGNORECASE)
_BREAKS: Final = frozenset("\n\r<>")
_LAID_OUT: Final = re.compile(r"<(?:html|body|p|div|td|li)\b", re.IGNORECASE)
_AFTER_BREAK: Final = re.compile(r"<br ?/?>[ \t]*\n", re.IGNORECASE)
_ESCAPED: Final = 3
_BLANK: Final = re.compile(r"[ \t\n\r\f]+")
_SOURCE_LINE: Final = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\n\r]+[ \t]*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,200})(?<=\S)\1")
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}[^\S\n]+(?=\w)", re.MULTILINE)
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(text: str) -> str:
    """The text without markup; the same text if there is none, or if nothing would be left."""
    shown = text
    # Ticket systems escape what was escaped already.
    for _ in range(_ESCAPED):
        before = shown
        shown = _of_html(shown) if _is_html(shown) else _ENTITY.sub(lambda found: unescape(found[0]), shown)
        if shown == before:
            break
    shown = _HEADING.sub("", _STRONG.sub(r"\2", shown))
    return shown if shown.strip() else text


def _is_html(text: str) -> bool:
    return any(not found["name"] or _TAGS.match(found["name"]) for found in _TAG.finditer(text))


def _of_html(text: str) -> str:
    lines: list[str] = [""]
    depth, blank = 0, False
    for piece in _pieces(text):
        if piece in _BREAKS:
            depth += {">": 1, "<": -1}.get(piece, 0)
            # An empty line is one that the writer made; tags around each other make none.
            if lines[-1] or (piece == "\r" and blank):
                lines.append("")
            blank = piece == "\r" or (blank and piece != "\n")
        else:
            lines[-1] = (lines[-1] or "> " * min(depth, _DEEPEST)) + piece
            blank = False
    return "\n".join(line.strip(" \t\u00a0") for line in lines).strip("\n")


def _pieces(text: str) -> Iterator[str]:
    r"""The text of a document in its order, "\n" at the ends of blocks, "\r" for breaks, > … < around quotations."""
    # Lines in the source of HTML are none, but people also paste a tag among lines of plain text.
    lined = text if _LAID_OUT.search(text) else _AFTER_BREAK.sub("<br>", text).replace("\n", "<br>")
    node, entering = LexborHTMLParser(lined.encode("utf-8", "replace").decode()).root, True
    while node is not None:
        tag = node.tag or ""
        if entering:
            if tag == "-text":
                yield from _text(node)
            elif tag in _BROKEN:
                yield "\r"
            elif _is_line(tag):
                yield ">" if _quotes(node, tag) else "\n"
            inside = node.first_child if tag not in _CHILDLESS else None
            if inside is not None:
                node = inside
                continue
        if tag in _CELLS:
            yield "\t"
        elif _is_line(tag):
            yield "<" if _quotes(node, tag) else "\n"
        after = node.next
        entering = after is not None
        node = after if after is not None else node.parent


def _text(node: LexborNode) -> Iterator[str]:
    raw = node.text_content or ""
    if node.parent is not None and node.parent.tag in _RAISED:
        raw = raw.translate(_SUPERSCRIPT)
    shown = _BLANK.sub(" ", _SOURCE_LINE.sub("", raw))
    if shown not in {"", " "}:
        yield shown


@lru_cache(maxsize=256)
def _is_line(tag: str) -> bool:
    return _LINES.match(tag) is not None


def _quotes(node: LexborNode, tag: str) -> bool:
    if tag == "blockquote":
        return True
    return tag == "div" and _QUOTATION.search(node.attributes.get("class") or "") is not None
