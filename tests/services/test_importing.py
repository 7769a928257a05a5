from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from smsdesk.domain.cases import ImportStatus, SourceDevice
from smsdesk.domain.errors import SetAsideReason, WrongUse
from smsdesk.domain.findings import Recipient
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.times import CaptureSource
from smsdesk.ocr.registry import engine
from smsdesk.resources import resource
from smsdesk.services import importing, listing, reading
from smsdesk.services.importing import ImportOptions, import_paths, resume_import, waiting
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.verifying import verify
from tests.services.bad_files import make_bad_files


def test_bad_files_are_set_aside_with_their_reasons_and_the_rest_is_imported(
    empty_case, tmp_path, picture
):
    folder = tmp_path / "mixed"
    folder.mkdir()
    expected = make_bad_files(folder, picture)
    shutil.copy(picture, folder / "good.png")

    report = import_paths(empty_case, [folder], ImportOptions(), Task())

    set_aside = {Path(i.path).name: i.reason for i in report.with_status(ImportStatus.SET_ASIDE)}
    assert set_aside == expected
    assert [Path(i.path).name for i in report.with_status(ImportStatus.IMPORTED)] == ["good.png"]
    assert len(listing.set_aside(empty_case)) == len(expected)
    assert [o.file_name for o in listing.originals(empty_case)] == ["good.png"]
    assert verify(empty_case, Task()).ok


def test_originals_are_kept_byte_for_byte(empty_case, picture):
    import_paths(empty_case, [picture], ImportOptions(), Task())
    (original,) = listing.originals(empty_case)
    assert listing.original_bytes(empty_case, original.id) == picture.read_bytes()
    assert original.captured.source == CaptureSource.EXIF


def test_an_exact_duplicate_is_skipped_and_its_twin_named(empty_case, tmp_path, picture):
    copy = Path(shutil.copy(picture, tmp_path / "again.PNG"))
    import_paths(empty_case, [picture], ImportOptions(), Task())
    before = listing.summary(empty_case)
    (item,) = import_paths(empty_case, [copy], ImportOptions(), Task()).files
    assert (item.status, item.twin) == (ImportStatus.DUPLICATE, picture.name)
    assert listing.summary(empty_case).messages == before.messages


def test_the_phone_says_who_received_the_messages(empty_case, picture):
    mother = SourceDevice(0, "母亲的手机", recipient=Recipient.THIRD, relation="母亲")
    import_paths(empty_case, [picture], ImportOptions(device=mother), Task())
    found = listing.messages(empty_case, listing.message_ids(empty_case, MessageQuery()))
    assert {message.recipient for message in found} == {Recipient.THIRD}


def test_a_cancelled_import_keeps_what_is_stored_and_goes_on_later(empty_case):
    pictures = [resource("samples", name) for name in ("IMG_0412.PNG", "IMG_0437.PNG")]
    task = Task()

    def cancel_after_the_first(progress):
        if progress.done == 1:
            task.cancel()

    task.on_progress = cancel_after_the_first
    with pytest.raises(Cancelled):
        import_paths(empty_case, pictures, ImportOptions(jobs=1), task)
    kept = listing.summary(empty_case)
    assert (kept.originals, kept.waiting) == (2, 1)
    assert kept.messages.total > 0

    report = resume_import(empty_case, ImportOptions(), Task())
    assert len(report.with_status(ImportStatus.IMPORTED)) == 1
    assert waiting(empty_case) == 0
    assert listing.summary(empty_case).messages.total > kept.messages.total


def test_an_unknown_engine_changes_nothing(empty_case, picture):
    with pytest.raises(WrongUse):
        import_paths(empty_case, [picture], ImportOptions(engine="crystal ball"), Task())
    assert listing.summary(empty_case).originals == 0


class _FailingOn:
    """The real engine, but for pictures of one width, on which it has a bug."""

    def __init__(self, width):
        self.identity = engine().identity
        self.width = width

    def read(self, image):
        if image.width == self.width:
            raise IndexError("a bug of ours")
        return engine().read(image)


@pytest.fixture
def small_picture(tmp_path, picture):
    """The same screen 300 pixels wide."""
    path = tmp_path / "small.png"
    with Image.open(picture) as image:
        image.convert("RGB").resize((300, 650)).save(path)
    return path


def test_a_picture_on_which_reading_fails_is_listed_and_kept(
    empty_case, picture, small_picture, monkeypatch
):
    monkeypatch.setattr(importing, "engine_named", lambda _name: _FailingOn(300))
    report = import_paths(empty_case, [small_picture, picture], ImportOptions(), Task())
    assert [item.reason for item in report.files] == [SetAsideReason.READ_FAILED, None]
    assert listing.summary(empty_case).originals == 2


def test_reading_without_a_case_goes_on_after_a_failure(picture, small_picture, monkeypatch):
    monkeypatch.setattr(reading, "engine_named", lambda _name: _FailingOn(300))
    (_, _, failed), (_, _, read) = reading.read_files(
        [small_picture, picture], "ppocr", None, Task()
    )
    assert failed.reason == SetAsideReason.READ_FAILED
    assert len(read.sightings) == 2
