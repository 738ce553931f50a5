"""A day of 50 clerks at once, on a real server over a real database: the chain holds, and no edit is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier

import httpx2
import pytest

from assistant.records.audit_proof import prove
from assistant.records.inquiry import InquiryState
from tests.assistant.channels.desk.conftest import Clerk, Rig

pytestmark = pytest.mark.long
CLERKS = 50
SHARED = 2
MAIL = "A類要幾家？\n比例有沒有上限？\n由誰負責簡報？"


@dataclass(slots=True)
class Day:
    """What one clerk was told: texts that were saved, by inquiry, and how often they were warned."""

    saved: list[tuple[int, str]] = field(default_factory=list)
    warned: int = 0
    finished: list[int] = field(default_factory=list)


def work(server: str, name: str, shared: list[int], together: Barrier) -> Day:
    """One's own mail from paste to sent, and edits to mails that many have open, taking over and over."""
    day = Day()
    with httpx2.Client(base_url=server, timeout=60) as http:
        clerk = Clerk(http)
        assert clerk.sign_in(name).status_code == 303
        together.wait(timeout=120)
        own = clerk.paste(MAIL, sender=name)
        for number in (own, *shared):
            version, text = clerk.read(number)
            mine = f"{text}\n{name} 在 {number} 寫的。"
            answer = clerk.act(number, "save", version, text=mine, take="1")
            assert answer.status_code in {303, 409}, answer.text
            if answer.status_code == 303:
                day.saved.append((number, mine))
            else:
                assert f"{name} 在 {number} 寫的。" in answer.text
                day.warned += 1
        assert clerk.act(own, "approve").headers["location"].endswith("done=approved")
        assert clerk.act(own, "sent").status_code == 303
        day.finished.append(own)
    return day


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_fifty_clerks(rig: Rig, server: str) -> None:
    """Every edit that was said to be saved is in the trail, word for word, and nothing was overwritten unseen."""
    names = [f"clerk{number:02}" for number in range(CLERKS)]
    for name in names:
        rig.add(name)
    with httpx2.Client(base_url=server, timeout=60) as http:
        first = Clerk(http)
        first.sign_in(names[0])
        shared = [first.paste(MAIL) for _ in range(SHARED)]
    together = Barrier(CLERKS)

    with ThreadPoolExecutor(CLERKS) as threads:
        days = list(threads.map(lambda name: work(server, name, shared, together), names))

    proof = prove(rig.desk.service.database)
    assert proof.faults == ()
    edits = [entry for entry in rig.desk.audit.all() if entry.action == "edited"]
    assert sorted((entry.inquiry_id, entry.texts["text"]) for entry in edits) == sorted(
        saved for day in days for saved in day.saved
    )
    for number in shared:
        chain = [entry.texts for entry in edits if entry.inquiry_id == number]
        # Each edit was made of the one before: nobody wrote over what they had not seen.
        assert [texts["before"] for texts in chain[1:]] == [texts["text"] for texts in chain[:-1]]
        assert rig.desk.inquiries.get(number).text == chain[-1]["text"]
        assert rig.desk.inquiries.get(number).version == 1 + len(chain)
    assert sum(len(day.saved) + day.warned for day in days) == CLERKS * (1 + SHARED)
    finished = [number for day in days for number in day.finished]
    assert {rig.desk.inquiries.get(number).state for number in finished} == {InquiryState.SENT}
    assert len(set(finished)) == CLERKS
