from __future__ import annotations

import sqlite3

import pytest

from smsdesk.services.cases import open_case
from smsdesk.services.importing import ImportOptions, import_paths
from smsdesk.services.jobs import Task
from smsdesk.services.verifying import ProblemKind, verify


@pytest.fixture
def case_path(empty_case, picture):
    import_paths(empty_case, [picture], ImportOptions(), Task())
    empty_case.close()
    return empty_case.path


def tamper(path, statement):
    """Change the database as a forger would, who first removes the triggers."""
    with sqlite3.connect(path) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(statement)
    database.close()


def problems(path):
    case = open_case(path)
    try:
        return {problem.kind for problem in verify(case, Task()).problems}
    finally:
        case.close()


def test_an_untouched_case_is_whole(case_path):
    assert problems(case_path) == set()


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (
            "UPDATE original_bytes SET data = CAST('x' || data AS BLOB)",
            ProblemKind.BYTES_CHANGED,
        ),
        ("UPDATE custody_entry SET actor = 'somebody else'", ProblemKind.LOG_BROKEN),
        ("DELETE FROM custody_entry WHERE number = 2", ProblemKind.LOG_BROKEN),
        ("UPDATE original SET sha256 = replace(sha256, 'a', 'b')", ProblemKind.BYTES_CHANGED),
        ("UPDATE original SET sm3 = replace(sm3, 'a', 'b')", ProblemKind.BYTES_CHANGED),
    ],
)
def test_tampering_is_found_and_named(case_path, statement, kind):
    tamper(case_path, statement)
    assert kind in problems(case_path)
