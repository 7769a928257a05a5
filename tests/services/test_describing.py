"""The columns that the program proposes for an exhibit: short enough for a catalogue."""

from __future__ import annotations

import pytest

from smsdesk.domain.arranging import MessageFacts
from smsdesk.domain.cases import CaseCard
from smsdesk.domain.exhibits import ExhibitKind, ExhibitTexts, PlannedExhibit
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import UNKNOWN_TIME
from smsdesk.services.describing import Describer


def summary_of(numbers):
    """Return 内容简述 of an exhibit whose insults have these numbers."""
    sender = parse_sender("17101238000")
    facts = [
        MessageFacts(n, n, sender, Direction.IN, UNKNOWN_TIME, (), {ViolationType.INSULT: True})
        for n in numbers
    ]
    nothing = ExhibitTexts("", "", "", "", 1)
    exhibit = PlannedExhibit("k", "1-1", ExhibitKind.MESSAGES, nothing, nothing, sender=sender)
    describe = Describer(CaseCard("案"), {}, {}, lambda violation: violation.value)
    return describe(exhibit, facts).summary


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([3, 4, 5, 9], "（编号 0003–0005、0009）。"),
        (range(1, 17, 2), "（编号 0001、0003、0005、0007、0009、0011、0013、0015）。"),
        (range(1, 19, 2), "（编号 0001、0003、0005 等）。其余编号见分类汇总。"),
    ],
)
def test_few_numbers_are_all_told_of_many_the_first(numbers, told):
    summary = summary_of(numbers)
    assert summary.endswith(f"insult {len(list(numbers))} 条{told}")
