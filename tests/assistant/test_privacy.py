"""Personal data are masked, and the numbers that applicants ask about are not."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy import mask, masked_kinds

# The values of 內政部's table, written out here as a second source.
LETTER_VALUES = {
    "A": 10, "B": 11, "C": 12, "D": 13, "E": 14, "F": 15, "G": 16, "H": 17, "I": 34, "J": 18, "K": 19, "L": 20, "M": 21,
    "N": 22, "O": 35, "P": 23, "Q": 24, "R": 25, "S": 26, "T": 27, "U": 28, "V": 29, "W": 32, "X": 30, "Y": 31, "Z": 33,
}  # fmt: skip
CHINESE = st.text(alphabet="我的想申請補助案公司統編號電話,。 ", max_size=8)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@st.composite
def identities(draw: st.DrawFn, second: str) -> str:
    """An identity number with the right check digit, whose second character is one of `second`."""
    letter = draw(st.sampled_from(string.ascii_uppercase))
    marker = draw(st.sampled_from(second))
    digits = draw(st.lists(st.integers(0, 9), min_size=7, max_size=7))
    tens, ones = divmod(LETTER_VALUES[letter], 10)
    first = int(marker) if marker.isdigit() else LETTER_VALUES[marker] % 10
    total = tens + 9 * ones + 8 * first
    total += sum(weight * digit for weight, digit in zip(range(7, 0, -1), digits, strict=True))
    return f"{letter}{marker}{''.join(map(str, digits))}{-total % 10}"


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    """A mobile number of Taiwan in a form that people write."""
    digits = draw(st.text("0123456789", min_size=8, max_size=8))
    form = draw(
        st.sampled_from(
            [
                "09{}{}", "09{}-{}", "09{}-{}-{}", "09{} {} {}", "09{}.{}.{}", "(09{}){}", "09{}–{}–{}",
                "+8869{}{}", "+886 9{} {} {}", "+886-9{}-{}-{}", "(+886)9{}-{}", "+886(0)9{}{}",
                "+886 09{}{}", "008869{}{}", "886-9{}-{}-{}", "8869{}{}",
            ]
        )
    )  # fmt: skip
    parts = [digits[:2], digits[2:5], digits[5:]] if form.count("{}") == 3 else [digits[:2], digits[2:]]
    return form.format(*parts)


@given(CHINESE, identities("12"), CHINESE)
def test_identity_numbers_are_masked(before: str, number: str, after: str) -> None:
    """A valid 身分證字號 is masked, in upper or lower case or full width."""
    for written in (number, number.lower(), number.translate(FULL_WIDTH)):
        assert mask(before + written + after) == f"{before}〔身分證字號〕{after}"


@given(CHINESE, identities("89ABCD"), CHINESE)
def test_resident_numbers_are_masked(before: str, number: str, after: str) -> None:
    """A valid 居留證號 is masked, in the format of today and in the one before 2021."""
    assert mask(before + number + after) == f"{before}〔居留證號〕{after}"


@given(identities("1289"), st.integers(1, 9))
def test_mistyped_identity_numbers_are_masked(number: str, by: int) -> None:
    """A number with the shape of an identity is masked also if its check digit is wrong: one digit is left to guess."""
    wrong = number[:-1] + str((int(number[-1]) + by) % 10)
    assert mask(wrong) in {"〔身分證字號〕", "〔居留證號〕"}


@given(identities("ABCD"), st.integers(1, 9))
def test_invoice_numbers_stay(number: str, by: int) -> None:
    """Two letters and eight digits whose check digit is wrong are the number of an invoice, and stay."""
    wrong = number[:-1] + str((int(number[-1]) + by) % 10)
    assert mask(wrong) == wrong


@given(
    st.sampled_from(["0987654327", "A123456789", "0223456789", "wang.xm@example.com", "4111111111111111"]),
    st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from("\u200b\u200d\u2060\u202e\u00ad\ufeff\u3164\ufe0f")),
        max_size=8,
    ),
)
def test_what_cannot_be_seen_hides_nothing(number: str, marks: list[tuple[int, str]]) -> None:
    """Zero-width and direction marks between its characters keep nothing from being masked."""
    written = number
    for at, unseen in marks:
        written = written[:at] + unseen + written[at:]
    assert mask(f"我是{written}").startswith("我是")
    assert not set("0123456789@") & set(mask(f"我是{written}"))


@given(CHINESE, mobiles(), CHINESE)
def test_mobiles_are_masked(before: str, number: str, after: str) -> None:
    """A mobile number is masked, whatever separators and country code it is written with."""
    assert mask(before + number + after) == f"{before}〔手機〕{after}"
    assert mask(number.translate(FULL_WIDTH)) == "〔手機〕"


@given(
    st.integers(0, 10**13),
    st.sampled_from(["元", "萬元", "億", "塊", "萬"]),
    st.sampled_from(["{}{}", "{:,}{}", "NT${}{}", "NT$ {:,}{}", "補助{} {}", "{}.5{}"]),
)
def test_money_stays(amount: int, unit: str, form: str) -> None:
    """An amount of money stays, however large and however written."""
    text = form.format(amount, unit)
    assert mask(text) == text


@given(
    st.text("0123456789", min_size=8, max_size=8),
    st.sampled_from(["統編{}", "統一編號:{} {}家", "{}", "{},{}人", "({})", "統編{} {}"]),
    st.integers(0, 9999),
)
def test_company_numbers_stay(number: str, form: str, count: int) -> None:
    """An 8-digit 統一編號 stays, also beside a count."""
    text = form.format(number, count)
    assert mask(text) == text


@given(st.lists(st.integers(0, 99_999), max_size=6), st.sampled_from(["、", ",", " ", "家", "年", "-", "/"]))
def test_counts_and_years_stay(numbers: list[int], between: str) -> None:
    """Counts, years and dates stay."""
    text = between.join(map(str, numbers))
    assert mask(text) == text


@given(st.emails(domains=st.sampled_from(["example.com", "mail.gov.tw", "a-b.co"])))
def test_email_hosts_do_not_survive(address: str) -> None:
    """Of an e-mail address, the host is never left."""
    masked = mask(f"寄到{address}謝謝")
    assert "@" not in masked
    assert masked.endswith("〔電子郵件〕謝謝")


@given(st.text(alphabet=st.one_of(st.sampled_from("09+886-. ()A123456789@.c市路號元"), st.characters())))
def test_masking_twice_changes_nothing(text: str) -> None:
    """Masking is finished after one call, for any text."""
    once = mask(text)
    assert mask(once) == once


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Nd"], exclude_characters="@＠一二三四五六七八九十百〇零")
    )
)
def test_text_without_digits_stays(text: str) -> None:
    """A text without digits and without an at sign is left exactly as it was, full width included."""
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("信箱 wang.xm+1@gmail.com 或 ab＠example．com", "信箱 〔電子郵件〕 或 〔電子郵件〕"),
        ("0912345678@gmail.com", "〔電子郵件〕"),
        ("王小明0912345678A123456789", "王小明〔手機〕〔身分證字號〕"),
        ("電話:(0912) 345-678,家裡另說", "電話:〔手機〕,家裡另說"),
        ("09-12345678", "〔手機〕"),
        ("09-1234-5678", "〔手機〕"),
        ("0912 34 56 78", "〔手機〕"),
        ("我在台北市大安區和平東路二段106巷3弄5號之1 3樓", "我在台北市大安區和平東路〔門牌〕 3樓"),
        ("臺南市中西區民權路12號5樓之3", "臺南市中西區民權路〔門牌〕"),
        ("店在中山路一段5號", "店在中山路〔門牌〕"),
        ("0987/654/327", "〔手機〕"),
        ("0 9 8 7 6 5 4 3 2 7", "〔手機〕"),
        ("0987 - 654 - 327", "〔手機〕"),
        ("手機零九八七六五四三二七", "手機〔手機〕"),
        ("〇九八七-六五四-三二七", "〔手機〕"),
        ("⓪⑨⑧⑦⑥⑤④③②⑦", "〔手機〕"),
        ("02/2345/6789", "〔市話〕"),
        ("A1 2345 6789", "〔身分證字號〕"),
        ("A123-456-789", "〔身分證字號〕"),
        ("王(at)gmail.com 或 wang [at] gmail [dot] com", "王(at)gmail.com 或 〔電子郵件〕"),
        ("wang小老鼠gmail.com", "〔電子郵件〕"),
        ("刷 4111 1111 1111 1111", "刷 〔卡號〕"),
        ("刷 4111111111111111", "刷 〔卡號〕"),
        ("信用卡 4311 9522 1234 5678", "信用卡 〔帳號〕"),
        ("匯到帳號:012-345678901234", "匯到帳號:〔帳號〕"),
    ],
)
def test_written_examples_are_masked(text: str, masked: str) -> None:
    """Personal data as people write them are masked, and the words around them are not."""
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "第7條第3點,A類要10家,B類要15家",
        "民國108年9月12日到109-12-31",
        "12家裡有4家三年內受過輔導,比例33.3%",
        "市場通路3號方案",
        "第二階段3號",
        "網路1號店",
        "1.0912345678",
        "案號09123456789",
        "AB1234567",
        "2024-0912",
        "我@你",
    ],
)
def test_written_examples_stay(text: str) -> None:
    """What only looks like personal data stays."""
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("電話(02)2345-6789分機12", "電話〔市話〕"),
        ("02-23456789 或 0223456789", "〔市話〕 或 〔市話〕"),
        ("04-2345-6789 找我", "〔市話〕 找我"),
        ("苗栗037-123456,南投049-2345678", "苗栗〔市話〕,南投〔市話〕"),
        ("+886-2-2345-6789", "〔市話〕"),
        ("(02) 2345 6789 #55", "〔市話〕"),
        ("０２－２３４５－６７８９", "〔市話〕"),
        ("南投縣埔里鎮中山村12鄰5號", "南投縣埔里鎮中山村〔門牌〕"),
        ("彰化縣鹿港鎮頂厝里38號之2", "彰化縣鹿港鎮頂厝里〔門牌〕"),
        ("No. 5, Sec. 2, Heping E. Rd., Taipei", "〔門牌〕, Sec. 2, Heping E. Rd., Taipei"),
        ("台北郵局第12-34號信箱", "台北郵局第〔信箱號碼〕信箱"),
    ],
)
def test_landlines_and_country_addresses_are_masked(text: str, masked: str) -> None:
    """A landline with its area code, a house in a village and a P.O. box are masked."""
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "統編12345678",
        "免費專線0800-012-345",
        "案號0223456789012",
        "108-09-12提案,02家退出",
        "035000000元",
        "共2,345,678元",
        "市場里3號方案",
        "02-1234-5678元",
        "計畫編號02-2024-12-31",
        "2026-11-22T17:14:05.266231Z",
        "0223456789ab",
    ],
)
def test_what_only_looks_like_a_landline_stays(text: str) -> None:
    """統一編號, money, dates, case numbers and public lines are no landline of a person."""
    assert mask(text) == text


def test_masked_kinds_are_told() -> None:
    """What was masked is told by kind, once each, in its order; brackets of citations are no kind."""
    masked = mask("王0912345678、0911222333,信箱a@b.tw,見〔1〕")

    assert masked_kinds(masked) == ("手機", "電子郵件")
    assert masked_kinds("我們12家") == ()


@pytest.mark.parametrize(
    "text",
    [
        "附件A1 12345678",
        "2021 2022 2023 2024",
        "3000 4000 5000 6000",
        "02/12/2024",
        "二〇二四年一月一日",
        "帳號 12345678",
        "帳戶裡有12345678901元",
        "補助二十家、一二三四五",
    ],
)
def test_what_only_looks_alike_stays(text: str) -> None:
    """Numbers of companies, years, days, amounts and counts stay, also where digits stand in groups."""
    assert mask(text) == text
