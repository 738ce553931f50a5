"""Every state that the widget can be in, each with the way into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from playwright.sync_api import expect

from assistant.domain import Answer, Line, Outcome, Referral
from assistant.verdict import Missing, Verdict
from tests.assistant.channels.widget.conftest import CITED, Seen, Stage
from tests.assistant.channels.widget.test_reading import correcting, judged
from tests.assistant.channels.widget.test_verdict import ineligible

QUESTION: Final = "A類要幾家？"
STATES: Final[dict[str, Callable[[Seen, Stage], None]]] = {}
Act = Callable[[Seen, Stage], None]


def state(name: str) -> Callable[[Act], Act]:
    """Note a state of the widget that is scanned."""

    def noted(act: Act) -> Act:
        STATES[name] = act
        return act

    return noted


@state("closed")
def closed(seen: Seen, stage: Stage) -> None:
    """Only the launcher."""
    del stage
    expect(seen.launcher).to_be_visible()


@state("open")
def opened(seen: Seen, stage: Stage) -> None:
    """The panel with the starters."""
    seen.open()
    expect(seen.log.get_by_role("button", name=stage.guideline.groups[0].question)).to_be_visible()


@state("streaming")
def streaming(seen: Seen, stage: Stage) -> None:
    """In the middle of an answer."""
    stage.assistant.gate.clear()
    seen.open()
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("正在查找條文")


@state("answered")
def answered(seen: Seen, stage: Stage) -> None:
    """An answer with its sources."""
    del stage
    seen.open()
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("依據的條文")


@state("clause")
def clause(seen: Seen, stage: Stage) -> None:
    """A clause opened in place."""
    answered(seen, stage)
    seen.log.locator(".mark").first.click()
    expect(seen.log.locator("mark")).to_be_visible()


@state("verdict")
def verdict(seen: Seen, stage: Stage) -> None:
    """A verdict as a table, and a clause opened from it."""
    stage.assistant.draft = ineligible(stage)
    answered(seen, stage)
    seen.log.get_by_role("table").locator(".mark").last.click()
    expect(seen.log.locator("mark")).to_be_visible()


@state("understood")
def read(seen: Seen, stage: Stage) -> None:
    """What was understood, closed."""
    stage.assistant.draft = judged(stage)
    answered(seen, stage)


@state("correcting")
def corrected(seen: Seen, stage: Stage) -> None:
    """What was understood as a form, and something is wrong with what was written."""
    seen.open()
    form = correcting(seen, stage)
    form.get_by_label("群聚全部家數").fill("很多")
    form.get_by_role("button", name="重新判斷").click()
    expect(form).to_contain_text("請填數字")


@state("missing")
def missing(seen: Seen, stage: Stage) -> None:
    """A fact is asked for, and something is wrong with what was written."""
    asked = (Missing("coached_within_3y", "其中幾家三年內接受過數位群聚相關輔導？"),)
    stage.assistant.draft = replace(
        stage.assistant.draft, outcome=Outcome.NEEDS_INFO, verdict=Verdict("unknown", "A類", missing=asked)
    )
    answered(seen, stage)
    seen.page.get_by_role("button", name="送出答案").click()
    expect(seen.log).to_contain_text("請先填寫")


@state("silent")
def silent(seen: Seen, stage: Stage) -> None:
    """The guideline is silent: whom to ask."""
    referral = Referral("請洽計畫辦公室", "補助金額", (CITED,))
    silence = Line("silence", "指引沒有說明「補助金額」。")
    stage.assistant.draft = Answer(
        "", "", Outcome.NO_CLAUSE, silence.text, referral=referral, lines=(silence,)
    )
    seen.open()
    seen.ask("補助多少？")
    expect(seen.turns.last.get_by_role("link")).to_be_visible()


@state("feedback")
def feedback(seen: Seen, stage: Stage) -> None:
    """Asked why it was no help."""
    answered(seen, stage)
    seen.log.get_by_role("button", name="沒有幫助").click()
    expect(seen.log.get_by_role("radio").first).to_be_focused()


@state("error")
def failed(seen: Seen, stage: Stage) -> None:
    """The server fails, and the draft is kept."""
    stage.assistant.failure = RuntimeError("broken")
    seen.open()
    seen.ask(QUESTION)
    expect(seen.turns.last).to_contain_text("系統發生未預期的錯誤")


@state("clearing")
def clearing(seen: Seen, stage: Stage) -> None:
    """Asked whether to clear the conversation."""
    answered(seen, stage)
    seen.page.get_by_role("button", name="清除對話").click()
