"""Threads that never were, as phones would show them on screens, with the truth of every sighting.

Collectors send the same few sentences again and again. Their threads are photographed in several
sittings, up and down, with overlaps of one to ten messages, with screens left out, long
screenshots among normal ones, bubbles cut by the edge, copies that came back from a chat; engines
misread a character here and there. The message list is photographed too, and an older part of the
thread again days later. One seed gives one thread. Tests take a few, the report
(`benchmarks/joining_report.py`) takes a thousand.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Continuity, Sighting
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.screens import Direction, LabelScope, ScreenKind
from smsdesk.domain.threads import JoinedMessage, SeenScreen
from smsdesk.domain.times import CHINA, CaptureMoment, CaptureSource, date_messages

SENDER = parse_sender("+86 171 0123 8846")
SENTENCES = (
    "你好，你的欠款今天必须处理，否则后果自负",
    "装看不见是吧？借钱的时候怎么不这样",
    "最后通知：今晚之前不还，明天联系你单位",
    "【鹿芽快贷】您的借款已逾期{day}天，应还{sum}元，请尽快处理",
    "还钱",
    "回电话",
    "1",
    "你通讯录里的人今天都会接到电话，你自己看着办",
    "别躲了，我们已经到你家楼下，请你马上出来把事情说清楚，不要连累家人",
)
REPLIES = ("我没有不还，请通过书面方式联系我", "别发了", "好的")
STYLES = ("clock", "bare", "group", "day", "relative", "sparse", "series")
"""How a phone draws times: date and clock on every message; a clock on every message and the date
once a day; date and clock once for a group; the date alone once a day; weekdays for a week, then
dates, on every message; date and clock on every fifth message or so. The last one is a group again,
where a program sends the same sentences in the same order time after time."""

LOOKALIKES = "己巳未末土士日曰人入大太千干天夫贷货货贸帐账处外后石"


@dataclass(frozen=True)
class Sent:
    """One message as it was really sent."""

    text: str
    at: dt.datetime
    direction: Direction


@dataclass
class GeneratedThread:
    """Screens in an order of importing, and for each sighting's id the message's true number."""

    style: str
    messages: list[Sent]
    screens: list[SeenScreen] = field(default_factory=list)
    truth: dict[int, int] = field(default_factory=dict)

    @property
    def adjacent(self) -> set[tuple[int, int]]:
        """The neighbours that some screen shows together."""
        return {
            pair
            for screen in self.screens
            for pair in itertools.pairwise(self.truth[s.id] for s in screen.sightings)
        }


def generate(seed: int, style: str | None = None) -> GeneratedThread:
    """Return the thread of *seed*."""
    rng = random.Random(seed)
    style = style or rng.choice(STYLES)
    thread = GeneratedThread(style, _messages(rng, in_series=style == "series"))
    camera = _Camera(rng, thread)
    for end, moment in _sittings(rng, thread.messages):
        camera.sit(range(end), moment)
        if rng.random() < 0.3:
            camera.take_list(end, moment + dt.timedelta(minutes=rng.choice([-1, 1, 40])))
    if rng.random() < 0.2:
        end = rng.randint(3, len(thread.messages))
        older = range(rng.randint(0, end - 2), end)
        camera.sit(older, thread.messages[-1].at + dt.timedelta(days=rng.randint(4, 20)))
    rng.shuffle(thread.screens)
    return thread


def gapless(seed: int, screens: int, style: str | None = None) -> GeneratedThread:
    """Return a thread of which nothing is missing on its *screens* (so many, or a few more).

    It was photographed again and again, from the last messages of the sitting before on.
    """
    rng = random.Random(seed)
    style = style or rng.choice(STYLES)
    messages: list[Sent] = []
    while len(messages) < 10 * screens + 60:
        more = _messages(rng, in_series=style == "series")
        later = messages[-1].at - more[0].at if messages else dt.timedelta(0)
        messages += [replace(message, at=message.at + later) for message in more]
    thread = GeneratedThread(style, messages)
    camera = _Camera(rng, thread, missing=0.0)
    end = 0
    while len(thread.screens) < screens:
        start, end = max(0, end - rng.randint(3, 8)), end + rng.randint(20, 60)
        last = messages[end - 1].at
        camera.sit(range(start, end), last + rng.uniform(0.05, 0.95) * (messages[end].at - last))
    rng.shuffle(thread.screens)
    return thread


def _messages(rng: random.Random, *, in_series: bool) -> list[Sent]:
    """Heavy repeats: one favourite several times a day, the others at random gaps.

    Or the sentences in series, of which one is left out now and then.
    """
    count = rng.randint(8, 60)
    favourite = rng.choice(SENTENCES)
    pool = rng.sample(SENTENCES, rng.randint(3, len(SENTENCES)))
    moment = dt.datetime(2026, 1, 2, 8, 0, tzinfo=CHINA)
    series = itertools.cycle(pool)
    sent: list[Sent] = []
    for _ in range(count):
        moment += dt.timedelta(minutes=rng.choice([0, 1, 1, 2, 7, 30, 90, 200, 400, 1500]))
        if rng.random() < 0.12:
            sent.append(Sent(rng.choice(REPLIES), moment, Direction.OUT))
            continue
        if in_series:
            text = next(series) if rng.random() < 0.95 else rng.choice(pool)
        else:
            text = favourite if rng.random() < 0.4 else rng.choice(pool)
        text = text.format(day=(moment.day % 28) + 1, sum=rng.choice([1280, 2186, 2186, 3040]))
        sent.append(Sent(text, moment, Direction.IN))
    return sent


def _sittings(rng: random.Random, messages: Sequence[Sent]) -> Iterator[tuple[int, dt.datetime]]:
    """Yield where a sitting ends (so many messages were there) and when it is held.

    The second one may begin anywhere, so that older states come later and earlier ones again.
    """
    ends = sorted(rng.sample(range(4, len(messages) + 1), rng.choice([1, 1, 2])))
    if rng.random() < 0.8:
        ends[-1] = len(messages)
    for end in ends:
        last = messages[end - 1].at
        after = messages[end].at - last if end < len(messages) else dt.timedelta(days=3)
        yield end, last + rng.uniform(0.05, 0.95) * after


class _Camera:
    """Takes the screens of a sitting, from the bottom of the thread upwards or from above."""

    def __init__(self, rng: random.Random, thread: GeneratedThread, missing: float = 0.12) -> None:
        self.rng = rng
        self.thread = thread
        self.missing = missing
        self.noise = rng.choice([0.0, 0.0, 0.005, 0.01])

    def sit(self, messages: range, moment: dt.datetime) -> None:
        """Take screens until all *messages* (by number) were passed."""
        rng = self.rng
        windows = list(self._windows(messages))
        if rng.random() < 0.5:
            windows.reverse()
        for window in windows:
            captured = CaptureMoment(moment, CaptureSource.EXIF)
            screen = self._take(window, captured, self.noise)
            if rng.random() < 0.12:
                self._copy(screen)
            # Mostly a few seconds from screen to screen, sometimes a pause.
            moment += dt.timedelta(seconds=rng.choice([3, 5, 8, 20, 20, 700]))

    def take_list(self, end: int, moment: dt.datetime) -> None:
        """Take the message list, whose row shows how the last message before *end* begins.

        Or one that came meanwhile, or the one before if that has not come yet.
        """
        end = max(1, sum(message.at <= moment for message in self.thread.messages))
        captured = CaptureMoment(moment, CaptureSource.EXIF)
        last = self.thread.messages[end - 1]
        back = (moment.date() - last.at.date()).days
        label = f"{last.at:%H:%M}" if back == 0 else _day(last.at, moment)
        text = self._misread(last.text, self.noise)[:18]
        screen = self._screen(
            range(end - 1, end),
            [(text, label, LabelScope.OWN, len(last.text) > 18)],
            captured,
            ScreenKind.INBOX,
        )
        self.thread.screens.append(screen)

    def _windows(self, messages: range) -> Iterator[tuple[range, bool, bool]]:
        """Yield the messages of each screen, and whether its top and its bottom are cut."""
        rng, first, end = self.rng, messages.start, messages.stop
        while first < end:
            size = rng.randint(25, 40) if rng.random() < 0.05 else rng.randint(2, 12)
            window = range(first, min(first + size, end))
            yield window, first > 0 and rng.random() < 0.3, rng.random() < 0.3 and window[-1] < end
            if window.stop >= end:
                return
            missing = rng.random() < self.missing
            overlap = -rng.randint(0, 6) if missing else rng.randint(1, min(10, size - 1))
            first = max(first + 1, window.stop - overlap)

    def _take(
        self, framed: tuple[range, bool, bool], captured: CaptureMoment, noise: float
    ) -> SeenScreen:
        window, cut_top, cut_bottom = framed
        rows = [[*row, False] for row in self._rows(window, captured, cut_top=cut_top)]
        if cut_top and len(rows[0][0]) > 4:
            rows[0][0], rows[0][3] = rows[0][0][self.rng.randint(1, len(rows[0][0]) - 2) :], True
        if cut_bottom and len(rows) > 1 and len(rows[-1][0]) > 4:
            length = self.rng.randint(2, len(rows[-1][0]) - 1)
            rows[-1][0], rows[-1][3] = rows[-1][0][:length], True
        screen = self._screen(window, rows, captured, ScreenKind.THREAD, noise)
        self.thread.screens.append(screen)
        return screen

    def _screen(
        self,
        window: range,
        rows: Sequence[Sequence[Any]],
        captured: CaptureMoment,
        kind: ScreenKind,
        noise: float = 0.0,
    ) -> SeenScreen:
        """Return the screen of *rows* (text, label, scope, whether cut) as an engine reads it."""
        original = len(self.thread.screens) + 1
        times = date_messages([(label, scope) for _, label, scope, _ in rows], captured, kind)
        sightings = []
        for position, (number, (text, _, scope, cut), sent) in enumerate(
            zip(window, rows, times, strict=True)
        ):
            read = self._misread(text, noise)
            in_list = kind is ScreenKind.INBOX
            sighting = Sighting(
                id=len(self.thread.truth) + 1,
                original_id=original,
                position=position,
                box=Box(40, 200 * position, 800, 200 * position + 160),
                direction=Direction.IN if in_list else self.thread.messages[number].direction,
                text=read,
                raw_text=read,
                confidence=0.99 - 4 * noise - self.rng.random() / 100,
                doubtful=tuple(_doubts(text, read)),
                clipped=cut and not in_list,
                snippet=cut and in_list,
                sender=SENDER,
                sent=sent,
                label_scope=scope,
            )
            self.thread.truth[sighting.id] = number
            sightings.append(sighting)
        return SeenScreen(original, captured, kind, tuple(sightings))

    def _copy(self, screen: SeenScreen) -> None:
        """Add the screen as it comes back from a chat: blurred, perhaps without its moment."""
        moment = self.rng.choice([screen.captured, CaptureMoment(None, CaptureSource.UNKNOWN)])
        dated = date_messages([(s.sent.label, s.label_scope) for s in screen.sightings], moment)
        # Pixels tell most copies; what is blurred too much must find its place by what it shows.
        known_as = screen.original_id if self.rng.random() < 0.7 else None
        original = len(self.thread.screens) + 1
        sightings = []
        for seen, sent in zip(screen.sightings, dated, strict=True):
            text = self._misread(seen.text, 0.015)
            number = len(self.thread.truth) + 1
            self.thread.truth[number] = self.thread.truth[seen.id]
            sightings.append(
                replace(
                    seen,
                    id=number,
                    original_id=original,
                    text=text,
                    raw_text=text,
                    sent=sent,
                    confidence=seen.confidence - 0.05,
                    doubtful=tuple(_doubts(seen.text, text)),
                )
            )
        self.thread.screens.append(
            SeenScreen(original, moment, screen.kind, tuple(sightings), copy_of=known_as)
        )

    def _rows(
        self, window: range, captured: CaptureMoment, *, cut_top: bool
    ) -> Iterator[tuple[str, str | None, LabelScope]]:
        """Yield text, label and scope as the style draws them from the top of the screen."""
        style = self.thread.style
        group: str | None = None
        for number in window:
            message = self.thread.messages[number]
            above = self.thread.messages[number - 1] if number else None
            hidden = cut_top and number == window[0]
            day = _day(message.at, captured.at, weekdays=style == "relative")
            new_day = above is None or above.at.date() != message.at.date()
            clock = f"{message.at:%H:%M}"
            if style in ("clock", "relative"):
                label, scope = (
                    (None, LabelScope.NONE) if hidden else (f"{day} {clock}", LabelScope.OWN)
                )
            elif style == "bare":
                dated = new_day and not hidden
                label, scope = (f"{day} {clock}" if dated else clock), LabelScope.OWN
            else:
                apart = above is None or message.at - above.at > dt.timedelta(minutes=15)
                fifth = number % 5 == number // 5 % 2  # every fourth to sixth
                heads = {"day": new_day, "sparse": fifth}.get(style, apart)
                if heads and not hidden:
                    group = day if style == "day" else f"{day} {clock}"
                    label, scope = group, LabelScope.OWN
                else:
                    label, scope = group, LabelScope.GROUP if group else LabelScope.NONE
            yield message.text, label, scope

    def _misread(self, text: str, noise: float) -> str:
        rng = self.rng
        return "".join(
            rng.choice(LOOKALIKES) if c.isalpha() and rng.random() < noise else c for c in text
        )


def _doubts(text: str, read: str) -> Iterator[tuple[int, int]]:
    return ((i, i + 1) for i, (a, b) in enumerate(zip(text, read, strict=True)) if a != b)


def _day(moment: dt.datetime, captured: dt.datetime | None, *, weekdays: bool = False) -> str:
    back = (captured.date() - moment.date()).days if captured else 99
    if weekdays and 2 <= back < 7:
        return f"周{'一二三四五六日'[moment.weekday()]}"
    return {0: "今天", 1: "昨天"}.get(back, f"{moment.month}月{moment.day}日")


def pieces(seeds: Iterable[int], days: int, style: str | None = None) -> list[SeenScreen]:
    """Return threads of several seeds as one that was photographed piece by piece, *days* apart."""
    return [
        screen
        for number, seed in enumerate(seeds)
        for screen in _later(generate(seed, style), number, dt.timedelta(days=days * number))
    ]


def _later(thread: GeneratedThread, number: int, later: dt.timedelta) -> Iterator[SeenScreen]:
    """Yield the screens of a thread as if all of it had been so much later."""
    for screen in thread.screens:
        at = screen.captured.at
        yield replace(
            screen,
            original_id=1000 * number + screen.original_id,
            copy_of=screen.copy_of and 1000 * number + screen.copy_of,
            captured=replace(screen.captured, at=at and at + later),
            sightings=tuple(
                replace(
                    s,
                    id=100_000 * number + s.id,
                    sent=replace(
                        s.sent,
                        earliest=s.sent.earliest and s.sent.earliest + later,
                        latest=s.sent.latest and s.sent.latest + later,
                    ),
                )
                for s in screen.sightings
            ),
        )


# --- how well a thread was joined -----------------------------------------------------------------


@dataclass
class Score:
    """Pairs of sightings and pairs of neighbours, counted.

    `right`, `missed`: pairs of one message, joined or not. `false`: pairs of two messages joined as
    if that were sure; `asked_false` and `asked_right`: joined, but a person is asked.
    `links_right`, `links_wrong`: continuity told as it is, or wrongly; `likely_right` and
    `likely_wrong`: as the likelier, while a person is asked.
    """

    right: int = 0
    missed: int = 0
    false: int = 0
    asked_right: int = 0
    asked_false: int = 0
    links_right: int = 0
    links_wrong: int = 0
    likely_right: int = 0
    likely_wrong: int = 0
    threads_false: int = 0

    def __iadd__(self, other: Score) -> Score:
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    @property
    def recall(self) -> float:
        """The share of true pairs that are joined."""
        return (self.right + self.asked_right) / max(1, self.right + self.asked_right + self.missed)

    @property
    def continuity(self) -> float:
        """The share of neighbours whose continuity is told as it is."""
        right = self.links_right + self.likely_right
        return right / max(1, right + self.links_wrong + self.likely_wrong)


def score(
    truth: dict[int, int],
    joined: Sequence[JoinedMessage],
    asked: set[int],
    adjacent: set[tuple[int, int]],
) -> Score:
    """Compare *joined* with the truth; *asked* are sightings that a person is asked about."""
    result = Score()
    assert sorted(i for m in joined for i in m.sighting_ids) == sorted(truth), "something is lost"
    for message in joined:
        in_question = any(i in asked for i in message.sighting_ids)
        for pair in itertools.combinations(message.sighting_ids, 2):
            same, open_ = truth[pair[0]] == truth[pair[1]], in_question
            name = ("asked_" if open_ else "") + ("right" if same else "false")
            setattr(result, name, getattr(result, name) + 1)
    of_one = Counter(truth.values())
    true_pairs = sum(n * (n - 1) // 2 for n in of_one.values())
    result.missed = true_pairs - result.right - result.asked_right
    result.threads_false = result.false > 0
    for above, below in itertools.pairwise(joined):
        # Two that were wrongly joined are seen to part where one of them is not followed.
        ones, others = ({truth[i] for i in m.sighting_ids} for m in (above, below))
        follows = all(any((one, other) in adjacent for other in others) for one in ones)
        expected = Continuity.CONTINUOUS if follows else Continuity.GAP
        open_ = below.before.is_open or any(i in asked for i in above.sighting_ids)
        right = "right" if below.before.taken_for is expected else "wrong"
        name = ("likely_" if open_ else "links_") + right
        setattr(result, name, getattr(result, name) + 1)
    return result
