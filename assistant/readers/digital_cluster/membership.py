"""What a group says of registration and size -> who counts as a member."""

from __future__ import annotations

import re
from typing import Final

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.draft import Draft, everyone
from assistant.reading.clauses import Group
from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count
from assistant.reading.ranges import ZERO, as_number, minus, total

_THOSE_REGISTERED: Final = re.compile(r"[^,。;!?\n]*?登記(?:合格|過|在案|有案)*[的之](?![,。;!?\n]|$|有|是)")


def read_counted(draft: Draft, group: Group, number: Mention, value: Count, said: Mention) -> None:
    """「8家有登記」 「2家沒有」 「我們八家都有登記」."""
    draft.last = said
    span = group.span("registered", "has", "all")
    if group.has("unsure"):
        draft.unregistered.append(Range(0, value.bounds.high))
        draft.out.append(span)
    elif said.value is not True:
        draft.unregistered.append(value.bounds)
        draft.out.append(span)
        draft.put("all_registered", value.bounds.high == 0, *span)
    elif everyone(group) and not group.has("part", "rest"):
        draft.put("all_registered", True, *span)
        draft.totals.add(number, value, sure=group.has("total"), ours=group.has("us"))
    else:
        draft.registered.append(value.bounds)
        if _THOSE_REGISTERED.match(draft.folded, said.start) and not (draft.totals.any or group.has("part")):
            # 「10家有登記的小公司」 are whom the message is about.
            draft.totals.add(number, value, sure=False, ours=group.has("us"))


def read_unnumbered(draft: Draft, group: Group, said: Mention) -> None:
    """「每家都有登記」 「不是每家都有登記」; of the rest it adds nothing."""
    if group.first("registered") is not None:
        draft.last = said
    if group.has("rest", "unsure"):
        return
    words = [word for word in group.words if word.kind in {"all", "none", "not_all"}] + [said]
    span = min(word.start for word in words), max(word.end for word in words)
    if group.has("none") and said.value is not True:
        # 「沒有一家沒登記」
        draft.put("all_registered", True, *span)
    elif group.has("none", "not_all"):
        draft.put("all_registered", False, *span)
    elif everyone(group) and not group.has("some"):
        draft.put("all_registered", said.value is True, *span)
        draft.none_registered = said.value is not True
    elif said.value is not True and _told(draft, group, said):
        draft.put("all_registered", False, *span)


def read_size(draft: Draft, group: Group, value: Count | None) -> None:
    """「有一家是上市公司」 「也都是中小企業」 「沒有大公司」."""
    yes, no = group.first("sme_yes"), group.first("sme_no")
    told = no or yes
    if told is not None and value is not None and group.has("unsure"):
        draft.too_big.append(Range(0, value.bounds.high))
        draft.out.append(group.span("sme_no", "sme_yes"))
    elif no is not None and value is not None:
        draft.out.append(group.span("sme_no"))
        draft.too_big.append(value.bounds)
        draft.put("all_sme", value.bounds.high == 0, *group.span("sme_no"))
    elif no is not None and value is None and _told(draft, group, no):
        draft.put("all_sme", False, no.start, no.end)
    elif yes is not None and value is not None and not everyone(group):
        draft.small.append(value.bounds)
    elif yes is not None and group.has("not_all"):
        draft.put("all_sme", False, yes.start, yes.end)
    elif yes is not None and (everyone(group) or yes.words.startswith(("沒有", "都不"))):
        draft.put("all_sme", True, yes.start, yes.end)


def _told(draft: Draft, group: Group, said: Mention) -> bool:
    """Whether a denial without number is a statement: 「有些沒登記」, not 「沒登記可以參加嗎」."""
    return group.has("some", "part", "us", "asked") or not draft.is_question(said.start)


def settle(draft: Draft, members: Range | None) -> None:
    """How many do not count; those neither registered nor small may be the same or others."""
    groups = [total(counts) for counts in (draft.unregistered, draft.too_big) if counts]
    if groups:
        whole = total(groups)
        value = groups[0] if len(groups) == 1 else Range(max(one.low for one in groups), whole.high)
        start, end = min(span[0] for span in draft.out), max(span[1] for span in draft.out)
        draft.put("unqualified_members", as_number(value), start, end)
    elif members is not None and draft.none_registered:
        told = draft.facts["all_registered"]
        draft.put("unqualified_members", as_number(members), told.start, told.end)
    elif members is not None:
        # 「12家,10家有登記」 says of two that they are not, if nobody else is spoken of.
        left = [minus(members, total(counts)) for counts in (draft.registered, draft.small) if counts]
        if left and any(one != ZERO for one in left):
            best = draft.totals.found[-1]
            value = left[0] if len(left) == 1 else Range(max(one.low for one in left), total(left).high)
            draft.put("unqualified_members", as_number(value), best.start, best.end)
