"""Cases that several tests look at; made once, by the real engine, and copied for each test."""

from __future__ import annotations

import pickle
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import settings

from smsdesk.domain.cases import CaseCard
from smsdesk.resources import resource
from smsdesk.services.cases import create_case, open_case
from smsdesk.services.demo import DemoResult, make_demo
from smsdesk.services.jobs import Task

settings.register_profile("same every time", derandomize=True)
settings.load_profile("same every time")


@pytest.fixture(scope="session")
def demo(request, tmp_path_factory) -> DemoResult:
    """The sample case with its PDF; tests read it and leave it as it is."""
    if not hasattr(request.config, "workerinput"):
        return make_demo(tmp_path_factory.mktemp("demo"), Task())
    return _made_once(tmp_path_factory.getbasetemp().parent)


def _made_once(shared: Path) -> DemoResult:
    """Return what the first of the processes that run tests side by side makes for all."""
    folder, told = shared / "demo", shared / "demo.pickle"
    try:
        folder.mkdir()
    except FileExistsError:
        return _wait_for(told)
    made = make_demo(folder, Task())
    half = told.with_suffix(".part")
    half.write_bytes(pickle.dumps(made))
    half.replace(told)
    return made


def _wait_for(told: Path) -> DemoResult:
    end = time.monotonic() + 300
    while not told.is_file():
        if time.monotonic() > end:
            raise TimeoutError("the process that makes the sample case did not end")
        time.sleep(0.1)
    return pickle.loads(told.read_bytes())


@pytest.fixture
def sample_case_path(demo, tmp_path) -> Path:
    """A copy of the sample case that a test may change."""
    return Path(shutil.copy(demo.case_path, tmp_path / "sample.smscase"))


@pytest.fixture
def sample_case(sample_case_path):
    """The copy, open."""
    case = open_case(sample_case_path)
    yield case
    case.close()


@pytest.fixture
def empty_case(tmp_path):
    """A new case without any file in it."""
    case = create_case(tmp_path / "empty.smscase", CaseCard("测试案件"))
    yield case
    case.close()


@pytest.fixture
def picture() -> Path:
    """A bundled screenshot with few messages, quick to read."""
    return resource("samples", "IMG_0412.PNG")
