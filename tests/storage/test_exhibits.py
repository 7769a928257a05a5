from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from smsdesk.domain.exhibits import (
    DEFAULT_GROUPS,
    Attachment,
    ExhibitGroup,
    ExhibitKind,
    ExhibitRecord,
)
from smsdesk.storage.case_file import CaseFile
from tests.storage.builders import NOON, create_earlier

CONTRACT = Attachment(
    0, "a" * 64, "b" * 64, 5, "application/pdf", "合同.pdf", "C:\\合同.pdf", NOON, NOON, ((9, 12),)
)
TITLES = [group.title for group in DEFAULT_GROUPS]


def test_a_new_case_has_the_three_groups(work):
    assert [group.title for group in work.exhibits.groups()] == TITLES


def test_a_case_of_an_earlier_version_gets_the_three_groups(case_path):
    create_earlier(case_path, "0004")
    with CaseFile.open(case_path) as case, case.view() as view:
        assert [group.title for group in view.exhibits.groups()] == TITLES
        assert [group.role for group in view.exhibits.groups()] == [g.role for g in DEFAULT_GROUPS]
        assert view.attachments.all() == []


def test_groups_are_changed_put_back_and_removed(work):
    new = work.exhibits.put_group(ExhibitGroup(0, "其他", 0))
    assert [group.title for group in work.exhibits.groups()] == ["其他", *TITLES]
    work.exhibits.put_group(replace(new, title="其他材料", position=9))
    assert work.exhibits.groups()[-1] == replace(new, title="其他材料", position=9)
    work.exhibits.drop_group(new.id)
    assert work.exhibits.put_group(new) == new  # undo brings it back under its own id


def test_attachments_come_back_with_their_exact_bytes(work):
    stored = work.attachments.add(CONTRACT, b"\x00\xff%PDF")
    assert work.attachments.get(stored.id) == replace(CONTRACT, id=stored.id)
    assert work.attachments.by_sha256("a" * 64) == stored
    assert work.attachments.by_sha256("c" * 64) is None
    assert work.attachments.data(stored.id) == b"\x00\xff%PDF"
    with pytest.raises(KeyError):
        work.attachments.data(stored.id + 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attachment SET file_name = 'x'",
        "DELETE FROM attachment",
        "INSERT OR REPLACE INTO attachment SELECT * FROM attachment",
        "UPDATE attachment_bytes SET data = 'x'",
        "DELETE FROM attachment_bytes",
        "INSERT OR REPLACE INTO attachment_bytes SELECT * FROM attachment_bytes",
    ],
)
def test_an_attachment_cannot_be_changed_or_removed(work, statement):
    work.attachments.add(CONTRACT, b"%PDF")
    with pytest.raises(IntegrityError, match="written once"):
        work._session.execute(text(statement))


def test_records_keep_every_field_and_the_order_of_files(work):
    files = [work.attachments.add(replace(CONTRACT, sha256=f"{n:064}"), b"x").id for n in range(3)]
    group = work.exhibits.groups()[2]
    record = ExhibitRecord(
        "file:a", ExhibitKind.CONTRACT, group.id, 4, None, (files[2], files[0]),
        "合同", "来源", "证明", "内容", 3, "备注",
    )  # fmt: skip
    work.exhibits.put_record(record)
    assert work.exhibits.records() == [record]
    again = replace(record, files=(files[0], files[1]), name=None)
    work.exhibits.put_record(again)
    assert work.exhibits.records() == [again]
    work.exhibits.drop_record("file:a")
    assert work.exhibits.records() == []
    work.exhibits.put_record(record)
    assert work.exhibits.records() == [record]


def test_a_file_belongs_to_one_exhibit(work):
    file = work.attachments.add(CONTRACT, b"x").id
    work.exhibits.put_record(ExhibitRecord("file:a", ExhibitKind.OTHER, files=(file,)))
    with pytest.raises(IntegrityError):
        work.exhibits.put_record(ExhibitRecord("file:b", ExhibitKind.OTHER, files=(file,)))
