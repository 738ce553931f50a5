"""The one file: what is in it, and how much it weighs."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files

import pytest

from assistant.channels import widget
from assistant.channels.widget.bundle import PARTS, bundle

LIMIT = 30 * 1024
SOURCE = files(widget) / "source"


def test_script_is_at_most_30_kilobytes(capsys: pytest.CaptureFixture[str]) -> None:
    """Compressed as it is served, the whole widget, style included, keeps to its limit; the size is printed."""
    made = bundle()

    with capsys.disabled():
        print(f"\nwidget.js: {len(made.script):,} bytes, {len(made.compressed):,} gzipped (limit {LIMIT:,})")  # noqa: T201
    assert len(made.compressed) <= LIMIT
    assert gzip.decompress(made.compressed) == made.script


def test_every_part_is_in_it() -> None:
    """What lies in the source folder is served: each script as a part, and the style."""
    found = {path.name for path in SOURCE.iterdir()}

    assert found == {f"{name}.js" for name in PARTS} | {"widget.css"}
    assert b":host" in bundle().script


def test_nothing_comes_from_elsewhere() -> None:
    """No host is named, no markup is made of text, nothing is evaluated, no cookie is set."""
    script = bundle().script.decode()

    hosts = set(re.findall(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s\"]*", script))
    assert hosts == {"http://www.w3.org/2000/svg"}
    for banned in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "eval(",
        "new Function",
        "cookie =",
        "@import",
        "url(",
    ):
        assert banned not in script


def test_same_source_is_the_same_file() -> None:
    """The file and its tag depend on the source alone."""
    first = bundle()
    bundle.cache_clear()

    assert bundle() == first
