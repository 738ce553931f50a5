"""The console joins the web application."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.channels.desk import (
    account_pages,
    api,
    audit_pages,
    canned_pages,
    decisions,
    figures_pages,
    inbox,
    inquiry_pages,
    items_pages,
    proposals_pages,
    sending,
    sign_in,
    staff_pages,
)
from assistant.channels.desk.desk import Desk
from assistant.channels.static_files import KeptFiles


def add_desk(app: FastAPI, desk: Desk) -> None:
    """Serve the console below /desk, and its API below /api/desk."""
    app.state.desk = desk
    app.mount("/desk/static", KeptFiles("assistant.channels.desk"))
    for module in (
        sign_in,
        account_pages,
        inbox,
        sending,
        inquiry_pages,
        decisions,
        canned_pages,
        items_pages,
        proposals_pages,
        figures_pages,
        audit_pages,
        staff_pages,
        api,
    ):
        app.include_router(module.router)
