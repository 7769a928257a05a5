"""The command that does to messages what a person does in the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Annotated

import typer

from smsdesk.cli.commands import CasePath, app
from smsdesk.cli.output import put, tell, words
from smsdesk.domain.changes import Change, together
from smsdesk.domain.errors import WrongUse
from smsdesk.domain.findings import HINTS, ViolationType
from smsdesk.domain.messages import Message, ReviewState
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.rulings import Answer
from smsdesk.domain.screens import Direction
from smsdesk.services import conversations, listing, reviewing
from smsdesk.services.cases import open_case
from smsdesk.services.classifying import RECIPIENTS
from smsdesk.storage.case_file import CaseFile

Ids = Annotated[list[int], typer.Argument(metavar="ID...", help=words("help_message"))]
Text = Annotated[str | None, typer.Option(help=words("help_set_text"))]
Time = Annotated[str | None, typer.Option("--time", help=words("help_set_time"))]
SenderText = Annotated[str | None, typer.Option("--sender", help=words("help_set_sender"))]
Way = Annotated[Direction | None, typer.Option("--direction", help=words("help_set_direction"))]
Who = Annotated[str | None, typer.Option("--recipient", help=words("help_set_recipient"))]
Relation = Annotated[str, typer.Option(help=words("help_relation"))]
Star = Annotated[bool | None, typer.Option("--star/--no-star", help=words("help_set_star"))]
Note = Annotated[str | None, typer.Option(help=words("help_set_note"))]
Labels = Annotated[
    list[ViolationType] | None, typer.Option("--label", help=words("help_set_label"))
]
Unlabels = Annotated[
    list[ViolationType] | None, typer.Option("--unlabel", help=words("help_set_unlabel"))
]
Reviewed = Annotated[bool | None, typer.Option("--reviewed/--new", help=words("help_set_reviewed"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=words("help_set_dry_run"))]


@app.command("set", help=words("help_set"))
def set_(
    case: CasePath,
    ids: Ids,
    text: Text = None,
    time: Time = None,
    sender: SenderText = None,
    direction: Way = None,
    recipient: Who = None,
    relation: Relation = "",
    star: Star = None,
    note: Note = None,
    label: Labels = None,
    unlabel: Unlabels = None,
    reviewed: Reviewed = None,
    dry_run: DryRun = False,
) -> None:
    """Change messages; all of it happens, or nothing."""
    with closing(open_case(case)) as opened:
        messages = _messages(opened, ids)
        changes = [
            *_facts(messages, text, time, sender, direction),
            *_marks(messages, label or [], unlabel or [], star, note, reviewed),
        ]
        if recipient is not None:
            changes.append(reviewing.plan_recipient(opened, messages, _answer(recipient, relation)))
        if not changes:
            raise WrongUse(detail=words("nothing_to_set"))
        change = together(changes)
        if not dry_run and not change.is_empty:
            reviewing.apply(opened, change)
        astray = _astray(opened, ids) if sender is not None and not dry_run else 0
    for message_id in change.message_ids:
        put(str(message_id))
    tell(words("set_would" if dry_run else "set_done", count=len(change.message_ids)))
    if astray:
        tell(words("astray", count=astray, id=ids[0]))


def _astray(case: CaseFile, ids: Sequence[int]) -> int:
    """Return how many of these messages now stand in the conversation of another number."""
    found = listing.messages(case, list(dict.fromkeys(ids)))
    return sum(conversations.strays(case, message) is not None for message in found)


def _messages(case: CaseFile, ids: Sequence[int]) -> list[Message]:
    found = listing.messages(case, list(dict.fromkeys(ids)))
    missing = sorted(set(ids) - {message.id for message in found})
    if missing:
        raise WrongUse(detail=words("no_such_message", ids="、".join(map(str, missing))))
    return found


def _facts(
    messages: Sequence[Message],
    text: str | None,
    time: str | None,
    sender: str | None,
    direction: Direction | None,
) -> Iterator[Change]:
    if text is not None:
        if len(messages) != 1:
            raise WrongUse(detail=words("one_text"))
        yield reviewing.plan_text(messages[0], text)
    if time is not None:
        typed = reviewing.plan_typed_time(messages, time)
        if typed is None:
            raise WrongUse(detail=words("bad_moment", text=time))
        yield typed
    if sender is not None:
        parsed = parse_sender(sender)
        if not parsed.key:
            raise WrongUse(detail=words("bad_sender", text=sender))
        yield reviewing.plan_sender(messages, parsed)
    if direction is not None:
        yield reviewing.plan_direction(messages, direction)


def _marks(
    messages: Sequence[Message],
    labels: Sequence[ViolationType],
    unlabels: Sequence[ViolationType],
    star: bool | None,
    note: str | None,
    reviewed: bool | None,
) -> Iterator[Change]:
    wrong = HINTS.intersection((*labels, *unlabels)) | set(labels).intersection(unlabels)
    for violation in sorted(wrong):
        raise WrongUse(detail=words("bad_label_by_hand", label=violation))
    for violation in dict.fromkeys(labels):
        yield reviewing.plan_label(messages, violation, on=True)
    for violation in dict.fromkeys(unlabels):
        yield reviewing.plan_label(messages, violation, on=False)
    if star is not None:
        yield reviewing.plan_star(messages, on=star)
    if note is not None:
        yield reviewing.plan_note(messages, note)
    if reviewed is not None:
        state = ReviewState.REVIEWED if reviewed else ReviewState.NEW
        yield reviewing.plan_review(messages, state)


def _answer(recipient: str, relation: str) -> Answer:
    if recipient not in RECIPIENTS:
        known = "、".join(RECIPIENTS)
        raise WrongUse(detail=words("bad_recipient", text=recipient, known=known))
    return Answer(RECIPIENTS[recipient], relation)
