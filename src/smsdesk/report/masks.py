"""What a masked copy says of itself, in every document: that it is one, and what it hides."""

from __future__ import annotations

from smsdesk.domain.masks import MaskReport
from smsdesk.wording import say


def mask_note(report: MaskReport) -> list[str]:
    """Return the paragraphs of the note: what this is, what was masked, what was left out."""
    lines = [
        say("masks.line", kind=say(f"masks.{c.kind}"), texts=c.texts, pictures=c.pictures)
        for c in report.counts
    ]
    left_out = report.left_out
    key = "left_out" if left_out else "none_left_out"
    return [
        say("masks.note"),
        say("masks.masked", counts="；".join(lines) or say("masks.nothing")),
        say(f"masks.{key}", count=len(left_out), names="、".join(left_out)),
        say("masks.caution"),
    ]
