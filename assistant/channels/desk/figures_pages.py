"""The figures: what is asked, how it is answered, how drafts fare; to read, to print, and as CSV."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response, StreamingResponse

from assistant.channels.desk.charts import HEIGHT, STEP, WIDTH, stacked
from assistant.channels.desk.desk import Desk, DeskDep
from assistant.channels.desk.export import csv_of
from assistant.channels.desk.guard import CHECKED_VISIT, VisitDep
from assistant.channels.desk.rendering import WORDING
from assistant.channels.desk.route import desk_router
from assistant.records.figures import Figures

router = desk_router()
_NO_TOPIC: Final = "沒有引用條文"
_WEEKS: Final = Query(ge=1, le=52)


@router.get("/figures")
def figures(visit: VisitDep, weeks: Annotated[int, _WEEKS] = 8) -> Response:
    """The page."""
    desk = visit.desk
    found = desk.figures.read(weeks)
    topics = topics_of(desk, found)
    labels = [f"{week.month}/{week.day}" for week in found.weeks]
    totals: Counter[str] = Counter()
    for (kind, _), count in found.outcomes.items():
        totals[kind] += count
    return visit.page(
        "figures.html",
        found=found,
        weeks=weeks,
        columns=stacked(found.weeks, list(WORDING["outcomes"]), found.outcomes),
        size={"height": HEIGHT, "step": STEP, "width": WIDTH},
        totals=totals,
        questions=sum(totals.values()),
        topics=_topic_rows(topics, found.weeks),
        labels=labels,
        clauses=[(clause, _label(desk, clause.clause_id)) for clause in found.clauses],
        edited_median=found.edited[len(found.edited) // 2] if found.edited else None,
        items=open_items(desk),
    )


@router.get("/figures.csv", dependencies=CHECKED_VISIT)
def figures_csv(desk: DeskDep, weeks: Annotated[int, _WEEKS] = 8) -> Response:
    """Everything that the page shows, one figure a line."""
    found = desk.figures.read(weeks)
    rows: list[tuple[object, ...]] = [("figure", "name", "week", "value")]
    rows += [("topic", topic, week, count) for (topic, week), count in sorted(topics_of(desk, found).items())]
    rows += [("outcome", kind, week, count) for (kind, week), count in sorted(found.outcomes.items())]
    for clause in found.clauses:
        rows.append(("clause drafted", clause.clause_id, "", clause.drafted))
        rows.append(("clause decided", clause.clause_id, "", clause.decided))
        rows.append(("clause kept", clause.clause_id, "", clause.kept))
    rows += [("received", "", week, count) for week, count in sorted(found.by_week.items())]
    rows += [("sent", "", "", found.sent), ("median minutes to reply", "", "", found.median_minutes)]
    name = f"figures-{desk.clock.today():%Y%m%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(csv_of(rows), media_type="text/csv; charset=utf-8", headers=headers)


def topics_of(desk: Desk, found: Figures) -> Counter[tuple[str, date]]:
    """The questions by topic and week: the topic of the first clause that was cited."""
    topics: Counter[tuple[str, date]] = Counter()
    for (clause, week), count in found.topics.items():
        topics[_topic(desk, clause), week] += count
    return topics


def open_items(desk: Desk) -> int | None:
    """How many questions wait for the corpus to answer them; None without the loop."""
    knowledge = desk.service.knowledge
    if knowledge is None:
        return None
    return sum(knowledge.count_items(programme) for programme in desk.service.assistants)


def _topic(desk: Desk, clause_id: str) -> str:
    guideline = desk.service.guideline_of(clause_id)
    return guideline.entry(guideline.by_id[clause_id].entry).topic if guideline else _NO_TOPIC


def _label(desk: Desk, clause_id: str) -> str:
    guideline = desk.service.guideline_of(clause_id)
    return guideline.by_id[clause_id].label if guideline else clause_id


def _topic_rows(
    topics: Counter[tuple[str, date]], weeks: tuple[date, ...]
) -> list[tuple[str, list[int], int]]:
    names = {name for name, _ in topics}
    rows = [(name, [topics[name, week] for week in weeks]) for name in names]
    return sorted(((name, counts, sum(counts)) for name, counts in rows), key=lambda row: (-row[2], row[0]))
