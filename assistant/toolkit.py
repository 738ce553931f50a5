"""The eligibility engine as a LangChain tool, for agents that integrators build."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from langchain_core.tools import StructuredTool
from pydantic import BaseModel, Field

from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import FactError
from assistant.eligibility.payload import facts_from_json, schema
from assistant.eligibility.rules import RuleBook
from assistant.ports import Clock


class EligibilityInput(BaseModel):
    """What the tool takes: a track and named facts; a fact left out is unknown."""

    track: str | None = Field(None, description="what is applied for, where there are several kinds")
    facts: dict[str, Any] = Field({}, description="fact name -> whole number, true/false, year or date")


def eligibility_tool(book: RuleBook, clock: Clock) -> StructuredTool:
    """
    A tool that computes a verdict as JSON, in the shape of the API.

    Facts that cannot be taken come back as {"error": …, "fact": name}, so that the
    model can put them right; nothing is raised into its loop.
    """

    def check(track: str | None = None, facts: dict[str, Any] | None = None) -> str:
        try:
            stated = facts_from_json(book, track, facts or {})
        except FactError as error:
            return json.dumps({"error": str(error), "fact": error.name}, ensure_ascii=False)
        return json.dumps(asdict(evaluate(book, stated, clock.today())), ensure_ascii=False)

    known = "; ".join(f"{fact['name']} ({fact['type']}): {fact['question']}" for fact in schema(book))
    return StructuredTool.from_function(
        check,
        name="eligibility",
        description=f"Exact, three-valued eligibility verdict from stated facts. Facts: {known}",
        args_schema=EligibilityInput,
    )
