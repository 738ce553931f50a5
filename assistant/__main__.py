"""
python -m assistant serve | ask "…" | explain "…" | check FACT=VALUE …
| audit verify | audit export

Exit codes: 0 answered or served, 1 something is missing or wrong (said on standard
error, with the command that mends it), 2 wrong arguments.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from assistant.answer.cite import marked, text_of
from assistant.answer.clean import MessageRejected, said_in
from assistant.answer.wire import to_json
from assistant.audit_command import add_audit, run_audit
from assistant.channels.service import UnknownProgramme
from assistant.config import Settings, SettingsError, load_settings
from assistant.domain import Answer, Question
from assistant.eligibility.evaluate import evaluate
from assistant.eligibility.facts import WHOLE, FactError
from assistant.eligibility.payload import facts_from_json
from assistant.eligibility.render import render
from assistant.eligibility.rule_file import load_rules
from assistant.eligibility.rules import RuleBook
from assistant.index.embed import EncoderMissing
from assistant.index.manifest import IndexUnusable
from assistant.logs import configure_logs
from assistant.ports import SystemClock
from assistant.rank import Ranker, WeightedQuestion
from assistant.records.unavailable import RecordsUnavailable
from assistant.retrieve import HybridRetriever
from assistant.server import place_of, serve
from assistant.wiring import application, open_indexes, open_service


def main(arguments: list[str] | None = None) -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant", description="Cited answers from a guideline."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--programme", help="default: ASSISTANT_PROGRAMME")
    shared.add_argument("--json", action="store_true", help="for machines")
    commands.add_parser("serve", help="answer over HTTP")
    ask = commands.add_parser("ask", parents=[shared], help="answer one question")
    ask.add_argument("question")
    explain = commands.add_parser(
        "explain", parents=[shared], help="show how a question's clauses are ranked"
    )
    explain.add_argument("question")
    check = commands.add_parser("check", parents=[shared], help="judge stated facts, no question asked")
    check.add_argument("facts", nargs="*", metavar="FACT=VALUE", help="without any: lists the facts")
    add_audit(commands)
    options = parser.parse_args(arguments)
    try:
        settings = load_settings()
        configure_logs()
        if options.command == "check":
            return _check(settings, options.programme or settings.programme, options.facts, options.json)
        if options.command == "serve":
            return _serve(settings)
        if options.command == "audit":
            return run_audit(settings, options)
        run = _ask if options.command == "ask" else _explain
        run(settings, options.question, options.programme or settings.programme, options.json)
    except (
        EncoderMissing,
        IndexUnusable,
        MessageRejected,
        RecordsUnavailable,
        SettingsError,
        UnknownProgramme,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _serve(settings: Settings) -> int:
    # Opened before the server starts: what is missing is said in one line, not in a stack trace. And the port
    # first of all: where another server has it, nothing of that one's is changed.
    with place_of(settings) as place, open_service(settings) as service:
        return serve(application(settings, service), settings, place)


def _check(settings: Settings, programme: str, stated: list[str], as_json: bool) -> int:
    book = load_rules(settings.corpus_dir / programme)
    if not stated:
        for kind in book.facts.values():
            print(f"{kind.name}  {kind.label} ({kind.type})  {'、'.join(kind.choices)}".rstrip())
        return 0
    try:
        values = {name: _typed(book, name, text) for name, _, text in (one.partition("=") for one in stated)}
        verdict = evaluate(book, facts_from_json(book, None, values), SystemClock().today())
    except FactError as error:
        print(f"{error.name}: {error}", file=sys.stderr)
        return 2
    if as_json:
        print(json.dumps(asdict(verdict), ensure_ascii=False, indent=2))
        return 0
    print(text_of(marked(render(verdict))))
    for n, clause_id in enumerate(verdict.clause_ids, 1):
        print(f"〔{n}〕 {clause_id}")
    return 0


def _typed(book: RuleBook, name: str, text: str) -> int | bool | str:
    """What was typed as the type that its fact has; text that is none stays text, and is refused by name."""
    kind = book.facts.get(name)
    if kind is not None and kind.type == "yes_no":
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower(), text)
    if kind is not None and kind.type in WHOLE:
        try:
            return int(text)
        except ValueError:
            return text
    return text


def _ask(settings: Settings, question: str, programme: str, as_json: bool) -> None:
    with open_service(settings) as service:
        answer = service.assistant(programme).answer(Question(question, programme))
    if as_json:
        print(json.dumps(to_json(answer), ensure_ascii=False, indent=2))
        return
    _print(answer)


def _print(answer: Answer) -> None:
    console = Console()
    console.print(answer.text, highlight=False, markup=False, soft_wrap=True)
    console.print(f"\n{answer.outcome.value}, confidence {answer.confidence:.2f}", style="dim")
    for citation in answer.citations:
        place = f"{citation.source} {citation.start}-{citation.end}, edition {citation.edition}"
        console.print(
            f"〔{citation.n}〕 {citation.clause_id}  {place}", style="dim", markup=False, highlight=False
        )


def _explain(settings: Settings, question: str, programme: str, as_json: bool) -> None:
    text = said_in(question)
    with open_indexes(settings) as indexes:
        if programme not in indexes:
            raise UnknownProgramme(f"there is no programme {programme}; known: {', '.join(indexes)}")
        index = indexes[programme]
        retriever = HybridRetriever(index)
        found = retriever.search(text)
        ranking = Ranker(retriever).rank(WeightedQuestion(text, 1.0))
    if as_json:
        report = {
            "question": text,
            "kinds": {kind.value: probability for kind, probability in ranking.kinds.items()},
            "threshold": ranking.threshold,
            "targets": {guess.target.key: guess.probability for guess in ranking.guesses[:10]},
            "found": {name: len(rows) for name, rows in found.by_search().items()},
            "neighbours": [
                {"question": n.text, "target": n.target.key, "similarity": n.similarity}
                for n in ranking.neighbours
            ],
        }
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return
    console = Console()
    targets = Table("target", "kind", "probability", title="What the ranker makes of it")
    for guess in ranking.guesses[:8]:
        targets.add_row(guess.target.key, guess.target.kind.value, f"{guess.probability:.3f}")
    console.print(targets)
    sides = "  ".join(f"{kind.value} {probability:.2f}" for kind, probability in ranking.kinds.items())
    console.print(f"{sides}   answered from {ranking.threshold:.2f} of clause on", style="dim")
    searches = "  ".join(f"{name} {len(rows)}" for name, rows in found.by_search().items())
    console.print(f"learned from {len(found.rows)} texts; found by {searches}", style="dim")
    nearest = Table("similarity", "target", "question of the bank", title="What it was compared with")
    for neighbour in ranking.neighbours[:5]:
        nearest.add_row(f"{neighbour.similarity:.2f}", neighbour.target.key, neighbour.text)
    console.print(nearest)


if __name__ == "__main__":
    sys.exit(main())
