"""The quick count of a case says what the slow one says, and all other messages besides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smsdesk.domain.findings import FindingState, ViolationType
from smsdesk.domain.institutions import Basis
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.screens import Direction
from smsdesk.services import listing, reviewing
from smsdesk.services.asking import set_institution
from smsdesk.services.figuring import case_figures, overview
from smsdesk.services.jobs import Cancelled


def _all(case):
    return listing.messages(case, listing.message_ids(case, MessageQuery()))


def test_it_counts_what_is_collection_as_the_court_file_does(sample_case):
    quick, slow = overview(sample_case), case_figures(sample_case)
    assert quick.collection == slow.figures
    assert [(i.name, i.senders, i.basis) for i in quick.institutions] == [
        (i.name, i.senders, i.basis) for i in slow.institutions
    ]
    assert quick.lines == slow.lines


def test_it_counts_every_message_of_the_list(sample_case):
    messages = _all(sample_case)
    counted = overview(sample_case)
    assert counted.listed.overall.ids == tuple(m.id for m in messages)
    incoming = tuple(m.id for m in messages if m.direction is Direction.IN)
    assert counted.received.overall.ids == incoming
    by_day = [i for ids in counted.listed.overall.days.values() for i in ids]
    assert sorted(by_day + list(counted.listed.overall.without_day)) == sorted(
        m.id for m in messages
    )


@pytest.mark.parametrize(
    "query",
    [MessageQuery(night=True), MessageQuery(search="还"), MessageQuery(only=frozenset({1, 3}))],
    ids=["night", "search", "ticked"],
)
def test_it_is_narrowed_like_the_list(sample_case, query):
    counted = overview(sample_case, query)
    assert list(counted.listed.overall.ids) == listing.message_ids(sample_case, query)
    assert counted.institutions == overview(sample_case).institutions


def test_what_changed_since_it_was_judged_is_looked_at_again(sample_case):
    changed = next(m for m in _all(sample_case) if m.direction is Direction.IN)
    text = "【云杉金服】您的借款已逾期，请致电 171 0123 9999"
    change = reviewing.plan_text(changed, text)
    reviewing.apply(sample_case, change, judge=False)
    quick, slow = overview(sample_case), case_figures(sample_case)
    assert quick.collection == slow.figures
    (one,) = [i for i in quick.institutions if changed.sender.key in i.senders]
    assert one.basis[changed.sender.key] is Basis.SIGNATURE


def test_a_corrected_number_counts_under_what_it_was_corrected_to(sample_case):
    """The conversation stays the screenshots' own; every figure goes by the number."""
    threat = ViolationType.MINOR_THREAT  # by its words alone, whoever sends them
    before = next(n for n in case_figures(sample_case).figures.numbers if threat in n.labels)
    moved = before.labels[threat][0]
    (message,) = listing.messages(sample_case, [moved])
    other = parse_sender("+86 171 0123 0000")
    reviewing.apply(sample_case, reviewing.plan_sender([message], other))
    for figures in (overview(sample_case).received, case_figures(sample_case).figures):
        ids = {one.sender.key: one.rhythm.ids for one in figures.numbers}
        assert moved not in ids.get(before.sender.key, ())
        assert ids[other.key] == (moved,)


def test_a_persons_word_on_institutions_counts_at_once(sample_case):
    key = overview(sample_case).received.numbers[0].sender.key
    set_institution(sample_case, [key], "甲公司")
    counted = overview(sample_case)
    assert counted.by_hand == {key: "甲公司"}
    assert counted.received.numbers[0].institution == "甲公司"
    assert counted.collection == case_figures(sample_case).figures


def test_rejected_labels_count_for_nothing(sample_case):
    (violation, ids), *_ = overview(sample_case).received.labels.items()
    (message,) = listing.messages(sample_case, ids[:1])
    wrong = [f.id for f in message.findings if f.proposal.violation is violation]
    change = reviewing.plan_decision([message], wrong, FindingState.REJECTED)
    reviewing.apply(sample_case, change)
    assert message.id not in overview(sample_case).received.labels.get(violation, ())
    assert isinstance(violation, ViolationType)


def test_a_number_read_in_two_ways_is_told(sample_case):
    message = _all(sample_case)[0]
    doubtful = replace(message.sender, readings=("+8617101230000",))
    change = reviewing.plan_sender([message], doubtful)
    reviewing.apply(sample_case, change, judge=False)
    found = {one.sender.key: one for one in overview(sample_case).received.numbers}
    dossier = found[message.sender.key]
    assert (dossier.doubtful, dossier.readings) == ((message.id,), ("+8617101230000",))


def test_why_numbers_were_taken_together_is_told(sample_case):
    grouped = [i for i in overview(sample_case).institutions if len(i.senders) > 1]
    assert grouped
    for institution in grouped:
        tied = {key for tie in institution.ties for key in tie.senders}
        assert tied == set(institution.senders)


def test_it_can_be_stopped(sample_case):
    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        overview(sample_case, notify=stop)


def test_the_summary_counts_as_many_senders(sample_case):
    told = listing.summary(sample_case).messages.senders
    assert told == len(overview(sample_case).received.numbers) > 1
