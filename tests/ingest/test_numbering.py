"""Marks are found where a label opens an item, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Entry
from ingest.clauses import EntryText, parse
from ingest.numbering import find_marks, ordinal_of


def marks(text: str) -> list[tuple[str, str, int]]:
    """The marks of a whole text: style, segment, depth."""
    return [(mark.style, mark.segment, mark.depth) for mark in find_marks(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第一條 山。\n第二條 水。", [("條", "1", 0), ("條", "2", 0)]),
        ("第1點:山\n　第 2 點、水", [("點", "1", 0), ("點", "2", 0)]),
        ("壹、山\n貳、水\n參、火", [("壹、", "1", 0), ("壹、", "2", 0), ("壹、", "3", 0)]),
        ("如下:一、山。二、水", [("一、", "1", 0), ("一、", "2", 0)]),
        ("(一)山(二)水", [("(一)", "1", 0), ("(一)", "2", 0)]),
        ("（一）山（二）水", [("(一)", "1", 0), ("(一)", "2", 0)]),
        ("甲、山\n乙、水", [("甲、", "1", 0), ("甲、", "2", 0)]),
        ("A類:山B類：水", [("A類", "A", 0), ("A類", "B", 0)]),
        ("A類1.山B類1.水", [("A類", "A", 0), ("1.", "1", 1), ("A類", "B", 0), ("1.", "1", 1)]),
        ("(1)山(2)水", [("(1)", "1", 0), ("(1)", "2", 0)]),
        ("（1）山（2）水", [("(1)", "1", 0), ("(1)", "2", 0)]),
        ("1.山 2.水", [("1.", "1", 0), ("1.", "2", 0)]),
        ("１．山２．水", [("1.", "1", 0), ("1.", "2", 0)]),
        ("1、山2、水", [("1.", "1", 0), ("1.", "2", 0)]),
        ("山。※註:水", [("註", "註", 0)]),
        ("山※註水", [("註", "註", 0)]),
        ("山 備註:水\n附註：火", [("註", "備註", 0), ("註", "附註", 0)]),
        ("木工師傅:山。 學徒：水", [("角色", "木工師傅", 0), ("角色", "學徒", 0)]),
    ],
)
def test_styles(text: str, found: list[tuple[str, str, int]]) -> None:
    """Each style of label is found, in half and in full width."""
    assert marks(text) == found


def test_ladder() -> None:
    """The styles of an official document nest in any order; a label of an open list closes those below."""
    text = "第一條\n壹、\n一、\n(一)\n甲、\n(1)\n1.\n貳、\n第二條"

    assert [depth for _, _, depth in marks(text)] == [0, 1, 2, 3, 4, 5, 6, 1, 0]


def test_item_in_running_text() -> None:
    """「...等2.平台」 is item 2 where item 1 came before it."""
    text = "1.經驗、策略...等2.平台現有能量"

    assert [text[mark.end :][:2] for mark in find_marks(text, 0, len(text))] == ["經驗", "平台"]


@pytest.mark.parametrize(
    "text",
    [
        "限108年度第一次",
        "3.5倍",
        "1.5倍",
        "至少(含)8家",
        "不可抗力因素(註)",
        "第(1)款",
        "第（一）項",
        "依1.辦理",
        "見(1)及(2)",
        "前(1)款",
        "(1)目所定",
        "依第1、2、3點",
        "A類群聚",
        "ABC類:",
        "相關規範如下:",
        "山海花木風雨雲雪星石林:山",
        "本條第一條",
        "2.平台",
        "二、山",
        "(十十)山",
        "百、山",
        "零、山",
        "第一2條",
    ],
)
def test_no_mark(text: str) -> None:
    """Figures, years, references, asides and numerals that are none open no item."""
    assert marks(text) == []


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("1.山3.水", ["1"]),
        ("1.山2.水2.火3.木", ["1", "2", "3"]),
        ("(1)山(3)水(2)火", ["1", "2"]),
        ("一、山\n三、水", ["1"]),
        ("A類:山C類:水", ["A"]),
    ],
)
def test_out_of_sequence(text: str, segments: list[str]) -> None:
    """A number that does not follow the last one of its list is text."""
    assert [segment for _, segment, _ in marks(text)] == segments


def test_title_behind_a_mark_is_no_paragraph() -> None:
    """Words with a colon right behind a label are the title of that item."""
    assert marks("(1) 山水:花(2)風 ") == [("(1)", "1", 0), ("(1)", "2", 0)]


def test_named_paragraphs_close_lists() -> None:
    """A note stands at the top; the outermost list may go on behind it, those below may not."""
    text = "(1)山:1.水2.火 備註:木(2)土3.金"

    assert marks(text) == [
        ("(1)", "1", 0),
        ("1.", "1", 1),
        ("1.", "2", 1),
        ("註", "備註", 0),
        ("(1)", "2", 0),
    ]


def test_lists_below_named_paragraphs() -> None:
    """A list that a named paragraph opens lies below it, and each paragraph may open its own."""
    text = "申請資格:1.山2.水\n應備文件:1.火2.木"

    assert marks(text) == [
        ("角色", "申請資格", 0),
        ("1.", "1", 1),
        ("1.", "2", 1),
        ("角色", "應備文件", 0),
        ("1.", "1", 1),
        ("1.", "2", 1),
    ]


def test_window() -> None:
    """Only marks between the two offsets are found, and the offsets are those of the whole text."""
    text = "1.山\n1.水2.火"
    found = find_marks(text, 4, len(text))

    assert [(mark.segment, text[mark.start : mark.end], mark.start) for mark in found] == [
        ("1", "1.", 4),
        ("2", "2.", 7),
    ]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("12", 12),
        ("１", 1),
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("九十九", 99),
        ("一百零五", 105),
        ("壹", 1),
        ("參", 3),
        ("拾貳", 12),
        ("甲", 1),
        ("癸", 10),
        ("A", 1),
        ("Z", 26),
        ("十十", 0),
        ("〇", 0),
    ],
)
def test_ordinals(numeral: str, value: int) -> None:
    """Every numeral of the grammar has its value; what is no number has none, 0."""
    assert ordinal_of(numeral) == value


# --- outlines rendered and read back ---------------------------------------------------------------

WORDS = st.text("山川花草雲雨風雪星石木林海湖鳥魚馬羊春夏秋冬門窗桌椅書筆紙茶飯", min_size=2, max_size=6)
CHINESE = [*"一二三四五六七八九十", "十一", "十二"]
LABELS = {
    "條": [f"第{n}條 " for n in CHINESE],
    "點": [f"第{n}點、" for n in range(1, 13)],
    "壹、": [f"{n}、" for n in [*"壹貳參肆伍陸柒捌玖拾", "拾壹", "拾貳"]],
    "一、": [f"{n}、" for n in CHINESE],
    "(一)": [f"({n})" for n in CHINESE],
    "（一）": [f"（{n}）" for n in CHINESE],
    "甲、": [f"{n}、" for n in "甲乙丙丁戊己庚辛壬癸"],
    "A類": [f"{n}類:" for n in "ABCDEFGHIJ"],
    "(1)": [f"({n})" for n in range(1, 13)],
    "（1）": [f"（{n}）" for n in range(1, 13)],
    "1.": [f"{n}." for n in range(1, 13)],
    "1、": [f"{n}、" for n in range(1, 13)],
}
# Styles that differ in width only are one to the reader.
SAME = {"（一）": "(一)", "（1）": "(1)", "1、": "1."}
GAPS = {"條": ["\n", "\n　"], "點": ["\n"], "壹、": ["\n", " "], "一、": ["\n", "　"], "甲、": ["\n", " "]}


@dataclass(frozen=True)
class Node:
    """An item to render: its label, the id it must get, its title or its sentences, the items below."""

    before: str
    label: str
    id: str
    title: str
    sentences: tuple[str, ...]
    children: tuple[Node, ...]

    def render(self) -> str:
        """The item as a guideline would print it."""
        below = "".join(child.render() for child in self.children)
        return f"{self.before}{self.label}{self.title}{''.join(self.sentences)}{below}"

    def leaves(self) -> Iterator[tuple[str, str]]:
        """Id and text of each leaf in order."""
        if not self.children and len(self.sentences) == 1:
            yield self.id, self.sentences[0]
        else:
            yield from ((f"{self.id}/s{n}", words) for n, words in enumerate(self.sentences, 1))
        for child in self.children:
            yield from child.leaves()


@st.composite
def sentences(draw: st.DrawFn, least: int) -> tuple[str, ...]:
    """One to three sentences (or none); only the last may lack its stop."""
    words = draw(st.lists(WORDS, min_size=least, max_size=3))
    stops = [draw(st.sampled_from("。！？")) for _ in words]
    return tuple(f"{word}{stop}" for word, stop in zip(words, stops, strict=True))


@st.composite
def items(draw: st.DrawFn, parent: str, path: tuple[str, ...], deep: int) -> tuple[Node, ...]:
    """A list of items in a style that is not open above it."""
    style = draw(st.sampled_from([style for style in LABELS if SAME.get(style, style) not in path]))
    below = (*path, SAME.get(style, style))
    found = []
    for n, label in enumerate(LABELS[style][: draw(st.integers(1, 4))], 1):
        shown = label[0] if style == "A類" else str(n)
        node_id = f"{parent}/{shown}"
        before = draw(st.sampled_from(GAPS.get(style, ["", " ", "\n"])))
        children: tuple[Node, ...] = ()
        if deep and draw(st.booleans()):
            children = draw(items(node_id, below, deep - 1))
        title, body = "", draw(sentences(0 if children else 1))
        if draw(st.booleans()) and children:
            title, body = draw(WORDS) + draw(st.sampled_from("::：")), ()
        elif not children and len(body) == 1 and draw(st.booleans()):
            body = (body[0][:-1],)
        found.append(Node(before, label, node_id, title, body, children))
    return tuple(found)


@st.composite
def outlines(draw: st.DrawFn) -> Node:
    """An entry: sentences, a list of up to three levels, paragraphs with names of their own."""
    children = draw(items("p/1", (), 2))
    used = (next(SAME.get(s, s) for s, labels in LABELS.items() if children[0].label == labels[0]),)
    for name in draw(st.lists(WORDS, unique=True, max_size=2)):
        colon = draw(st.sampled_from(":："))
        if draw(st.booleans()):
            node = Node("\n", "", f"p/1/{name}", f"{name}{colon}", (), draw(items(f"p/1/{name}", used, 0)))
        else:
            node = Node("\n", "", f"p/1/{name}", "", (f"{name}{colon}{draw(WORDS)}。",), ())
        children = (*children, node)
    if draw(st.booleans()):
        children = (*children, Node("\n", "備註：", "p/1/備註", "", (draw(WORDS),), ()))
    return Node("", "", "p/1", "", draw(sentences(0)), children)


@given(outlines())
def test_outlines_are_read_back(outline: Node) -> None:
    """An outline in any of the styles, printed and parsed, has the same ids and the same texts."""
    text = outline.render()
    tree = parse(text, "p", [EntryText(Entry(1, "", "題"), 0, len(text))])

    assert [(leaf.id, leaf.text) for leaf in tree if leaf.is_leaf] == list(outline.leaves())
