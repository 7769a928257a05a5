from __future__ import annotations

from dataclasses import replace

import pytest

from smsdesk.domain.findings import FindingState, PackIdentity, ProposalChange, ViolationType
from tests.storage.builders import PACK, proposal, sighting, store

INSULT = proposal()
THREAT = proposal(ViolationType.FALSE_THREAT, "threat.arrest", ((3, 5), (7, 9)))


@pytest.fixture
def message_id(work):
    return store(work, [sighting("老赖，今日抓人，立案")])[0]


def _found(work, message_id):
    return [(f.proposal, f.state) for f in work.findings.for_message(message_id)]


def test_proposals_come_back_as_given(work, message_id):
    assert work.findings.replace_proposals(message_id, [INSULT, THREAT], PACK)
    findings = work.findings.for_message(message_id)
    assert [f.proposal for f in findings] == [INSULT, THREAT]
    assert {(f.state, f.pack) for f in findings} == {(FindingState.PROPOSED, PACK)}
    assert work.findings.get(findings[0].id) == findings[0]
    assert work.messages.get([message_id])[0].findings == tuple(findings)


def test_the_same_proposals_again_change_nothing(work, message_id):
    work.findings.replace_proposals(message_id, [INSULT, THREAT], PACK)
    before = work.findings.for_message(message_id)
    assert not work.findings.replace_proposals(message_id, [THREAT, INSULT], PACK)
    assert work.findings.for_message(message_id) == before


def test_what_the_rules_no_longer_say_goes_and_the_rest_keeps_its_id(work, message_id):
    work.findings.replace_proposals(message_id, [INSULT, THREAT], PACK)
    kept = work.findings.for_message(message_id)[1]
    assert work.findings.replace_proposals(message_id, [THREAT], PACK)
    assert work.findings.for_message(message_id) == [kept]
    assert work.findings.replace_proposals(message_id, [], PACK)
    assert work.findings.for_message(message_id) == []


@pytest.mark.parametrize("state", [FindingState.CONFIRMED, FindingState.REJECTED])
@pytest.mark.parametrize("again", [[], [INSULT], [proposal(spans=((0, 1),))]])
def test_what_a_person_decided_stays_as_it_was(work, message_id, state, again):
    work.findings.replace_proposals(message_id, [INSULT], PACK)
    decided = work.findings.for_message(message_id)[0]
    assert work.findings.set_state(decided.id, state) is FindingState.PROPOSED
    later = PackIdentity("2027-01", "0" * 64)
    assert not work.findings.replace_proposals(message_id, again, later)
    assert _found(work, message_id) == [(INSULT, state)]
    assert work.findings.get(decided.id).pack == PACK


@pytest.mark.parametrize("state", [FindingState.CONFIRMED, FindingState.REJECTED])
def test_a_decided_label_is_not_proposed_anew_by_another_rule(work, message_id, state):
    work.findings.replace_proposals(message_id, [INSULT], PACK)
    work.findings.set_state(work.findings.for_message(message_id)[0].id, state)
    assert not work.findings.replace_proposals(message_id, [proposal(rule="insult.other")], PACK)
    assert _found(work, message_id) == [(INSULT, state)]


def test_at_night_and_many_a_day_are_decided_apart(work, message_id):
    night, many = (proposal(ViolationType.FREQUENT, f"frequent.{n}", ()) for n in ("night", "many"))
    work.findings.replace_proposals(message_id, [night], PACK)
    work.findings.set_state(work.findings.for_message(message_id)[0].id, FindingState.REJECTED)
    assert work.findings.replace_proposals(message_id, [night, many], PACK)
    assert _found(work, message_id)[1] == (many, FindingState.PROPOSED)


def test_a_proposal_may_come_from_a_pack_of_its_own(work, message_id):
    office = PackIdentity("office", "0" * 64)
    work.findings.replace_proposals(message_id, [INSULT, replace(THREAT, pack=office)], PACK)
    assert [f.pack for f in work.findings.for_message(message_id)] == [PACK, office]
    assert _found(work, message_id)[1][0] == THREAT


def test_rules_outside_the_scope_are_left_alone(work, message_id):
    work.findings.replace_proposals(message_id, [INSULT, THREAT], PACK)
    changed = work.findings.replace_many({message_id: []}, PACK, lambda rule: "insult" in rule)
    assert changed == [message_id]
    assert [p for p, _ in _found(work, message_id)] == [THREAT]


def test_comparing_tells_what_would_change_and_changes_nothing(work, message_id):
    work.findings.replace_proposals(message_id, [INSULT, THREAT], PACK)
    before = work.findings.for_message(message_id)
    other = proposal(spans=((1, 2),))
    new = proposal(ViolationType.MINOR_THREAT, "minor.school")
    (change,) = work.findings.compare_many({message_id: [other, new]}, PACK)
    assert change == ProposalChange(message_id, (new,), (THREAT,), (other,))
    assert work.findings.for_message(message_id) == before
    assert work.findings.compare_many({message_id: [INSULT, THREAT]}, PACK) == []


def test_a_new_pack_is_recorded_with_what_it_proposes(work, message_id):
    work.findings.replace_proposals(message_id, [INSULT], PACK)
    later = PackIdentity("2027-01", "0" * 64)
    assert work.findings.replace_proposals(message_id, [INSULT], later)
    assert work.findings.for_message(message_id)[0].pack == later


def test_one_rule_that_speaks_twice_is_one_finding_with_all_its_words(work, message_id):
    parts = [proposal(spans=((0, 1), (2, 3))), proposal(spans=((2, 3), (4, 5)))]
    work.findings.replace_proposals(message_id, parts, PACK)
    assert _found(work, message_id)[0][0].spans == ((0, 1), (2, 3), (4, 5))
    assert not work.findings.replace_proposals(message_id, parts, PACK)


def test_many_messages_at_once_tell_which_changed(work):
    ids = store(work, [sighting(f"老赖{number}") for number in range(3)])
    work.findings.replace_proposals(ids[0], [INSULT], PACK)
    wanted = {ids[0]: [INSULT], ids[1]: [THREAT], ids[2]: []}
    assert work.findings.replace_many(wanted, PACK) == [ids[1]]


def test_counts_leave_hints_out(work, message_id):
    hint = proposal(ViolationType.PRIVATE_NUMBER, "number.private")
    work.findings.replace_proposals(message_id, [INSULT, THREAT, hint], PACK)
    work.findings.set_state(work.findings.for_message(message_id)[0].id, FindingState.REJECTED)
    assert work.findings.counts() == {
        FindingState.PROPOSED: 1,
        FindingState.CONFIRMED: 0,
        FindingState.REJECTED: 1,
    }


def test_an_unknown_finding_is_a_mistake(work):
    with pytest.raises(KeyError):
        work.findings.get(99)
    with pytest.raises(KeyError):
        work.findings.set_state(99, FindingState.CONFIRMED)
