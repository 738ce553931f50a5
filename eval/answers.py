"""
Answer the project's questions and a list of others, and say which are right: python -m eval.answers.

    ASSISTANT_DATA_DIR=… ASSISTANT_CORPUS_DIR=… python -m eval.answers --asked FILE --out FILE

For whoever compares two builds of a corpus (assistant.knowledge does): each build is asked by
a process of its own. FILE of `--asked` is JSON, {"asked": [{"question", "origin"}], "added":
[questions that came into the bank]}; that of `--out` becomes {"rows": […], "copies": [[added,
question of a set]]}. Sets that do not quote this programme's guideline are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from assistant.config import SettingsError, load_settings
from assistant.domain import Guideline
from assistant.index.embed import EncoderMissing
from assistant.index.manifest import IndexUnusable
from eval.firewall import copies
from eval.items import Item, SetError, read_items
from eval.judge import judge
from eval.spans import GuidelineText
from eval.systems import InProcess, open_bench

SETS: Final = Path(__file__).with_name("sets")
EVALUATION: Final = "evaluation"
# The machine's cores are shared with the server that goes on answering.
_AT_ONCE: Final = 2
_SAY_EVERY: Final = 25


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 1 if the index or a file cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m eval.answers", description="Answers of one build.")
    parser.add_argument("--asked", type=Path, required=True, help="questions besides those of the sets")
    parser.add_argument("--out", type=Path, required=True, help="where the answers are written")
    parser.add_argument("--sets", nargs="*", type=Path, default=sorted(SETS.glob("*.jsonl")))
    options = parser.parse_args(arguments)
    try:
        settings = load_settings()
        wanted = json.loads(options.asked.read_text(encoding="utf8"))
        with open_bench(settings) as bench:
            guideline = bench.assistant.guideline
            items = [item for path in options.sets for item in _items(path, guideline)]
            system = InProcess(bench.assistant)
            rows = answers(system.ask, items, wanted["asked"], GuidelineText.of(guideline), _say)
    except (SettingsError, IndexUnusable, EncoderMissing, OSError, ValueError, KeyError) as error:
        print(error, file=sys.stderr)
        return 1
    evaluated = [turn.q for item in items for turn in item.turns]
    found = {"rows": rows, "copies": copies(wanted["added"], evaluated)}
    options.out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf8")
    return 0


Ask = Callable[[str, str | None], dict[str, Any]]


def answers(
    ask: Ask,
    items: Sequence[Item],
    asked: Sequence[Mapping[str, str]],
    source: GuidelineText,
    say: Callable[[str], None],
) -> list[dict[str, Any]]:
    """
    A row for every turn of the items, then for every other question; in that order, whatever the threads do.

    A row has question, origin, kind, outcome, clauses (ids in the order cited) and right, which is
    None for a question of which nobody wrote down what is right.
    """
    total = sum(len(item.turns) for item in items) + len(asked)
    done: list[dict[str, Any]] = []
    jobs: list[Callable[[], list[dict[str, Any]]]] = [
        *(lambda item=item: list(_judged(ask, item, source)) for item in items),
        *(
            lambda one=one: [_row(one["question"], one["origin"], "", ask(one["question"], None))]
            for one in asked
        ),
    ]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for rows in pool.map(lambda job: job(), jobs):
            before = len(done) // _SAY_EVERY
            done += rows
            if len(done) // _SAY_EVERY > before or len(done) == total:
                say(f"answered {len(done)} of {total}")
    return done


def _judged(ask: Ask, item: Item, source: GuidelineText) -> Iterator[dict[str, Any]]:
    session: str | None = None
    for turn in item.turns:
        reply = ask(turn.q, session)
        session = reply.get("session_id") or session
        right = judge(turn, reply, source).correct
        yield {**_row(turn.q, EVALUATION, turn.kind, reply), "right": right}


def _row(question: str, origin: str, kind: str, reply: Mapping[str, Any]) -> dict[str, Any]:
    cited = [citation["clause_id"] for citation in reply.get("citations") or ()]
    return {
        "question": question,
        "origin": origin,
        "kind": kind,
        "outcome": reply["outcome"],
        "clauses": cited,
        "right": None,
    }


def _items(path: Path, guideline: Guideline) -> tuple[Item, ...]:
    try:
        return read_items(path, guideline.text)
    except SetError:
        return ()


def _say(line: str) -> None:
    print(f"eval: {line}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
