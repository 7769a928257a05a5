"""The catalogue of exhibits as a person arranged it, and files of other kinds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

from sqlalchemy import delete, insert, select

from smsdesk.domain.exhibits import Attachment, ExhibitGroup, ExhibitRecord
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import (
    AttachmentBytesRow,
    AttachmentRow,
    ExhibitFileRow,
    ExhibitGroupRow,
    ExhibitRow,
)


class AttachmentRepository(Repository):
    """Attachments are added and read; nothing here can change or remove them."""

    def add(self, attachment: Attachment, data: bytes) -> Attachment:
        """Store a file with its exact bytes; return it with its id.

        The database refuses a second one with the same SHA-256: ask `by_sha256` before.
        """
        values = asdict(attachment)
        del values["id"]
        values["page_sizes"] = to_json(attachment.page_sizes)
        row = self._add(AttachmentRow(case_id=self._case_id, **values))
        self._session.execute(
            insert(AttachmentBytesRow).values(
                attachment_id=row.id, case_id=self._case_id, data=data
            )
        )
        return _attachment(row)

    def get(self, attachment_id: int) -> Attachment:
        """Return an attachment; KeyError if there is none."""
        return _attachment(self._row(AttachmentRow, attachment_id))

    def by_sha256(self, sha256: str) -> Attachment | None:
        """Return the attachment with that hash, None if there is none."""
        twin = select(AttachmentRow).where(
            AttachmentRow.case_id == self._case_id, AttachmentRow.sha256 == sha256
        )
        row = self._session.scalar(twin)
        return None if row is None else _attachment(row)

    def all(self) -> list[Attachment]:
        """Return all attachments in the order in which they came."""
        rows = select(AttachmentRow).where(AttachmentRow.case_id == self._case_id)
        return [_attachment(row) for row in self._session.scalars(rows.order_by(AttachmentRow.id))]

    def data(self, attachment_id: int) -> bytes:
        """Return the bytes as they are stored now; checking their hash is the caller's part.

        KeyError if there are none.
        """
        stored = select(AttachmentBytesRow.data).where(
            AttachmentBytesRow.attachment_id == attachment_id,
            AttachmentBytesRow.case_id == self._case_id,
        )
        data = self._session.scalar(stored)
        if data is None:
            raise KeyError(f"bytes of attachment {attachment_id}")
        return data


class ExhibitRepository(Repository):
    """Groups, and what a person said of exhibits: small tables, read whole."""

    def groups(self) -> list[ExhibitGroup]:
        """Return all groups in order."""
        rows = select(ExhibitGroupRow).where(ExhibitGroupRow.case_id == self._case_id)
        ordered = rows.order_by(ExhibitGroupRow.position, ExhibitGroupRow.id)
        return [_group(row) for row in self._session.scalars(ordered)]

    def put_group(self, group: ExhibitGroup) -> ExhibitGroup:
        """Store a group, or change the one with its id; return it with its id."""
        row = self._session.get(ExhibitGroupRow, group.id) if group.id else None
        if row is None:
            row = ExhibitGroupRow(id=group.id or None, case_id=self._case_id)
        row.title, row.position, row.role = group.title, group.position, group.role
        return _group(self._add(row))

    def drop_group(self, group_id: int) -> None:
        """Remove a group that no exhibit refers to; KeyError if there is none."""
        self._session.delete(self._row(ExhibitGroupRow, group_id))
        self._session.flush()

    def records(self) -> list[ExhibitRecord]:
        """Return what a person said of exhibits, by key."""
        files: defaultdict[str, list[int]] = defaultdict(list)
        for row in self._session.scalars(
            select(ExhibitFileRow)
            .where(ExhibitFileRow.case_id == self._case_id)
            .order_by(ExhibitFileRow.position)
        ):
            files[row.key].append(row.attachment_id)
        rows = select(ExhibitRow).where(ExhibitRow.case_id == self._case_id)
        return [
            _record(row, tuple(files[row.key]))
            for row in self._session.scalars(rows.order_by(ExhibitRow.key))
        ]

    def put_record(self, record: ExhibitRecord) -> None:
        """Keep what is said of an exhibit, in the place of what was said before."""
        self._clear_files(record.key)
        values = asdict(record)
        del values["files"]
        values["anchor_id"] = values.pop("anchor")
        self._session.merge(ExhibitRow(case_id=self._case_id, **values))
        self._session.flush()
        self._session.add_all(
            ExhibitFileRow(
                attachment_id=attachment_id,
                case_id=self._case_id,
                key=record.key,
                position=position,
            )
            for position, attachment_id in enumerate(record.files)
        )
        self._session.flush()

    def drop_record(self, key: str) -> None:
        """Forget what was said of an exhibit; files of its own then belong to no exhibit."""
        self._clear_files(key)
        self._session.execute(
            delete(ExhibitRow).where(ExhibitRow.case_id == self._case_id, ExhibitRow.key == key)
        )
        self._session.expire_all()

    def _clear_files(self, key: str) -> None:
        own = (ExhibitFileRow.case_id == self._case_id, ExhibitFileRow.key == key)
        self._session.execute(delete(ExhibitFileRow).where(*own))


def _group(row: ExhibitGroupRow) -> ExhibitGroup:
    return ExhibitGroup(row.id, row.title, row.position, row.role)


def _record(row: ExhibitRow, files: tuple[int, ...]) -> ExhibitRecord:
    return ExhibitRecord(
        key=row.key,
        kind=row.kind,
        group_id=row.group_id,
        position=row.position,
        anchor=row.anchor_id,
        files=files,
        name=row.name,
        source=row.source,
        proves=row.proves,
        summary=row.summary,
        copies=row.copies,
        remark=row.remark,
    )


def _attachment(row: AttachmentRow) -> Attachment:
    return Attachment(
        id=row.id,
        sha256=row.sha256,
        sm3=row.sm3,
        size=row.size,
        media_type=row.media_type,
        file_name=row.file_name,
        source=row.source,
        file_time=row.file_time,
        added_at=row.added_at,
        page_sizes=from_json(tuple[tuple[int, int], ...], row.page_sizes),
    )
