"""Commands that take originals out of the case and put them back."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from smsdesk.cli.commands import CasePath, JsonFlag, app, tell_count
from smsdesk.cli.output import language, put, put_json, tell, words
from smsdesk.domain.cases import RemovedOriginal
from smsdesk.report.removed import removed_lines
from smsdesk.services import removing, reviewing
from smsdesk.services.case_rows import removed_row
from smsdesk.services.cases import open_case
from smsdesk.wording import say

Images = Annotated[list[str], typer.Argument(metavar="IMAGE...", help=words("help_images"))]
SomeImages = Annotated[
    list[str] | None, typer.Argument(metavar="IMAGE...", help=words("help_images"))
]


@app.command(help=words("help_remove_original"))
def remove(
    case: CasePath,
    images: SomeImages = None,
    reason: Annotated[str, typer.Option(help=words("help_removal_reason"))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Take originals out of the case; without any, list those that are out."""
    with closing(open_case(case)) as opened:
        if images:
            ids = removing.find_originals(opened, images)
            reviewing.apply(opened, removing.plan_removal(opened, ids, reason))
            tell(_words("taken_out", count=len(ids)))
            tell_count(opened)
        else:
            _put_removed(removing.removed(opened), as_json=as_json)


def _put_removed(removed: list[RemovedOriginal], *, as_json: bool) -> None:
    if as_json:
        for one in removed:
            put_json(removed_row(one))
        return
    for line in removed_lines(removed, language()):
        put(line)
    if not removed:
        put(_words("none"))


@app.command(help=words("help_restore_original"))
def restore(case: CasePath, images: Images) -> None:
    """Put originals back."""
    with closing(open_case(case)) as opened:
        ids = removing.find_originals(opened, images)
        reviewing.apply(opened, removing.plan_restoring(opened, ids))
        tell(_words("put_back", count=len(ids)))
        tell_count(opened)


def _words(key: str, **fields: object) -> str:
    return say(f"removals.{key}", language(), **fields)
