"""Compares a screen as read with the truth of a drawn one."""

from __future__ import annotations

from collections import Counter

from smsdesk.domain.screens import MessageDraft, Screen
from tests.layout.drawn_threads import Drawn, DrawnScreen


def compare(drawn: DrawnScreen, screen: Screen) -> Counter[str]:
    """Count what was found, and what of it is right; messages cut by an edge may be missing."""
    counts: Counter[str] = Counter(screens=1)
    counts["kind"] += screen.kind.value == drawn.kind
    counts["sender"] += _bare(screen.sender_raw) == _bare(drawn.sender)
    counts["clock"] += screen.status_bar.time == drawn.clock
    left = list(screen.drafts)
    for message in drawn.messages:
        draft = _nearest(message, left)
        if draft:
            left.remove(draft)
        if not message.clipped:
            counts += _one(message, draft)
    counts["invented"] += len(left)
    return counts


def _one(message: Drawn, draft: MessageDraft | None) -> Counter[str]:
    counts: Counter[str] = Counter(messages=1)
    if draft is None or _bare(draft.text) != _bare(message.text):
        return counts
    counts["found"] += 1
    counts["direction"] += draft.direction.value == message.direction
    counts["called_cut"] += draft.clipped
    counts["snippet"] += draft.snippet == message.snippet
    counts["row_sender"] += _bare(draft.sender_raw) == _bare(message.sender)
    if message.scope != "unchecked":
        label = _bare(draft.time_label), draft.label_scope.value
        counts["labels"] += 1
        counts["label"] += label == (_bare(message.label), message.scope)
    return counts


def _nearest(message: Drawn, drafts: list[MessageDraft]) -> MessageDraft | None:
    close = [d for d in drafts if _bare(d.text) and _bare(d.text) in _bare(message.text)]
    close = [d for d in close if abs(d.box.center_y - message.box.center_y) < message.box.height]
    return min(close, key=lambda d: abs(d.box.y0 - message.box.y0), default=None)


def _bare(text: str | None) -> str:
    return "".join((text or "").split())
