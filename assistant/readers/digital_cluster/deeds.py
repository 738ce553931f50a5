"""
The words of a text that name giving up a contract with the government, or not finishing it.

Each clause that names such a deed tells it, denies it, or leaves it open; what somebody else did is
none of ours. 「可以中途退出嗎」 and 「放棄的話會怎樣」 state nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from assistant.reading.mentions import Mention
from assistant.reading.numerals import CHINESE

_SENTENCE: Final = re.compile(r"[^。;!?\n]+[。;!?\n]*")
_CLAUSE: Final = re.compile(r"(?:[^,、:()。;!?\n ]|(?<=[a-z]) (?=[a-z]))+")

# --- what names the deed: by itself, or beside a contract
_END: Final = r"(?:完成?|結束|收尾)"
_WILL: Final = r"(?:[想要再肯續]|願意?|打算)"
_ALONE: Final = (
    r"放棄|棄[案約權標]|半途|爛尾|落跑|退堂鼓|[解毀]約|解除(?:了)?(?:契約|合約)|[終中]止(?:了)?[^,]{0,6}(?:合約|契約|輔導|計畫)|"
    r"退出(?!(?:公司|市場|群組|團隊|協會|社團|群聚)(?!輔導|計畫))|中途(?:離開|喊停)|喊停(?:合約|契約|輔導)|喊卡|收攤不做|(?:沒有?|未|無法)(?:能夠?|順利|如期)*結案|"
    r"gave up|dropped out|withdrew|did not finish"
)
_BESIDE: Final = (
    rf"做[到無]一半|退(?:[掉約了案]|(?=$))|撤(?:掉|案|了)|停(?:[掉止了]|(?=$))|喊停|斷(?:掉|了)|收(?:掉|手|攤|起來)|丟(?:下|著|掉)|抽[身手]|反悔|中斷|終止|中止|跑[掉了路]|跑人|不了了之|擱[著下]|"
    rf"(?<![還尚])(?:沒有?|未)(?:能夠?|[有法]|辦法|順利|如期|把)*(?:做|執行|履行|[跑走弄辦])?{_END}|"
    rf"不{_WILL}*(?:做|幹|玩|弄|搞|辦|參加|參與|繼續|配合)(?:下去|[了矣]|(?=$|的$))|[做撐]不下去"
)
_DEED: Final = re.compile(rf"(?P<alone>{_ALONE})|{_BESIDE}")
_CONTRACT: Final = re.compile(
    r"政府|簽[了約好過下]|合約|契約|結案|輔導[案約]|[部局府署會]的?[^,]{0,4}(?:計畫|(?<!專)案)"
)
_SIGNED_IT: Final = re.compile(r"取消|撤銷|追回|簽[了好過]|簽都簽|簽約(?=[^,]{0,4}[了後過])")
# What a contract came to, other than being given up.
_CAME_TO: Final = re.compile(
    r"結案|結[了掉束]|[走做撐弄跑]完|收尾|完成|[受做導加上]過|登記|紀錄|通過|核定|正在|正常|順|履行|執行|進行|還在|目前|剛簽|[沒未無不][有曾]*(?:任何|哪|欠|跟|和|與|棄|簽)"
)
_ASKS: Final = re.compile(r"嗎|\?|什麼|怎麼|多少|哪|幾|是否|如何|要不要|會不會")
# Who applies again speaks of what he applied for.
_AGAIN: Final = re.compile(r"[再重][次新度]?來?(?:申請|報|提案|送件)")
_WORK: Final = re.compile(r"計畫|案子|輔導案")

# --- who
_OTHERS: Final = r"(?<![跟和與被給幫向])(?:隔壁|別人|人家|朋友|同業|同名|對面|他們|別[家團區]|別的(?:群聚|店|公司)|另外?一?[家間個]?[^,]{0,4}(?:公司|群聚|商圈|協會|團隊))"
_THEIRS: Final = re.compile(_OTHERS)
_IS_THEIRS: Final = re.compile(rf"[那這其實都放棄者的]*[是係][^,]{{0,2}}{_OTHERS}")
_OURS: Final = re.compile(r"我(?!朋友|同學|鄰居)|阮|咱|自己|家己|本[會公協商店群團]|敝|提案單位|當事人")
_SOME: Final = re.compile(
    rf"[\d{CHINESE}幾]+\s?(?:[家間攤戶店]|[個位名](?=成員|夥伴|店家|業者|會員))(?!月)|有[人些的]|股東|合夥人|[那某][家間]|其中|(?:成員|店家|業者|會員|夥伴)[都也就又已經]*$"
)

# --- whether
_NO: Final = r"(?<!有)(?:沒有?|未曾?|不曾|從未|無)"
_BETWEEN: Final = (
    r"(?:從來|任何人|人|有|過|曾|中途|主動|自己|真的|隨便|任何|跟|和|與|把|政府|的|之|計畫|案子?|合約|契約|輔導|簽|約|又|就|而|後|什麼|一次|[或及也亦且、]|未結案|"
    r"放棄|半途|落跑|退出|解約|不做了)*"
)
_DENIED: Final = re.compile(
    rf"(?P<not>不能說|不敢說|不是|並非|難說|不算|不可能)?(?:從來|從|都|也)*{_NO}{_BETWEEN}$|(?<!是)不是(?:我們?|自己){{1,2}}$"
)
_DENIED_AFTER: Final = re.compile(
    r"(?:過|紀錄|記錄|情形|情事|的事?|政府|計畫|案|或|未結案|放棄)*[都也均皆是一概完全]*(?:沒有?|無|否)(?:過|$)"
)
_NEARLY: Final = re.compile(
    r"差一?點|險些|本來想|一度|原本想|勸|考慮|猶豫|擔心|以免|避免|(?:不敢|[想要會]|願意?|打算|準備)(?:中途|主動|隨便|自己)*$"
)
_SUPPOSED: Final = re.compile(
    r"如果|若|要是|萬一|假[如設]|會不會|要不要|可不可以|可以(?:中途)?$|能不能|能(?:中途)?$|不[會能得可](?:中途|主動)*$|怎麼"
)
_SUPPOSED_AFTER: Final = re.compile(r"的話|會怎|會被|會不會|不得|不[能可]|怎麼辦")
# 「本來要放棄,後來還是結了案」
_FINISHED: Final = re.compile(r"(?:其實|後來|最後|還是)[^,沒未]{0,6}(?:結了?案|[做撐走]完)")
_UNSURE: Final = re.compile(
    r"有沒有|有無|是否|是不是|好像|可能|應該|不確定|不知道|不記得|忘了|印象中|不能說|不敢說|難說"
)
_PAST: Final = re.compile(r"[了過前]|之前|曾|當時|後來|結果|以前|上次|簽約|自己|主動|的事|去年|今年|所以|矣")
_BY_ONESELF: Final = re.compile(r"(?:自己|家己|主動|自願|自行)[^,]{0,8}$")
_OWN_WILL: Final = re.compile(r"嫌|懶得|受不了|反悔|收手|退堂鼓|(?<!是)不[想願]|自己的(?:意思|決定|意願)")

Told = Literal["done", "denied", "open"]


@dataclass(frozen=True, slots=True)
class Deed:
    """Words that name giving up at text[start:end], their clause and sentence, and what is told of it."""

    start: int
    end: int
    clause: tuple[int, int]
    sentence: tuple[int, int]
    told: Told
    own: bool


def deeds(folded: str, times: Sequence[Mention]) -> Iterator[Deed]:
    """The deeds that the text names of ours; one of the weaker words only beside a contract."""
    contract, again = False, _AGAIN.search(folded) is not None
    for sentence in _SENTENCE.finditer(folded):
        words = sentence.group()
        # A contract of the sentence before is still spoken of.
        earlier, contract = contract or again, _CONTRACT.search(words) is not None
        dated = any(sentence.start() <= time.start < sentence.end() for time in times)
        clauses = list(_ours(folded, sentence))
        for clause in clauses:
            yield from _named(sentence, clause, beside=contract or earlier, dated=dated)
        signed = dated or _SIGNED_IT.search(words)
        if signed and contract and not (_DEED.search(words) or _CAME_TO.search(words)):
            # 「今年四月跟政府簽了約,我們臨時抽腿」: what became of it is not understood.
            spoken = (one for one in clauses if _CONTRACT.search(one.group()))
            lost = [
                one.span() for one in spoken if not (_ASKS.search(one.group()) or _SOME.search(one.group()))
            ]
            yield from (Deed(*place, place, sentence.span(), "open", own=False) for place in lost)


def _ours(folded: str, sentence: re.Match[str]) -> Iterator[re.Match[str]]:
    """The clauses of a sentence that do not speak of somebody else."""
    theirs = False
    for clause in _CLAUSE.finditer(folded, *sentence.span()):
        others = [found.end() for found in _THEIRS.finditer(clause.group())]
        ours = [found.start() for found in _OURS.finditer(clause.group())]
        if others or ours:
            theirs = max(others, default=-1) > max(ours, default=-1)
        if not theirs and not _IS_THEIRS.match(folded, clause.end() + 1):
            yield clause


def _named(sentence: re.Match[str], clause: re.Match[str], *, beside: bool, dated: bool) -> Iterator[Deed]:
    words, said = sentence.group(), clause.group()
    for deed in _DEED.finditer(said):
        start, end = clause.start() + deed.start(), clause.start() + deed.end()
        if not (deed["alone"] or beside or _WORK.search(said)) or _FINISHED.search(
            sentence.string, end, sentence.end()
        ):
            continue
        told = _told(said, deed, past=dated or _PAST.search(words) is not None, dated=dated)
        own = _BY_ONESELF.search(said[: deed.start()]) or _OWN_WILL.search(words)
        if told is not None:
            yield Deed(start, end, clause.span(), sentence.span(), told, own is not None)


def _told(said: str, deed: re.Match[str], *, past: bool, dated: bool) -> Told | None:
    """What a clause makes of the deed that it names; None if it states nothing."""
    before, behind = said[: deed.start()], said[deed.end() :]
    denied = _DENIED.search(before)
    if denied or _DENIED_AFTER.match(behind):
        asked = re.search(r"如果|若|嗎|算不算", said)
        return "open" if denied and denied["not"] else None if asked else "denied"
    if _SOME.search(before) or _SOME.match(behind.lstrip("了 ")):
        # One of them broke off; whether that bars all of them the text does not say.
        return "open" if past and _CONTRACT.search(said) else None
    supposed = _SUPPOSED.search(before) or _SUPPOSED_AFTER.search(behind)
    if _NEARLY.search(before) or (supposed and not dated) or not past:
        return None
    return "open" if _UNSURE.search(before) else "done"
