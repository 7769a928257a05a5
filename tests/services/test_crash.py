"""A program that is killed half way loses nothing that it had stored."""

from __future__ import annotations

import subprocess
import sys
import time

from smsdesk.domain.cases import ImportStatus
from smsdesk.resources import resource
from smsdesk.services import listing
from smsdesk.services.cases import open_case
from smsdesk.services.importing import ImportOptions, resume_import
from smsdesk.services.jobs import Task
from smsdesk.services.verifying import verify

PICTURES = ("IMG_0412.PNG", "IMG_0437.PNG", "IMG_0461.PNG", "IMG_0419.PNG")


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the import did not get so far"
        time.sleep(0.02)


def test_a_killed_import_is_whole_and_goes_on(empty_case):
    arguments = ["import", str(empty_case.path), "--jobs", "1"]
    arguments += [str(resource("samples", name)) for name in PICTURES]
    program = subprocess.Popen([sys.executable, "-m", "smsdesk", *arguments])
    try:  # the case is open here as well, as it is when a window shows it
        wait_until(lambda: _actions(empty_case).count("picture_read") >= 1)
    finally:
        program.kill()
        program.wait()
    empty_case.close()

    with open_case(empty_case.path) as case:
        assert verify(case, Task()).ok
        kept = listing.summary(case)
        assert kept.originals == len(PICTURES)
        assert 0 < kept.waiting < len(PICTURES)
        report = resume_import(case, ImportOptions(), Task())
        assert len(report.with_status(ImportStatus.IMPORTED)) == kept.waiting
        assert _actions(case).count("picture_read") == len(PICTURES)
        assert listing.summary(case).messages.total >= 8
        assert verify(case, Task()).ok


def _actions(case):
    return [entry.action for entry in listing.custody(case)]
