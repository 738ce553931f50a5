"""The OpenAPI document, and the same as a page that asks nothing of other hosts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.channels.problem import ErrorDetail
from assistant.channels.service import ServiceDep
from assistant.channels.web.pages import PagesDep

TAGS: Final = [
    {"name": "問答", "description": "問一個問題，得到附條文出處的回答。"},
    {"name": "資格", "description": "依您提供的事實，用規則精確計算是否符合。"},
    {"name": "條文", "description": "條文目錄與每一條的內容、出處。"},
    {"name": "回饋", "description": "回答有沒有幫助。"},
    {"name": "維運", "description": "給維護服務的人。"},
]
_FIRST_ERROR: Final = 400
router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """The document, for programs; a route of ours, so that it is counted under its own name."""
    return JSONResponse(document_of(request))


@router.get("/docs")
def docs(request: Request, pages: PagesDep, service: ServiceDep) -> Response:
    """Every operation with its fields, examples and errors."""
    document = document_of(request)
    return pages.render(
        "docs.html",
        document=document,
        schema_of=partial(_schema, document),
        example_of=partial(_example, document),
        source=service.assistant(None).guideline.source,
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


def _schema(document: Mapping[str, Any], holder: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a body or a response in its only media type."""
    media: Mapping[str, Any] = next(iter(holder.get("content", {}).values()), {})
    schema: Mapping[str, Any] = media.get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema


def _example(document: Mapping[str, Any], holder: Mapping[str, Any]) -> str:
    """The first example of a body or a response, as it is sent; "" if there is none."""
    media = holder.get("content", {}).values()
    given = [part["example"] for part in media if "example" in part]
    example = next(iter(given or _schema(document, holder).get("examples", [])), "")
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
