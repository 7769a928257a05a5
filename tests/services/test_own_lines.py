"""A person's own lines: kept in the case, followed by figures and proposals, undone."""

from __future__ import annotations

import pytest

from smsdesk.domain.figures import OwnLines
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import listing, reviewing
from smsdesk.services.figuring import case_figures, overview
from smsdesk.services.own_lines import VERSION, plan_lines
from smsdesk.services.packs import packs_of


def _crowded(case) -> set[int]:
    """The messages of which the number of a day's messages is proposed."""
    ids = listing.message_ids(case, MessageQuery(label=ViolationType.FREQUENT))
    return {
        m.id
        for m in listing.messages(case, ids)
        for f in m.findings
        if f.proposal.rule == "frequent.many"
    }


def test_figures_and_proposals_follow_and_an_undo_brings_all_back(sample_case):
    before, crowded = overview(sample_case), _crowded(sample_case)
    change = plan_lines(sample_case, OwnLines(1, 3))
    reviewing.apply(sample_case, change)
    counted = overview(sample_case)
    assert (counted.lines.notice_a_day, counted.lines.many_a_day) == (1, 3)
    assert set(counted.collection.overall.striking) > set(before.collection.overall.striking)
    assert _crowded(sample_case) > crowded
    assert counted.collection == case_figures(sample_case).figures
    reviewing.apply(sample_case, change.inverse())
    assert overview(sample_case) == before
    assert _crowded(sample_case) == crowded
    assert packs_of(sample_case).added == ()


def test_only_the_lines_change_not_what_counts_as_collection(sample_case):
    before = overview(sample_case)
    reviewing.apply(sample_case, plan_lines(sample_case, OwnLines(4, 12)))
    after = overview(sample_case)
    assert after.collection.overall.ids == before.collection.overall.ids
    assert after.lines.night_from == before.lines.night_from


def test_drawing_them_is_told_by_the_log(sample_case):
    reviewing.apply(sample_case, plan_lines(sample_case, OwnLines(2, 6)))
    reviewing.apply(sample_case, plan_lines(sample_case, OwnLines(2, 7)))
    (pack,) = packs_of(sample_case).added
    told = [e for e in listing.custody(sample_case) if e.details.get("pack") == VERSION]
    assert [entry.details["name"] for entry in told] == ["own-lines.toml"] * 2
    assert told[-1].details["pack_sha256"] == pack.identity.sha256


def test_lines_that_are_there_already_change_nothing(sample_case):
    lines = overview(sample_case).lines
    assert plan_lines(sample_case, OwnLines(lines.notice_a_day, lines.many_a_day)).is_empty


@pytest.mark.parametrize("lines", [(0, 5), (5, 5), (6, 5), (2, 1000)])
def test_lines_that_make_no_sense_are_refused(sample_case, lines):
    with pytest.raises(ValueError, match="OwnLines"):
        plan_lines(sample_case, OwnLines(*lines))
