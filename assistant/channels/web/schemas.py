"""The shapes of the API, as API.md names them; a field keeps its name and meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from assistant import domain
from assistant.answer.clean import MAX_CHARACTERS
from assistant.answer.wire import stored, to_json
from assistant.records.tables import COMMENT_LENGTH, REASON_LENGTH

_PROGRAMME: Final = "my-programme"
_CLAUSE: Final = f"{_PROGRAMME}/7/3"
_SAID: Final = "文件要在受理期間內備齊，逾期就不受理。"
_SESSION: Final = "5f2b6c0e9d7a4f3e8b1c2d3e4f5a6b7c"
_ANSWER: Final = "01HQVZ5T3M8X9Y2K4N6P7R8S9T"


def _encodable(text: str) -> str:
    """JSON can spell half a surrogate pair, which nothing encodes; a string with one is refused."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "the string holds half a surrogate pair") from None
    return text


Words = Annotated[str, AfterValidator(_encodable)]
Reason = Annotated[str, StringConstraints(max_length=REASON_LENGTH), AfterValidator(_encodable)]
Comment = Annotated[str, StringConstraints(max_length=COMMENT_LENGTH), AfterValidator(_encodable)]
Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Asked(BaseModel):
    """A question put to the assistant."""

    # Strict: a number is not taken for a text, nor "yes" for true.
    model_config = ConfigDict(
        strict=True,
        json_schema_extra={"examples": [{"message": "文件沒有備齊可以先申請嗎？"}]},
    )

    message: Words = Field(
        description=f"問題，去掉前後空白後 1 到 {MAX_CHARACTERS:,} 個字",
        # Not enforced here: the length counts after trimming, which is the assistant's to do.
        json_schema_extra={"minLength": 1, "maxLength": MAX_CHARACTERS, "pattern": r"\S"},
    )
    session_id: Token | None = Field(
        None, description="上一則回答給的 session_id；不帶，或不是這裡給的，就開始新的對話"
    )
    programme: Words | None = Field(None, description="計畫代碼；不帶就用預設的計畫", examples=[_PROGRAMME])
    message_id: Token | None = Field(
        None,
        description="這則訊息自己的代碼，與 session_id 一起帶；重送時帶同一個代碼，得到的是同一則回答，不會回答兩次",
    )


class Citation(BaseModel):
    """A clause quoted as 〔n〕; the quote is verbatim in the source at start:end (code points)."""

    n: int = Field(ge=1, description="text 裡的 〔n〕")
    clause_id: str = Field(description="條文代碼，不會因別處修改而改變")
    label: str = Field(description="給人看的條文名稱")
    quote: str = Field(description="條文原文，逐字")
    start: int = Field(ge=0, description="在原文中的起點（以 Unicode 字元計）")
    end: int = Field(ge=0, description="在原文中的終點，不含")
    source: str = Field(description="原文檔名")
    edition: str = Field(description="原文版本")
    url: str = Field(description="這一條的頁面")


class Check(BaseModel):
    """One rule held against the stated facts."""

    rule: str
    result: Literal["met", "not_met", "unknown", "assumed"] = Field(
        description="assumed：沒有人說過，以 premises 為前提才符合"
    )
    reading: str = Field(description="算式與結果", examples=["4 ÷ 12 = 33.3%"])
    limit: str = Field(description="規定的界限", examples=["≤ 30%"])
    clause_id: str
    margin: str = Field("", description="還差多少")
    fix: str = Field("", description="怎麼改就符合")
    title: str = Field("", description="規則的名稱", examples=["自籌款比例"])
    words: str = Field("", description="算式與界限，寫成一句話")
    premises: Annotated[list[str], Field(description="這一項的前提")] = []


class Missing(BaseModel):
    """A fact that nobody stated, and how to ask for it."""

    fact: str
    question: str
    replies: list[str] = Field([], description="可以直接點選的回答")


class Verdict(BaseModel):
    """What the rules say of the stated facts; a fact that nobody stated is never assumed."""

    decision: Literal["eligible", "ineligible", "unknown"]
    subject: str = Field(description="判斷的是哪一種申請")
    checks: list[Check] = []
    missing: list[Missing] = []
    assumptions: list[str] = []
    contradictions: list[str] = []
    nearest: list[str] = Field([], description="最接近的做法，做到任一項就沒有不符合的項目")
    conclusion: Annotated[str, Field(description="用一句話說結論")] = ""
    unread: Annotated[list[str], Field(description="沒有讀懂的話；有的話就不判斷")] = []
    tentative: Annotated[bool, Field(description="初步符合：assumptions 都成立才算數")] = False


class Line(BaseModel):
    """One line of an answer: what it is there for, what it says, and the clauses that it stands on."""

    kind: domain.LineKind = Field(
        description="understood 數字讀成了什麼；lead 結論；said 條文的白話；check 逐項檢核；nearest 最接近的做法；assumption 前提；"
        "question 要您補充的；heading 您的問題；silence 條文沒有規定"
    )
    text: str = Field(description="純文字，不含 〔n〕")
    clause_ids: list[str] = Field([], description="依據的條文代碼")
    marks: list[int] = Field([], description="依序對應 citations 的 n")


class Referral(BaseModel):
    """On no_clause: who can help, what was looked for, and which clauses lie nearby."""

    contact: str
    looked_for: str
    nearby: list[str] = Field([], description="附近條文的代碼")


class UnderstoodFact(BaseModel):
    """A fact as it was understood, and the words that told it."""

    fact: str
    label: str
    value: str = Field(description="含單位的文字，例如 12 家")
    words: str = Field(description="您說的話；start、end 是它在那則訊息裡的位置")
    start: int
    end: int


class Understanding(BaseModel):
    """What was understood of figures, and what was left over."""

    facts: list[UnderstoodFact]
    unread: list[str] = Field(default=[], description="沒有讀懂、因此不判斷的話")


class Answer(BaseModel):
    """One answer, the same in every channel."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": _ANSWER,
                    "session_id": _SESSION,
                    "outcome": "answered",
                    "text": f"{_SAID}〔1〕",
                    "lines": [{"kind": "said", "text": _SAID, "clause_ids": [_CLAUSE], "marks": [1]}],
                    "questions": 1,
                    "citations": [
                        {
                            "n": 1,
                            "clause_id": _CLAUSE,
                            "label": "申請程序 · 第3點",
                            "quote": "申請人應於受理期間內備齊文件,逾期不予受理。",
                            "start": 1803,
                            "end": 1825,
                            "source": "guideline.txt",
                            "edition": "1",
                            "url": f"/clauses/{_CLAUSE}",
                        }
                    ],
                    "verdict": None,
                    "confidence": 0.93,
                    "followups": ["受理期間到什麼時候？"],
                    "referral": None,
                }
            ]
        }
    )

    id: str = Field(description="這則回答的代碼，回饋時使用")
    session_id: str = Field(description="對話的代碼，下一次提問帶回來就接著談")
    outcome: domain.Outcome = Field(
        description="answered 條文有答案；needs_info 要您補充資料；no_clause 條文沒有規定；"
        "out_of_scope 與計畫無關；refused 無法處理"
    )
    text: str = Field(description="純文字；〔n〕 對應 citations")
    citations: list[Citation]
    verdict: Verdict | None = Field(description="有判斷數字時的逐項結果，否則為 null")
    confidence: float = Field(ge=0, le=1, description="校準過的把握程度：0.9 的回答，十則有九則正確")
    followups: list[str] = Field(description="接著可以問的問題")
    referral: Referral | None = Field(description="條文沒有規定時，可以問誰")
    lines: list[Line] = Field(description="同樣的內容，一行一行分開；text 由此產生")
    questions: int = Field(ge=1, description="訊息裡有幾個問題")
    reading: Understanding | None = Field(default=None, description="數字讀成了什麼；沒有讀到數字時為 null")

    @classmethod
    def of(cls, answer: domain.Answer) -> Self:
        """The wire form of an answer."""
        return cls.model_validate(to_json(answer))

    @classmethod
    def of_stored(cls, answer: Mapping[str, Any]) -> Self:
        """The wire form of an answer that was stored, by whichever version."""
        return cls.model_validate(stored(answer))


class Forgotten(BaseModel):
    """The conversation that a person wants gone."""

    model_config = ConfigDict(strict=True, json_schema_extra={"examples": [{"session_id": _SESSION}]})

    session_id: Token = Field(description="對話的代碼")


class Programme(BaseModel):
    """What a page has to know of a programme before anyone asks."""

    programme: str = Field(examples=[_PROGRAMME])
    title: str
    agency: str
    edition: str
    referral: str = Field(description="條文沒有規定時，可以問誰")
    starters: list[str] = Field(description="可以先問的問題")


class Feedback(BaseModel):
    """What a person says of an answer."""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={"examples": [{"answer_id": _ANSWER, "helpful": False, "reason": "條文不對"}]},
    )

    answer_id: Words = Field(description="回答的 id")
    helpful: bool = Field(description="有沒有幫助")
    reason: Reason | None = Field(None, description="原因，簡短")
    comment: Comment | None = Field(None, description="其他意見")
