"""What a person does to messages: each a named change, for one message or for many alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from smsdesk.domain.changes import Change, together
from smsdesk.domain.findings import FindingState, ViolationType
from smsdesk.domain.messages import Message, ReviewState
from smsdesk.domain.numbers import SenderKind, parse_sender
from smsdesk.domain.rulings import Answer
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA
from smsdesk.gui import words
from smsdesk.services import reviewing
from smsdesk.storage.case_file import CaseFile

Plan = Callable[[CaseFile, Sequence[Message]], Change]


class NotUnderstood(ValueError):
    """What was typed is no time or no number: the editor says why and stays open."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to messages; `plan` may read the case and runs in the background.

    `plan` raises NotUnderstood where what was typed makes no sense.
    """

    name: str
    plan: Plan


class Deeds(QObject):
    """All that can be done, as the window words it."""

    def accept(self) -> Deed:
        """Confirm what is proposed and mark as reviewed."""

        def plan(_case: CaseFile, messages: Sequence[Message]) -> Change:
            return together(reviewing.plan_acceptance(message) for message in messages)

        return Deed(self.tr("accept what is proposed"), plan)

    def review(self, state: ReviewState) -> Deed:
        """Mark as reviewed, or as new."""
        reviewed = state == ReviewState.REVIEWED
        name = self.tr("mark as reviewed") if reviewed else self.tr("mark as new")
        return Deed(name, lambda _case, messages: reviewing.plan_review(messages, state))

    def label(self, violation: ViolationType, *, on: bool) -> Deed:
        """Put a label on, or take it off."""
        pattern = self.tr("mark {label}") if on else self.tr("unmark {label}")
        return Deed(
            pattern.format(label=words.label_name(violation)),
            lambda _case, messages: reviewing.plan_label(messages, violation, on=on),
        )

    def star(self, *, on: bool) -> Deed:
        """Mark as key evidence, or no longer."""
        name = self.tr("mark as key") if on else self.tr("no longer key")
        return Deed(name, lambda _case, messages: reviewing.plan_star(messages, on=on))

    def note(self, text: str) -> Deed:
        """Write a note."""
        return Deed(self.tr("note"), lambda _case, messages: reviewing.plan_note(messages, text))

    def time(self, text: str) -> Deed:
        """Give the time that was typed."""

        def plan(_case: CaseFile, messages: Sequence[Message]) -> Change:
            change = reviewing.plan_typed_time(messages, text)
            if change is None:
                raise NotUnderstood(
                    self.tr("That is no time: write 2025-12-18 23:41, or 12-18, or 23:41")
                )
            if reviewing.is_still_to_come(change, dt.datetime.now(CHINA)):
                raise NotUnderstood(self.tr("That time is still to come; is the year right?"))
            return change

        return Deed(self.tr("correct the time"), plan)

    def number(self, text: str) -> Deed:
        """Give the number or name that was typed."""

        def plan(_case: CaseFile, messages: Sequence[Message]) -> Change:
            sender = parse_sender(text)
            if sender.kind == SenderKind.UNKNOWN and not sender.key:
                raise NotUnderstood(self.tr("That is no number and no name."))
            return reviewing.plan_sender(messages, sender)

        return Deed(self.tr("correct the number"), plan)

    def turn(self, direction: Direction) -> Deed:
        """Say which way messages went."""
        return Deed(
            self.tr("correct the direction"),
            lambda _case, messages: reviewing.plan_direction(messages, direction),
        )

    def recipient(self, answer: Answer) -> Deed:
        """Say whom threads were sent to."""
        name = self.tr("recipient: {name}").format(name=words.recipient_name(answer.recipient))
        return Deed(name, lambda case, messages: reviewing.plan_recipient(case, messages, answer))

    def institution(self, name: str) -> Deed:
        """Put senders under an institution."""
        return Deed(
            self.tr("institution {name}").format(name=name),
            lambda case, messages: reviewing.plan_institution(case, messages, name),
        )

    def decide(self, finding_id: int, state: FindingState, violation: ViolationType) -> Deed:
        """Confirm or reject one finding."""
        pattern = (
            self.tr("confirm {label}")
            if state == FindingState.CONFIRMED
            else self.tr("reject {label}")
        )
        return Deed(
            pattern.format(label=words.label_name(violation)),
            lambda _case, messages: reviewing.plan_decision(messages, [finding_id], state),
        )
