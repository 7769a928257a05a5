"""Pictures are read in processes of their own, which may die and never outlive the program."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from PIL import Image

from smsdesk.domain.cases import ImportStatus
from smsdesk.domain.errors import EngineUnavailable, PictureError, SetAsideReason
from smsdesk.domain.times import capture_moment
from smsdesk.ocr.registry import engine
from smsdesk.services import listing
from smsdesk.services.importing import ImportOptions, import_paths, try_again
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.readers import ThreadReader
from smsdesk.services.reading_workers import Workers
from smsdesk.services.verifying import verify

MOMENT = capture_moment("IMG_0412.PNG", None, None, None)


@pytest.fixture(scope="module")
def workers():
    """One process serves the module, as one serves a window."""
    made = Workers("ppocr")
    yield made
    made.close()


@pytest.fixture
def data(picture):
    return picture.read_bytes()


def wait_until(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def _processes():
    return multiprocessing.active_children()


def test_a_worker_reads_as_this_process_does(workers, data):
    here = ThreadReader(engine()).read(data, 0, MOMENT)
    assert here.sightings
    assert workers.read(data, 0, MOMENT) == here
    assert len(_processes()) == 1


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", SetAsideReason.EMPTY), (b"no", SetAsideReason.NOT_A_PICTURE)]
)
def test_a_worker_tells_why_a_picture_cannot_be_read(workers, content, reason):
    with pytest.raises(PictureError) as error:
        workers.read(content, 0, MOMENT)
    assert error.value.reason == reason


def test_a_bug_in_a_worker_is_logged_here_and_the_worker_goes_on(workers, data, caplog):
    with pytest.raises(PictureError) as error:
        workers.read(data, 99, MOMENT)  # no such page
    assert error.value.reason == SetAsideReason.READ_FAILED
    assert "IndexError" in error.value.fields["detail"]
    assert "Traceback" in caplog.text


def test_the_engine_that_is_chosen_reaches_the_worker():
    workers = Workers("tesseract")
    try:
        identity = engine("tesseract").identity
    except EngineUnavailable:
        with pytest.raises(EngineUnavailable):
            workers.check()
        return
    try:
        assert workers.read(_blank(), 0, MOMENT).reading.engine == identity
    finally:
        workers.close()


def _blank():
    buffer = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_worker_that_dies_costs_its_picture_alone(workers, empty_case, picture, tmp_path):
    """It is set aside with the reason; the next worker reads the rest, and it when asked again."""
    dying = _DyingOnce(workers)
    other = tmp_path / "other.png"
    other.write_bytes(_blank())
    options = ImportOptions(reader=dying, jobs=1)
    report = import_paths(empty_case, [picture, other], options, Task())

    assert [item.reason for item in report.files] == [SetAsideReason.READER_ENDED, None]
    assert report.files[1].status == ImportStatus.IMPORTED
    assert dying.asked == 2  # never the same picture twice
    assert verify(empty_case, Task()).ok

    (aside,) = listing.set_aside(empty_case)
    again = try_again(empty_case, [aside.id], options, Task())
    assert again.messages > 0
    assert listing.set_aside(empty_case) == []


class _DyingOnce:
    """The real workers, of which the first is killed while it reads."""

    def __init__(self, workers):
        self.asked = 0
        self._workers = workers
        self.check = workers.check

    def read(self, data, page, captured):
        self.asked += 1
        if self.asked == 1:
            (process,) = _processes()
            if hasattr(signal, "SIGSTOP"):  # so that it cannot be quicker than its death
                os.kill(process.pid, signal.SIGSTOP)
            threading.Timer(0.2, process.kill).start()
        return self._workers.read(data, page, captured)


def test_what_is_interrupted_is_not_the_pictures_fault(workers, data):
    workers.check()
    (process,) = _processes()
    threading.Timer(0.1, workers.interrupt).start()
    with pytest.raises(Cancelled):
        _read_for_ever(workers, data)
    process.join(10)
    assert not process.is_alive()


def _read_for_ever(workers, data):
    while True:
        workers.read(data, 0, MOMENT)


PROGRAM = """
import multiprocessing, sys, threading, time
from pathlib import Path
from smsdesk.domain.times import capture_moment
from smsdesk.services.reading_workers import Workers

if __name__ == "__main__":
    workers = Workers("ppocr")
    workers.check()
    data = Path(sys.argv[1]).read_bytes()
    def read():
        while True:
            workers.read(data, 0, capture_moment("a.png", None, None, None))
    threading.Thread(target=read, daemon=True).start()
    print(multiprocessing.active_children()[0].pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="looks for the process as POSIX does")
def test_workers_end_when_the_program_is_killed(tmp_path, picture):
    script = tmp_path / "program.py"
    script.write_text(PROGRAM, encoding="utf-8")
    program = subprocess.Popen(
        [sys.executable, str(script), str(picture)], stdout=subprocess.PIPE, text=True
    )
    try:
        worker = int(program.stdout.readline())
        assert _runs(worker)
    finally:
        program.kill()
        program.wait()
        program.stdout.close()
    wait_until(lambda: not _runs(worker))


def _runs(pid):
    """Whether a process is there and no zombie that nobody has waited for yet."""
    answer = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(answer.stdout.strip()) and not answer.stdout.strip().startswith("Z")


def test_without_processes_reading_goes_on_here(data, monkeypatch):
    monkeypatch.setattr("smsdesk.services.reading_workers.get_context", _no_context)
    workers = Workers("ppocr")
    workers.check()
    assert workers.read(data, 0, MOMENT).sightings


def _no_context(_method):
    raise PermissionError("processes are forbidden")
