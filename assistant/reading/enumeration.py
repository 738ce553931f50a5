"""
Parts that are counted one after another -> the one count that they add up to.

「小說3本、雜誌4本、字典3本」 and 「館長1人、其他館員7人」 are ten and eight; nobody need say the
sum. Parts are enumerated if each has a label, before its number or behind it, or if 、 or 和 joins them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from assistant.reading.mentions import Mention
from assistant.reading.quantities import Count
from assistant.reading.ranges import total

# A label says what a part is; with one of these words it says more than that.
_SAYS_MORE: Final = re.compile(
    r"[沒無未有是在了過都也換再另剩總共全各每除不原新舊老加退補想找要邀拉請]|其(?!他|餘)|(?:其他|其餘)$|目前|現在|我們?$|今年|去年|前年|上次|至少|最多"
)
_JOINED: Final = re.compile(r"\s*(?:[、和跟及與]|還有|以及|加上)\s*(?:還有|有)?\s*")
_LISTED: Final = re.compile(r"\s*[,;\n]\s*(?:還有|有|和|另外)?\s*|\s+")
_LABEL: Final = r"[^\d,。;!?、\s:=()有]{1,8}[:=\s]?"
# What may stand behind the last part, so that nothing is said of it alone.
_ENDS: Final = re.compile(r"\s*(?:$|[,。;!?\n)]|都|皆|全|共|合計|總|其中|裡|可以?|能|要|想|就)")


def summed(
    folded: str, found: Sequence[Mention], quiet: frozenset[str], labelled: Callable[[str], bool]
) -> tuple[Mention, ...]:
    """
    The mentions, with each run of enumerated counts made one.

    Args:
        folded: the text.
        found: its mentions in order.
        quiet: kinds that may stand in a label (其他).
        labelled: whether the words of a count name what it counts more closely than all are named.
    """
    made: list[Mention] = []
    place = 0
    while place < len(found):
        run, named = _run(folded, found, place, quiet, labelled)
        if len(run) == 1:
            made.append(found[place])
            place += 1
            continue
        last = run[-1]
        ends = _ENDS.match(folded, found[last].end)
        if not ends and not named:
            made.append(found[place])
            place += 1
            continue
        if not ends:
            made += [
                replace(found[one], kind="torn") if one in run else found[one]
                for one in range(place, last + 1)
            ]
            place = last + 1
            continue
        counts = [found[one].value for one in run]
        bounds = total([count.bounds for count in counts if isinstance(count, Count)])
        first, end = found[place], found[last].end
        made = [one for one in made if one.kind not in quiet or one.end < first.start - _NEAR]
        made.append(
            replace(
                first,
                end=end,
                words=folded[first.start : end],
                value=Count(bounds, "exact", generic=False, summed=True),
                inside=found[last].inside,
            )
        )
        place = last + 1
    return tuple(made)


_NEAR: Final = 1


def _run(
    folded: str,
    found: Sequence[Mention],
    place: int,
    quiet: frozenset[str],
    labelled: Callable[[str], bool],
) -> tuple[list[int], bool]:
    """The places of the counts that are enumerated from here on, one if it is no enumeration; and whether they have labels."""
    run = [place]
    if not _exact(found[place]):
        return run, False
    before = re.search(rf"(?:^|[,。;!?、\s]|有|我們)({_LABEL})?$", folded[: found[place].start])
    named = before is not None and before[1] is not None and not _SAYS_MORE.search(before[1])
    named = named or labelled(found[place].words)
    while True:
        here = run[-1]
        after = here + 1
        while after < len(found) and found[after].kind in quiet | {"weak", "strong"}:
            after += 1
        if after == len(found) or not _exact(found[after]):
            return run, named
        gap = folded[found[here].end : found[after].start]
        joint = _JOINED.match(gap) or _LISTED.match(gap)
        if joint is None:
            return run, named
        label = gap[joint.end() :]
        if label and (not re.fullmatch(_LABEL, label) or _SAYS_MORE.search(label)):
            return run, named
        told = bool(label.strip()) or labelled(found[after].words)
        if not (told and named) and not (_JOINED.match(gap) and told == named):
            return run, named
        run.append(after)


def _exact(one: Mention) -> bool:
    return (
        one.kind == "count" and isinstance(one.value, Count) and one.value.kind == "exact" and not one.inside
    )
