"""
A question -> its form: what kind of yes or no it asks for, or who, how many, when, why, what then.

Only the grammar of Chinese questions is known here, no word of a programme. What is not
surely one of these forms has none, and then no lead is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# What asks for yes or no, by the verb that answers it; each pattern is tried at every place of a question.
# 「能不能」 asks more surely than 「一定要」, and that more surely than a bare 「要」 or 「會」.
_MODALS: Final[tuple[tuple[str, str, int], ...]] = (
    ("may", r"得否|可不可以|可以不可以|能不能夠?|可否|能否|行不行|[准準]不[准準]|得不得(?!已)|ok不ok|可不可行|會不會(?:有問題|不符|不行|不合|違規|犯規|違法|被退|被打槍|出事)", 3),
    ("must", r"要不要(?!緊)|需不需要?|需要不需要|須不須|用不用(?!心)|該不該|應不應該?|必不必要?|必須不必須|有沒有必要|有必要|有沒有(?:規定|強制|要求)(?:要|得)?", 3),
    ("enough", r"夠不夠", 3),
    ("count", r"算不算|計不計|列不列|含不含|包不包(?:括|含)", 3),
    ("may", r"有沒有(?=違|犯規|問題|關係|資格|可能)", 3),
    ("have", r"有沒有|有無", 3),
    ("will", r"會不會|(?<!愛)([^不])不\1", 3),
    ("same", r"一不一樣|是不是(?:都|也)?(?:一樣|相同)", 3),
    ("must", r"非.{1,9}不可", 2),
    ("not may", r"不可以|不能夠?|不行|袂當|袂使|不可(?!抗)|不得(?!已|不)|不[准準]|不許|不給|禁止|不開放|別想|沒(?:辦法|法子?)|無法", 2),
    ("not must", r"不用|不必|不需要?|免(?=[再去交找付申提做寫])|不一定要?|不強制|不規定|不要求", 2),
    ("not count", r"不算|不計|不列入|不含|不包含|不包括|排除", 2),
    ("not enough", r"不夠", 2),
    ("may", r"可以|能夠|行(?=[嗎吧ㄇ嘛不?]|$)|ok|沒問題|沒關係|允許|[准準]許?(?![備時確則])|(?:有|符合)資格|合規|合法嗎|行得通|使得|會使|會當|會用得|符合(?=.{0,12}[嗎ㄇ])|違規|犯規|違反規定|違法嗎|有問題[嗎ㄇ]|有關係[嗎ㄇ]|要緊[嗎ㄇ]|(?:會|算)過[嗎ㄇ]|這樣對[嗎ㄇ]", 2),
    ("must", r"一定[要得該是]|必須|必需|非[要得](?!.{0,8}不)|得要|都得|一律要?|強制|硬性|務必|規定[要得]|只能|限定|需要|需(?!求)", 2),
    ("same", r"一樣|相同|同一套|沒差", 2),
    ("may", r"會.{0,2}(?:fail|有問題|不符|不合格|不通過|違規|犯規|被退|被刷|被打槍|出局)", 2),
    ("enough", r"(?:算|作)數", 2),
    ("enough", r"夠(?=[嗎吧了ㄇ]|資格|格|$)|達標|過關|及格", 2),
    ("not will", r"不會(?:被)?(?:算進?|列入|計入|納入)?", 2),
    ("will", r"(?<![書學協工農漁本開聚宴展委晚大年理教商公機])會(?![議員計社長費址務考談客場商])被?(?:算進?|列入|計入|納入|包含|包括)?", 1),
    ("count", r"算(?!了|法|是什|進)|列入|計入|納入|包含|包括|涵蓋|屬於|算進", 1),
    ("may", r"能(?![力量源])|敢會|可(?![能是以愛惜靠行])|收(?=[嗎ㄇ])", 1),
    ("must", r"要(?![求點件脅素緊])|須|應該?(?![用付])|得(?=[先有把全去再交自是])|愛有", 1),
    ("have", r"(?<!沒)有(?=.{0,24}[嗎ㄇ])", 0),
)  # fmt: skip
# 「才可以」 tells what something is for, 「要是」 sets a condition: neither is what is asked.
_EMBEDDED: Final = re.compile(r"(.)(?:不|沒)\1")
_ASIDE: Final = re.compile(
    r"才[能可會算行]以?|(?:(?<=[,。;])|^)要是|只要|為了要?|想要|要怎麼|需要的話|可以的話|主要|重要|要問|要請教|不要緊"
)
# Somebody's claim, to be confirmed or put right.
_CLAIM: Final = re.compile(
    r"是不是(?:真的)?|是否(?:真的)?|對不對|對[嗎吧ㄇ嘛]|沒錯[吧嗎]|錯了嗎|是[嗎吧ㄇ](?=[?!。~\s]*$|[,])|是真的?[嗎吧還]|真的[嗎假?]的?|真的是|"
    r"沒記錯|沒搞錯|聽說|聽人家?說|據說|有人(?:跟我)?[說講]|人家說|網路上說|以為|我記得|應該是|不是(?:說|規定|講|應該|都)|難道"
)
_YES_NO: Final = re.compile(
    r"[嗎ㄇ嘛麼](?=[?!。~,\s()]|$)|[無冇否毋]\??$|得否|[吧ㄅ](?=[?!。~,\s]|$)|喔\?$|可不可|能不能|要不要|會不會|是不是|有沒有|行不行|算不算|需不需|用不用|該不該|夠不夠|[准準]不[准準]|對不對"
    r"|能否|可否|是否|有無|可不可|敢會|敢愛|敢有"
)
# 「我不能去」 tells of oneself where something else is asked behind it.
_UNABLE: Final = frozenset({"不能", "不能夠", "無法", "沒辦法", "沒法", "沒法子"})
_PARTICLE: Final = re.compile(r"[嗎ㄇ]")
_A_NOT_A: Final = 3
_EITHER: Final = re.compile(r"([^不])不\1|有沒有|是否|能否|可否|有無")
_ASKED: Final = re.compile(
    r"誰|多少|什麼|甚麼|啥|哪|怎|如何|有何|何[人時種者]|為何|多久|幾[家間攤個成年月天%]"
)
_STRONG: Final = re.compile(r"一定|必|非|絕對|永遠|終身|一輩子|硬性|強制|全部都|鐵定|一律|凡是|通通|任何")
# 「B類要比A類多嗎」 asks how two differ; 「比8家少」 names a figure.
_COMPARES: Final = re.compile(r"比(?![例較重])[^,。?!;0-9一二兩三四五六七八九十]{1,8}?[多少高低嚴鬆寬]")

_WH: Final[tuple[tuple[str, str], ...]] = (
    ("why", r"為什麼|為何(?![人者時?。!~ ]|$)|為啥|幹嘛|憑什麼|怎麼會|原因|理由|是何道理|有什麼用意"),
    ("differ", r"差在|差別|差異|不同|不一樣|區別|哪裡不|分別是什麼|怎麼分|怎麼區分|比較"),
    ("who", r"誰|哪(?:一)?(?:個|位|些)?(?:人|單位|方)|什麼人|何[人者]|由哪|哪種(?:人|公司|單位)|啥人|who"),
    ("long", r"幾(?:個)?年|多久|多長|幾個?月|幾天|期限|期間"),
    ("many", r"幾[家間攤個店成%趴戶位]|多少|最[少多低高]要?幾?|至少|上限|下限|門檻|比例|[家間店戶]數|幾(?=[?\s]|$)"),
    ("when", r"什麼時候|何時|幾時|哪時|啥時|什麼(?:情況|狀況|情形)|哪些(?:情況|狀況|情形)|到哪天|when"),
    ("then", r"會怎樣|會怎麼樣|會不會(?:怎樣|怎麼樣|有事|出事)|怎麼辦|後果|下場|怎麼處[理罰置]|會如何|什麼影響|罰則|處分|怎麼罰|會被怎|會發生什麼|要負什麼|怎麼樣\?|咋辦|按怎"),
    ("how", r"怎麼|如何|怎樣|方式|辦法|咋"),
    ("what", r"有何|為何(?=[?。!~ ]|$)|何種|什麼|甚麼|哪[些幾個一種裡]|啥|條件|項目|資格|重點|內容|面向|意思|定義|what"),
)  # fmt: skip
# 「誰都可以」 「什麼都要」 ask for yes or no; 「您知道要幾家嗎」 does not.
_ANY: Final = re.compile(r"(?:誰|什麼|哪[些個裡]?|幾[家間個]|多少|怎麼|怎樣).{0,8}都")
_TELL: Final = re.compile(
    r"(?:知道|曉得|清楚|了解|告訴我?|說明|解釋|講|請教|請問)(?=.{0,30}(?:誰|幾|多少|什麼|哪|怎|如何|為何))"
)
MASK: Final = "█"


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """
    What a question asks for.

    `verb` is that of a yes or no (may must will is have count enough same), else "" and `wh` says what is asked;
    `denied`: the verb stands negated (「不能…嗎」); `claim`: something heard is to be confirmed; `strong`: 一定;
    `text` is the folded question without asides, `bare` the same with the verb masked, where an act's own negation
    is looked for; `place` is where the verb stands in it.
    """

    verb: str
    wh: tuple[str, ...]
    denied: bool
    claim: bool
    strong: bool
    text: str
    bare: str = ""
    place: int = 0


def form_of(folded: str) -> QuestionForm | None:
    """The form of a folded question; None if it is neither a yes-or-no nor a wh-question."""
    folded = _first_choice(folded)
    if _COMPARES.search(folded):
        return QuestionForm("", ("differ",), denied=False, claim=False, strong=False, text=folded)
    wh = tuple(name for name, words in _WH if re.search(words, folded))
    claim = _CLAIM.search(folded) is not None
    asks = claim or (_YES_NO.search(folded) and "會不會怎" not in folded)
    if wh and (_TELL.search(folded) or not asks or not _indefinite(folded)):
        return QuestionForm("", wh, denied=False, claim=False, strong=False, text=folded)
    if not asks and not folded.rstrip().endswith("?"):
        return None
    text = _masked(_CLAIM, _masked(_ASIDE, folded))
    verb, place = _verb(text)
    claim = claim or (verb == "is" and "吧" in folded)
    strong = _STRONG.search(text) is not None
    start, end = place
    bare = _masked(_EMBEDDED, f"{text[:start]}{MASK * (end - start)}{text[end:]}")
    if verb == "is" and not claim and not _YES_NO.search(folded):
        return None
    return QuestionForm(
        verb.removeprefix("not "), wh, verb.startswith("not "), claim, strong, text, bare, start
    )


def asked_words(folded: str) -> str:
    """The words of a folded question that ask, to ask the same of something else: 「可以…嗎」, 「會怎樣」; "" for none."""
    form = form_of(folded)
    if form is None or form.verb == "is":
        return ""
    if form.verb:
        masked = form.bare[form.place :]
        return f"{form.text[form.place :][: len(masked) - len(masked.lstrip(MASK))]}嗎"
    found = re.search(dict(_WH)[form.wh[0]], folded)
    return found[0] if found else ""


def _first_choice(folded: str) -> str:
    """「要自己想嗎,還是聽顧問的就好」 asks the first and names the second."""
    first = re.split(r"[,。?!;]?還是", folded)[0]
    return first if first != folded and _YES_NO.search(first) else folded


def _indefinite(folded: str) -> bool:
    """Whether the words of a wh-question are none here: 「誰都可以嗎」, 「會看怎麼做嗎」, but not 「有什麼條件嗎」."""
    if re.search(r"有(?:什麼|哪些|啥|何)|是(?:什麼|誰)|一次列|全部列|請完整列", folded):
        return False
    return any(words.search(folded) for words in (_PARTICLE, _EITHER, _ANY)) or not _ASKED.search(folded)


def _commas(text: str) -> int:
    """How far a place is from the end of the question, in clauses."""
    return len(re.findall("[,。?!;](?=.)", text))


def _masked(words: re.Pattern[str], text: str) -> str:
    return words.sub(lambda found: MASK * len(found[0]), text)


def _verb(text: str) -> tuple[str, tuple[int, int]]:
    """The verb that is asked about and its place: the surest kind, and of these the first; 是 at the end if there is none."""
    found: list[tuple[int, int, int, str]] = []
    # 「會看能不能走下去嗎」: where 嗎 asks, 「能不能」 stands inside of what is asked.
    asked_by_particle = _PARTICLE.search(text) is not None
    for verb, words, sureness in _MODALS:
        weight = 0 if sureness == _A_NOT_A and asked_by_particle else sureness
        for match in re.finditer(words, text):
            if not any(start < match.end() and match.start() < end for _, start, end, _ in found):
                found.append((-weight, match.start(), match.end(), verb))
    told = [start for _, start, end, verb in found if verb == "not may" and text[start:end] in _UNABLE]
    asked = [start for _, start, _, verb in found if verb == "may"]
    found = [one for one in found if one[1] not in told or max(asked, default=-1) < one[1]]
    _, _, end, start, verb = min(
        ((weight, _commas(text[end:]), -end, start, verb) for weight, start, end, verb in found),
        default=(0, 0, -len(text), len(text), "is"),
    )
    end = -end
    return verb, (start, end)
