"""The facts of an invented grant, for the reader that knows no programme."""

from __future__ import annotations

from typing import Final

from assistant.eligibility.rule_file import parse_rules
from assistant.eligibility.rules import RuleBook

FACTS: Final = """
[[fact]]
name = "capital"
label = "資本額"
type = "money"
question = "資本額多少？"
words = ["資本"]
[[fact]]
name = "staff"
label = "員工人數"
type = "people"
question = "員工幾人？"
words = ["員工"]
[[fact]]
name = "total"
label = "總經費"
type = "money"
question = "總經費多少？"
words = ["總共花", "預算"]
[[fact]]
name = "own"
label = "自籌款"
type = "money"
question = "自籌多少？"
part_of = ["total"]
words = ["自籌", "自己出"]
[[fact]]
name = "own_share"
label = "自籌比例"
type = "share"
question = "自籌比例多少？"
part_of = ["total"]
part = "own"
words = ["自籌", "自己出"]
[[fact]]
name = "seat"
label = "登記地"
type = "choice"
question = "設在哪裡？"
choices = { "本市" = ["青埔"], "外縣市" = ["外地"] }
[[fact]]
name = "arrears"
label = "欠稅"
type = "yes_no"
question = "有欠稅嗎？"
[[fact]]
name = "filed"
label = "送件日"
type = "date"
question = "哪一天送件？"
words = ["送件"]
[[fact]]
name = "age"
label = "成立多久"
type = "months"
question = "成立多久？"
event = "founding"
words = ["成立", "開店"]
[[fact]]
name = "founded"
label = "成立的年度"
type = "year"
question = "哪一年成立？"
event = "founding"
words = ["成立", "開店"]
"""
RULES: Final = """
[[subject]]
name = "補助"
track = true
eligible = "符合"
ineligible = "不符合"
unknown = "還不知道"

[[rule]]
id = "capital"
subject = "補助"
clause = "1/s1"
quote = "資本額一千萬元以下"
title = "資本額"
met = "{reading}"
not_met = "{reading}"
unknown = ""
[rule.condition]
kind = "threshold"
of = "capital"
sign = "<="
limit = "一千萬元"
by = "以下"

[[rule]]
id = "own"
subject = "補助"
clause = "1/s2"
quote = "自籌款不得低於總經費50%"
title = "自籌款"
met = "{reading}"
not_met = "{reading}"
unknown = ""
[rule.condition]
kind = "share"
part = "own"
whole = "total"
share = "own_share"
sign = ">="
limit = "50%"
by = "不得低於"

[[rule]]
id = "filed"
subject = "補助"
clause = "1/s3"
quote = "115年6月30日前送件"
title = "送件日"
met = "{reading}"
not_met = "{reading}"
unknown = ""
[rule.condition]
kind = "not_after"
of = "filed"
date = "115年6月30日"
included = "open"
by = "前"

[[ask]]
name = "least_own"
find = "least"
unknown = "own"
head = "至少要自籌 {number}。"

[[ask]]
name = "deadline"
find = "until"
rule = "filed"
words = ["送件"]
"""
BOOK: Final[RuleBook] = parse_rules(RULES, FACTS, "grant")
