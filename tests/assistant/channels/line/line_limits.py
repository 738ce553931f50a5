"""
JSON of messages -> the limits of LINE's reference that they break.

Counted here anew, not by the code under test. The limits: notes of LINE's reference as
read in 2026-11; altText by the older, narrower figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import regex

Json = dict[str, Any]


def units(text: str) -> int:
    """UTF-16 code units."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def clusters(text: str) -> int:
    """Grapheme clusters."""
    return len(regex.findall(r"\X", text))


def limit_faults(messages: list[Json]) -> list[str]:
    """Every limit that is broken, with its place; empty if LINE would take the messages."""
    faults = [] if 1 <= len(messages) <= 5 else [f"{len(messages)} messages"]
    for place, message in enumerate(messages):
        faults += [f"messages[{place}] {fault}" for fault in _of_message(message)]
        if "quickReply" in message and place != len(messages) - 1:
            faults.append(f"messages[{place}] quick replies that nobody sees")
    return faults


def _of_message(message: Json) -> Iterator[str]:
    if message["type"] == "text":
        if not 1 <= units(message["text"]) <= 5000:
            yield f"text of {units(message['text'])} units"
    elif message["type"] == "flex":
        if not 1 <= units(message["altText"]) <= 400:
            yield f"altText of {units(message['altText'])} units"
        yield from _of_container(message["contents"])
    items = message.get("quickReply", {}).get("items", ["none given"])
    if not 1 <= len(items) <= 13:
        yield f"{len(items)} quick replies"
    for item in items:
        if item != "none given":
            yield from _of_action(item["action"], 20)


def _of_container(container: Json) -> Iterator[str]:
    bubbles = container["contents"] if container["type"] == "carousel" else [container]
    if not 1 <= len(bubbles) <= 12:
        yield f"{len(bubbles)} bubbles"
    if len({bubble.get("size") for bubble in bubbles}) > 1:
        yield "bubbles of different width"
    if len(json.dumps(container)) > 50 * 1024:
        yield f"carousel of {len(json.dumps(container))} bytes"
    for bubble in bubbles:
        if len(json.dumps(bubble)) > 30 * 1024:
            yield f"bubble of {len(json.dumps(bubble))} bytes"
        for component in _components(bubble):
            if component.get("type") == "text" and not component["text"].strip():
                yield "an empty text component"
            if component.get("type") == "box" and not component["contents"]:
                yield "an empty box"
            if component.get("type") == "button":
                yield from _of_action(component["action"], 40)


def _components(part: object) -> Iterator[Json]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from _components(value)
    elif isinstance(part, list):
        for value in part:
            yield from _components(value)


def _of_action(action: Json, longest_label: int) -> Iterator[str]:
    if not 1 <= clusters(action["label"]) <= longest_label:
        yield f"label of {clusters(action['label'])} characters"
    if action["type"] == "message" and not 1 <= units(action["text"]) <= 300:
        yield f"action text of {units(action['text'])} units"
    if action["type"] == "uri":
        uri = action["uri"]
        if units(uri) > 1000 or not uri.startswith(("https://", "http://")) or not uri.isascii():
            yield f"address {uri[:80]}"
