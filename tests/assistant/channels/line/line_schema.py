"""
JSON of a request -> what LINE's own schema says against it.

The official SDK's models are generated from LINE's OpenAPI document (line/line-openapi,
messaging-api.yml): required properties, types, enumerations and the kinds of messages,
components and actions. A model drops what it does not know, so reading a request
and writing it again shows every property that the schema has not.
"""

from __future__ import annotations

from typing import Any

from linebot.v3.messaging import Message, PushMessageRequest, ReplyMessageRequest, ShowLoadingAnimationRequest

MODELS = {
    "reply": ReplyMessageRequest,
    "push": PushMessageRequest,
    "loading": ShowLoadingAnimationRequest,
    "message": Message,
}


def schema_faults(kind: str, payload: object) -> list[str]:
    """What is wrong with a request, or a message, of that kind; empty if LINE's schema allows it."""
    if not isinstance(payload, dict):
        return ["not an object"]
    try:
        built = MODELS[kind].from_dict(payload)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return [str(error) or type(error).__name__]
    written = built.to_dict()
    if "notificationDisabled" not in payload:
        written.pop("notificationDisabled", None)  # a default, which the model writes out
    return list(_differences("", payload, written))


def _differences(place: str, given: Any, written: Any) -> list[str]:  # noqa: ANN401 - JSON
    if isinstance(given, dict) and isinstance(written, dict):
        unknown = [f"{place}/{name}: unknown" for name in given.keys() - written.keys()]
        inside = [_differences(f"{place}/{n}", given[n], written[n]) for n in given.keys() & written.keys()]
        return [*unknown, *(fault for faults in inside for fault in faults)]
    if isinstance(given, list) and isinstance(written, list) and len(given) == len(written):
        inside = [
            _differences(f"{place}/{n}", a, b) for n, (a, b) in enumerate(zip(given, written, strict=True))
        ]
        return [fault for faults in inside for fault in faults]
    return [] if given == written else [f"{place}: read as {written!r}"]
