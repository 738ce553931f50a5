"""What the members of a cluster are called and counted by, and their age: pieces of patterns for folded text."""

from __future__ import annotations

from typing import Final

from assistant.reading.numerals import CHINESE
from assistant.reading.quantities import CountNouns

UNIT: Final = r"(?:家|間|攤|戶|店|個|[位名](?=成員|夥伴|店家|業者|會員|店主|老闆|頭家|.{0,6}輔導)|成員|夥伴|業者|廠商|隊員|會員|商家|企業)"
NOUN: Final = (
    r"(?:(?:的|小型?|微型?|老|在地|傳統|中小|其他)*"
    r"(?:成員|夥伴|店家|小店|業者|廠商|隊員|會員|商家|商號|企業|公司|民宿|攤商|攤位|攤販|攤|農戶|農家|餐廳|小吃店|餐飲店|店|工坊|工作室|商店|農場|果園|茶園|工廠|旅宿|麵店|商行|店[鋪舖]|咖啡店|咖啡館))"
)
_ENGLISH: Final = r"(?:members?|shops?|stores?|companies|company|business(?:es)?|firms?|stalls?|enterprises?|smes?|vendors?)"
# Numbers with these behind them count something else.
_OTHERS: Final = (
    r"\s?(?:的|大|小|外部|合作|不同)?(?:分店|總店|本店|旗艦店|門市|媒體|銀行|顧問|供應商|客戶|通路|平台|學校|機構|協會|房|教室|倉庫|人(?!.?[都有])|品牌|"
    r"據點|頭|當鋪|當店|裡人|族|長|庭|用|提案單位|(?<=個)(?:會(?!員)|面向|構面|指標|問號|月|人|員工|問題|群聚|[^,]{0,3}計畫|(?:政府|公家|[縣市]府)?案|類|條件|方案|提案|網站|重點|階段|年度|部分|地方|縣|鄉|鎮|村|步驟|禮拜|"
    r"星期|小時|鐘頭|字|產品|商品|系統|小孩|單位))"
)
NOUNS: Final = CountNouns(UNIT, NOUN, _ENGLISH, "coached", _OTHERS)
_N: Final = rf"[\d{CHINESE}]"
FOUNDED: Final = (
    r"(?P<founded_not>(?:都|也|並)?(?:不是|非|不算)新創(?:企業|公司|店)?|老店|成立(?:很久|多年|已久)|開很久|開了?(?:好幾|十幾|[二三四五六七八九]十)多?年)|(?:剛|才)?(?:成立|創立|開業|開店|設立|創業|開(?=了|\s?[\d一二三四五六七八九十兩]{1,3}\s?年(?!前)))(?:了|已經|已|大概|大約|約|滿|只有|才|也才|剛|至今){0,4}(?P<founded_hedge>不到|未滿|快|超過)?(?P<founded_years>"
    rf"{_N}{{1,9}})年(?P<founded_more>多|以上|以內|內|半)?|剛成立|新成立"
    rf"|(?P<founded_when>[\d一二三四五六七八九十兩]{{1,2}}\s?年前|大前年|前年|去年|今年|(?:民國|西元)?\s?{_N}{{2,4}}\s?年)(?:底|初|中)?(?:才|就|剛|是){{0,2}}(?:成立|創立|開業|開店|開的|創業|設立)(?!.{{0,4}}(?:協會|群聚))"
)
