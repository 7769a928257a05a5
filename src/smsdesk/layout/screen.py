"""Read a screen: the one way in, from an engine's lines and the pixels to messages.

The order: rows of text; the status bar; panes side by side; regions; header and input bar; a list
of conversations, if it is one; messages; their time labels, directions and texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.domain.screens import (
    Direction,
    LabelScope,
    LineRole,
    MessageDraft,
    OtherLine,
    Screen,
    ScreenKind,
    StatusBar,
)
from smsdesk.layout.cards import card_text, find_cards
from smsdesk.layout.chrome import (
    Footer,
    FooterKind,
    Header,
    body_em,
    find_footer,
    find_header,
    find_status_bar,
)
from smsdesk.layout.entries import Entries, find_entries
from smsdesk.layout.framing import cut_out, framed_areas, lines_in, moved
from smsdesk.layout.inbox import (
    Inbox,
    are_bubbles,
    are_calls,
    are_of_one,
    entry_messages,
    find_inbox,
    have_captions,
    is_call,
)
from smsdesk.layout.labels import Label, assign, days_are_apart, find_labels, stacked
from smsdesk.layout.light import levelled
from smsdesk.layout.messages import Candidate, cut_by_edge, find_directions, find_messages
from smsdesk.layout.panes import find_panes, within
from smsdesk.layout.pixels import Canvas
from smsdesk.layout.regions import Block, Page, find_blocks, find_page
from smsdesk.layout.rows import Row, find_rows, is_wide
from smsdesk.layout.speakers import without_speakers
from smsdesk.layout.text import join_rows
from smsdesk.layout.unread import find_lost_rows, find_unread
from smsdesk.layout.words import CLOCK, is_moment

_ONE_SIDE = 0.04
"""A bubble stands at one side if its middle is so far from the screen's, in shares of the width."""

_GREAT = 2.0
"""Lock screens set their clock so many times as large as other text, or larger."""

_AMOUNT = re.compile(
    r"(?:[-+−–]\s*[¥￥$]?|[¥￥$]\s*[-+−–]?)\s*\d[\d,，]*(?:\.\d+)?(?:\s*元)?|\d[\d,，]*\.\d\d(?:\s*元)?"
)
"""A sum with a sign, a currency or cents; a bare number may be anything, an answer as well."""


def read_screen(reading: Reading, image: Image.Image) -> Screen:
    """Return what the picture shows; *image* is the upright RGB picture that was read.

    Every line of *reading* is either part of a draft's text or in `other_lines` with its role.
    Screens with other things around them (photos, windows, pictures put side by side) are cut out
    and read one by one. Of two panes side by side the right one is read, the conversation, if it
    shows one; else the left one, the list.
    """
    canvas = Canvas(image)
    framed = _framed_screens(reading, image, canvas)
    if not framed:
        return _read_whole(reading, image, canvas)
    rest = _outside(reading, [area for area, _ in framed])
    return _together([screen for _, screen in framed], rest)


def _framed_screens(
    reading: Reading, image: Image.Image, canvas: Canvas
) -> list[tuple[Box, Screen]]:
    """Return the screens that have other things around them, from the left, and where they are."""
    found: list[tuple[Box, Screen]] = []
    for area in framed_areas(reading, canvas):
        if any(area.overlaps(other) for other, _ in found):
            continue
        part = image.crop(area.rounded())
        screen = _read_whole(cut_out(reading, area), part, Canvas(part), framed=True)
        named = screen.sender_raw or screen.status_bar.time or screen.kind is ScreenKind.INBOX
        if screen.kind is not ScreenKind.NONE and named:
            found.append((area, moved(screen, area.x0, area.y0)))
    return sorted(found, key=lambda pair: pair[0].x0)


def _outside(reading: Reading, areas: Sequence[Box]) -> list[OtherLine]:
    """Return the lines around the *areas*."""
    inside = {id(line) for area in areas for line in lines_in(reading, area)}
    return [OtherLine(line, LineRole.UNKNOWN) for line in reading.lines if id(line) not in inside]


def _together(screens: Sequence[Screen], rest: Sequence[OtherLine]) -> Screen:
    """Return several screens of one picture as one, each message with its own sender."""
    first = next((s for s in screens if s.kind is ScreenKind.THREAD), screens[0])
    drafts = list(first.drafts)
    if len(screens) > 1:
        drafts = [
            draft if draft.sender_raw else _with_sender(draft, screen)
            for screen in screens
            for draft in screen.drafts
        ]
    others = [*(other for screen in screens for other in screen.other_lines), *rest]
    return replace(first, drafts=tuple(drafts), other_lines=tuple(others))


def _with_sender(draft: MessageDraft, screen: Screen) -> MessageDraft:
    return replace(draft, sender_raw=screen.sender_raw, sender_box=screen.sender_box)


def _read_whole(
    reading: Reading, image: Image.Image, canvas: Canvas, *, framed: bool = False
) -> Screen:
    """Read a picture that shows a screen and nothing around it, but perhaps a window's title."""
    if canvas.is_noisy:
        image = levelled(image)
        canvas = Canvas(image)
    rows = find_rows(reading, canvas)
    if not rows:
        return Screen(ScreenKind.NONE)
    page = find_page(canvas)
    status, status_rows = find_status_bar(rows, page, framed=framed)
    rest = [find_unread(row, canvas) for row in _without(rows, status_rows)]
    if not rest:
        return _nothing(reading, status, status_rows)
    whole = _Part(reading, status, status_rows, rest, canvas, page)
    left_and_right = find_panes(rest, image, canvas, page, whole.em) or ()
    for pane in reversed(left_and_right):
        screen = _read_part(replace(whole, rows=within(rest, pane), page=pane))
        if screen.kind is not ScreenKind.NONE:
            return screen
    return _read_part(whole)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is read as one screen: all of the picture, or one of two panes."""

    reading: Reading
    status: StatusBar
    status_rows: Sequence[Row]
    rows: Sequence[Row]
    canvas: Canvas
    page: Page

    @property
    def em(self) -> float:
        """The em of the message text."""
        return body_em(self.rows)

    @property
    def top(self) -> float:
        """Where the status bar ends."""
        return max((row.box.y1 for row in self.status_rows), default=0.0)

    def nothing(self) -> Screen:
        """Return a screen without messages."""
        return _nothing(self.reading, self.status, self.status_rows)


def _read_part(part: _Part) -> Screen:
    em = part.em
    if _has_great_clock(part.rows, em):
        return part.nothing()
    blocks = find_blocks(part.rows, part.canvas, part.page)
    header = find_header(blocks, part.top, em, part.page)
    footer = find_footer(blocks, em, part.page)
    found = find_entries(part.rows, part.page, em)
    if found and not are_bubbles(found, blocks):
        if are_of_one(found, header.sender_raw, header.bottom):
            return _entries_screen(part, found, header, footer.top)
        if are_calls(found) or _are_notifications(found, footer):
            return part.nothing()
        inbox = find_inbox(found, part.rows, part.page, em)
        if inbox:
            return _inbox_screen(part.reading, part.status, part.status_rows, inbox)
    return _thread_screen(part, blocks, header, footer)


def _are_notifications(found: Entries, footer: Footer) -> bool:
    """Say whether the entries are what programs tell, each under its own name, not a number."""
    numbers = [parse_sender(entry.name).number for entry in found.entries]
    few = sum(number is not None for number in numbers) * 2 < len(numbers)
    return few and have_captions(found) and footer.kind is FooterKind.NONE


def _has_great_clock(rows: Sequence[Row], em: float) -> bool:
    """Say whether the topmost text is a clock far larger than all else.

    Lock screens have one, and notifications pulled down from the upper edge.
    """
    first = min(rows, key=lambda row: row.box.y0)
    return first.em > _GREAT * em and bool(CLOCK.fullmatch(first.text.strip()))


def _thread_screen(part: _Part, blocks: Sequence[Block], header: Header, footer: Footer) -> Screen:
    page = part.page
    content = [b for b in blocks if header.bottom < b.text_box.center_y < footer.top]
    labels = find_labels(content)
    messages = find_messages(content, part.em, page)
    amounts = [m for m in messages if _is_amount(m)]
    messages = [m for m in messages if m not in amounts]
    taken = {id(row) for m in messages for row in m.rows}
    labels = [label for label in labels if id(label.row) not in taken]
    if len(amounts) > 1 or not _is_thread(header, messages, labels, page, footer.kind):
        return part.nothing()
    messages, cards = find_cards(messages)
    drafts, used = _drafts(messages, labels, part.canvas, page, cards)
    drafts = without_speakers(drafts, header.sender_raw)
    clocks = [m.clock for m in messages if m.clock]
    carded = [row for rows in cards.values() for row in rows]
    screen = _thread(part, header, drafts, used, [label.row for label in labels], carded)
    return replace(screen, days_apart=days_are_apart(labels, clocks, page))


def _thread(
    part: _Part,
    header: Header,
    drafts: Sequence[MessageDraft],
    used: Sequence[Row],
    labels: Sequence[Row],
    cards: Sequence[Row] = (),
) -> Screen:
    roles = [
        (part.status_rows, LineRole.STATUS_BAR),
        (header.rows, LineRole.HEADER),
        (labels, LineRole.TIME_LABEL),
        (cards, LineRole.CARD),
    ]
    others = _other_lines(part.reading, used, roles, LineRole.CHROME)
    return Screen(
        ScreenKind.THREAD,
        header.sender_raw,
        header.confidence,
        part.status,
        tuple(drafts),
        other_lines=others,
        sender_box=header.number_box,
    )


def _entries_screen(part: _Part, found: Entries, header: Header, bottom: float) -> Screen:
    """Return the conversation whose messages stand under their writer's name and their time."""
    drafts = entry_messages(found, header.bottom, bottom, part.page, part.em)
    used = [row for rows, _ in drafts for row in rows]
    labels = [entry.time for entry in found.entries]
    return _thread(part, header, [draft for _, draft in drafts], used, labels)


def _is_amount(message: Candidate) -> bool:
    """Say whether a text on the page is a sum of money alone: of a list of payments.

    A bubble may well hold one: a writer's answer to how much.
    """
    text = "".join(row.text for row in message.rows)
    return not message.block.bubble and bool(_AMOUNT.fullmatch(text.strip()))


def _is_thread(
    header: Header,
    messages: Sequence[Candidate],
    labels: Sequence[Label],
    page: Page,
    footer: FooterKind,
) -> bool:
    """Say whether the screen is a conversation.

    An input bar under a header is one, even empty. Else there must be messages, with times between
    them or standing at one side, which the cards and lists of other programs do not. Text without
    bubbles needs a title, or it is anything.
    """
    if footer is FooterKind.FIELD and header.sender_raw:
        return True
    if not messages:
        return False
    bubbles = [m for m in messages if m.block.bubble]
    timed = any(is_moment(label.text) for label in labels)
    if footer is not FooterKind.NONE and bubbles and (timed or len(messages) > 1):
        return True
    sided = [m for m in bubbles if _at_one_side(m, page) and _wide_count(m) >= 6]
    worded = [m for m in messages if _wide_count(m) >= 2]
    if bubbles:
        if timed:
            return bool(sided) or bool(worded)
        return len(sided) > 1 and len(sided) * 2 > len(messages)
    worded = [m for m in worded if not all(is_call(row.text) for row in m.rows)]
    clocks = [
        label for label in labels if is_moment(label.text) and not _heads_a_row(label, messages)
    ]
    titled = header.sender_raw is not None
    return titled and bool(worded) and len(clocks) >= _least_labels(header)


def _heads_a_row(label: Label, messages: Sequence[Candidate]) -> bool:
    """Say whether a text begins right of the label, on its height: so calendars set the hour."""
    at = label.row.box
    rows = [row.box for message in messages for row in message.rows]
    return any(box.y0 < at.center_y < box.y1 and box.x0 > at.x1 for box in rows)


def _at_one_side(message: Candidate, page: Page) -> bool:
    return abs(message.block.box.center_x - page.box.center_x) > _ONE_SIDE * page.box.width


def _wide_count(message: Candidate) -> int:
    return sum(is_wide(char) for row in message.rows for char in row.text)


def _least_labels(header: Header) -> int:
    """Return how many times text without bubbles must show to be a conversation.

    Under a number one is enough; a word may be the title of anything, of a note with its date.
    """
    return 1 if parse_sender(header.sender_raw).number else 2


def _drafts(
    messages: Sequence[Candidate],
    labels: Sequence[Label],
    canvas: Canvas,
    page: Page,
    cards: Mapping[int, Sequence[Row]],
) -> tuple[list[MessageDraft], list[Row]]:
    given = assign(labels, [m.block for m in messages], page)
    given = [_with_clock(m, *g) for m, g in zip(messages, given, strict=True)]
    directions = find_directions(messages, canvas, page)
    drafts: list[MessageDraft] = []
    used: list[Row] = []
    for message, (label, scope), direction in zip(messages, given, directions, strict=True):
        whole, clipped = cut_by_edge(message, messages, canvas, page)
        if whole.rows:
            marked = replace(whole, rows=find_lost_rows(whole.rows, canvas))
            draft = _draft(marked, label, scope, direction, clipped=clipped)
            drafts.append(replace(draft, card=card_text(message, cards)))
            used.extend(whole.rows)
    return drafts, used


def _with_clock(
    message: Candidate, label: str | None, scope: LabelScope
) -> tuple[str | None, LabelScope]:
    """Return the label with the clock drawn inside the bubble, if there is one."""
    if message.clock is None:
        return label, scope
    return stacked(label, message.clock), LabelScope.OWN


def _draft(
    message: Candidate,
    label: str | None,
    scope: LabelScope,
    direction: Direction,
    *,
    clipped: bool,
) -> MessageDraft:
    joined = join_rows(message.rows)
    return MessageDraft(
        direction=direction,
        text=joined.text,
        raw_text=joined.raw_text,
        box=message.block.box,
        confidences=joined.confidences,
        clipped=clipped,
        time_label=label,
        label_scope=scope,
    )


def _inbox_screen(
    reading: Reading, status: StatusBar, status_rows: Sequence[Row], inbox: Inbox
) -> Screen:
    roles = [(status_rows, LineRole.STATUS_BAR), (inbox.labels, LineRole.TIME_LABEL)]
    others = _other_lines(reading, inbox.used, roles, LineRole.CHROME)
    drafts = tuple(draft for draft in inbox.drafts if draft.text)
    return Screen(ScreenKind.INBOX, status_bar=status, drafts=drafts, other_lines=others)


def _nothing(reading: Reading, status: StatusBar, status_rows: Sequence[Row]) -> Screen:
    others = _other_lines(reading, (), [(status_rows, LineRole.STATUS_BAR)], LineRole.UNKNOWN)
    return Screen(ScreenKind.NONE, status_bar=status, other_lines=others)


def _without(rows: Sequence[Row], gone: Iterable[Row]) -> list[Row]:
    ids = {id(row) for row in gone}
    return [row for row in rows if id(row) not in ids]


def _other_lines(
    reading: Reading,
    used: Iterable[Row],
    roles: Iterable[tuple[Iterable[Row], LineRole]],
    rest: LineRole,
) -> tuple[OtherLine, ...]:
    taken = {id(line) for row in used for line in row.lines}
    role_of: dict[int, LineRole] = {
        id(line): role for rows, role in roles for row in rows for line in row.lines
    }
    lines: list[TextLine] = [line for line in reading.lines if id(line) not in taken]
    return tuple(OtherLine(line, role_of.get(id(line), rest)) for line in lines)
