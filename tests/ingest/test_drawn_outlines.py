"""Any outline that is numbered as official texts are is read back as it was drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Entry
from ingest.clauses import EntryText, parse

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
