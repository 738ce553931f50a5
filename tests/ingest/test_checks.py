"""The laws find what breaks them; a tree as it is parsed breaks none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain import Clause, Guideline
from ingest.checks import check_groups, check_parallels, check_plain, check_source, check_tree
from ingest.clauses import parse
from ingest.outline import locate_entries
from ingest.read import Folder, read_folder


@pytest.fixture
def folder(programme: Path) -> Folder:
    """The small programme as read."""
    return read_folder(programme)


@pytest.fixture
def tree(folder: Folder) -> tuple[Clause, ...]:
    """Its clause tree."""
    return parse(folder.text, "night-market", locate_entries(folder))


def test_the_small_programme_holds(folder: Folder, tree: tuple[Clause, ...]) -> None:
    """Nothing is wrong with the small programme."""
    faults = [
        *check_source(folder),
        *check_tree(folder, tree),
        *check_groups(folder, tree),
        *check_parallels(folder, tree),
        *check_plain(*_with_plain(folder, "攤名", folder.plain["2/1/1"])),
    ]

    assert faults == []


def test_leaves_that_overlap(folder: Folder, tree: tuple[Clause, ...]) -> None:
    """Characters in two leaves are told with their line."""
    first, second = [at for at, clause in enumerate(tree) if clause.is_leaf][:2]
    start = tree[first].end - 2
    wider = replace(tree[second], start=start, text=folder.text[start : tree[second].end])

    (fault,) = check_tree(folder, (*tree[:second], wider, *tree[second + 1 :]))
    assert (fault.file, fault.line) == ("guideline.txt", tree[second].line)
    assert f"characters {start} to {tree[first].end} lie in two clauses" in fault.what


def test_one_id_for_two(folder: Folder, tree: tuple[Clause, ...]) -> None:
    """Two clauses of one id are told with the id."""
    (fault,) = check_tree(folder, (*tree[:-1], replace(tree[-1], id=tree[-2].id)))

    assert fault.what == f"2 clauses have the id {tree[-2].id}"
    assert fault.remedy == "number the items apart"


def test_a_quote_that_is_not_verbatim(folder: Folder, tree: tuple[Clause, ...]) -> None:
    """A clause whose words are not those at its offsets is told with its line."""
    last = replace(tree[-1], text="天候不佳時,另行公告")

    (fault,) = check_tree(folder, (*tree[:-1], last))
    assert (fault.line, fault.what) == (2, "night-market/2/備註 is not the text at its offsets")


def _with_plain(folder: Folder, text: str, plain: str) -> tuple[Folder, Guideline]:
    """The folder with 攤名 written as `text` says and in those plain words, and its guideline."""
    text = folder.text.replace("攤名", text)
    folder = replace(folder, text=text, plain={**folder.plain, "2/1/1": plain})
    clauses = parse(text, "night-market", locate_entries(folder))
    entries = tuple(item.entry for item in folder.outline)
    return folder, Guideline(folder.source, text, entries, (), clauses)


@pytest.mark.parametrize(
    "plain", ["取得攤名之應用。", "申請書要寫攤名。", "要寫取得的攤名。", "攤名一定要寫。", "一個攤名。"]
)
def test_words_that_only_look_modal(folder: Folder, plain: str) -> None:
    """得 and 應 inside other words grant and demand nothing; a numeral that counts nothing is no number."""
    assert [fault.what for fault in check_plain(*_with_plain(folder, "取得攤名之應用", plain))] == []


@pytest.mark.parametrize("word", ["不得", "應", "得"])
def test_a_word_does_not_excuse_a_modal(folder: Folder, word: str) -> None:
    """A clause that has 應用, 取得 or the like does not have the modal verb, so its plain text must not."""
    (fault,) = check_plain(*_with_plain(folder, "取得攤名之應用", f"{word}有攤名。"))

    assert fault.what.startswith(f'"2/1/1" says more than its clause (modality: {word}')


@pytest.mark.parametrize(
    ("plain", "more"),
    [
        ("要寫三個攤名。", "figure: 三個"),
        ("主辦單位會公告攤名。", "unknown: 主辦、公告"),
        ("攤名最多五個字。", "figure: 五個"),
    ],
)
def test_plain_words_say_no_more_than_their_clause(folder: Folder, plain: str, more: str) -> None:
    """What the clause does not say is told, with the check that found it."""
    (fault,) = check_plain(*_with_plain(folder, "攤名", plain))

    assert more in fault.what


def test_a_plain_text_may_leave_things_out(folder: Folder) -> None:
    """A plain text need not repeat figures or modal verbs."""
    folder, guideline = _with_plain(folder, "攤名", "攤名。")
    folder = replace(folder, plain={**folder.plain, "2/2": "要繳保證金。"})

    assert list(check_plain(folder, guideline)) == []


KINDS = '[[contrast]]\nkinds = { "日" = "日間?", "夜" = "夜間?" }\n'


@pytest.fixture
def kinds(programme: Path) -> None:
    """The kinds 日 and 夜, known to the small programme."""
    (programme / "variants.toml").write_text(KINDS, encoding="utf8")


def with_parallel(programme: Path, words: str) -> Folder:
    """The small programme with a parallel at the end of its outline, read again."""
    outline = programme / "outline.toml"
    outline.write_text(f"{outline.read_text(encoding='utf8')}\n[[parallel]]\n{words}", encoding="utf8")
    return read_folder(programme)


@pytest.mark.usefixtures("kinds")
@pytest.mark.parametrize(
    "sides", ['[["1/s1"], ["2/1/1", "2/1/2"]]', '[["stall-rules"], ["2/2"]]', '[["stall-rules"], ["papers"]]']
)
def test_a_parallel_of_leaves_and_groups(programme: Path, tree: tuple[Clause, ...], sides: str) -> None:
    """A side may be leaves or a group; with kinds that are known nothing is wrong."""
    folder = with_parallel(programme, f'kinds = [["日"], ["夜"]]\nsides = {sides}\n')

    assert list(check_parallels(folder, tree)) == []


@pytest.mark.usefixtures("kinds")
def test_a_parallel_of_what_is_no_leaf(programme: Path, tree: tuple[Clause, ...]) -> None:
    """A heading, an unknown leaf and an unknown group are each told with the line that names them."""
    words = 'kinds = [["日"], ["夜"]]\nsides = [\n["2/1", "1/s9"],\n["paper"]]\n'
    folder = with_parallel(programme, words)
    line = folder.line_of("outline.toml", '"paper"')

    assert [(fault.line, fault.what) for fault in check_parallels(folder, tree)] == [
        (line - 1, "a parallel: no leaf clause night-market/2/1"),
        (line - 1, "a parallel: no leaf clause night-market/1/s9"),
        (line, "a parallel: no leaf clause night-market/paper"),
    ]


@pytest.mark.usefixtures("kinds")
def test_a_parallel_of_an_unknown_kind(programme: Path, tree: tuple[Clause, ...]) -> None:
    """A kind that variants.toml does not name is told with its line."""
    folder = with_parallel(programme, 'kinds = [["日"], ["夜", "晚"]]\nsides = [["1/s1"], ["1/s2"]]\n')

    (fault,) = check_parallels(folder, tree)
    assert (fault.file, fault.line) == ("outline.toml", folder.line_of("outline.toml", '"晚"'))
    assert fault.what == "a parallel: no kind 晚 in variants.toml"


def test_a_parallel_in_a_corpus_without_kinds(programme: Path, tree: tuple[Clause, ...]) -> None:
    """Where variants.toml has no contrast, no kind is known."""
    folder = with_parallel(programme, 'kinds = [["日"], ["夜"]]\nsides = [["1/s1"], ["1/s2"]]\n')

    assert len(list(check_parallels(folder, tree))) == 2
