"""What the members of a cluster are called and counted by: pieces of patterns for folded text."""

from __future__ import annotations

from typing import Final

from assistant.reading.quantities import CountNouns

UNIT: Final = r"(?:家|間|攤|戶|店|個|[位名](?=成員|夥伴|店家|業者|會員|店主|老闆|頭家|.{0,6}輔導)|成員|夥伴|業者|廠商|隊員|會員|商家|企業)"
NOUN: Final = (
    r"(?:(?:的|小型?|微型?|老|在地|傳統|中小|其他)*"
    r"(?:成員|夥伴|店家|小店|業者|廠商|隊員|會員|商家|商號|企業|公司|民宿|攤商|攤位|攤販|攤|農戶|農家|餐廳|小吃店|餐飲店|店|工坊|咖啡店|咖啡館))"
)
_ENGLISH: Final = r"(?:members?|shops?|stores?|companies|company|business(?:es)?|firms?|stalls?|enterprises?|smes?|vendors?)"
# Numbers with these behind them count something else.
_OTHERS: Final = (
    r"\s?(?:的|大|小|外部|合作|不同)?(?:分店|總店|本店|旗艦店|門市|媒體|銀行|顧問|供應商|客戶|通路|平台|學校|機構|協會|房|教室|倉庫|人(?!.?[都有])|品牌|"
    r"據點|頭|當鋪|當店|裡人|族|長|庭|用|提案單位|(?<=個)(?:會(?!員)|面向|構面|指標|問號|月|人|員工|問題|群聚|計畫|案|類|條件|方案|提案|網站|重點|階段|年度|部分|地方|縣|鄉|鎮|村|步驟|禮拜|"
    r"星期|小時|鐘頭|字|產品|商品|系統|小孩|單位))"
)
NOUNS: Final = CountNouns(UNIT, NOUN, _ENGLISH, "coached", _OTHERS)
