"""What is exported does nothing in a spreadsheet."""

from __future__ import annotations

from assistant.channels.desk.export import csv_of
from tests.assistant.channels.desk.conftest import Clerk, Rig


def test_formulas_do_not_reach_a_spreadsheet(rig: Rig, clerk: Clerk, admin: Clerk) -> None:
    """A CSV cell that would be a formula begins with an apostrophe."""
    clerk.paste()
    assert admin.post("/desk/audit/export.csv").status_code == 200
    cells = list(csv_of([("=1+1", "+1", "-1", "@x", "\t=1", "＝1", -5, 3, None, "ok")]))[1]

    assert cells == "'=1+1,'+1,'-1,'@x,'\t=1,'＝1,-5,3,,ok\r\n"
    assert rig.desk.audit.entries(limit=1)[0].action == "exported"
