"""The audit trail grows only at its end, on both databases, and texts can leave it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assistant.records.audit import ERASED, START, Act, AuditTrail, canonical, chained, digest_of
from assistant.records.audit_proof import prove
from assistant.records.database import Database
from tests.fakes import FixedClock

TAMPERED = [
    ("UPDATE audit_entry SET body = REPLACE(body, 'amy', 'eve') WHERE position = 2", "entry 2"),
    (f"UPDATE audit_entry SET hash = '{'f' * 64}' WHERE position = 2", "entry 2"),
    ("UPDATE audit_entry SET inquiry_id = 9 WHERE position = 2", "columns do not say"),
    ("UPDATE audit_entry SET body = 'no json' WHERE position = 3", "cannot be read"),
    ("DELETE FROM audit_entry WHERE position = 2", "entries were removed"),
    ("DELETE FROM audit_entry WHERE position = 4", "the end of the chain"),
    ("DELETE FROM audit_entry WHERE position = 1", "entries were removed"),
    ("UPDATE audit_text SET text = 'other' WHERE position = 2", "the text was changed"),
    ("UPDATE audit_text SET salt = 'other' WHERE position = 2", "the text was changed"),
    ("DELETE FROM audit_text WHERE position = 2", "no act says that it was erased"),
    ("UPDATE audit_text SET name = 'final' WHERE position = 2", "a text that the entry does not have"),
    ("UPDATE audit_head SET position = 3", "the end of the chain"),
    ("DELETE FROM audit_head", "the end of the chain is missing"),
]


@pytest.fixture
def trail(database: Database, clock: FixedClock) -> AuditTrail:
    """Four acts, the second and third with texts."""
    trail = AuditTrail(database, clock)
    trail.add(Act("amy", "signed_in"))
    trail.add(Act("amy", "received", 7, {"clauses": ["a/1"]}, {"question": "要幾家？"}))
    trail.add(Act("amy", "approved", 7, {}, {"final": "八家。"}))
    trail.add(Act("amy", "signed_out"))
    return trail


def tamper(database: Database, statement: str) -> None:
    """What only somebody can do who owns the database: take the triggers out of the way first."""
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS audit_entry_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS audit_entry_no_delete"))
            connection.execute(text("COMMIT"))
            connection.execute(text("PRAGMA foreign_keys = OFF"))
            connection.execute(text("BEGIN"))
        connection.execute(text(statement))


def test_hashes_are_what_the_docstring_says(database: Database, trail: AuditTrail) -> None:
    """Each hash is SHA-256 over the one before, a newline and the canonical body."""
    with database.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT position, body, hash FROM audit_entry ORDER BY position")
        ).all()
    previous = START
    for at, (position, body, digest) in enumerate(rows, 1):
        assert (position, digest) == (at, chained(previous, str(body)))
        previous = str(digest)
    assert trail.head() == (4, previous)
    assert canonical({"b": 1, "a": "字"}) == '{"a":"字","b":1}'


def test_bodies_hold_no_text(database: Database, trail: AuditTrail) -> None:
    """What people wrote is in the body as a salted digest only; twice the same text has two digests."""
    trail.add(Act("amy", "received", 8, {}, {"question": "要幾家？"}))
    with database.engine.connect() as connection:
        bodies = [str(body) for (body,) in connection.execute(text("SELECT body FROM audit_entry"))]
        salts = [str(salt) for (salt,) in connection.execute(text("SELECT salt FROM audit_text"))]
    assert not any("幾家" in body for body in bodies)
    assert len({digest_of(salt, "要幾家？") for salt in salts}) == 3
    assert trail.entries(7)[-1].texts == {"question": "要幾家？"}


def test_an_untouched_trail_holds(database: Database, trail: AuditTrail) -> None:
    """Nothing is found where nothing was changed; an empty trail holds too."""
    proof = prove(database)
    assert (proof.entries, proof.hash) == trail.head()
    assert proof.faults == ()


@pytest.mark.parametrize(("statement", "words"), TAMPERED)
def test_every_change_is_found(database: Database, trail: AuditTrail, statement: str, words: str) -> None:
    """A changed, removed, moved or added entry or text is found, however small."""
    assert trail.head()[0] == 4
    tamper(database, statement)
    assert any(words in fault for fault in prove(database).faults)


def test_two_entries_in_each_others_place(database: Database, trail: AuditTrail) -> None:
    """Entries that changed places are found."""
    assert trail.head()[0] == 4
    tamper(database, "UPDATE audit_entry SET position = 99 WHERE position = 2")
    for old, new in ((3, 2), (99, 3)):
        tamper(database, f"UPDATE audit_entry SET position = {new} WHERE position = {old}")
    assert any("put in another place" in fault for fault in prove(database).faults)


def test_a_chain_made_anew_breaks_the_seal(database: Database, trail: AuditTrail, clock: FixedClock) -> None:
    """Whoever rewrites the whole chain is found out by a head that was noted elsewhere."""
    seal = dict([trail.head()])
    assert prove(database, seal).faults == ()
    tamper(database, "DELETE FROM audit_text")
    tamper(database, "DELETE FROM audit_entry")
    tamper(database, f"UPDATE audit_head SET position = 0, hash = '{START}'")
    forged = AuditTrail(database, clock)
    for _ in range(4):
        forged.add(Act("eve", "approved"))

    assert prove(database).faults == ()
    assert prove(database, seal).faults == ("entry 4 is not the one that was sealed",)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET body = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_changes(database: Database, trail: AuditTrail, statement: str) -> None:
    """Even a program that goes past the store cannot change or delete an entry."""
    assert trail.head()[0] == 4
    with pytest.raises(DBAPIError, match="takes no changes"), database.engine.begin() as connection:
        connection.execute(text(statement))


def test_erased_texts_leave_the_chain_whole(database: Database, trail: AuditTrail) -> None:
    """Texts deleted by an act that says so are no fault; those of other inquiries stay."""
    trail.add(Act("amy", "received", 8, {}, {"question": "另一題"}))
    with database.writing() as session:
        trail.erase(session, 7)
        trail.append(session, Act("zoe", ERASED, 7))
    assert prove(database).faults == ()
    assert [entry.texts for entry in trail.entries(7) if entry.texts] == [{"final": None}, {"question": None}]
    assert trail.entries(8)[0].texts == {"question": "另一題"}


def test_an_erasure_excuses_its_own_inquiry_alone(database: Database, trail: AuditTrail) -> None:
    """Where one inquiry was erased, a text that is gone from another is still found missing."""
    trail.add(Act("amy", "received", 8, {}, {"question": "另一題"}))
    with database.writing() as session:
        trail.erase(session, 7)
        trail.append(session, Act("zoe", ERASED, 7))
    tamper(database, "DELETE FROM audit_text WHERE position = 5")

    assert prove(database).faults == (
        "entry 5, question: the text is gone, and no act says that it was erased",
    )


def test_an_erasure_excuses_no_later_text(database: Database, trail: AuditTrail) -> None:
    """A text that was written after the erasure of its inquiry, and is gone, is found missing."""
    with database.writing() as session:
        trail.erase(session, 7)
        trail.append(session, Act("zoe", ERASED, 7))
    trail.add(Act("amy", "noted", 7, {}, {"note": "後來的話"}))
    tamper(database, "DELETE FROM audit_text WHERE position = 6")

    assert prove(database).faults == ("entry 6, note: the text is gone, and no act says that it was erased",)


def test_an_act_goes_with_what_it_tells_of(database: Database, trail: AuditTrail) -> None:
    """If the transaction fails, there is no entry of what did not happen."""

    def fail() -> None:
        with database.writing() as session:
            trail.append(session, Act("amy", "approved", 7))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert trail.head()[0] == 4
    assert prove(database).faults == ()


def test_proving_while_others_write(database: Database, trail: AuditTrail) -> None:
    """What is written while the chain is read is no fault."""
    with ThreadPoolExecutor(4) as threads:
        writing = [threads.submit(trail.add, Act("amy", "edited", n, {}, {"text": "x"})) for n in range(40)]
        proofs = [prove(database) for _ in range(10)]
        assert all(written.result() for written in writing)
    assert [proof.faults for proof in proofs] == [()] * 10
    assert prove(database).entries == 44


def test_long_trails_are_read_in_pages(
    database: Database, trail: AuditTrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The result does not depend on the size of a page."""
    monkeypatch.setattr("assistant.records.audit_proof._PAGE", 3)
    for number in range(5):
        trail.add(Act("amy", "received", number, {}, {"question": "x"}))
    proof = prove(database)
    assert (proof.entries, proof.faults) == (9, ())


def test_many_write_at_once(database: Database, trail: AuditTrail) -> None:
    """Entries of many threads follow one another without a gap."""
    with ThreadPoolExecutor(8) as threads:
        positions = list(threads.map(lambda n: trail.add(Act("amy", "edited", n)), range(40)))
    assert sorted(positions) == list(range(5, 45))
    assert prove(database).faults == ()
    assert [entry.position for entry in trail.all()] == list(range(1, 45))
