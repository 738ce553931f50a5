"""
Do answers open with what was asked? `python -m eval.leads`: a proxy for the readers of eval.wording, who check it.

Each question of eval/sets/leads has its form and the right first words: for a yes-or-no question the
openings that are right (yes, no, depends), otherwise a pattern; `premise` marks a wrong one in the question,
which the first line must put right. Counted in the first line alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from assistant.config import load_settings
from eval.systems import InProcess, System, open_bench

SETS: Final = Path(__file__).with_name("sets") / "leads"
_OPENINGS: Final = (
    ("depends", r"不一定|有可能|要看|目前還無法判斷"),
    ("no", r"不可以|不用|不會|不是|沒有|不算|不夠|不一樣|不行|.{0,12}不符合"),
    ("yes", r"可以|要|會|是|對|有|算|夠|一樣|.{0,10}都?可以|.{0,20}也可以|.{0,12}符合"),
)


class LeadItem(BaseModel):
    """A question, its form, the openings or the pattern that are right, whether its premise is wrong, and its wave of writers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    q: str
    form: str
    leaves: tuple[str, ...]
    wave: str
    want: tuple[str, ...] = ()
    first: str = ""
    premise: bool = False


def openings(line: str) -> frozenset[str]:
    """What the first words of a line say: yes, no, depends; two of them in 「不是，可以…」, none in a clause recited."""
    words = re.sub(r"^(?:對|不是)，(?=不|可以|要|會)", "", line)
    first = {"no"} if words != line and line.startswith("不是") else set()
    return frozenset(
        first | {next((name for name, pattern in _OPENINGS if re.match(pattern, words)), "")} - {""}
    )


def right(item: LeadItem, line: str) -> bool:
    """Whether a first line gives what was asked for."""
    if item.want and openings(line).isdisjoint(item.want):
        return False
    return re.search(item.first, line) is not None


def opening(answer: str) -> str:
    """The first line of an answer, without marks of citation and of a list: readers go by it, whatever it tells."""
    return re.sub(r"〔\d+〕|^・", "", answer.partition("\n")[0])


def measure(
    system: System, items: Iterable[LeadItem]
) -> tuple[Counter[tuple[str, str]], list[tuple[LeadItem, str]]]:
    """How often each is asked and right, by wave and form (and "premise"); with the items that are not, and their line."""
    counted: Counter[tuple[str, str]] = Counter()
    wrong = []
    for item in items:
        lines = system.ask(item.q, None).get("lines")
        line = opening(lines[0]["text"]) if lines else ""
        good = right(item, line)
        for group in (item.form, *(["premise"] if item.premise else [])):
            counted.update({(f"{item.wave} {group}", "asked"): 1, (f"{item.wave} {group}", "right"): good})
        if not good:
            wrong.append((item, line))
    return counted, wrong


def read_leads(path: Path) -> tuple[LeadItem, ...]:
    """The questions of a file; ValueError if a line breaks the format."""
    return tuple(map(LeadItem.model_validate_json, path.read_text(encoding="utf8").splitlines()))


def main() -> None:
    """Ask the assistant in this process and print what it does."""
    settings = load_settings()
    with open_bench(settings) as bench:
        counted, wrong = measure(InProcess(bench.assistant), read_leads(SETS / f"{settings.programme}.jsonl"))
    for group in sorted({name for name, _ in counted}):
        print(f"{group:20} {counted[group, 'right']} of {counted[group, 'asked']}")
    for item, line in wrong:
        print(f"{item.id} {item.q} -> {line}")


if __name__ == "__main__":
    main()
