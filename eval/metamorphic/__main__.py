"""The sentences alone, in some seconds: python -m eval.metamorphic."""

from __future__ import annotations

from assistant.config import load_settings
from eval.metamorphic import tally
from eval.run import today
from eval.systems import open_bench


def main() -> None:
    """Print the results, and the sentences that failed."""
    with open_bench(load_settings()) as bench:
        rows = tuple(tally.decisions(bench.tools, today()))
    for table in tally.tables(rows):
        print(table.markdown())
    for name, figure in tally.figures(rows).items():
        print(f"{name}: {figure:.4g}")


if __name__ == "__main__":
    main()
