from __future__ import annotations

import threading
import time

import pytest

from smsdesk.gui.jobs import Job, JobRunner


@pytest.fixture
def runner(qapp):
    """A runner of one thread that is stopped whatever the test does."""
    made = JobRunner()
    yield made
    assert made.shut_down(5000)


def test_a_job_reports_and_succeeds_on_the_gui_thread(qtbot, runner):
    here = threading.current_thread()
    seen = []

    def work(task):
        seen.append(threading.current_thread() is here)
        for done in range(5):
            task.step(done + 1, 5, "picture.png")
        return "done"

    job = Job(work)
    job.progressed.connect(
        lambda p: seen.append((p.done, p.label, threading.current_thread() is here))
    )
    with qtbot.waitSignal(job.succeeded) as got:
        runner.start(job)
    assert got.args == ["done"]
    assert seen[0] is False
    assert seen[-1] == (5, "picture.png", True)
    qtbot.waitUntil(lambda: not runner.busy)


def test_progress_is_throttled_but_its_end_is_told(qtbot, runner):
    seen = []

    def work(task):
        for done in range(10_000):
            task.step(done + 1, 10_000)

    job = Job(work)
    job.progressed.connect(lambda p: seen.append(p.done))
    with qtbot.waitSignal(job.finished):
        runner.start(job)
    assert seen[-1] == 10_000
    assert len(seen) < 200


def test_a_cancelled_job_says_so_and_nothing_else(qtbot, runner):
    ended = []

    def work(task):
        while True:
            task.step(0, 1)
            time.sleep(0.001)

    job = Job(work)
    job.succeeded.connect(lambda _: ended.append("succeeded"))
    job.failed.connect(lambda _: ended.append("failed"))
    runner.start(job)
    with qtbot.waitSignals([job.cancelled, job.finished]):
        job.cancel()
    assert ended == []


def test_a_failed_job_gives_its_exception(qtbot, runner):
    job = Job(lambda _task: 1 / 0)
    with qtbot.waitSignal(job.failed) as got:
        runner.start(job)
    assert isinstance(got.args[0], ZeroDivisionError)


def test_shutting_down_stops_what_runs_and_what_waits(qtbot, runner):
    started = []

    def work(task):
        started.append(1)
        while True:
            task.step(0, 1)
            time.sleep(0.001)

    for _ in range(3):
        runner.start(Job(work))
    qtbot.waitUntil(lambda: started == [1])
    assert runner.shut_down(5000)
    qtbot.waitUntil(lambda: not runner.busy)


def test_one_thread_keeps_the_order(qtbot, runner):
    order = []
    for number in range(20):
        runner.start(Job(lambda _task, number=number: order.append(number)))
    qtbot.waitUntil(lambda: not runner.busy)
    assert order == list(range(20))
