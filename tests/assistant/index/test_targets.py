"""Targets are kept as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.index.targets import FILE, Target, TargetKind, kinship_of, load_targets, save_targets

TARGETS = (
    Target("1/s1+2/註", TargetKind.CLAUSE, ("p/1/s1", "p/2/註"), ("p/3/備註",)),
    Target("gap:fee", TargetKind.GAP, topic="攤位「租金」\n", referral="請洽會計", nearby=("p/1/s1",)),
    Target("outside:noise", TargetKind.NOISE),
)


def test_saved_and_loaded(tmp_path: Path) -> None:
    """Targets load equal, in the order of the model's columns."""
    save_targets(tmp_path, TARGETS)

    assert load_targets(tmp_path) == TARGETS


def test_kinship_is_what_two_targets_share() -> None:
    """Shared clauses over those of either; nothing with itself, nothing between targets without clauses."""
    clauses = (("a", "b"), ("b", "c", "d"), ("a", "b", "c", "d"), (), ())
    targets = [Target(str(n), TargetKind.CLAUSE, ids) for n, ids in enumerate(clauses)]

    assert kinship_of(targets).tolist() == [
        [0, 0.25, 0.5, 0, 0],
        [0.25, 0, 0.75, 0, 0],
        [0.5, 0.75, 0, 0, 0],
        [0] * 5,
        [0] * 5,
    ]


def test_no_targets_have_no_kin() -> None:
    """Of no targets there is an empty table."""
    assert kinship_of(()).shape == (0, 0)


@pytest.mark.parametrize("raw", [b"", b"[", b"{}", b"[{}]", b'[{"key": "x", "kind": "other"}]', b"\xff"])
def test_damage(tmp_path: Path, raw: bytes) -> None:
    """What is no list of targets is a ValueError."""
    (tmp_path / FILE).write_bytes(raw)

    with pytest.raises(ValueError, match="validation error"):
        load_targets(tmp_path)


def test_no_file(tmp_path: Path) -> None:
    """Where there are none, that is an OSError."""
    with pytest.raises(OSError, match="No such file"):
        load_targets(tmp_path)
