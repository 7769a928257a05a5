"""Small valid objects for tests of the case file; each argument replaces one field."""

from __future__ import annotations

import datetime as dt
import hashlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from alembic import command
from alembic.config import Config

from smsdesk.domain.cases import CaseCard, Original, SourceDevice
from smsdesk.domain.findings import PackIdentity, Proposal, Recipient, ViolationType
from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Continuity, Sighting
from smsdesk.domain.numbers import Sender, SenderKind
from smsdesk.domain.screens import Direction, LabelScope, ScreenKind
from smsdesk.domain.threads import JoinedMessage, ThreadKey
from smsdesk.domain.times import (
    CHINA,
    UNKNOWN_TIME,
    CaptureMoment,
    CaptureSource,
    SentTime,
    TimeBasis,
)
from smsdesk.storage import upgrade
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.sqlite import APPLICATION_ID, connect, upgrade_engine
from smsdesk.storage.unit_of_work import UnitOfWork

NOON = dt.datetime(2025, 12, 18, 12, 0, tzinfo=CHINA)
MOBILE = Sender("+86 171 0123 6805", "+8617101236805", None, SenderKind.MOBILE, "联通", True)
PACK = PackIdentity("2026-11", "f" * 64)


def create(path: Path, title: str = "测试案件") -> CaseFile:
    """Return a new case."""
    return CaseFile.create(path, CaseCard(title), at=NOON, actor="测试员", program="smsdesk test")


def create_earlier(path: Path, revision: str) -> None:
    """Make the file of an empty case as the program did whose schema was *revision*."""
    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS).replace("%", "%%"))
    with closing(connect(path, mode="rwc")) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    engine = upgrade_engine(path)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.exec_driver_sql(
            "INSERT INTO case_card VALUES (1, '测试案件', '', '', '', '', '', '', 1, "
            "'2025-12-18 04:00:00.000000', 'smsdesk test')"
        )
    engine.dispose()


def original(data: bytes, device_id: int, **fields: object) -> Original:
    """Return an original of *data*, captured at noon."""
    made = Original(
        id=0,
        sha256=hashlib.sha256(data).hexdigest(),
        sm3="3" * 64,
        size=len(data),
        media_type="image/png",
        file_name="IMG_0001.PNG",
        source="/photos/IMG_0001.PNG",
        width=1080,
        height=2400,
        file_time=None,
        exif_time=None,
        captured=CaptureMoment(NOON, CaptureSource.EXIF),
        imported_at=NOON,
        device_id=device_id,
    )
    return replace(made, **fields)


def at(hour: int, minute: int = 0, day: int = 18) -> SentTime:
    """Return a time read from a label, in December 2025."""
    moment = dt.datetime(2025, 12, day, hour, minute, tzinfo=CHINA)
    return SentTime(moment, moment, TimeBasis.READ, f"{hour}:{minute:02}")


def sighting(text: str, sent: SentTime = UNKNOWN_TIME, **fields: object) -> Sighting:
    """Return a sighting that is not stored yet."""
    made = Sighting(
        id=0,
        original_id=0,
        position=0,
        box=Box(10.0, 20.0, 300.5, 80.25),
        direction=Direction.IN,
        text=text,
        raw_text=text,
        confidence=0.98,
        doubtful=(),
        clipped=False,
        snippet=False,
        sender=MOBILE,
        sent=sent,
        label_scope=LabelScope.OWN,
    )
    return replace(made, **fields)


def proposal(
    violation: ViolationType = ViolationType.INSULT,
    rule: str = "insult.name",
    spans: tuple[tuple[int, int], ...] = ((0, 2),),
) -> Proposal:
    """Return a proposal with a reason and a provision."""
    return Proposal(violation, rule, spans, "含有侮辱性称呼。", ("civil_code_1024",))


def device(work: UnitOfWork) -> SourceDevice:
    """Return the case's only phone."""
    return work.devices.by_name("手机") or work.devices.add(SourceDevice(0, "手机"))


def screen(
    work: UnitOfWork,
    sightings: list[Sighting],
    kind: ScreenKind = ScreenKind.THREAD,
    **fields: object,
) -> list[Sighting]:
    """Store an original that shows *sightings* from the top, each in its sender's thread."""
    phone = device(work)
    data = f"picture {len(work.originals.every())}".encode()
    stored = work.originals.add(original(data, phone.id, **fields), data)
    keyed = [
        (ThreadKey(phone.id, seen.sender.key), replace(seen, position=number))
        for number, seen in enumerate(sightings)
    ]
    return work.messages.add_sightings(stored.id, kind, keyed)


def joined(*sightings: Sighting) -> JoinedMessage:
    """Return one message out of *sightings*, the best first."""
    ids = tuple(seen.id for seen in sightings)
    return JoinedMessage(ids, sightings[0].sent, Continuity.CONTINUOUS)


def store(work: UnitOfWork, sightings: list[Sighting]) -> list[int]:
    """Store *sightings* of one sender as a message each; return the messages' ids."""
    seen = screen(work, sightings)
    key = ThreadKey(device(work).id, seen[0].sender.key)
    known = [joined(s) for shown in work.messages.screens_of(key) for s in shown.sightings]
    ids = work.messages.store_thread(key, known, Recipient.SELF)
    return ids[-len(seen) :]
