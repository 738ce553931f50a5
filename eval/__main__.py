"""
Ask, judge and report: python -m eval.

    python -m eval                       everything, into eval/runs/<date>-<commit>
    python -m eval --gate                and fail below the recorded floor
    python -m eval --quick --gate        the same of the assistant's replies alone, as CI does
    python -m eval generate --quick      the assistant's replies only, nothing judged
    python -m eval score --run FOLDER    judge and report replies again
    python -m eval guard --gate          what the check of sentences catches, and every leak
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from assistant.config import ROOT, Settings, load_settings
from assistant.domain import Guideline
from assistant.index.embed import EncoderMissing, open_embedder
from assistant.index.manifest import IndexUnusable, corpus_digest
from assistant.support import read_checks
from eval import audit, run, wording
from eval.ablations import ablations
from eval.baselines import baselines
from eval.crossvalidation import cross_validate_corpus
from eval.gate import Floor
from eval.generate import generate, read_generated
from eval.guard import measure
from eval.items import Item, SetError, read_items
from eval.metamorphic import tally
from eval.report import report_of
from eval.score import figures, rank, score
from eval.spans import GuidelineText
from eval.systems import ASSISTANT, InProcess, OverHttp, open_bench
from eval.textbook import textbooks
from ingest.bank import read_bank
from ingest.faults import CorpusError
from ingest.guideline import load_guideline

SETS: Final = Path(__file__).with_name("sets")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments say; 1 below the floor with --gate, 2 if a set, an index or a run cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        if options.stage == "guard":
            return _guard(options.programme, gate=options.gate)
        if options.stage == "score":
            return _score(options.run or _latest(), gate=options.gate)
        folder = _generate(options, load_settings())
        return 0 if options.stage == "generate" else _score(folder, gate=options.gate)
    except (SetError, IndexUnusable, EncoderMissing, CorpusError, FileNotFoundError) as fault:
        print(fault, file=sys.stderr)
        return 2
    except ModuleNotFoundError as missing:
        print(
            f"{missing}: pip install -r requirements-eval.lock (make eval does), or --quick", file=sys.stderr
        )
        return 2


def _generate(options: argparse.Namespace, settings: Settings) -> Path:
    """Ask every system and keep what it says."""
    programme = settings.corpus_dir / settings.programme
    guideline = load_guideline(programme)
    bank = read_bank(programme, guideline)
    paths = [path.resolve() for path in options.sets] or sorted(SETS.glob("*.jsonl"))
    sets = _read_sets(paths, guideline)
    head, changed = run.commit()
    embedder = open_embedder(settings.embedding_model, settings.encoder_dir)
    config = run.Config(
        date=run.today().isoformat(),
        commit=head,
        changed=changed,
        programme=settings.programme,
        corpus=corpus_digest(programme),
        embedder=embedder.name,
        base=options.base or "",
        sets=tuple(_shown(path) for path in paths),
        quick=options.quick,
    )
    folder: Path = run.begin(config)
    with open_bench(settings) as bench, ProcessPoolExecutor(1, get_context("spawn")) as beside:
        tally.keep(folder, tuple(tally.decisions(bench.tools, run.today())))
        ask = partial(generate, sets=sets, folder=folder, say=_say)
        ask([OverHttp(options.base) if options.base else InProcess(bench.assistant)])
        if not options.quick:  # the bank on another core, once no latency is measured any more
            held_out = beside.submit(cross_validate_corpus, settings)
            ask(baselines(bench.index))
            ask(textbooks(guideline, bench.index.embedder, bank))
            ask(ablations(bench))
            run.write_schemes(folder, held_out.result())
    return folder


def _guard(programme: Path | None, *, gate: bool) -> int:
    """Check true and false sentences of a programme; the floor is that of the one that is answered from by default."""
    settings = load_settings()
    path = (programme or settings.corpus_dir / settings.programme).resolve()
    numbers, lines = measure(read_checks(path, load_guideline(path)))
    breaches = tuple(Floor.read().guard.breaches(numbers)) if gate else ()
    print("\n".join([*lines, *(f"gate: {line}" for line in breaches)]))
    return 1 if breaches else 0


def _score(folder: Path, *, gate: bool) -> int:
    """Judge what was kept; the guideline is read again, so that a run is scored by the text as it is."""
    config = run.read_config(folder)
    guideline = load_guideline(load_settings().corpus_dir / config.programme)
    source = GuidelineText.of(guideline)
    sets = _read_sets([ROOT / path for path in config.sets], guideline)
    scored = score(read_generated(folder), sets, source)
    schemes = run.read_schemes(folder)
    decided = tally.read(folder)
    numbers = {**figures(scored, schemes), **tally.figures(decided)}
    breaches = tuple(Floor.read().of_run(quick=config.quick).breaches(numbers))
    (folder / run.SCORES).write_text(json.dumps(numbers, ensure_ascii=False, indent=1), encoding="utf8")
    ranked = tuple(r for r in (rank(one, source) for one in scored.values()) if r is not None)
    audited = audit.table(scored[ASSISTANT], audit.read_causes())
    more = [audited, *tally.tables(decided), *wording.tables(config.programme)]
    report = report_of(config, scored, ranked, schemes, breaches, more)
    report.write(folder)
    for table in report.tables:
        print(table.markdown())
    print(f"report: {_shown(folder)}")
    for line in breaches if gate else ():
        print(f"gate: {line}", file=sys.stderr)
    return 1 if gate and breaches else 0


def _read_sets(paths: Sequence[Path], guideline: Guideline) -> Mapping[str, tuple[Item, ...]]:
    return {path.stem: read_items(path, guideline.text) for path in paths}


def _latest() -> Path:
    found = sorted(run.RUNS.glob(f"*/{run.CONFIG}"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise FileNotFoundError("no run to score: python -m eval generate")
    return found[-1].parent


def _shown(path: Path) -> str:
    """A path as it is written down: from the repository's root."""
    return Path(os.path.relpath(path, ROOT)).as_posix()


def _say(line: str) -> None:
    print(f"eval: {line}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stage", nargs="?", choices=("all", "generate", "score", "guard"), default="all")
    parser.add_argument(
        "--sets", nargs="+", type=Path, default=[], help="question sets (default: those of eval/sets)"
    )
    parser.add_argument("--base", help="ask a running assistant at this address instead of one in process")
    parser.add_argument("--run", type=Path, help="the run to score (default: the latest)")
    parser.add_argument("--programme", type=Path, help="the folder whose sentences to check (guard)")
    parser.add_argument("--quick", action="store_true", help="the assistant only: no comparison, no bank")
    parser.add_argument("--gate", action="store_true", help="exit with 1 below the floor of eval/floor.toml")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
