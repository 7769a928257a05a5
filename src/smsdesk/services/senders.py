"""The senders of one screen's messages, their numbers read more than once."""

from __future__ import annotations

from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.domain.number_checks import checked
from smsdesk.domain.numbers import Sender, parse_sender
from smsdesk.domain.screens import MessageDraft, Screen
from smsdesk.ocr.second_reading import read_again

_Shown = tuple[str | None, Box | None]
"""A sender as a screen shows it: the text, and where the number in it stands."""


def read_senders(screen: Screen, image: Image.Image) -> list[Sender]:
    """Return the sender of each of the screen's drafts; *image* is the upright picture (RGB)."""
    shown = [_shown(draft, screen) for draft in screen.drafts]
    senders = {each: parse_sender(each[0]) for each in shown}
    numbered = [(each, each[1]) for each in senders if each[1] and senders[each].number]
    texts = read_again(image, [box for _, box in numbered])
    for (each, _), others in zip(numbered, texts, strict=True):
        senders[each] = checked(senders[each], others)
    return [senders[each] for each in shown]


def _shown(draft: MessageDraft, screen: Screen) -> _Shown:
    if draft.sender_raw is not None:
        return draft.sender_raw, draft.sender_box
    return screen.sender_raw, screen.sender_box
