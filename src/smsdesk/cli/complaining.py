"""The commands that write letters: complaint packs and drafts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from smsdesk.cli import output
from smsdesk.cli.commands import CasePath, OnlyConditions, app, query_of
from smsdesk.cli.output import put, shown_task, tell, words
from smsdesk.domain.channels import Channel, Draft
from smsdesk.domain.errors import WrongUse
from smsdesk.services.cases import open_case
from smsdesk.services.complaining import PackOptions, make_masked_pack, make_pack
from smsdesk.services.lettering import write_draft

Size = float | None


@app.command(help=words("help_complain"))
def complain(
    case: CasePath,
    channel: Annotated[Channel, typer.Argument(metavar="CHANNEL", help=words("help_channel"))],
    target: Annotated[Path, typer.Argument(metavar="OUT", help=words("help_pack_out"))],
    only: OnlyConditions = None,
    limit_mb: Annotated[Size, typer.Option(help=words("help_limit"))] = None,
    file_limit_mb: Annotated[Size, typer.Option(help=words("help_file_limit"))] = None,
    shrink: Annotated[bool, typer.Option("--shrink", help=words("help_shrink"))] = False,
    masked: Annotated[bool, typer.Option("--masked", help=words("help_masked"))] = False,
) -> int:
    """Make a complaint pack."""
    _check_ending(target, ".zip")
    if any(size is not None and not 0 < size < float("inf") for size in (limit_mb, file_limit_mb)):
        raise WrongUse(detail=words("bad_size"))
    options = PackOptions(query_of(only), limit_mb, file_limit_mb, shrink)
    with closing(open_case(case)) as opened, shown_task() as task:
        make = make_masked_pack if masked else make_pack
        made = make(opened, channel, target, options, task)
    for one in made.left_out:
        tell(words("not_enclosed", name=one.file.file_name, reason=one.reason))
    if made.waiting:
        tell(words("not_confirmed", count=made.waiting))
    _tell_blanks(made.blanks)
    tell(words("packed", messages=made.messages, total=made.of_messages, enclosed=made.enclosed))
    put(str(made.path))
    return output.SET_ASIDE if made.left_out else output.DONE


@app.command(help=words("help_draft"))
def draft(
    case: CasePath,
    kind: Annotated[Draft, typer.Argument(metavar="KIND", help=words("help_draft_kind"))],
    target: Annotated[Path, typer.Argument(metavar="OUT", help=words("help_draft_out"))],
    only: OnlyConditions = None,
) -> None:
    """Write a draft."""
    _check_ending(target, ".docx")
    with closing(open_case(case)) as opened:
        made = write_draft(opened, kind, target, query_of(only))
    _tell_blanks(made.blanks)
    tell(words("drafted", messages=made.messages))
    put(str(made.path))


def _check_ending(target: Path, ending: str) -> None:
    if target.suffix.lower() != ending:
        raise WrongUse(detail=words("needs_ending", ending=ending))


def _tell_blanks(blanks: Sequence[str]) -> None:
    if blanks:
        tell(words("to_fill_in", blanks="；".join(blanks)))
