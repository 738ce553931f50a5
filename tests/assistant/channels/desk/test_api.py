"""Ticket systems hand in mails with the token, and fetch what was approved."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from tests.assistant.channels.desk.conftest import MAIL, TOKEN, Clerk, Rig

AUTH = {"authorization": f"Bearer {TOKEN}"}


def test_a_mail_is_handed_in_and_its_reply_fetched(rig: Rig, clerk: Clerk) -> None:
    """The mail waits in the inbox for anybody; its reply is told once it is approved."""
    answer = clerk.http.post("/api/desk/inquiries", json={"text": MAIL, "reference": "T-9"}, headers=AUTH)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["reference"], told["state"], told["reply"], len(told["questions"])) == (
        "T-9",
        "draft",
        None,
        3,
    )
    assert rig.desk.inquiries.get(told["id"]).owner_id is None
    assert "系統轉入" in clerk.http.get("/desk").text

    clerk.act(told["id"], "approve")
    fetched = clerk.http.get(f"/api/desk/inquiries/{told['id']}", headers=AUTH).json()
    assert fetched["state"] == "approved"
    assert "依據條文" in fetched["reply"]


def test_a_reply_is_read_without_what_it_quotes(rig: Rig, http: TestClient) -> None:
    """Only today's question is answered; the mail is kept as it came, and the draft names what could not be read."""
    mail = "誰可以簡報？\n里\t家數\n東門里\t4\n西門里\t3\n合計\t8\n\n-----原始郵件-----\n寄件者: 窗口\n主旨: RE: 簡報\n請問有幾家？"

    told = http.post("/api/desk/inquiries", json={"text": mail, "subject": "RE: 簡報"}, headers=AUTH).json()
    kept = rig.desk.inquiries.get(told["id"])

    assert [asked["question"] for asked in told["questions"]] == ["誰可以簡報？"]
    assert [question.text for question in rig.assistant.questions] == ["誰可以簡報?"]
    assert (kept.mail, kept.subject) == (mail, "簡報")
    assert "來信有一行無法判讀：「合計 8」" in kept.text


def test_a_long_wrapping_is_no_long_mail(http: TestClient) -> None:
    """What counts is what a mail says, not the markup around it."""
    mail = f"<style>{'p{margin:0} ' * 800}</style><p>誰可以簡報？</p>"

    told = http.post("/api/desk/inquiries", json={"text": mail}, headers=AUTH).json()
    assert [asked["question"] for asked in told["questions"]] == ["誰可以簡報？"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer ０"])
def test_without_the_token(rig: Rig, http: TestClient, header: str | None) -> None:
    """Without the token nothing is kept, and the answer is the API's error."""
    headers = {} if header is None else {"authorization": header.encode()}
    answer = http.post("/api/desk/inquiries", json={"text": MAIL}, headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "unauthorized"
    assert rig.desk.inquiries.find() == []


def test_a_session_is_no_token(clerk: Clerk) -> None:
    """Being signed in opens no API."""
    assert clerk.http.post("/api/desk/inquiries", json={"text": MAIL}).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [({"text": ""}, 422), ({"text": "字" * 9000}, 422), ({}, 422), ({"text": MAIL, "programme": "x"}, 422)],
)
def test_mails_that_cannot_be_taken(http: TestClient, body: dict[str, str], status: int) -> None:
    """What cannot be taken is refused in words, in the API's shape."""
    answer = http.post("/api/desk/inquiries", json=body, headers=AUTH)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_unknown_inquiries(http: TestClient) -> None:
    """An inquiry that does not exist is 404."""
    assert http.get("/api/desk/inquiries/99", headers=AUTH).status_code == 404


@pytest.mark.parametrize("number", ["99999999999999999999", "2147483648", "0", "-1"])
@pytest.mark.parametrize("path", ["/api/desk/inquiries/{}", "/desk/inquiries/{}"])
def test_numbers_that_no_row_has(clerk: Clerk, path: str, number: str) -> None:
    """A number that no database counts to is refused, not a failure."""
    answer = clerk.http.get(path.format(number), headers=AUTH)

    assert answer.status_code in {404, 422}


@pytest.mark.parametrize("sign", ["ﷺ", "…", "㍿"])
def test_signs_that_cleaning_lengthens(http: TestClient, sign: str) -> None:
    """A mail of signs that NFKC makes many of is taken; a ticket system would hand it in for ever."""
    answer = http.post("/api/desk/inquiries", json={"text": sign * 700}, headers=AUTH)

    assert answer.status_code == 201


def test_what_staff_pasted_is_not_told(clerk: Clerk) -> None:
    """The token reads only what was handed in with it, not the mails and replies of the office."""
    pasted = clerk.paste()
    assert clerk.http.get(f"/api/desk/inquiries/{pasted}", headers=AUTH).status_code == 404


def test_a_mail_is_handed_in_once(rig: Rig, http: TestClient) -> None:
    """A second delivery by the same key is told the first; another mail by it is refused, and so is a key too long."""
    headers = {**AUTH, "Idempotency-Key": "ticket-9/1"}
    first = http.post("/api/desk/inquiries", json={"text": MAIL}, headers=headers)
    again = http.post("/api/desk/inquiries", json={"text": MAIL.replace("\n", "\r\n")}, headers=headers)
    other = http.post("/api/desk/inquiries", json={"text": "由誰簡報？"}, headers=headers)
    without = http.post("/api/desk/inquiries", json={"text": MAIL}, headers=AUTH)

    assert (first.status_code, again.status_code, other.status_code, without.status_code) == (
        201,
        200,
        422,
        201,
    )
    assert again.json() == first.json()
    assert len(rig.desk.inquiries.find()) == 2
    long = {**AUTH, "Idempotency-Key": "k" * 201}
    assert http.post("/api/desk/inquiries", json={"text": MAIL}, headers=long).status_code == 422


def test_an_erased_mail_is_not_kept_anew(rig: Rig, http: TestClient) -> None:
    """A delivery that comes again after the mail was erased brings nothing back."""
    headers = {**AUTH, "Idempotency-Key": "ticket-9/1"}
    first = http.post("/api/desk/inquiries", json={"text": MAIL}, headers=headers).json()
    rig.desk.inquiries.erase(first["id"], "zoe", "asked")
    again = http.post("/api/desk/inquiries", json={"text": MAIL}, headers=headers)
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert rig.desk.inquiries.get(first["id"]).mail == ""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_deliveries_at_once_are_kept_once(rig: Rig, http: TestClient) -> None:
    """Of deliveries by one key at the same moment one is kept, and all are told it."""
    headers = {**AUTH, "Idempotency-Key": "ticket-9/1"}

    def hand_in(_: int) -> tuple[int, int]:
        answer = http.post("/api/desk/inquiries", json={"text": MAIL}, headers=headers)
        return answer.status_code, answer.json()["id"]

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(hand_in, range(4)))
    assert sorted(status for status, _ in told) == [200, 200, 200, 201]
    assert len({number for _, number in told}) == 1
    assert len(rig.desk.inquiries.find()) == 1
