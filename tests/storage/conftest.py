"""A case in a folder of its own, for tests of the case file."""

from __future__ import annotations

import pytest

from smsdesk.domain.threads import ThreadKey
from tests.storage.builders import MOBILE, create, device


@pytest.fixture
def case_path(tmp_path):
    return tmp_path / "张女士 100%.smscase"


@pytest.fixture
def case(case_path):
    with create(case_path) as case:
        yield case


@pytest.fixture
def work(case):
    with case.work() as work:
        yield work


@pytest.fixture
def key(work):
    """The conversation with a mobile number on the first phone."""
    return ThreadKey(device(work).id, MOBILE.key)
