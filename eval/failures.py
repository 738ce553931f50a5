"""The worst of what went wrong, to be read by people: what was asked, what came back, what was due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from eval.score import Scored, Seen

SHOWN: Final = 30
_CUT: Final = 60


@dataclass(frozen=True, slots=True)
class Failure:
    """A wrong turn: its place, the question, the outcome with its confidence, quotes cited and quotes due."""

    place: str
    question: str
    got: str
    cited: tuple[str, ...]
    due: tuple[str, ...]

    def markdown(self) -> str:
        """A list item of a few lines."""
        lines = [f"- **{self.place}** {self.question}", f"  - {self.got}"]
        lines += [f"  - cited 「{quote}」" for quote in self.cited]
        return "\n".join([*lines, *(f"  - due 「{quote}」" for quote in self.due)])


def worst(scored: Scored, n: int = SHOWN) -> list[Failure]:
    """Dangerous verdicts first, then wrong answers, then wrong refusals, each by falling confidence."""
    wrong = [seen for seen in scored.seen if not seen.judgement.correct]
    return [_failure(seen) for seen in sorted(wrong, key=_badness)[:n]]


def _badness(seen: Seen) -> tuple[bool, bool, float]:
    one = seen.judgement
    return not one.dangerous, one.declined, -one.confidence


def _failure(seen: Seen) -> Failure:
    one, reply = seen.judgement, seen.given.reply
    decision = (reply.get("verdict") or {}).get("decision")
    got = f"{one.outcome}{f', {decision}' if decision else ''}, confidence {one.confidence:.2f}"
    if one.evidence is not None:
        e = one.evidence
        got += f" (recall {e.recall:.2f}, precision {e.precision:.2f}, focus {e.focus:.2f})"
    wanted = seen.turn.gold or (*seen.turn.verdict, *seen.turn.numbers) or ("no answer",)
    return Failure(
        place=f"{seen.set} {seen.turn.id} ({seen.turn.kind})",
        question=" ".join(seen.turn.q.split()),
        got=got,
        cited=tuple(_cut(str(c.get("quote", ""))) for c in reply.get("citations") or ()),
        due=tuple(_cut(span) for span in wanted),
    )


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[:_CUT]}…"
