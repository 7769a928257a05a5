"""Grouping numbers: what a person says holds for all that stand under one name."""

from __future__ import annotations

import pytest

from smsdesk.services import asking, grouping, reviewing
from smsdesk.services.figuring import overview


@pytest.fixture
def group(sample_case):
    """An institution of several numbers that the program found."""
    return next(i for i in overview(sample_case).institutions if len(i.senders) > 1)


def _alone(case) -> str:
    found = (i for i in overview(case).institutions if i.senders == (i.name,))
    return next(found).name


def test_who_joins_a_found_institution_takes_all_of_it_along(sample_case, group):
    key = _alone(sample_case)
    plan = grouping.plan_assignment(sample_case, overview(sample_case), [key], group.name)
    reviewing.apply(sample_case, plan)
    after = grouping.institution_of(overview(sample_case), key)
    assert set(after.senders) == {*group.senders, key}
    assert after.name == group.name
    reviewing.apply(sample_case, plan.inverse())
    assert asking.answers(sample_case)[1] == {}


def test_the_change_names_the_messages_that_it_is_about(sample_case):
    key = _alone(sample_case)
    plan = grouping.plan_assignment(sample_case, overview(sample_case), [key], "甲公司")
    of_key = next(n for n in overview(sample_case).received.numbers if n.sender.key == key)
    assert plan.message_ids == of_key.rhythm.ids


def test_to_say_the_same_again_changes_nothing(sample_case):
    key = _alone(sample_case)
    reviewing.apply(
        sample_case, grouping.plan_assignment(sample_case, overview(sample_case), [key], "甲公司")
    )
    again = grouping.plan_assignment(sample_case, overview(sample_case), [key], "甲公司")
    assert again.is_empty
    assert "甲公司" in grouping.names_of(overview(sample_case))


def test_what_the_program_placed_stands_alone_what_a_person_placed_goes_back(sample_case, group):
    key = group.senders[-1]
    plan = grouping.plan_parting(sample_case, overview(sample_case), [key])
    reviewing.apply(sample_case, plan)
    assert grouping.institution_of(overview(sample_case), key).senders == (key,)
    reviewing.apply(sample_case, grouping.plan_parting(sample_case, overview(sample_case), [key]))
    assert grouping.institution_of(overview(sample_case), key).senders == group.senders
