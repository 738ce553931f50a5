"""An answer with a verdict -> what stands above the verdict's table and below it, without what the table says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.channels.web import schemas
from assistant.channels.web.answer_text import BULLET, Block, blocks_of, body_lines


@dataclass(frozen=True, slots=True)
class Parts:
    """The blocks above and below the table; all of them above where there is no table."""

    above: list[Block]
    below: list[Block]


def parts_of(answer: schemas.Answer) -> Parts:
    """The text parted where it lists the verdict's checks; at its end if it does not list them."""
    lines = body_lines(answer.text, answer.citations)
    verdict = answer.verdict
    if verdict is None or not verdict.checks:
        return Parts(blocks_of(lines, answer.citations), [])
    titles = tuple(f"{BULLET}{check.title}：" for check in verdict.checks if check.title)
    at = next((at for at, line in enumerate(lines) if line.startswith(titles)), len(lines))
    said = {f"最接近的做法：{'；或'.join(verdict.nearest)}。", f"前提：{'；'.join(verdict.assumptions)}。"}

    def blocks(part: Sequence[str]) -> list[Block]:
        kept = [line for line in part if line not in said and not line.startswith(titles)]
        return blocks_of(kept, answer.citations)

    return Parts(blocks(lines[:at]), blocks(lines[at:]))
