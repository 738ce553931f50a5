"""The README tells the truth: its commands, settings and folders are the project's."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.config import PREFIX, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf8")


def test_its_commands_are_the_makefiles() -> None:
    """Every `make` command of the README is a target of the Makefile, and so is what CI runs."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)", README))
    ci = re.findall(r"^make ([a-z]+)$", (ROOT / ".ci" / "run").read_text(encoding="utf8"), re.MULTILINE)

    assert {"run", "test", "check"} <= named <= targets
    assert ci == ["test", "faults", "check", "gate"]


def test_its_settings_are_all_there_are() -> None:
    """The table of settings names each field of Settings and no other."""
    named = set(re.findall(rf"`({PREFIX}[A-Z_]+)`", README))

    assert named == {PREFIX + field.upper() for field in Settings.model_fields}


def test_its_folders_exist() -> None:
    """Every folder and file that the README names is in the repository."""
    folders = re.findall(r"^\| `([a-z/]+/)` \|", README, re.MULTILINE)
    linked = re.findall(r"\]\(((?!http)[^)]+)\)", README)

    assert len(folders) >= 8
    assert [name for name in [*folders, *linked] if not (ROOT / name).exists()] == []


def test_its_commands_exist() -> None:
    """Each `python -m` command of the README is a module that can be run."""
    modules = set(re.findall(r"python -m ([a-z]+)", README))

    assert modules
    assert [name for name in modules if not (ROOT / name / "__main__.py").exists()] == []
