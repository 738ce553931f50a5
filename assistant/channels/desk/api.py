"""POST /api/desk/inquiries: ticket systems hand in mails, and fetch what was approved."""

from __future__ import annotations

from hmac import compare_digest
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from assistant.channels.desk.desk import DeskDep
from assistant.channels.desk.guard import RowId
from assistant.channels.desk.intake import Mail, receive
from assistant.channels.desk.refusal import Refusal
from assistant.channels.problem import json_only
from assistant.records.inquiry import HandedIn, Inquiry, UnknownInquiry
from assistant.records.staff import digest

router = APIRouter(prefix="/api/desk", tags=["諮詢回覆台"], include_in_schema=False)
_ACTOR: Final = "api"
_UNKNOWN: Final = "找不到這封信：編號不對，或不是由這個介面轉入的。"


class Handed(BaseModel):
    """A mail from a ticket system."""

    model_config = ConfigDict(strict=True)

    text: str = Field(max_length=16_000)
    sender: str = Field("", max_length=200)
    subject: str = Field("", max_length=200)
    reference: str = Field("", max_length=200)
    programme: str | None = Field(None, max_length=100)


def allowed(desk: DeskDep, authorization: Annotated[str, Header()] = "") -> None:
    """
    Let only the configured token through.

    Raises:
        Refusal: 401; 404 while no token is configured, as if this were not there.
    """
    token = desk.options.api_token
    if token is None:
        raise Refusal(404, "沒有啟用這個介面：請在 ASSISTANT_DESK_API_TOKEN 設定權杖。")
    scheme, _, told = authorization.partition(" ")
    fits = compare_digest(told.strip().encode("utf-8", "replace"), token.encode())
    if scheme.lower() != "bearer" or not fits:
        what = "權杖不對。請在標頭帶 Authorization: Bearer 和設定的權杖。"
        raise Refusal(401, what, {"WWW-Authenticate": "Bearer"})


@router.post("/inquiries", status_code=201, dependencies=[Depends(allowed), Depends(json_only)])
def hand_in(
    desk: DeskDep,
    handed: Handed,
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=200)] = None,
) -> Response:
    """
    Keep and draft a mail; nothing is sent. What comes twice by one key is kept once, and told again with 200.

    Raises:
        Refusal: 422, another mail came by this key.
    """
    key = idempotency_key and digest(idempotency_key)
    mail = Mail(handed.text, handed.sender, handed.subject, handed.reference, key)
    try:
        known = desk.inquiries.by_key(key) if key else None
        inquiry = known or receive(desk, mail, handed.programme, _ACTOR, _ACTOR, None)
    except HandedIn as twice:
        inquiry = known = twice.inquiry
    if known is not None and known.erased_at is None and known.mail != mail.kept:
        raise Refusal(422, "這個 Idempotency-Key 已經用在另一封信，請換一個。")
    return JSONResponse(told(inquiry), 201 if known is None else 200)


@router.get("/inquiries/{inquiry_id}", dependencies=[Depends(allowed)])
def state(desk: DeskDep, inquiry_id: RowId) -> Response:
    """How far the reply to a mail that was handed in here is, and its text once it is approved."""
    try:
        inquiry = desk.inquiries.get(inquiry_id)
    except UnknownInquiry as error:
        raise Refusal(404, _UNKNOWN) from error
    if inquiry.origin != _ACTOR:
        raise Refusal(404, _UNKNOWN)
    return JSONResponse(told(inquiry))


def told(inquiry: Inquiry) -> dict[str, Any]:
    """What a ticket system is told of an inquiry; the draft is for people on the page."""
    return {
        "id": inquiry.id,
        "url": f"/desk/inquiries/{inquiry.id}",
        "reference": inquiry.reference,
        "state": inquiry.state.value,
        "questions": [
            {"question": asked.question, "outcome": asked.outcome, "confidence": asked.confidence / 100}
            for asked in inquiry.questions
        ],
        "reply": inquiry.final or None,
    }
