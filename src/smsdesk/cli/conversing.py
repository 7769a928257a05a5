"""Commands on conversations that screenshots show under two headers."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict
from typing import Annotated

import typer

from smsdesk.cli.commands import CasePath, JsonFlag, app, tell_count
from smsdesk.cli.output import put, put_json, tell, words
from smsdesk.cli.tables import joining_words
from smsdesk.domain.errors import CannotJoin
from smsdesk.services import conversations as conversing
from smsdesk.services import listing, reviewing
from smsdesk.services.cases import open_case

MessageId = Annotated[int, typer.Argument(metavar="ID", help=words("help_message"))]
Every = Annotated[bool, typer.Option("--all", help=words("help_every_conversation"))]
OtherId = Annotated[
    int | None, typer.Argument(metavar="[OTHER]", help=words("help_other_conversation"))
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=words("help_unite_dry_run"))]
PartId = Annotated[int, typer.Argument(metavar="ID", help=words("help_conversation"))]


@app.command(help=words("help_conversations"))
def conversations(case: CasePath, every: Every = False, as_json: JsonFlag = False) -> None:
    """List what was recognised as one conversation, and what a person parted; or all there are."""
    with closing(open_case(case)) as opened:
        if every:
            _list_all(conversing.candidates(opened), as_json=as_json)
            return
        found = conversing.conversations(opened)
    for one in found:
        if as_json:
            put_json(asdict(one))
        else:
            name = "together" if one.together else "kept_apart"
            phone = one.part_phone != one.root_phone
            part = joining_words("of_phone", name=one.part, phone=one.part_phone)
            put(
                joining_words(name, id=one.part_id, part=part if phone else one.part, root=one.root)
            )
    if not found and not as_json:
        put(joining_words("no_conversations"))


def _list_all(found: Iterable[conversing.Candidate], *, as_json: bool) -> None:
    for one in found:
        if as_json:
            put_json(asdict(one))
        else:
            fields = {"id": one.thread_id, "name": one.name, "phone": one.phone}
            put(joining_words("listed", count=one.messages, **fields))


@app.command(help=words("help_part"))
def part(case: CasePath, part_id: PartId) -> None:
    """Part what was recognised as one conversation."""
    with closing(open_case(case)) as opened:
        reviewing.apply(opened, conversing.plan_parting(opened, part_id))
        tell_count(opened)


@app.command(help=words("help_move_messages"))
def move(case: CasePath, message_id: MessageId) -> None:
    """Put messages whose number was put right into its conversation."""
    with closing(open_case(case)) as opened:
        found = listing.messages(opened, [message_id])
        if not found:
            raise CannotJoin(why="no_message")
        change = conversing.plan_moving(opened, found[0])
        reviewing.apply(opened, change)
        tell_count(opened)


@app.command(help=words("help_unite"))
def unite(
    case: CasePath, part_id: PartId, other_id: OtherId = None, dry_run: DryRun = False
) -> None:
    """Make two conversations one; with one number, put together again what was parted."""
    with closing(open_case(case)) as opened:
        if other_id is None:
            reviewing.apply(opened, conversing.plan_uniting(opened, part_id))
        else:
            union = conversing.preview_union(opened, part_id, other_id)
            _tell_union(union)
            if dry_run:
                return
            reviewing.apply(opened, union.change)
        tell_count(opened)


def _tell_union(union: conversing.Union) -> None:
    counts = {"before": union.messages, "after": union.together, "twice": union.counted_once}
    tell(joining_words("union", **counts))
    if union.recipients:
        to = joining_words(f"to_{union.recipient.value}")
        tell(joining_words("union_recipients", count=union.recipients, recipient=to))
