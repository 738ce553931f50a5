"""
python -m ingest corpus/PROGRAMME [--check]: text -> clauses -> index.

Exit codes: 0 done or nothing to do, 1 a law is broken or the index cannot be written,
2 wrong arguments.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assistant.config import SettingsError, load_settings
from ingest.build import build, check
from ingest.encoder import EncoderError
from ingest.faults import CorpusError


def main(arguments: list[str] | None = None) -> int:
    """Run the command; faults go to standard error with file, line and what to do."""
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Text -> clauses -> index.")
    parser.add_argument("programme", type=Path, help="a programme's folder, such as corpus/digital-cluster")
    parser.add_argument("--check", action="store_true", help="only check the folder, build nothing")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            check(options.programme.resolve(), _say)
        else:
            build(options.programme, load_settings(), _say)
    except CorpusError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.faults)} fault(s) in {options.programme}; nothing was built.", file=sys.stderr)
        return 1
    except (EncoderError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"cannot write the index: {_what(error)}", file=sys.stderr)
        print(f"    {_remedy(error)}", file=sys.stderr)
        return 1
    return 0


def _what(error: OSError) -> str:
    """What the system says and of which file; a library's own words where there is no number."""
    return f"{error.strerror} ({error.filename})" if error.strerror else str(error)


def _remedy(error: OSError) -> str:
    if error.strerror:
        return "set ASSISTANT_DATA_DIR to a folder that can be written"
    return "check ASSISTANT_CHROMA_URL and ASSISTANT_EMBEDDING_MODEL; what was served before still is"


def _say(line: str) -> None:
    print(f"ingest: {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
