"""The OpenAPI document, and the same as a page that asks nothing of other hosts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.channels.service import ServiceDep
from assistant.channels.web.pages import PagesDep
from assistant.channels.web.problem import ErrorDetail

TAGS: Final = [
    {"name": "問答", "description": "問一個問題，得到附條文出處的回答。"},
    {"name": "資格", "description": "依您提供的事實，用規則精確計算是否符合。"},
    {"name": "條文", "description": "條文目錄與每一條的內容、出處。"},
    {"name": "回饋", "description": "回答有沒有幫助。"},
    {"name": "維運", "description": "給維護服務的人。"},
]
_FIRST_ERROR: Final = 400
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the document, ready to be shown."""

    tag: str
    method: str
    path: str
    summary: str
    description: str
    fields: tuple[tuple[str, str, bool], ...]
    request: str
    responses: tuple[tuple[str, str, str], ...]


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """The document, for programs; a route of ours, so that it is counted under its own name."""
    return JSONResponse(document_of(request))


@router.get("/docs")
def docs(request: Request, pages: PagesDep, service: ServiceDep) -> Response:
    """Every operation with its fields, examples and errors."""
    document = document_of(request)
    source = service.assistant(None).guideline.source
    return pages.render(
        "docs.html", info=document["info"], tags=TAGS, operations=list(operations(document)), source=source
    )


def document_of(request: Request) -> dict[str, Any]:
    """
    The OpenAPI document, put right where FastAPI's is not.

    It leaves the nulls out of examples, says that the errors of an event stream
    are events, and describes success in English.
    """
    document: dict[str, Any] = request.app.openapi()
    answer = document["components"]["schemas"]["Answer"]
    answer["examples"] = [{**dict.fromkeys(answer["properties"]), **found} for found in answer["examples"]]
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if response["description"] == "Successful Response":
                    response["description"] = "成功"
                if int(status) >= _FIRST_ERROR:
                    media = {
                        name: value for part in response["content"].values() for name, value in part.items()
                    }
                    error = {**dict.fromkeys(ErrorDetail.model_fields), **media["example"]["error"]}
                    response["content"] = {"application/json": {**media, "example": {"error": error}}}
    return document


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    """The operations of an OpenAPI document, in its order."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            body = _resolve(document, _schema(operation.get("requestBody", {})))
            yield Operation(
                tag=operation["tags"][0],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                description=operation.get("description", ""),
                fields=(*_parameters(operation), *_properties(body)),
                request=_text(next(iter(body.get("examples", [])), None)),
                responses=tuple(
                    (status, response["description"], _text(_example(document, response)))
                    for status, response in sorted(operation["responses"].items())
                ),
            )


def _parameters(operation: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for parameter in operation.get("parameters", []):
        yield parameter["name"], parameter.get("description", ""), parameter.get("required", False)


def _properties(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for name, field in schema.get("properties", {}).items():
        yield name, field.get("description", ""), name in schema.get("required", [])


def _schema(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a body or a response in its only media type."""
    media: Mapping[str, Any] = next(iter(content.get("content", {}).values()), {})
    schema: Mapping[str, Any] = media.get("schema", {})
    return schema


def _resolve(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema


def _example(document: Mapping[str, Any], response: Mapping[str, Any]) -> object:
    for media in response.get("content", {}).values():
        if "example" in media:
            return media["example"]
    return next(iter(_resolve(document, _schema(response)).get("examples", [])), None)


def _text(example: object) -> str:
    if example is None or isinstance(example, str):
        return example or ""
    return json.dumps(example, ensure_ascii=False, indent=2)
