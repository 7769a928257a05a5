"""Bring files of other kinds into a case as exhibits: contracts, call logs, receipts.

Each is hashed and stored byte for byte before anything looks into it, as originals are.
"""

from __future__ import annotations

import datetime as dt
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from smsdesk.domain.arranging import file_key
from smsdesk.domain.errors import PictureError
from smsdesk.domain.exhibits import (
    Attachment,
    AttachRefusal,
    ExhibitKind,
    ExhibitRecord,
    PlanChange,
    RecordChange,
)
from smsdesk.domain.times import CHINA
from smsdesk.ocr.loading import as_document, load_picture
from smsdesk.services.cases import actor, now
from smsdesk.services.exhibits import details
from smsdesk.services.gathering import MAX_FILE_BYTES
from smsdesk.services.hashing import sha256, sm3
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AttachOptions:
    """What the files are; `group_id` None leaves the group to the kind.

    `together`: the files are one exhibit (the photographed pages of a contract, say).
    """

    kind: ExhibitKind = ExhibitKind.OTHER
    group_id: int | None = None
    name: str | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken; `detail` are technical words, or the name of its twin."""

    path: Path
    reason: AttachRefusal
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AttachReport:
    """What became of the files; `change` made the exhibits, and its inverse undoes that.

    What is undone leaves the catalogue; the files themselves stay in the case.
    """

    added: tuple[Attachment, ...]
    refused: tuple[Refused, ...]
    change: PlanChange


class _Refusal(Exception):
    def __init__(self, reason: AttachRefusal, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(reason)


def add_files(
    case: CaseFile, paths: Sequence[Path], options: AttachOptions, task: Task
) -> AttachReport:
    """Store *paths* and list them as exhibits; those refused change nothing.

    Cancelling (Cancelled) keeps the files that are stored by then, and their exhibits.
    """
    added: list[Attachment] = []
    refused: list[Refused] = []
    records: dict[str, ExhibitRecord] = {}
    for done, path in enumerate(paths):
        task.step(done, len(paths), path.name)
        begun = next(iter(records.values()), None) if options.together else None
        try:
            attachment, data = _read(path)
            stored, record = _store(case, attachment, data, begun or _new_record(options))
        except _Refusal as refusal:
            refused.append(Refused(path, refusal.reason, refusal.detail))
            continue
        added.append(stored)
        records[record.key] = record
    changes = tuple(RecordChange(None, record) for record in records.values())
    return AttachReport(tuple(added), tuple(refused), PlanChange(records=changes))


def _new_record(options: AttachOptions) -> ExhibitRecord:
    """Return the record of an exhibit whose first file is still to come, and with it its key."""
    name = (options.name or "").strip() or None
    return ExhibitRecord("", options.kind, options.group_id, name=name)


def _store(
    case: CaseFile, attachment: Attachment, data: bytes, record: ExhibitRecord
) -> tuple[Attachment, ExhibitRecord]:
    """Store a file behind those of *record*; one that was taken out before is listed again."""
    with case.work() as work:
        stored = _unlisted_twin(work, attachment.sha256)
        if stored is None:
            stored = work.attachments.add(attachment, data)
            work.custody.append("attachment_added", identity(stored), actor(), now())
        before = record if record.files else None
        record = replace(
            record, key=record.key or file_key(stored), files=(*record.files, stored.id)
        )
        work.exhibits.put_record(record)
        change = PlanChange(records=(RecordChange(before, record),))
        work.custody.append("exhibits_changed", details(change), actor(), now())
        work.commit()
    return stored, record


def _unlisted_twin(work: UnitOfWork, digest: str) -> Attachment | None:
    """Return the same file, stored before, if no exhibit holds it; refuse it if one does."""
    twin = work.attachments.by_sha256(digest)
    if twin and any(twin.id in record.files for record in work.exhibits.records()):
        raise _Refusal(AttachRefusal.DUPLICATE, twin.file_name)
    return twin


def identity(attachment: Attachment) -> dict[str, object]:
    """Return what the custody log says of a file."""
    return {
        "file_name": attachment.file_name,
        "sha256": attachment.sha256,
        "sm3": attachment.sm3,
        "size": attachment.size,
    }


def _read(path: Path) -> tuple[Attachment, bytes]:
    try:
        data, file_time = _bytes_of(path)
    except FileNotFoundError as error:
        raise _Refusal(AttachRefusal.MISSING) from error
    except PermissionError as error:
        raise _Refusal(AttachRefusal.NO_ACCESS) from error
    except OSError as error:
        raise _Refusal(AttachRefusal.UNREADABLE, str(error)) from error
    digests = sha256(data), sm3(data)
    media_type, page_sizes = _look_into(data, path.name)
    return Attachment(
        0, *digests, len(data), media_type, path.name, str(path), file_time, now(), page_sizes
    ), data


def _bytes_of(path: Path) -> tuple[bytes, dt.datetime]:
    if path.exists() and not path.is_file():
        raise _Refusal(AttachRefusal.NOT_A_FILE)
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if not data:
        raise _Refusal(AttachRefusal.EMPTY)
    if len(data) > MAX_FILE_BYTES:
        raise _Refusal(AttachRefusal.TOO_LARGE)
    return data, dt.datetime.fromtimestamp(path.stat().st_mtime, CHINA)


def _look_into(data: bytes, name: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return what the content is, and the sizes of the pages that can be shown of it."""
    try:
        document = as_document(data)
        if document is not None:
            return document.media_type, document.page_sizes
        picture = load_picture(data)
    except PictureError:  # any other file; by its name, since there is nothing better
        return _TYPES.guess_type(name)[0] or "application/octet-stream", ()
    return picture.media_type, ((picture.width, picture.height),)


_TYPES = mimetypes.MimeTypes()
"""Python's own list, which is the same on every computer; the system's would not be."""
