"""What adding ten screenshots to a large case costs, as a ratio to adding them to an empty one.

    python benchmarks/joining.py [SCREENS] [SENDERS]

The case is filled with generated screens (5,000 of 40 senders unless said otherwise). Then ten more
screens of one sender, of the weeks after those that are there, are added to it and to an empty
case, in turn, several times; recognising copies, joining and judging are timed, from the stored
readings to the commit. Reading the pictures comes before and costs the same in both; ten bundled
ones are read once, to show what the difference means beside it. The last lines are the same for a
case of one single sender, and for screens of a week long past.

Four senders each sign as one institution, as collectors send from several numbers.
"""

from __future__ import annotations

import datetime as dt
import io
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from PIL import Image

from smsdesk.domain.cases import CaseCard, Original, SourceDevice
from smsdesk.domain.numbers import Sender, parse_sender
from smsdesk.domain.threads import SeenScreen, ThreadKey
from smsdesk.ocr.loading import load_picture
from smsdesk.ocr.registry import engine
from smsdesk.resources import resource
from smsdesk.services.cases import create_case, now
from smsdesk.services.copies import link_new_copies
from smsdesk.services.jobs import Task
from smsdesk.services.joining import join_new
from smsdesk.services.packs import packs_of
from smsdesk.services.proposing import propose_within
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork
from tests.layout.generated_threads import generate

ADDED = 10
ROUNDS = 5
WEEKS_ADDED = 4
"""Weeks from one addition to the next; threads of two weeks overlap."""


def screens_from(seed: int, count: int, institution: str, week: int = 0) -> list[SeenScreen]:
    """Return *count* generated screens of one sender from *week* on, some ten a week."""
    screens: list[SeenScreen] = []
    while len(screens) < count:
        later = dt.timedelta(days=7 * week)
        screens += [moved(screen, later, institution) for screen in generate(seed, "group").screens]
        seed, week = seed + 1000, week + 1
    return screens[:count]


def moved(screen: SeenScreen, later: dt.timedelta, institution: str) -> SeenScreen:
    """Return *screen* as it would have been so much later, from another institution."""

    def shift(moment: dt.datetime | None) -> dt.datetime | None:
        return moment + later if moment else None

    seen = (
        replace(
            s,
            text=s.text.replace("鹿芽快贷", institution),
            sent=replace(s.sent, earliest=shift(s.sent.earliest), latest=shift(s.sent.latest)),
        )
        for s in screen.sightings
    )
    captured = replace(screen.captured, at=shift(screen.captured.at))
    return replace(screen, captured=captured, sightings=tuple(seen))


def store(work: UnitOfWork, phone: SourceDevice, sender: Sender, screen: SeenScreen) -> None:
    number = work.originals.count()
    original = Original(
        id=0,
        sha256=f"{number:064x}",
        sm3="0" * 64,
        size=1,
        media_type="image/png",
        file_name=f"IMG_{number}.PNG",
        source="",
        width=1080,
        height=2400,
        file_time=None,
        exif_time=None,
        captured=screen.captured,
        imported_at=now(),
        device_id=phone.id,
    )
    picture = io.BytesIO()
    Image.new("RGB", (108, 240), (number % 256, number // 256 % 256, 99)).save(picture, "PNG")
    stored = work.originals.add(original, picture.getvalue())
    key = ThreadKey(phone.id, sender.key)
    keyed = [(key, replace(seen, sender=sender)) for seen in screen.sightings]
    work.messages.add_sightings(stored.id, screen.kind, keyed)


def settle(case: CaseFile, work: UnitOfWork) -> None:
    """Do what an import does once the pictures are read."""
    link_new_copies(work)
    join_new(work)
    propose_within(work, packs_of(case), Task())
    work.commit()


def filled(folder: Path, screens: int, senders: int) -> CaseFile:
    case = create_case(folder / f"{screens}-{senders}.smscase", CaseCard("测量"))
    with case.work() as work:
        phone = work.devices.add(SourceDevice(0, "手机"))
        for number in range(senders if screens else 0):
            sender = parse_sender(f"+86 171 0123 {number:04}")
            institution = f"{'甲乙丙丁戊己庚辛壬癸'[number // 4 % 10]}芽快贷"
            for screen in screens_from(number, screens // senders, institution):
                store(work, phone, sender, screen)
        work.commit()
    with case.work() as work:
        join_new(work)
        propose_within(work, packs_of(case), Task())
        work.commit()
    return case


def seconds_of_adding(case: CaseFile, round_: int, week: int) -> float:
    """Return the seconds that adding screens from *week* on takes once they are read."""
    sender = parse_sender("+86 171 0123 0000")
    with case.work() as work:
        phone = work.devices.all()[0]
        for screen in screens_from(7000 + round_, ADDED, "甲芽快贷", week):
            store(work, phone, sender, screen)
        work.commit()
    start = time.perf_counter()
    with case.work() as work:
        settle(case, work)
    return time.perf_counter() - start


def seconds_of_reading() -> float:
    pictures = sorted(resource("samples").glob("*.PNG"))[:ADDED]
    reader = engine("ppocr")
    start = time.perf_counter()
    for path in pictures:
        reader.read(load_picture(path.read_bytes()).image)
    return time.perf_counter() - start


def compared(folder: Path, screens: int, senders: int, reading: float) -> None:
    large = filled(folder, screens, senders)
    last = weeks_in(screens // senders)
    for name, week in (("the next weeks", last), ("a week long past", 0)):
        pairs = []
        for round_ in range(ROUNDS):
            place = folder / f"{senders}-{week}-{round_}"
            place.mkdir()
            empty = filled(place, 0, 1)
            at = week + round_ * WEEKS_ADDED if week else 0
            pairs.append(
                (seconds_of_adding(large, round_, at), seconds_of_adding(empty, round_, at))
            )
            empty.close()
        alone = statistics.median(a / b for a, b in pairs)
        whole = statistics.median((a + reading) / (b + reading) for a, b in pairs)
        print(
            f"{ADDED} screens of {name} added to {screens:,} of {senders} sender(s): {whole:.2f} "
            f"times as long as added to none; joining and judging alone {alone:.1f} times"
        )
    large.close()


def weeks_in(screens: int) -> int:
    """Return after how many weeks a sender has so many screens, and some to part them from more."""
    seen, week = 0, 0
    while seen < screens:
        seen += len(generate(1000 * week, "group").screens)
        week += 1
    return week + WEEKS_ADDED


def main() -> None:
    screens = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    senders = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    reading = seconds_of_reading()
    with tempfile.TemporaryDirectory() as folder:
        compared(Path(folder), screens, senders, reading)
        compared(Path(folder), screens, 1, reading)


if __name__ == "__main__":
    main()
