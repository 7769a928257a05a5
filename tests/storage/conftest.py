"""A case in a folder of its own, for tests of the case file."""

from __future__ import annotations

import pytest

from tests.storage.builders import create


@pytest.fixture
def case_path(tmp_path):
    return tmp_path / "张女士 100%.smscase"


@pytest.fixture
def case(case_path):
    with create(case_path) as case:
        yield case
