"""What adding ten screenshots to a large case costs, as a ratio to adding them to an empty one.

    python benchmarks/joining.py [SCREENS] [SENDERS]

The case is filled with generated screens (5,000 of 40 senders unless said otherwise). Then ten more
screens of one sender, of the weeks after those that are there, are added to it and to an empty
case, in turn, several times; recognising copies, joining and judging are timed, from the stored
readings to the commit. Reading the pictures comes before and costs the same in both; ten bundled
ones are read once, to show what the difference means beside it. The next lines are the same for a
case of one single sender, and for screens of a week long past; the last ones for one single thread
of 1,000 that was photographed without any gap, with the screens that follow, and others from its
middle.

Four senders each sign as one institution, as collectors send from several numbers.
"""

from __future__ import annotations

import datetime as dt
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from tests.layout.generated_threads import gapless, generate

ADDED = 10
ROUNDS = 5
GAPLESS = 1000
"""Screens of the thread without a gap: while one without any time may belong anywhere in it, such a
thread is joined as a whole, which takes a minute at 2,500."""
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


def filled(folder: Path, name: str, shown: Mapping[Sender, Sequence[SeenScreen]]) -> CaseFile:
    """Return a case of the screens *shown* by each sender, joined and judged."""
    case = create_case(folder / f"{name}.smscase", CaseCard("测量"))
    with case.work() as work:
        phone = work.devices.add(SourceDevice(0, "手机"))
        for sender, screens in shown.items():
            for screen in screens:
                store(work, phone, sender, screen)
        work.commit()
    with case.work() as work:
        join_new(work)
        propose_within(work, packs_of(case), Task())
        work.commit()
    return case


def seconds_of_adding(case: CaseFile, screens: Sequence[SeenScreen]) -> float:
    """Return the seconds that adding *screens* of the first sender takes once they are read."""
    with case.work() as work:
        phone = work.devices.all()[0]
        for screen in screens:
            store(work, phone, sender_of(0), screen)
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


def sender_of(number: int) -> Sender:
    return parse_sender(f"+86 171 0123 {number:04}")


def by_senders(screens: int, senders: int) -> dict[Sender, Sequence[SeenScreen]]:
    """Return *screens* of *senders*, weeks of each."""
    return {
        sender_of(number): screens_from(
            number, screens // senders, f"{'甲乙丙丁戊己庚辛壬癸'[number // 4 % 10]}芽快贷"
        )
        for number in range(senders)
    }


def added_weeks(screens: int) -> Iterator[tuple[str, list[list[SeenScreen]]]]:
    """Yield, by name, what to add round after round to a sender with so many *screens*."""
    last = weeks_in(screens)
    for name, week in (("the next weeks", last), ("a week long past", 0)):
        weeks = [week + n * WEEKS_ADDED if week else 0 for n in range(ROUNDS)]
        yield (
            name,
            [screens_from(7000 + n, ADDED, "甲芽快贷", at) for n, at in enumerate(weeks)],
        )


def without_a_gap(
    screens: int,
) -> tuple[list[SeenScreen], list[tuple[str, list[list[SeenScreen]]]]]:
    """Return *screens* of a thread without a gap, and what to add: what follows, and in between."""
    needed = screens + 2 * ADDED * ROUNDS
    thread = gapless(0, needed * 11 // 10, "group")  # of one in twenty nobody knows when
    dated = [(s.captured.at, n, s) for n, s in enumerate(thread.screens) if s.captured.at]
    shown = [screen for *_, screen in sorted(dated)]
    shown, more = shown[: screens + ADDED * ROUNDS], shown[screens + ADDED * ROUNDS :]
    middle = len(shown) // 2
    between = shown[middle : middle + ADDED * ROUNDS]
    del shown[middle : middle + ADDED * ROUNDS]
    return shown, [("what follows", in_tens(more)), ("its middle", in_tens(between))]


def in_tens(screens: Sequence[SeenScreen]) -> list[list[SeenScreen]]:
    return [list(screens[n * ADDED : (n + 1) * ADDED]) for n in range(ROUNDS)]


def compared(
    folder: Path,
    name: str,
    shown: Mapping[Sender, Sequence[SeenScreen]],
    added: Iterable[tuple[str, list[list[SeenScreen]]]],
    reading: float,
) -> None:
    """Print how much longer *added* screens take in a case of those *shown* than in none."""
    large = filled(folder, name, shown)
    count = sum(map(len, shown.values()))
    for what, rounds in added:
        pairs = []
        for screens in rounds:
            with tempfile.TemporaryDirectory() as place:
                empty = filled(Path(place), "empty", {})
                pairs.append((seconds_of_adding(large, screens), seconds_of_adding(empty, screens)))
                empty.close()
        alone = statistics.median(a / b for a, b in pairs)
        whole = statistics.median((a + reading) / (b + reading) for a, b in pairs)
        print(
            f"{ADDED} screens of {what} added to {count:,} of {name}: {whole:.2f} times as long as "
            f"added to none; joining and judging alone {alone:.1f} times"
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
    one = sender_of(0)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for count in dict.fromkeys((senders, 1)):
            shown = by_senders(screens, count)
            added = added_weeks(screens // count)
            compared(folder, f"{count} sender(s)", shown, added, reading)
        gapless_screens, more = without_a_gap(min(screens, GAPLESS))
        compared(folder, "one thread without a gap", {one: gapless_screens}, more, reading)


if __name__ == "__main__":
    main()
