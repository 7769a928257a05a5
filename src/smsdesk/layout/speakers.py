"""Conversations set as in a play: each text begins with its writer's name and a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from smsdesk.domain.screens import Direction, MessageDraft
from smsdesk.layout.inbox import is_owner
from smsdesk.layout.words import without_arrows

_MOST = 0.6
"""So many of the texts begin so, or names are words of the messages themselves."""

_NAME = re.compile(r"\s*([^:：\s]{1,20})\s*[:：]\s*")


def without_speakers(drafts: Sequence[MessageDraft], title: str | None) -> list[MessageDraft]:
    """Return *drafts* without the names before their texts, and with the directions these tell.

    Names are the *title*'s and the phone's owner's; texts that begin otherwise stay as they are.
    """
    named = [_speaker(draft, title) for draft in drafts]
    if len(drafts) < 2 or sum(name is not None for name in named) < _MOST * len(drafts):
        return list(drafts)
    return [
        draft if name is None else _cut(draft, name)
        for draft, name in zip(drafts, named, strict=True)
    ]


def _speaker(draft: MessageDraft, title: str | None) -> str | None:
    match = _NAME.match(draft.text)
    if match is None:
        return None
    name = match[1]
    return name if is_owner(name) or name == without_arrows(title or "").split(" ")[-1] else None


def _cut(draft: MessageDraft, name: str) -> MessageDraft:
    text, raw = _NAME.match(draft.text), _NAME.match(draft.raw_text)
    if text is None or raw is None or text.end() == len(draft.text):
        return draft
    return replace(
        draft,
        direction=Direction.OUT if is_owner(name) else Direction.IN,
        text=draft.text[text.end() :],
        raw_text=draft.raw_text[raw.end() :],
        confidences=draft.confidences[text.end() :],
    )
