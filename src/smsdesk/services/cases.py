"""Make, open and describe cases."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from smsdesk import __version__
from smsdesk.domain.cases import CaseCard, SourceDevice
from smsdesk.domain.errors import IsPackage
from smsdesk.report.package.reading import is_zip
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


def create_case(path: Path, card: CaseCard) -> CaseFile:
    """Make an empty case file at *path*; CaseExists if there is a file already."""
    return CaseFile.create(path, card, at=now(), actor=actor(), program=PROGRAM)


def open_case(path: Path) -> CaseFile:
    """Open a case file; see CaseFile.open for what can go wrong, and IsPackage for a package.

    If its schema had to be brought up to date, the custody log says so and names the backup.
    """
    if is_zip(path):
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


def update_card(case: CaseFile, new: CaseCard) -> None:
    """Replace the case card; the custody log keeps what changed."""
    with case.work() as work:
        old = asdict(work.case.card())
        changed = {k: {"before": old[k], "after": v} for k, v in asdict(new).items() if old[k] != v}
        if changed:
            work.case.update_card(new)
            work.custody.append("card_changed", changed, actor(), now())
            work.commit()


def devices(case: CaseFile) -> list[SourceDevice]:
    """Return the phones whose screenshots the case holds."""
    with case.view() as work:
        return work.devices.all()


def describe_devices(case: CaseFile, described: Sequence[SourceDevice]) -> None:
    """Keep what is said of phones (owner, model, own number, kept by); the log keeps what changed.

    KeyError for a phone that the case does not know.
    """
    with case.work() as work:
        changed = False
        for device in described:
            before = asdict(work.devices.get(device.id))
            after = {**before, **{name: getattr(device, name) for name in DESCRIBED}}
            news = {
                name: {"before": before[name], "after": after[name]}
                for name in DESCRIBED
                if before[name] != after[name]
            }
            if news:
                work.devices.describe(device)
                details = {"phone": before["name"], **news}
                work.custody.append("device_described", details, actor(), now())
                changed = True
        if changed:
            work.commit()


DESCRIBED = ("owner", "model", "own_number", "kept_by")
"""What describes an original carrier (原始载体) that a court may want to see."""
