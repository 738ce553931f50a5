"""The clause tree loses no character, and each entry's part of it depends on that entry alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Clause, Entry
from ingest.clauses import EntryText, parse
from ingest.numbering import find_marks

LABELS = [
    "第一條 ",
    "第二條",
    "第3點、",
    "第(1)款",
    "壹、",
    "貳、",
    "參、",
    "一、",
    "二、",
    "(一)",
    "（二）",
    "甲、",
    "乙、",
    "A類",
    "B類:",
    "C類1.",
    "(1)",
    "（2）",
    "(3)",
    "1.",
    "2.",
    "３．",
    "4、",
    "備註:",
    "※註：",
    "※註2",
    "附註:",
    "角色:",
    "成員：",
    "預期效益:",
    "(含)",
    "(註)",
    "108年度",
    "3.5倍",
    "等2.",
    "依1.",
]
PIECES = st.one_of(
    st.sampled_from(LABELS),
    st.sampled_from([*"。!?！？;；:：,，、…「」『』”)）(（※·", "。」", "!?", "……"]),
    st.sampled_from([" ", "　", "\n", "\n\n", "\r\n", "\t"]),
    st.sampled_from(
        ["群聚成員", "企業", "平台", "得", "KPI", "30", "🍜", "👩‍🍳", "é", "\u0301", "ﷺ", "\0", "𠮷"]
    ),
    st.text(max_size=4),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=25).map("".join)
# What an entry of the outline may hold: some words, at the start of a line.
ENTRIES = TEXTS.filter(lambda text: bool(text.strip()))


def tree_of(entries: list[str]) -> tuple[str, list[EntryText], tuple[Clause, ...]]:
    """The text of these entries, one after the other, with their blocks and their tree."""
    text, blocks = "", []
    for number, words in enumerate(entries, 1):
        blocks.append(EntryText(Entry(number, "", f"題{number}"), len(text), len(text) + len(words) + 1))
        text += f"{words}\n"
    return text, blocks, parse(text, "p", blocks)


def leaves_of(tree: tuple[Clause, ...]) -> list[Clause]:
    """The leaves in document order."""
    return [clause for clause in tree if clause.is_leaf]


@given(st.lists(ENTRIES, min_size=1, max_size=3))
def test_no_character_lies_in_two_leaves(entries: list[str]) -> None:
    """The leaves come in the order of the text, none empty and none over another."""
    text, _, tree = tree_of(entries)
    places = [at for leaf in leaves_of(tree) for at in (leaf.start, leaf.end)]

    assert places == sorted(places)
    assert not places or places[-1] <= len(text)
    assert all(leaf.start < leaf.end for leaf in leaves_of(tree))


@given(st.lists(ENTRIES, min_size=1, max_size=3))
def test_offsets_reproduce_the_text(entries: list[str]) -> None:
    """A clause is the text at its offsets, on the line it names, with no white space around it."""
    text, _, tree = tree_of(entries)

    for clause in tree:
        assert text[clause.start : clause.end] == clause.text == clause.text.rstrip()
        assert clause.line == text.count("\n", 0, clause.start) + 1
        assert not clause.is_leaf or clause.text == clause.text.strip()
        assert "\n" not in clause.label


@given(st.lists(ENTRIES, min_size=1, max_size=3))
def test_the_tree_is_a_tree(entries: list[str]) -> None:
    """Ids are unique and grow from their parent's; a parent names its children in order and spans them."""
    _, blocks, tree = tree_of(entries)
    by_id = {clause.id: clause for clause in tree}

    assert len(by_id) == len(tree)
    assert [c.id for c in tree if c.parent is None] == [f"p/{b.entry.number}" for b in blocks]
    for clause in tree:
        below = [by_id[child] for child in clause.children]
        assert [child.start for child in below] == sorted(child.start for child in below)
        for child in below:
            assert child.parent == clause.id
            assert child.id.startswith(f"{clause.id}/")
            assert clause.start <= child.start <= child.end <= clause.end
            assert child.entry == clause.entry


@given(st.lists(ENTRIES, min_size=1, max_size=3))
def test_no_word_is_lost_to_a_label(entries: list[str]) -> None:
    """Outside the leaves stand marks, headings, white space and stray stops: no word of a rule."""
    text, blocks, tree = tree_of(entries)
    named = set[int]()
    for block in blocks:
        for mark in find_marks(text, block.start, block.end):
            named.update(range(mark.start, mark.end))
    for group in tree:
        if group.title:
            at = text.index(group.title, group.start)
            named.update(range(at, at + len(group.title)))

    for leaf in leaves_of(tree):
        named.update(range(leaf.start, leaf.end))
    lost = {character for at, character in enumerate(text) if at not in named}
    assert not {c for c in lost if not c.isspace()} - set("。!?！？:：")


@given(st.lists(ENTRIES, min_size=2, max_size=4), TEXTS, st.data())
def test_an_entry_depends_on_itself_alone(entries: list[str], words: str, data: st.DataObject) -> None:
    """Editing one entry leaves ids, labels and texts of the others, and where they stand in their entry."""
    edited = data.draw(st.integers(0, len(entries) - 1))
    changed = [*entries]
    changed[edited] = data.draw(st.sampled_from([words, entries[edited] + words]).filter(str.strip))

    def others(entries: list[str]) -> list[tuple[str, str, str, int]]:
        _, blocks, tree = tree_of(entries)
        return [
            (clause.id, clause.label, clause.text, clause.start - blocks[clause.entry - 1].start)
            for clause in tree
            if clause.entry != edited + 1
        ]

    assert others(changed) == others(entries)


@given(st.lists(ENTRIES, min_size=1, max_size=3), ENTRIES)
def test_a_new_entry_changes_none(entries: list[str], added: str) -> None:
    """Appending an entry leaves every clause before it as it was."""
    before, after = tree_of(entries)[2], tree_of([*entries, added])[2]

    assert after[: len(before)] == before


def shown(text: str) -> list[tuple[str, str, str]]:
    """Id, label and text of each leaf of a text that is one entry."""
    tree = parse(text, "p", [EntryText(Entry(1, "", "題"), 0, len(text))])
    return [(leaf.id, leaf.label, leaf.text) for leaf in leaves_of(tree)]


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("山。水。", [("p/1/s1", "題 · 第1句", "山。"), ("p/1/s2", "題 · 第2句", "水。")]),
        ("他說「山?」水！", [("p/1/s1", "題 · 第1句", "他說「山?」"), ("p/1/s2", "題 · 第2句", "水！")]),
        ("山\n水\n", [("p/1/s1", "題 · 第1句", "山"), ("p/1/s2", "題 · 第2句", "水")]),
        ("第五條\n第一條 山", [("p/1/s1", "題 · 第1句", "第五條"), ("p/1/1", "題 · 第1條", "山")]),
        (
            "第一點 山。水。",
            [("p/1/1/s1", "題 · 第1點 第1句", "山。"), ("p/1/1/s2", "題 · 第1點 第2句", "水。")],
        ),
        ("甲、山\n乙、水", [("p/1/1", "題 · 第1點", "山"), ("p/1/2", "題 · 第2點", "水")]),
        (
            "(1)山水:1.火2.木",
            [("p/1/1/1", "題 · (1)山水 第1點", "火"), ("p/1/1/2", "題 · (1)山水 第2點", "木")],
        ),
        (
            "(1)凡山皆有水,故:1.火2.木",
            [
                ("p/1/1/s1", "題 · (1) 第1句", "凡山皆有水,故:"),
                ("p/1/1/1", "題 · (1) 第1點", "火"),
                ("p/1/1/2", "題 · (1) 第2點", "木"),
            ],
        ),
        ("備註:山 備註:水", [("p/1/備註", "題 · 備註", "山"), ("p/1/備註-2", "題 · 備註", "水")]),
        (
            "※註1:山※註2:水※註3:火",
            [(f"p/1/註{n}", "題 · 註", c) for n, c in [("", "山"), ("-2", "水"), ("-3", "火")]],
        ),
        ("木工:山", [("p/1/木工", "題 · 木工", "木工:山")]),
        ("(1)(2)山", [("p/1/1", "題 · (1)", "(1)"), ("p/1/2", "題 · (2)", "山")]),
        ("……", [("p/1/s1", "題 · 第1句", "……")]),
        ("。。", [("p/1", "題", "。。")]),
    ],
)
def test_cuts(text: str, leaves: list[tuple[str, str, str]]) -> None:
    """A leaf is a sentence or a numbered item; a short title before items is a heading and no leaf."""
    assert shown(text) == leaves


# --- the guideline of digital-cluster --------------------------------------------------------------
