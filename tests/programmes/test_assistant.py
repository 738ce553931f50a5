"""A programme that is only a folder answers, computes, asks and turns its rules round."""

from __future__ import annotations

import pytest

from assistant.channels.service import Service
from assistant.domain import Answer, Outcome, Question

GRANT = "chenglan-shops"


def _ask(service: Service, message: str, before: Answer | None = None, programme: str = GRANT) -> Answer:
    session = before.session_id if before else None
    return service.assistants[programme].answer(Question(message, programme, session))


def test_answers(service: Service) -> None:
    """An everyday question gets its clause, verbatim."""
    answer = _ask(service, "請問要準備哪些文件送件")

    assert answer.outcome is Outcome.ANSWERED
    assert "申請書、計畫書" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("message", "decision", "said"),
    [
        ("資本額500萬，員工15個人，設在本市，開業三年，沒有欠稅，可以申請嗎", "eligible", "500 萬元"),
        ("資本額1億2000萬，員工15個人，設在本市，開業三年，可以申請嗎", "ineligible", "超出 2,000 萬元"),
        ("員工200人，設在本市，可以申請嗎", "ineligible", "200 人"),
        ("總經費200萬，自籌80萬，這樣可以嗎", "ineligible", "40%"),
    ],
)
def test_computes(service: Service, message: str, decision: str, said: str) -> None:
    """Money, people and shares are judged by the folder's rules, with the working and the clause."""
    answer = _ask(service, message)

    assert answer.verdict is not None
    assert answer.verdict.decision == decision
    assert said in answer.text
    assert answer.citations


def test_asks_one_after_another(service: Service) -> None:
    """What is missing is asked for, a bare reply at a time, until the verdict stands."""
    replies = {
        "registered_in": "本市",
        "capital": "300萬",
        "employees": "12",
        "established_on": "五年前",
        "tax_arrears": "沒有",
    }
    answer = _ask(service, "我們員工12人，可以申請嗎")
    for _ in replies:
        assert answer.verdict is not None
        if not answer.verdict.missing or answer.verdict.decision != "unknown":
            break
        assert answer.verdict.missing[0].question in answer.text
        answer = _ask(service, replies[answer.verdict.missing[0].fact], answer)

    assert answer.verdict is not None
    assert answer.verdict.decision == "eligible"


def test_turns_round(service: Service) -> None:
    """The most that the rules allow, and until when."""
    assert "75 萬元" in _ask(service, "總經費150萬最多可以申請多少補助").text
    assert "6月30日" in _ask(service, "最晚什麼時候要送件").text.replace(" ", "")


def test_key_and_value(service: Service) -> None:
    """Lines of a form are facts."""
    answer = _ask(service, "實收資本額：5000000\n員工：15\n登記所在地：本市\n可以申請嗎")

    assert answer.verdict is not None
    results = {check.rule: check.result for check in answer.verdict.checks}
    assert (results["capital"], results["place"]) == ("met", "met")


def test_nothing_is_decided_on_what_is_left_over(service: Service) -> None:
    """A number that nothing names is quoted back."""
    answer = _ask(service, "資本額500萬，員工15人，我阿嬤給我70萬，可以申請嗎")

    assert answer.outcome is Outcome.NEEDS_INFO
    assert "「我阿嬤給我70萬」" in answer.text


def test_entrances_are_data(service: Service) -> None:
    """What newcomers ask is answered, and goes on, by the groups of a folder's outline."""
    overview = _ask(service, "住宿舍要怎麼申請", programme="qingling-dorm")
    check = _ask(service, "什麼人有資格住宿舍", programme="qingling-dorm")

    assert "「洗衣設備」、「宿舍網路」" in overview.lines[-1].text
    assert overview.followups[0] == "誰可以住宿舍？"
    assert check.outcome is Outcome.NEEDS_INFO
    assert check.verdict is not None
    assert check.verdict.missing[0].question in check.text
