from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from smsdesk.domain.cases import SourceDevice
from smsdesk.domain.custody import first_broken
from tests.storage.builders import NOON, original


def test_what_is_not_committed_is_gone(case):
    with case.work() as work:
        work.devices.add(SourceDevice(0, "手机"))
    with case.view() as view:
        assert view.devices.all() == []


def test_an_exception_takes_back_all_of_it(case):
    def fail() -> None:
        with case.work() as work:
            work.devices.add(SourceDevice(0, "手机"))
            work.custody.append("device_added", {}, "a", NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with case.view() as view:
        assert view.devices.all() == []
        assert len(view.custody.all()) == 1


def test_work_goes_on_after_a_commit(case):
    with case.work() as work:
        work.devices.add(SourceDevice(0, "一"))
        work.commit()
        work.devices.add(SourceDevice(0, "二"))
    with case.view() as view:
        assert [phone.name for phone in view.devices.all()] == ["一"]


def test_a_view_cannot_write(case):
    with case.view() as view:
        with pytest.raises(RuntimeError, match="cannot commit"):
            view.commit()
        with pytest.raises(Exception, match="case_read_only"):
            view.devices.add(SourceDevice(0, "手机"))
    with case.work() as work:  # on the same pooled connection
        work.devices.add(SourceDevice(0, "手机"))
        work.commit()


def test_a_view_sees_one_moment_while_others_write(case):
    with case.view() as view:
        assert view.devices.all() == []
        with case.work() as work:
            work.devices.add(SourceDevice(0, "手机"))
            work.commit()
        assert view.devices.all() == []


def test_a_unit_inside_another_of_the_same_thread_is_a_mistake_at_once(case):
    with case.work(), pytest.raises(RuntimeError, match="inside another"), case.work():
        pass
    with case.work() as work:
        work.custody.append("still works", {}, "a", NOON)


def test_threads_take_turns_and_the_log_stays_one_chain(case):
    start = threading.Barrier(4)

    def log(name: str) -> None:
        start.wait()
        for number in range(25):
            with case.work() as work:
                work.devices.all()  # reads before it writes, like most services
                work.custody.append("step", {"number": number}, name, NOON)
                work.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(log, "abcd"))
    with case.view() as view:
        entries = view.custody.all()
        assert view.custody.head() == entries[-1]
    assert len(entries) == 101
    assert first_broken(entries) is None


_TAMPERING = [
    "UPDATE original_bytes SET data = x'00'",
    "DELETE FROM original_bytes",
    "INSERT OR REPLACE INTO original_bytes SELECT original_id, case_id, x'00' FROM original_bytes",
    "UPDATE original SET sha256 = '0'",
    "UPDATE original SET sm3 = '0'",
    "UPDATE original SET size = 1",
    "UPDATE original SET file_name = 'a'",
    "UPDATE original SET exif_time = '2020-01-01'",
    "UPDATE original SET imported_at = '2020-01-01'",
    "UPDATE original SET id = 99",
    "DELETE FROM original",
    "UPDATE custody_entry SET actor = 'nobody'",
    "UPDATE custody_entry SET hash = '0' WHERE number = 1",
    "DELETE FROM custody_entry WHERE number = 1",
    "REPLACE INTO custody_entry SELECT case_id, number, at, 1, 2, 3, 4, 5 FROM custody_entry",
]


@pytest.mark.parametrize("statement", _TAMPERING)
def test_what_was_written_once_cannot_be_changed(case, statement):
    with case.work() as work:
        phone = work.devices.add(SourceDevice(0, "手机"))
        work.originals.add(original(b"exact bytes", phone.id), b"exact bytes")
        work.commit()
    with case.work() as work, pytest.raises(IntegrityError, match="written once"):
        work._session.execute(text(statement))
    with case.view() as view:
        assert view.originals.data(1) == b"exact bytes"
        assert first_broken(view.custody.all()) is None
