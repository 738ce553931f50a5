"""Jinja templates -> the console's pages; every value is escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from assistant.channels.desk.confidence import OUTCOMES
from assistant.ports import TAIPEI

STATES: Final[Mapping[str, str]] = {
    "draft": "草稿",
    "edited": "已編輯",
    "approved": "已核可",
    "sent": "已寄出",
    "reopened": "重新處理",
}
ROLES: Final[Mapping[str, str]] = {"drafter": "撰稿", "approver": "覆核", "admin": "管理"}
ACTIONS: Final[Mapping[str, str]] = {
    "received": "收件並產生草稿",
    "taken": "接手",
    "edited": "修改",
    "regenerated": "加提示重新產生",
    "cited": "加引條文",
    "review_asked": "送覆核",
    "returned": "退回修改",
    "approved": "核可",
    "sent": "標示為已寄出",
    "copied": "複製回覆",
    "reopened": "重新處理",
    "erased": "刪除個人資料",
    "signed_in": "登入",
    "sign_in_failed": "登入失敗",
    "sign_in_locked": "帳號暫停登入",
    "signed_out": "登出",
    "password_set": "設定密碼",
    "staff_added": "新增人員",
    "staff_changed": "變更人員",
    "link_made": "產生一次性連結",
    "canned_added": "新增常用文字",
    "canned_changed": "修改常用文字",
    "canned_removed": "刪除常用文字",
    "exported": "匯出紀錄",
    "item_dismissed": "待補問題：不處理",
    "item_reopened": "待補問題：重新列入",
    "proposed": "提出條文資料修改",
    "previewed": "開始試算修改的影響",
    "applied": "開始套用修改",
    "rejected": "退回修改提案",
    "reverted": "提出還原",
}
STATIC: Final = {
    name: (files(__package__) / "static" / name).read_bytes()
    for name in ("desk.css", "desk.js", "htmx.min.js", "icon.svg")
}
_WEEKDAYS: Final = "一二三四五六日"


class Sheets:
    """The templates of this channel."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader(__package__),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters.update(moment=moment, day=day, ago=ago)
        self._environment.globals.update(
            states=STATES, outcomes=OUTCOMES, roles=ROLES, actions=ACTIONS, asset=_asset, signed=None, here=""
        )

    def render(self, template: str, **values: object) -> HTMLResponse:
        """A page from a template and its values."""
        return HTMLResponse(self.text(template, **values))

    def text(self, template: str, **values: object) -> str:
        """The page's HTML."""
        return self._environment.get_template(template).render(values)


def moment(at: datetime) -> str:
    """A moment in Taiwan: 2024-03-01 09:30."""
    return f"{at.astimezone(TAIPEI):%Y-%m-%d %H:%M}"


def day(at: datetime) -> str:
    """A day in Taiwan: 3月1日（五）."""
    local = at.astimezone(TAIPEI)
    return f"{local.month}月{local.day}日（{_WEEKDAYS[local.weekday()]}）"


def ago(at: datetime, now: datetime) -> str:
    """How long ago, roughly; the day if it is longer than that."""
    minutes = int((now - at).total_seconds()) // 60
    if minutes < 1:
        return "剛剛"
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return f"{minutes} 分鐘前"
    if minutes < 24 * 60:
        return f"{minutes // 60} 小時前"
    return day(at)


def _asset(name: str) -> str:
    """The address of a file; a new version has a new one, so browsers may keep it for good."""
    return f"/desk/static/{name}?v={hashlib.sha256(STATIC[name]).hexdigest()[:12]}"
