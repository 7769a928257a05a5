"""What one message means to the judgement of others, so that they need not all be read again."""

from __future__ import annotations

from smsdesk.domain.days import day_of
from smsdesk.domain.messages import Message
from smsdesk.domain.rulings import Bearing
from smsdesk.domain.screens import Direction
from smsdesk.rules.contexts import in_context
from smsdesk.rules.frequency import collects_by_itself
from smsdesk.rules.institutions import marks_in
from smsdesk.rules.pack import RulePack


def bearing_of(bundled: RulePack, timing: RulePack, message: Message) -> Bearing | None:
    """Return what *message* bears on others, None for one that was sent.

    *bundled* says what is collection in a context, *timing* what counts by day and night.
    """
    if message.direction is not Direction.IN:
        return None
    collects = collects_by_itself(bundled, message)
    counts = collects if timing is bundled else collects_by_itself(timing, message)
    day = day_of(message.sent)
    return Bearing(
        message.id,
        message.sender.key,
        message.recipient,
        None if day is None else day.isoformat(),
        tuple(marks_in([message.text])),
        collecting=collects is True,
        opens_collecting=counts is True,
        counted=counts is not None,
        contextual=any(in_context(bundled, message, 1)),
    )
