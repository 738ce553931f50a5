"""docs/widget.md says what the widget reads, and nothing that it does not."""

from __future__ import annotations

import re
from importlib.resources import files

from assistant.channels import widget
from assistant.config import ROOT
from tests.assistant.channels.widget.conftest import Site

DOCS = (ROOT / "docs" / "widget.md").read_text(encoding="utf-8")
SOURCE = files(widget) / "source"
SCRIPT = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.iterdir() if path.name.endswith(".js"))
STYLE = (SOURCE / "widget.css").read_text(encoding="utf-8")


def test_variables_are_documented() -> None:
    """Every variable that the style reads is named; every one that is named is read."""
    read = set(re.findall(r"var\((--ga-[\w-]+)", STYLE))
    named = set(re.findall(r"--ga-[a-z]+(?:-[a-z]+)*", DOCS)) - {"--ga-dark"}

    assert {name for name in read if not name.startswith("--ga-dark-")} <= named
    assert named <= read


def test_attributes_are_documented() -> None:
    """Every attribute that the element reads is in the table; every one in the table is read."""
    read = set(re.findall(r'(?:get|has)Attribute\("([a-z-]+)"\)', SCRIPT)) - {"mode", "text-title"}
    named = set(re.findall(r"^\| `([a-z-]+)` \|", DOCS, re.MULTILINE))

    assert named == read


def test_texts_are_used() -> None:
    """Every text is used somewhere, and the texts that the documentation names are there."""
    names = set(re.findall(r'^  "([\w-]+)": "', SCRIPT, re.MULTILINE))
    computed = {
        "needs_info",
        "no_clause",
        "out_of_scope",
        "refused",
        "eligible",
        "ineligible",
        "unknown",
        "met",
    }

    unused = {name for name in names - computed if len(re.findall(f'"{name}"', SCRIPT)) < 2}
    assert unused == set()
    assert set(re.findall(r"data-text-([a-z-]+)", DOCS)) <= names


def test_events_are_documented() -> None:
    """The events that are named are those that are sent."""
    sent = set(re.findall(r'(?:#tell|tell)\("(\w+)"', SCRIPT))

    assert set(re.findall(r"`guideline-assistant:(\w+)`", DOCS)) == sent


def test_policy_of_the_tests_is_the_documented_one() -> None:
    """The page of the tests allows the two documented sources, and no other of the server."""
    policy = Site("https://assistant.example.gov.tw").page(None).headers["content-security-policy"]
    documented = re.findall(r"^(?:script|connect)-src [^;]+", DOCS, re.MULTILINE)

    assert len(documented) == 2
    assert {part.strip() for part in policy.split(";") if "example" in part} == set(documented)
    assert policy.startswith("default-src 'none'")
