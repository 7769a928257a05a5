"""Commands on conversations that screenshots show under two headers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import Annotated

import typer

from smsdesk.cli.commands import CasePath, JsonFlag, app, tell_count
from smsdesk.cli.output import put, put_json, words
from smsdesk.cli.tables import joining_words
from smsdesk.domain.errors import CannotJoin
from smsdesk.services import conversations as conversing
from smsdesk.services import listing, reviewing
from smsdesk.services.cases import open_case

MessageId = Annotated[int, typer.Argument(metavar="ID", help=words("help_message"))]
PartId = Annotated[int, typer.Argument(metavar="ID", help=words("help_conversation"))]


@app.command(help=words("help_conversations"))
def conversations(case: CasePath, as_json: JsonFlag = False) -> None:
    """List what was recognised as one conversation, and what a person parted."""
    with closing(open_case(case)) as opened:
        found = conversing.conversations(opened)
    for one in found:
        if as_json:
            put_json(asdict(one))
        else:
            name = "together" if one.together else "kept_apart"
            put(joining_words(name, id=one.part_id, part=one.part, root=one.root))
    if not found and not as_json:
        put(joining_words("no_conversations"))


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
def unite(case: CasePath, part_id: PartId) -> None:
    """Put together again what was parted."""
    with closing(open_case(case)) as opened:
        reviewing.apply(opened, conversing.plan_uniting(opened, part_id))
        tell_count(opened)
