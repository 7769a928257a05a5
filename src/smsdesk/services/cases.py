"""Make, open and describe cases."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from smsdesk import __version__
from smsdesk.domain.cases import CardChange, CaseCard, PhonesChange, SourceDevice
from smsdesk.domain.errors import CannotWrite, IsPackage
from smsdesk.report.package.unpacked import is_package
from smsdesk.storage.case_file import CaseFile

PROGRAM = f"smsdesk {__version__}"


def now() -> dt.datetime:
    """Return the present moment with the computer's own UTC offset."""
    return dt.datetime.now().astimezone()


def actor() -> str:
    """Return who is at the computer, as far as the operating system knows."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, or (Windows) none of its variables
        return "unknown"


def make_folder(folder: Path) -> None:
    """Make the folder that a case is to lie in; CannotWrite if that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(path=folder, detail=error.strerror or str(error)) from error


def create_case(path: Path, card: CaseCard) -> CaseFile:
    """Make an empty case file at *path*; CaseExists if there is a file already."""
    return CaseFile.create(path, card, at=now(), actor=actor(), program=PROGRAM)


def open_case(path: Path) -> CaseFile:
    """Open a case file; see CaseFile.open for what can go wrong, and IsPackage for a package.

    If its schema had to be brought up to date, the custody log says so and names the backup.
    """
    if is_package(path):
        raise IsPackage(path=path)
    case = CaseFile.open(path)
    if case.backup is not None:
        with case.work() as work:
            details = {"program": PROGRAM, "backup": case.backup.name}
            work.custody.append("schema_upgraded", details, actor(), now())
            work.commit()
    return case


def card(case: CaseFile) -> CaseCard:
    """Return the case card."""
    with case.view() as work:
        return work.case.card()


def update_card(case: CaseFile, new: CaseCard) -> CardChange:
    """Replace the case card; the custody log keeps what changed. Return what was done."""
    with case.work() as work:
        before = work.case.card()
        old = asdict(before)
        changed = {k: {"before": old[k], "after": v} for k, v in asdict(new).items() if old[k] != v}
        if changed:
            work.case.update_card(new)
            work.custody.append("card_changed", changed, actor(), now())
            work.commit()
    return CardChange(before, new)


def apply_card(case: CaseFile, change: CardChange) -> CardChange:
    """Carry out *change*: an update of the card, or its inverse."""
    return update_card(case, change.after)


def devices(case: CaseFile) -> list[SourceDevice]:
    """Return the phones whose screenshots the case holds."""
    with case.view() as work:
        return work.devices.all()


def describe_devices(case: CaseFile, described: Sequence[SourceDevice]) -> PhonesChange:
    """Keep what is said of phones (owner, model, own number, kept by); the log keeps what changed.

    Return what was done. KeyError for a phone that the case does not know.
    """
    with case.work() as work:
        before = tuple(work.devices.get(device.id) for device in described)
        for old, new in zip(before, described, strict=True):
            news = _news(old, new)
            if news:
                work.devices.describe(new)
                details = {"phone": old.name, **news}
                work.custody.append("device_described", details, actor(), now())
        work.commit()
    return PhonesChange(before, tuple(described))


def _news(old: SourceDevice, new: SourceDevice) -> dict[str, dict[str, str]]:
    told = ((name, getattr(old, name), getattr(new, name)) for name in DESCRIBED)
    return {name: {"before": was, "after": now} for name, was, now in told if was != now}


def apply_phones(case: CaseFile, change: PhonesChange) -> PhonesChange:
    """Carry out *change*: a description of phones, or its inverse."""
    return describe_devices(case, change.after)


DESCRIBED = ("owner", "model", "own_number", "kept_by")
"""What describes an original carrier (原始载体) that a court may want to see."""
