"""
How fast things are on this machine: python -m eval.speed WHAT.

    server    from the start to ready, the memory held, one question
    line      200 people at once: LINE's 200s, and the answers
    widget    from the press of the button to the first text that is seen
    hostile   strings made to take long, stage by stage
    mail      mails made to take long, at the desk
"""

from __future__ import annotations

import argparse
from importlib import import_module


def main() -> None:
    """Print the figures, one a line."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("server", "line", "widget", "hostile", "mail"))
    import_module(f"eval.speed.{parser.parse_args().what}").measure()


if __name__ == "__main__":
    main()
