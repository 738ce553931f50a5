"""The data of every programme keep the laws, and say nothing twice or in vain; the shipped bank is rich besides."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from assistant.domain import Guideline
from assistant.index.targets import TargetKind
from ingest.bank import Bank
from ingest.build import check

CORPUS = Path(__file__).parents[2] / "corpus"
PROGRAMMES = sorted(path.parent for path in CORPUS.glob("*/source.toml"))
SMALL = Path(__file__).parents[1] / "ingest" / "small" / "night-market"
LONGEST = 2000  # characters of a message, as the API takes them

Programme = tuple[Guideline, Bank]


@pytest.fixture(scope="module")
def shipped() -> Programme:
    """The programme that is answered by default; nobody demands of another what is demanded of it."""
    return check(CORPUS / "digital-cluster", lambda _: None)


@pytest.fixture(scope="module", params=[*PROGRAMMES, SMALL], ids=lambda path: path.name)
def real(request: pytest.FixtureRequest) -> Programme:
    """Each programme of the corpus, and one that has little more than its text; all laws checked."""
    return check(request.param, lambda _: None)


def test_there_is_a_corpus() -> None:
    """The programme that is answered by default is there."""
    assert "digital-cluster" in {path.name for path in PROGRAMMES}


def test_the_laws_hold(real: Programme) -> None:
    """Every programme is read without a fault."""
    guideline, bank = real

    assert guideline.leaves
    assert bank.samples


def test_every_leaf_is_asked_for(shipped: Programme) -> None:
    """The bank asks for each leaf, in at least ten ways, alone or with others."""
    guideline, bank = shipped
    by_key = {target.key: target for target in bank.targets}
    asked = Counter(clause for sample in bank.samples for clause in by_key[sample.target].clauses)

    assert {leaf.id: asked[leaf.id] for leaf in guideline.leaves if asked[leaf.id] < 10} == {}


def test_every_group_is_asked_for(shipped: Programme) -> None:
    """Each group of the outline is what some question wants."""
    guideline, bank = shipped
    asked = {name for target in bank.targets for name in target.key.split("+")}

    assert [group.id for group in guideline.groups if f"@{group.id}" not in asked] == []


def test_one_target_for_one_answer(real: Programme) -> None:
    """No two targets stand for the same clauses, entrances aside: they would share the probability of one answer."""
    targets = defaultdict(list)
    for target in real[1].targets:
        if target.kind is TargetKind.CLAUSE and not target.opens:
            targets[frozenset(target.clauses)].append(target.key)

    assert [keys for keys in targets.values() if len(keys) > 1] == []


def test_gaps(shipped: Programme) -> None:
    """A gap has five questions at least, whom to ask, and in a few words what is missing, or leaves it open."""
    asked = Counter(sample.target for sample in shipped[1].samples)
    gaps = [target for target in shipped[1].targets if target.kind is TargetKind.GAP]
    topics = [gap.topic for gap in gaps if gap.topic]

    assert len(gaps) >= 10
    assert [gap.key for gap in gaps if asked[gap.key] < 5] == []
    assert [gap.key for gap in gaps if not gap.referral] == []
    assert [topic for topic in topics if not 2 <= len(topic) <= 40 or topic[-1] in "。，,？?!！"] == []
    assert len(set(topics)) == len(topics)


def test_questions_are_messages(real: Programme) -> None:
    """Each question is what a person could send: not blank, not too long, no control characters."""
    odd = [
        f"{sample.file}:{sample.line}"
        for sample in real[1].samples
        if not sample.text.strip()
        or len(sample.text) > LONGEST
        or any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} and c != "\n" for c in sample.text)
    ]

    assert odd == []


def test_samples_have_lines(real: Programme) -> None:
    """Each question is found in its file, on the line that is told."""
    folder = {path.name: path for path in (*PROGRAMMES, SMALL)}[real[0].source.programme]
    files = {sample.file for sample in real[1].samples}
    lines = {file: (folder / file).read_text(encoding="utf8").splitlines() for file in files}

    for sample in real[1].samples:
        first = sample.text.split("\n")[0].replace("\\", "\\\\").replace('"', '\\"')
        assert first in lines[sample.file][sample.line - 1]


def test_plain_texts_are_sentences(shipped: Programme) -> None:
    """A plain text ends like a sentence, and is not just the clause again."""
    leaves = shipped[0].leaves

    assert [leaf.id for leaf in leaves if not leaf.plain.endswith("。")] == []
    assert [leaf.id for leaf in leaves if leaf.plain.rstrip("。") == leaf.text.rstrip("。")] == []


def test_labels_tell_clauses_apart(shipped: Programme) -> None:
    """No two leaves have the same label."""
    labels = Counter(leaf.label for leaf in shipped[0].leaves)

    assert [label for label, times in labels.items() if times > 1] == []
