"""Read a screen: the one way in, from an engine's lines and the pixels to messages.

The order: rows of text; the status bar; a list of conversations, if it is one; regions; header and
input bar; messages; their time labels, directions and texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PIL import Image

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
from smsdesk.layout.chrome import Header, body_em, find_header, find_status_bar, footer_top
from smsdesk.layout.inbox import Inbox, find_inbox
from smsdesk.layout.labels import Label, assign, find_labels, stacked
from smsdesk.layout.messages import Candidate, cut_by_edge, find_directions, find_messages
from smsdesk.layout.pixels import Canvas
from smsdesk.layout.regions import Block, Page, find_blocks, find_page
from smsdesk.layout.rows import Row, find_rows, is_wide
from smsdesk.layout.text import join_rows


def read_screen(reading: Reading, image: Image.Image) -> Screen:
    """Return what the picture shows; *image* is the upright RGB picture that was read.

    Every line of *reading* is either part of a draft's text or in `other_lines` with its role.
    """
    canvas = Canvas(image)
    rows = find_rows(reading, canvas)
    if not rows:
        return Screen(ScreenKind.NONE)
    page = find_page(canvas, rows)
    status, status_rows = find_status_bar(rows, page)
    rest = _without(rows, status_rows)
    if not rest:
        return _nothing(reading, status, status_rows)
    em = body_em(rest)
    inbox = find_inbox(rest, page, em)
    if inbox:
        return _inbox_screen(reading, status, status_rows, inbox)
    blocks = find_blocks(rest, canvas, page)
    return _thread_screen(reading, status, status_rows, blocks, em, canvas, page)


def _thread_screen(
    reading: Reading,
    status: StatusBar,
    status_rows: Sequence[Row],
    blocks: Sequence[Block],
    em: float,
    canvas: Canvas,
    page: Page,
) -> Screen:
    top = max((row.box.y1 for row in status_rows), default=0.0)
    header = find_header(blocks, top, em, page)
    bottom = footer_top(blocks, em, page)
    content = [b for b in blocks if header.bottom < b.text_box.center_y < bottom]
    labels = find_labels(content)
    messages = find_messages(content, em, page)
    taken = {id(row) for m in messages for row in m.rows}
    labels = [label for label in labels if id(label.row) not in taken]
    has_field = bottom < page.box.y1
    if not _is_thread(header, messages, labels, page, has_field=has_field):
        return _nothing(reading, status, status_rows)
    drafts, used = _drafts(messages, labels, canvas, page)
    roles = [
        (status_rows, LineRole.STATUS_BAR),
        (header.rows, LineRole.HEADER),
        ([label.row for label in labels], LineRole.TIME_LABEL),
    ]
    others = _other_lines(reading, used, roles, LineRole.CHROME)
    return Screen(
        ScreenKind.THREAD, header.sender_raw, header.confidence, status, tuple(drafts), others
    )


def _is_thread(
    header: Header,
    messages: Sequence[Candidate],
    labels: Sequence[Label],
    page: Page,
    *,
    has_field: bool,
) -> bool:
    """Say whether the screen is a conversation.

    An input bar under a header is one, even empty. Else there must be messages, with times between
    them or standing at one side, which the cards and lists of other programs do not.
    """
    if has_field and header.sender_raw:
        return True
    if not messages:
        return False
    if has_field and (labels or len(messages) > 1):
        return True
    bubbles = [m for m in messages if m.block.bubble]
    one_sided = [
        m
        for m in bubbles
        if abs(m.block.box.center_x - page.box.center_x) > 0.04 * page.box.width
        and sum(is_wide(char) for row in m.rows for char in row.text) >= 6
    ]
    worded = [m for m in messages if sum(is_wide(c) for row in m.rows for c in row.text) >= 2]
    return bool(one_sided) or bool(labels and worded and (bubbles or header.sender_raw))


def _drafts(
    messages: Sequence[Candidate], labels: Sequence[Label], canvas: Canvas, page: Page
) -> tuple[list[MessageDraft], list[Row]]:
    given = assign(labels, [m.block for m in messages], page)
    given = [_with_clock(m, *g) for m, g in zip(messages, given, strict=True)]
    directions = find_directions(messages, canvas, page)
    drafts: list[MessageDraft] = []
    used: list[Row] = []
    for message, (label, scope), direction in zip(messages, given, directions, strict=True):
        whole, clipped = cut_by_edge(message, messages, canvas, page)
        if whole.rows:
            drafts.append(_draft(whole, label, scope, direction, clipped=clipped))
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
