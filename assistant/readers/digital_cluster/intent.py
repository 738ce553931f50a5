"""
Folded text -> what is asked of the eligibility tool, and the kind of application named.

A question about something else (documents, dates, money) is not one for the
tool, even if numbers stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.readers.digital_cluster.how_many import how_many
from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention
from assistant.reading.reading import SHARE, VERDICT, WHICH

PRESENTER: Final = "presenter"

_TRACK: Final = re.compile(
    r"(?:track|type|category|class|類別|類型|類)\s?[:=]?\s?([ab])(?![a-z])|(?<![a-z])([ab])\s?類|"
    r"(?:報|走|用|選|申請|送|可以?|能|行|換成?|改|想報)\s?([ab])(?![a-z])"
)
_BOTH: Final = re.compile(r"[ab]\s?類?\s?(?:還是|或是|或|、|/|跟|和|與|,)?\s?[ab]\s?類")
_INSTEAD: Final = re.compile(r"換成?|改|不是|不行|不要|不過|不能|那|之前|原本|手滑|寫錯|打錯")
_NEW_CLUSTER: Final = re.compile(
    r"(?:第一次|首次|頭一次|初次)(?:要|來|想)?(?:申請|報名?|參加)(?:你們的?|這個)?(?:數位)?群聚|(?:第一次|首次)?(?:組成|籌組|組|成立|集結|揪成|湊成)(?:一個|新的|個)*群聚|(?:第一次|首次|頭一次)(?:要|來|想|自己)?(?:組|湊|揪)(?:團|隊)?(?=[,。;!?\s]|$)|第一次做群聚|(?:報|申請|辦)第一次|申請群聚|群聚申請|新群聚|(?:第一次|首次)(?:要|來|想)?(?:申請|報名|提案)|form a (?:new )?cluster"
)
_DEADLINE: Final = r"(?:什麼時候|何時|多久|幾時|哪時|哪一?年|幾年|多少年|哪一天|為止|到啥時|when|how long)"

_TRACKING: Final = re.compile(
    rf"(?:追蹤|管考).*(?:{_DEADLINE}|還要|還需|要不要)|{_DEADLINE}.*(?:追蹤|管考)", re.DOTALL
)
_BAN_END: Final = re.compile(
    rf"(?:{_DEADLINE}|等多久|要等).*(?:申請|提案|報名|參加|來|送件|再|apply)|(?:幾|多少)個?(?:月|年)(?:後|以後|之後)?才(?:能|可以)",
    re.DOTALL,
)
_LEAST: Final = re.compile(r"(?:總家數|總數|成員數|家數|全部|成員).{0,6}(?:至少|最少|要).{0,4}多少")
_LEAST_ENGLISH: Final = re.compile(r"minimum|at least how many|how many .*(?:need|enough)")
_PRESENTER: Final = re.compile(
    r"(?:簡報|報告).*(?:誰|什麼人|可以由|可不可以由|代替|代打|派|找人)|(?:誰|由誰|什麼人).*(?:簡報|報告)",
    re.DOTALL,
)
_SHARE: Final = re.compile(
    r"(?:比例|占比|比率|占)(?:是|有|為|會|算|這樣)*(?:多少|幾)|百分之幾|(?:幾|多少)\s?[%趴]|幾成|what (?:share|percentage)|(?:超過|超出|大於|小於|符合|在)(?:30\s?[%趴]|三成|百分之三十)(?:以內)?[嗎了沒?]"
)
_WHICH: Final = re.compile(
    r"哪一?[類種個](?!月)|(?:[ab]類?(?:還是|或|、|跟|和)[ab]類?).*(?:可以|比較|都|適合|好|\?|嗎)|which track"
)
_VERDICT: Final = re.compile(
    r"(?:可不可以|可以|能不能|能否|可否|能|得|敢會使|還能|是否(?:可以?|能)?|可|行)(?:再|先|現在|用|走|以|來|去|就|直接|請|我們|一起|還|依|就|也|照|重新|繼續|這樣|參與)*(?:[ab]類?|群聚)?(?:資格|的)?(?:來|再|而)?"
    r"(?:提出)?(?:申請|報名|報|提案|送件|送|投案|投|參加|參選|組|嗎|ㄇ|吧|申請嗎|來|過|行|成立)(?!.{0,6}(?:多少|幾次|什麼|哪|方式|期限|費|文件|流程|表))"
    r"|可以嗎|可以吧|可不可以|可以不可以|可\s?[ab]|可行|行不行|行嗎|(?:[ab]類|群聚)\s?(?:可以|可|行|能|ok|呢|\?)|ok\s?(?:嗎|不|\?)|ok\?|夠不夠|夠了?嗎|夠了?沒|夠格|會過嗎|會過|[過報送]得[了成]|過不過|過得去|能過|"
    r"符不符合|符合.*(?:嗎|\?|吧)|是否符合|合不合|合乎|有沒有資格|有資格|資格嗎|達標|合格|會不會(?:過|被|卡|不行|不過|超|太)|卡關|敢會使|有機會嗎|還是不行|(?:資格|條件|規定)?(?:是否|不知是否)?相符|超過了?[嗎沒]|算不算|超標|有沒有超過|沒問題[吧嗎]|有問題嗎|(?:算|會)?過吧|就可以了?嗎|就行了?嗎|可以了[嗎沒]|ok嗎|[可得]否|可不行"
    r"|can (?:we|i|our|a|the)\b[^.?]*(?:apply|join|qualify)|are we (?:eligible|ok|allowed)|eligible|qualif|do we meet|is (?:this|that|it) (?:ok|enough)"
)
# 「我們想報名,有6家」 asks, though nobody says so.
_INTENDS: Final = re.compile(
    r"(?:想要?|要|打算|準備|預計|擬)(?:來|再|一起|直接|去|用|走|以|帶.{0,6}|第一次|首次|[ab]類|\s)*(?:報名?|申請|提案|參加|送件|組(?:成)?群聚)"
)
_PLATFORM: Final = re.compile(r"平台|數位擴散")
_CLUSTER: Final = re.compile(r"群聚|[ab]\s?類|輔導過")
# 「有幾家沒輔導過,行不行」 asks of the case; how many they are it does not say.
_SOME_FEW: Final = re.compile(
    r"(?<![可能該要得])有幾[家間攤戶個][^,。;!?\n]*[,。;\s]+(?:這樣|那|還)?(?:行不行|行嗎|可以嗎|可不可以|能過嗎|符合嗎|會過嗎)"
)
_POLAR: Final = re.compile(
    r"嗎|無\s?[?!。]|[?]|是否|得否|能否|可否|與否|有沒有|有無|吧[?。!]?\s*$|請(?:判定|釋示?|核示|惠予確認|協助確認|幫我算|幫忙算)|go or no"
)
_WH: Final = re.compile(
    r"(?<!沒)(?<!沒有)(?<!不是)(?<!憑)什麼|哪|誰|多少|(?<![\d十百好跟和])幾|(?<!任)何|(?<!不)怎麼|如何|為啥|咋|how|what|who|when|where|why"
)
_CLAUSE: Final = re.compile(r"[^,。;!?\n]+[,。;!?\n]*")
# The last clause of a message that only changes the scene: 「那再加4家呢」 「B類?」.
_WHAT_IF: Final = re.compile(
    r"(?:^|[,。;!\n])(?=[^,。;!\n]*(?:[\d一二兩三四五六七八九十百]|[ab]\s?類|輔導|群聚|登記|這樣|現在(?:呢|可以|能|行)))(?![^,。;!\n]*(?:什麼|哪|誰|多少|何|怎麼[^樣]))[^,。;!\n]*(?:呢|\?|咧|會怎樣|怎麼樣)\s*$"
)
_STRONG: Final = re.compile(
    r"嗎|(?<!憑)什麼|怎麼|如何|哪|誰|多少|(?<![\d十百好跟和])幾|何時|是否|ㄇ|how|what|who|when|where"
)
_QUESTION: Final = re.compile(rf"{_STRONG.pattern}|\?|呢|吧$")
_UNSURE: Final = re.compile(r"(?:不確定|不知道|不清楚|不曉得|忘了)[^,。;!?\n]*")
_OTHER: Final = re.compile(
    r"文件|資料要|準備|流程|步驟|怎麼(?:報|申請|寫|填|送|準備|計算|算)|如何(?:報|申請|寫|填|送|計算)|補助|經費|多少錢|費用|截止|期限|簡報|計畫書|評分|評選|審查|轉包|分包|"
    r"在哪|網址|電話|聯絡|領導企業|提案單位|怎樣算|怎麼認定|什麼意思|為什麼|定義"
)


def track(folded: str) -> tuple[str, int, int] | None:
    """The kind of application and its place; None if none or more than one is named."""
    found = [(next(part for part in match.groups() if part), match) for match in _TRACK.finditer(folded)]
    if len({letter for letter, _ in found}) > 1 and (_BOTH.search(folded) or not _INSTEAD.search(folded)):
        return None
    if found:
        letter, match = found[-1]
        return f"{letter.upper()}類", match.start(), match.end()
    new = _NEW_CLUSTER.search(folded)
    return ("群聚", new.start(), new.end()) if new else None


def asks(folded: str, groups: Sequence[Group], *, coached: bool, gave_up: bool, changes: bool) -> str | None:
    """
    What is asked, or None.

    Args:
        folded: the message.
        groups: its numbers with their words; 幾家 is one.
        coached: it tells how many were coached.
        gave_up: it tells of giving up.
        changes: it changes a scenario or names a kind of application.
    """
    counted = next((one for one in groups if one.number is not None and _asked(folded, one.number)), None)
    if counted is not None and _SOME_FEW.search(folded):
        return VERDICT
    if counted is not None and counted.number is not None and not _of_time_or_person(folded, gave_up=gave_up):
        return how_many(folded, counted, counted.number, coached=coached)
    rules: tuple[tuple[bool, str | None], ...] = (
        (_TRACKING.search(folded) is not None, "tracking_end"),
        (gave_up and _BAN_END.search(folded) is not None, "ban_end"),
        (_PRESENTER.search(folded) is not None, PRESENTER),
        (_LEAST.search(folded) is not None, "min_members"),
        (_LEAST_ENGLISH.search(folded) is not None, "min_members" if coached else None),
        (_WHICH.search(folded) is not None and re.search(r"類|track", folded) is not None, WHICH),
        (_SHARE.search(folded) is not None, SHARE),
        (_VERDICT.search(folded) is not None, WHICH if _two_tracks(folded) else VERDICT),
        (changes and _WHAT_IF.search(folded) is not None and _OTHER.search(folded) is None, VERDICT),
    )
    intends = _INTENDS.search(folded) is not None and _QUESTION.search(folded) is None
    return next((ask for holds, ask in rules if holds), VERDICT if intends else None)


def _asked(folded: str, number: Mention) -> bool:
    """Whether 幾家 asks; 「幾個股東鬧意見,我們就不做了。」 tells."""
    return number.kind == "asked" and re.match(r"[^。!?;\n]*了[。!]", folded[number.end :]) is None


def asks_of_a_case(folded: str) -> bool:
    """Whether a message that tells a case asks yes or no of it, in whatever words, and nothing else."""
    asking = [one for one in _CLAUSE.findall(folded) if _STRONG.search(one) or _POLAR.search(one)]
    return bool(asking) and not any(
        _POLAR.search(one) is None or _WH.search(one) or _OTHER.search(one) for one in asking
    )


def _of_time_or_person(folded: str, *, gave_up: bool) -> bool:
    """Whether 幾 is of years, or who presents is asked."""
    patterns = (_TRACKING, _PRESENTER, *((_BAN_END,) if gave_up else ()))
    return any(pattern.search(folded) for pattern in patterns)


def _two_tracks(folded: str) -> bool:
    """Whether both tracks are named and neither is chosen."""
    return len({found[1] for found in re.finditer(r"([ab])\s?類", folded)}) > 1 and track(folded) is None


def asks_something_else(folded: str, asked: str | None, *, numbers: bool) -> bool:
    """Whether the message asks, but not for eligibility; 「15家呢」 with a number left over may be for it."""
    # The text sets no minimum for platforms: their shops are no members.
    of_platforms = _PLATFORM.search(folded) is not None and _CLUSTER.search(folded) is None
    if asked == PRESENTER or of_platforms:
        return True
    if asked is None:
        question = _STRONG if numbers else _QUESTION
        return question.search(_UNSURE.sub("", folded)) is not None
    found = _VERDICT.search(folded) if asked == VERDICT else None
    if found is None:
        return False
    start = max(folded.rfind(mark, 0, found.start()) for mark in ",。;!?\n") + 1
    return _OTHER.search(re.split(r"[,。;!?\n]", folded[start:])[0]) is not None
