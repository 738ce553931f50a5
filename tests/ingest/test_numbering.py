"""Marks are found where a label opens an item, and nowhere else."""

from __future__ import annotations

import pytest

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
