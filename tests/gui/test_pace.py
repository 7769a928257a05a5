from __future__ import annotations

import pytest

from smsdesk.gui.pace import Pace


class Clock:
    """A clock that a test moves."""

    time = 0.0

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


def test_a_rate_is_told_once_it_can_be_trusted(clock):
    pace = Pace(clock)
    for done in range(4):
        clock.time = 2.0 * done
        pace.note(done)
        assert (pace.seconds_a_step is None) == (done < 3)
    assert pace.seconds_a_step == pytest.approx(2.0)


def test_what_was_done_before_does_not_count(clock):
    pace = Pace(clock)
    pace.note(100)
    clock.time = 8.0
    pace.note(104)
    assert pace.seconds_a_step == pytest.approx(2.0)


def test_pauses_are_left_out(clock):
    pace = Pace(clock)
    pace.note(0)
    clock.time = 4.0
    pace.note(4)
    pace.pause()
    clock.time = 1000.0
    pace.pause()  # twice is once
    pace.go_on()
    clock.time = 1004.0
    pace.note(8)
    assert pace.seconds_a_step == pytest.approx(1.0)


def test_before_the_first_step_nothing_runs(clock):
    pace = Pace(clock)
    pace.go_on()
    pace.pause()
    clock.time = 50.0
    assert pace.seconds_a_step is None
