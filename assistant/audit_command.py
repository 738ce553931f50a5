"""python -m assistant audit verify | export: the help desk's audit trail, proved and written out."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from assistant.channels.desk.export import audit_csv, audit_json
from assistant.config import Settings
from assistant.ports import SystemClock
from assistant.records.audit import Act, AuditTrail
from assistant.records.audit_proof import prove
from assistant.records.database import open_database


def add_audit(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the type of its subparsers to itself
    """The command's arguments."""
    audit = commands.add_parser("audit", help="prove or export the help desk's audit trail")
    acts = audit.add_subparsers(dest="act", required=True)
    verify = acts.add_parser("verify", help="read the whole chain; exit code 1 if anything was changed")
    verify.add_argument(
        "--seal",
        action="append",
        default=[],
        type=_seal,
        metavar="POSITION:HASH",
        help="an end of the chain noted earlier, which must still be in it",
    )
    export = acts.add_parser("export", help="write every entry to standard output")
    export.add_argument("--format", choices=["csv", "json"], default="json")


def run_audit(settings: Settings, options: argparse.Namespace) -> int:
    """
    Run it; 0, or 1 if the chain does not hold.

    Raises:
        RecordsUnavailable: the records database cannot be used.
    """
    database = open_database(settings.records_url)
    try:
        database.migrate()
        if options.act == "export":
            trail = AuditTrail(database, SystemClock())
            trail.add(Act("command line", "exported", None, {"kind": options.format}))
            write = audit_csv if options.format == "csv" else audit_json
            sys.stdout.writelines(write(trail.all()))
            return 0
        proof = prove(database, dict(options.seal))
    finally:
        database.close()
    for fault in proof.faults:
        sys.stderr.write(f"{fault}\n")
    if proof.faults:
        sys.stderr.write(f"the audit trail does not hold: {len(proof.faults)} faults\n")
        return 1
    sys.stdout.write(f"the audit trail holds: {proof.entries} entries, seal {proof.entries}:{proof.hash}\n")
    return 0


def _seal(text: str) -> tuple[int, str]:
    position, _, digest = text.partition(":")
    if not position.isdigit() or not digest:
        raise argparse.ArgumentTypeError(f"{text!r} is no seal; write POSITION:HASH, as verify prints it")
    return int(position), digest
