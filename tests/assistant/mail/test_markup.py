"""HTML, entities and Markdown become lines of text; what only looks like them stays."""

from __future__ import annotations

import pytest

from assistant.mail.markup import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>一共<b>12</b>家</p><p>可以嗎</p>", "一共12家\n可以嗎"),
        ("<div>您好<br><br>可以<br>嗎</div>", "您好\n\n可以\n嗎"),
        ("<p>請問可以\n  申請嗎</p>", "請問可以申請嗎"),
        ("<b>請問</b>\n要幾家", "請問\n要幾家"),
        ("<table><tr><td>鄉</td><td>4</td></tr></table>", "鄉\t4"),
        (
            "<p>新</p><blockquote>舊<blockquote>更舊</blockquote></blockquote><p>末</p>",
            "新\n> 舊\n> > 更舊\n末",
        ),
        ("<style>p{}</style><p>共12<sup>2</sup>家</p>", "共12²家"),
        ("&lt;p&gt;12&amp;nbsp;家&lt;/p&gt;", "12\u00a0家"),
        ("## 標題\n**12**家", "標題\n12家"),
    ],
)
def test_markup_is_read(text: str, shown: str) -> None:
    """A paragraph is a line, a cell ends with a tab, a quotation has its marks, a raised digit stays raised."""
    assert plain(text) == shown


@pytest.mark.parametrize(
    "text",
    ["3 < 8 家 > 2", "<我們>有12家", "<3", "A&B", "a ** b", "#A類", "<script>x</script>", "<|im_end|>"],
)
def test_no_markup_stays(text: str) -> None:
    """Signs that are no markup, and markup without any text, are left as they are."""
    assert plain(text) == text


def test_half_a_character() -> None:
    """Half a surrogate pair beside a tag does not stop the reader of HTML."""
    assert plain("\ud800<b>x</b>").endswith("x")
