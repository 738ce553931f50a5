"""
What was said of newcomers' coaching and age -> how many of them count against B類 item 5.

Startups founded within five years are exempt (clause 7/B/5); one of no told
age may be either.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.eligibility.facts import Range
from assistant.readers.digital_cluster.lexer import Founded
from assistant.reading.period import Window
from assistant.reading.ranges import ZERO, minus, total


@dataclass(frozen=True, slots=True)
class _Coached:
    count: Range
    founded: Founded | None


@dataclass(slots=True)
class Newcomers:
    """Collects the statements; `added` is how many newcomers were last named."""

    added: Range | None = None
    coached: list[_Coached] = field(default_factory=list)
    nobody: bool = False
    age: Founded | None = None
    waiting: tuple[Range, Founded] | None = None
    span: tuple[int, int] | None = None

    def said(
        self,
        positive: bool,
        count: Range | None,
        window: Window | None,
        founded: Founded | None,
        span: tuple[int, int],
    ) -> None:
        """So many (None: all, of no told number) were coached, or were not."""
        self._widen(span)
        if not positive:
            # 「新增5家,2家沒輔導過」 leaves open what the other three had.
            self.nobody = self.nobody or count is None or count == self.added
            return
        if window == "out":
            self.nobody = self.nobody or not self.coached
            return
        if self.waiting is not None and founded is None:
            count, founded = self.waiting
            self.waiting = None
        if count is None:
            return
        self.coached.append(
            _Coached(Range(0, count.high) if window == "unsure" else count, founded or self.age)
        )

    def founded(self, founded: Founded | None, count: Range | None, span: tuple[int, int]) -> None:
        """So many (None: those just spoken of) were founded when told."""
        if founded is None:
            return
        if not self.coached:
            if count is None:
                self.age = founded
            else:
                self.waiting = (count, founded)
            return
        self._widen(span)
        last = self.coached.pop()
        if count is None or count == last.count:
            self.coached.append(replace(last, founded=founded))
        else:
            self.coached += [_Coached(minus(last.count, count), last.founded), _Coached(count, founded)]

    def counted(self) -> tuple[Range | None, Range | None]:
        """Coached newcomers that count, and those that are exempt; None where nothing was said."""
        if self.nobody and not self.coached:
            return ZERO, ZERO
        if not self.coached:
            return None, None
        old = total([_part(one, exempt=False) for one in self.coached])
        young = total([_part(one, exempt=True) for one in self.coached])
        told = any(one.founded is not None for one in self.coached)
        return old, young if told else None

    def _widen(self, span: tuple[int, int]) -> None:
        self.span = span if self.span is None else (min(self.span[0], span[0]), max(self.span[1], span[1]))


def _part(one: _Coached, *, exempt: bool) -> Range:
    # Who tells no age may have been founded lately, and start-ups are exempt.
    if one.founded is None or one.founded.young is None:
        return Range(0, one.count.high)
    return one.count if one.founded.young == exempt else ZERO
