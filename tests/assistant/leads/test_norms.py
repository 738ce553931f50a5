"""norms.toml: what clauses do, as data; a mistake in it is said, a folder without it has no leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.leads import NORMS, Norms, NormsError, load_norms


def test_a_folder_without_norms_has_none(tmp_path: Path) -> None:
    """A programme needs no norms."""
    assert load_norms(tmp_path) == Norms()


def test_clauses_are_named_without_the_programme(tmp_path: Path) -> None:
    """Ids are completed by the folder's name, sentences come with their clauses."""
    words = '[[norm]]\nclauses = ["1/s1"]\ndoes = "permit"\nact = ["車"]\nsays = "可停"\n'
    (tmp_path / NORMS).write_text(f'{words}[[short]]\nclauses = ["1/s2"]\nwho = "住戶。"\n', encoding="utf8")
    ids = f"{tmp_path.name}/1/s1", f"{tmp_path.name}/1/s2"
    assert list(load_norms(tmp_path).sentences()) == [("可停", ids[:1]), ("住戶。", ids[1:])]


@pytest.mark.parametrize(
    "wrong",
    [
        '[[norm]]\nclauses = ["1/s1"]\ndoes = "like"\nact = ["車"]\n',
        '[[norm]]\nclauses = ["1/s1"]\ndoes = "permit"\nact = ["車"]\ncolour = "red"\n',
        '[[norm]]\nclauses = ["1/s1"]\ndoes = "permit"\nact = ["("]\n',
        '[[norm]]\ndoes = "permit"\nact = ["車"]\n',
        '[[short]]\nclauses = ["1/s1"]\nwhom = "住戶。"\n',
        "[[norm]\n",
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, wrong: str) -> None:
    """An unknown deed, key or expression stops the build with its reason."""
    (tmp_path / NORMS).write_text(wrong, encoding="utf8")
    with pytest.raises(NormsError, match=NORMS):
        load_norms(tmp_path)
