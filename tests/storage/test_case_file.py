from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from smsdesk.domain.cases import CaseCard, SourceDevice
from smsdesk.domain.custody import first_broken
from smsdesk.domain.errors import (
    CannotWrite,
    CaseDamaged,
    CaseExists,
    CaseLocked,
    CaseNotFound,
    CaseReadOnly,
    CaseTooNew,
    CaseUnreachable,
    DiskFull,
    NotACaseFile,
)
from smsdesk.storage import upgrade
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.sqlite import APPLICATION_ID
from tests.storage.builders import NOON, at, create, original, sighting, store


def _files(folder):
    return sorted(path.name for path in folder.iterdir())


def _closed_case(path):
    """Make a case of some pages, with a phone and an original in it."""
    with create(path) as case, case.work() as work:
        phone = work.devices.add(SourceDevice(0, "手机"))
        work.originals.add(original(b"x" * 50_000, phone.id), b"x" * 50_000)
        work.commit()


@pytest.fixture
def closed_case(case_path):
    _closed_case(case_path)
    return case_path


_NOBODY = 65534


@contextmanager
def _without_rights(folder):
    """Act as the owner of *folder* who is not root: permissions mean nothing to root.

    Code and migrations may lie where only root can read, so cases are made before this.
    """
    if not hasattr(os, "geteuid"):
        pytest.skip("no POSIX permissions")
    is_root = os.geteuid() == 0
    if is_root:
        for path in (folder, *folder.iterdir()):
            os.chown(path, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o700)


@pytest.fixture
def own_folder():
    """A folder that everybody may get to, unlike those of other fixtures."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


def test_a_new_case_holds_its_card_and_the_first_log_entry(case_path):
    card = CaseCard("张女士诉云杉消费金融", "张女士", "云杉消费金融", "隐私权纠纷", copies=3)
    with CaseFile.create(case_path, card, at=NOON, actor="张", program="smsdesk 1") as case:
        with case.view() as view:
            assert view.case.card() == card
            (entry,) = view.custody.all()
        assert (entry.action, entry.actor, entry.at) == ("case_created", "张", NOON)
        assert entry.details["program"] == "smsdesk 1"
        assert first_broken([entry]) is None
        assert case.damage() is None


def test_closing_leaves_one_file(case, case_path):
    with case.work() as work:
        work.devices.add(SourceDevice(0, "手机"))
        work.commit()
    case.close()
    case.close()  # closing twice is no mistake
    assert _files(case_path.parent) == [case_path.name]
    assert case_path.read_bytes()[18:20] == b"\x01\x01"  # no write-ahead log expected


def test_a_closed_case_refuses_work(case):
    case.close()
    with pytest.raises(RuntimeError, match="closed"):
        case.work()


def test_the_file_carries_our_application_id(closed_case):
    with closing(sqlite3.connect(closed_case)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_every_connection_enforces_keys_and_waits_for_the_disk(case):
    with case._engine.connect() as one, case._engine.connect() as two:
        for connection in (one, two):
            for pragma, value in (("foreign_keys", 1), ("synchronous", 2), ("journal_mode", "wal")):
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


@pytest.mark.parametrize("content", [b"", b"text", None])
def test_creating_never_overwrites(case_path, content):
    if content is None:
        case_path.mkdir()
    else:
        case_path.write_bytes(content)
    with pytest.raises(CaseExists) as caught:
        create(case_path)
    assert caught.value.fields["path"] == str(case_path)
    assert content is None or case_path.read_bytes() == content
    assert _files(case_path.parent) == [case_path.name]


def test_creating_fails_cleanly_in_a_missing_folder(tmp_path):
    with pytest.raises(CannotWrite):
        create(tmp_path / "missing" / "a.smscase")


def test_creating_fails_cleanly_under_an_impossible_name(tmp_path):
    with pytest.raises(CannotWrite):
        create(tmp_path / ("名" * 200 + ".smscase"))
    assert _files(tmp_path) == []


def test_creating_fails_cleanly_where_nothing_may_be_written(own_folder):
    with _without_rights(own_folder):
        own_folder.chmod(0o555)
        with pytest.raises(CaseReadOnly):
            create(own_folder / "a.smscase")
        assert _files(own_folder) == []


def test_a_failure_half_way_through_creating_leaves_nothing(case_path):
    with pytest.raises(StatementError, match="without time zone"):
        CaseFile.create(
            case_path, CaseCard("a"), at=NOON.replace(tzinfo=None), actor="a", program="a"
        )
    assert _files(case_path.parent) == []


def test_opening_what_is_not_there(tmp_path):
    for name in ("missing.smscase", "名" * 200):
        with pytest.raises(CaseNotFound):
            CaseFile.open(tmp_path / name)
    assert _files(tmp_path) == []


def _text(path):
    path.write_text("短信" * 100, encoding="utf-8")


def _other_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE a (b)")


def _unreadable_rest(path):
    path.write_bytes(b"SQLite format 3\0" + bytes(range(50)))


@pytest.mark.parametrize(
    "make",
    [
        Path.mkdir,
        Path.touch,
        _text,
        _other_database,
        _unreadable_rest,
        lambda path: path.write_bytes(bytes(range(256)) * 64),
    ],
    ids=["folder", "empty", "text", "other database", "cut off", "random bytes"],
)
def test_what_is_not_a_case_is_refused_and_not_touched(tmp_path, make):
    path = tmp_path / "a.smscase"
    make(path)
    before = path.is_file() and (path.read_bytes(), path.stat().st_mtime_ns)
    with pytest.raises(NotACaseFile):
        CaseFile.open(path)
    assert (path.is_file() and (path.read_bytes(), path.stat().st_mtime_ns)) == before
    assert _files(tmp_path) == ["a.smscase"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / "a.smscase")
    with pytest.raises(NotACaseFile):
        CaseFile.open(tmp_path / "a.smscase")


@pytest.mark.parametrize("keep", [100, 1000, 4096, 30_000, -1])
def test_a_case_cut_short_is_damaged(closed_case, keep):
    short = closed_case.read_bytes()[:keep]
    closed_case.write_bytes(short)
    with pytest.raises(CaseDamaged):
        CaseFile.open(closed_case)
    assert closed_case.read_bytes() == short
    assert _files(closed_case.parent) == [closed_case.name]


def test_a_case_whose_first_page_is_spoilt_is_damaged(closed_case):
    data = bytearray(closed_case.read_bytes())
    data[100:4096] = os.urandom(3996)
    closed_case.write_bytes(data)
    with pytest.raises(CaseDamaged):
        CaseFile.open(closed_case)
    assert closed_case.read_bytes() == data


@pytest.mark.parametrize(
    "spoil",
    ["DROP TABLE alembic_version", "DELETE FROM alembic_version", "DROP TABLE finding"],
)
def test_a_case_with_missing_parts_is_damaged(closed_case, spoil):
    with closing(sqlite3.connect(closed_case)) as connection:
        connection.execute(spoil)
        connection.commit()
    with pytest.raises(CaseDamaged):
        CaseFile.open(closed_case)


def test_damage_finds_broken_pages_that_opening_does_not_read(closed_case):
    data = bytearray(closed_case.read_bytes())
    with closing(sqlite3.connect(closed_case)) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_message_order'"
        ).fetchone()[0]
    data[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    closed_case.write_bytes(data)
    with CaseFile.open(closed_case) as case:
        assert case.damage() is not None


def test_damage_names_a_trigger_that_was_dropped(closed_case):
    with closing(sqlite3.connect(closed_case)) as connection:
        connection.execute("DROP TRIGGER keep_original_bytes_update")
        connection.commit()
    with CaseFile.open(closed_case) as case:
        assert case.damage() == "trigger keep_original_bytes_update is missing"


def test_damage_finds_rows_that_refer_to_missing_ones(closed_case):
    with closing(sqlite3.connect(closed_case)) as connection:
        connection.execute("UPDATE original SET device_id = 99")
        connection.commit()
    with CaseFile.open(closed_case) as case:
        assert case.damage() == "original: a row refers to one that is missing"


def test_a_newer_case_is_refused_and_not_touched(closed_case):
    with closing(sqlite3.connect(closed_case)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = closed_case.read_bytes()
    with pytest.raises(CaseTooNew) as caught:
        CaseFile.open(closed_case)
    assert caught.value.fields["revision"] == "9999"
    assert closed_case.read_bytes() == before
    assert _files(closed_case.parent) == [closed_case.name]


_NEWEST = upgrade.REVISIONS[-1]
_NEXT_REVISION = f"""
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{_NEWEST}"

def upgrade():
    with op.batch_alter_table("original", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.Text()))
"""


@pytest.fixture
def newer_program(tmp_path, monkeypatch):
    """A program whose schema is one revision further; that one rebuilds a protected table."""
    folder = Path(shutil.copytree(upgrade.MIGRATIONS, tmp_path / "迁移 50%"))
    (folder / "versions" / "next.py").write_text(_NEXT_REVISION)
    monkeypatch.setattr(upgrade, "REVISIONS", [*upgrade.REVISIONS, "next"])
    monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
    return folder / "versions"


def test_an_older_case_is_upgraded_after_a_backup(closed_case, newer_program):
    before = closed_case.read_bytes()
    with CaseFile.open(closed_case) as case:
        assert case.backup.name == f"张女士 100%.backup-{_NEWEST}.smscase"
        with case.view() as view:
            assert view.originals.count() == 1
            assert len(view.originals.data(1)) == 50_000
        assert case.damage() is None  # the rebuilt table has its triggers again
    with (
        closing(sqlite3.connect(case.backup)) as backup,
        closing(sqlite3.connect(":memory:")) as old,
    ):
        old.deserialize(before)
        assert list(backup.iterdump()) == list(old.iterdump())
    with CaseFile.open(closed_case) as case:
        assert case.backup is None


def test_a_second_backup_does_not_overwrite_the_first(closed_case, newer_program):
    first = closed_case.with_name(f"张女士 100%.backup-{_NEWEST}.smscase")
    first.write_bytes(b"kept")
    with CaseFile.open(closed_case) as case:
        assert case.backup.name == f"张女士 100%.backup-{_NEWEST}-2.smscase"
    assert first.read_bytes() == b"kept"


def test_an_upgrade_that_fails_leaves_the_case_as_it_was(closed_case, newer_program):
    (newer_program / "next.py").write_text(_NEXT_REVISION + "    raise KeyError('no')\n")
    before = closed_case.read_bytes()
    with pytest.raises(KeyError):
        CaseFile.open(closed_case)
    assert closed_case.read_bytes() == before


def test_a_read_only_case_is_refused(own_folder):
    path = own_folder / "a.smscase"
    _closed_case(path)
    with _without_rights(own_folder):
        for file_mode, folder_mode in ((0o444, 0o700), (0o000, 0o700), (0o644, 0o555)):
            path.chmod(file_mode)
            own_folder.chmod(folder_mode)
            with pytest.raises(CaseReadOnly):
                CaseFile.open(path)
        assert _files(own_folder) == ["a.smscase"]


def test_a_case_that_another_program_holds_is_locked(closed_case):
    with closing(sqlite3.connect(closed_case, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CaseLocked):
            CaseFile.open(closed_case)


def test_a_writer_that_waits_in_vain_for_another_program_gets_case_locked(case, case_path):
    with closing(sqlite3.connect(case_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with case.view() as view:  # reading goes on
            assert view.originals.count() == 0
        with case.work() as work, pytest.raises(CaseLocked):
            work.case.card()
        other.execute("ROLLBACK")
    with case.work() as work:
        assert work.case.card().title == "测试案件"


def test_a_case_may_be_open_twice_and_the_last_to_close_leaves_one_file(case, case_path):
    with CaseFile.open(case_path) as other:
        with case.work() as work:
            work.devices.add(SourceDevice(0, "一"))
            work.commit()
        with other.work() as work:
            work.devices.add(SourceDevice(0, "二"))
            work.commit()
        with case.view() as view:
            assert [phone.name for phone in view.devices.all()] == ["一", "二"]
    with case.view() as view:
        assert len(view.devices.all()) == 2
    assert len(_files(case_path.parent)) == 3
    case.close()
    assert _files(case_path.parent) == [case_path.name]


_CHILD = """
import os, sys, time
from pathlib import Path
from smsdesk.domain.cases import SourceDevice
from smsdesk.storage.case_file import CaseFile
from tests.storage.builders import NOON, original

case = CaseFile.open(Path(sys.argv[1]))
with case.work() as work:
    phone = work.devices.add(SourceDevice(0, "手机"))
    work.originals.add(original(b"kept" * 9999, phone.id), b"kept" * 9999)
    work.custody.append("kept", {}, "a", NOON)
    work.commit()
    work.originals.add(original(b"lost" * 9_999_999, phone.id), b"lost" * 9_999_999)
    work.custody.append("lost", {}, "a", NOON)
    print("half way", flush=True)
    time.sleep(60)
"""


def test_a_killed_program_leaves_what_it_had_committed(closed_case_free_path):
    path = closed_case_free_path
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with child:
        assert child.stdout.readline() == b"half way\n"
        child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    with CaseFile.open(path) as case:
        assert case.damage() is None
        with case.view() as view:
            assert [view.originals.data(o.id) for o in view.originals.all()] == [b"kept" * 9999]
            assert [entry.action for entry in view.custody.all()] == ["case_created", "kept"]
            assert first_broken(view.custody.all()) is None
    assert _files(path.parent) == [path.name]


@pytest.fixture
def closed_case_free_path(case_path):
    create(case_path).close()
    return case_path


def test_a_full_disk_loses_only_what_was_not_committed(case):
    with case.work() as work:
        phone = work.devices.add(SourceDevice(0, "手机"))
        work.commit()
    with case.work() as work:
        connection = work._session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 5}")
        with pytest.raises(DiskFull) as caught:
            work.originals.add(original(b"big" * 99_999, phone.id), b"big" * 99_999)
    assert caught.value.fields["path"] == str(case.path)
    case._engine.dispose()  # the limit ends with the connection
    assert case.damage() is None
    with case.work() as work:
        assert work.originals.count() == 0
        work.originals.add(original(b"big" * 99_999, phone.id), b"big" * 99_999)
        work.commit()


def test_a_case_that_disappears_is_unreachable(case, case_path):
    case._engine.dispose()
    case_path.rename(case_path.with_name("elsewhere"))
    with case.view() as view, pytest.raises(CaseUnreachable):
        view.case.card()
    case_path.with_name("elsewhere").rename(case_path)


@pytest.mark.parametrize(
    ("spoil", "read"),
    [
        ("sender = '{'", "messages"),
        ("sender = '[]'", "messages"),
        ("sender = '{\"raw\": 1}'", "messages"),
        ("doubtful = '5'", "messages"),
        ("doubtful = '[[1]]'", "messages"),
        ("direction = 'sideways'", "messages"),
        ("sent_earliest = 'yesterday'", "messages"),
        ("machine_text = CAST(x'ff' AS TEXT)", "messages"),
        ("details = '['", "custody"),
        ("details = '3'", "custody"),
        ("at = ''", "custody"),
    ],
)
def test_a_value_that_makes_no_sense_is_told_as_damage(case, spoil, read):
    table = {"messages": "message", "custody": "custody_entry"}[read]
    with case.work() as work:
        store(work, [sighting("一", at(9))])
        work._session.execute(text("DROP TRIGGER keep_custody_entry_update"))
        work._session.execute(text(f"UPDATE {table} SET {spoil}"))
        work.commit()
    with pytest.raises(CaseDamaged) as caught, case.view() as view:
        _read(view, read)
    assert caught.value.fields["path"] == str(case.path)


def _read(view, what):
    return view.custody.all() if what == "custody" else view.messages.get(view.messages.ids())
