"""What this office sends is known again when it comes back."""

from __future__ import annotations

from assistant.channels.desk.reply import DEFAULT_SIGNATURE, draft, final_text
from assistant.config import ROOT
from assistant.mail.office import without_office
from ingest.guideline import load_guideline


def test_a_letter_of_ours() -> None:
    """A whole letter of the desk, pasted without marks over a new question, is ours to its signature."""
    guideline = load_guideline(ROOT / "corpus" / "digital-cluster")
    text = draft("林小姐", ["不得轉包。〔1〕"], guideline.source)
    citation = {"n": 1, "label": "契約 第2點", "quote": "不得轉包"}
    signature = DEFAULT_SIGNATURE.replace("{計畫}", guideline.source.title).replace("{承辦人}", "陳小明")
    letter = final_text(text, [citation], guideline, signature)

    own, ours = without_office([*letter.split("\n"), "", "那分包呢？"])

    assert "".join(own) == "那分包呢？"
    assert "\n".join(ours) == letter


def test_who_names_our_words_asks_about_them() -> None:
    """A line that cites us in a question is the writer's, one that only repeats an answer is ours."""
    assert without_office(["您說不得轉包〔1〕", "不得轉包。〔1〕"]) == (
        ["您說不得轉包〔1〕"],
        ["不得轉包。〔1〕"],
    )
