"""What a masked copy hides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from typing import Annotated

import typer

from smsdesk.cli import output
from smsdesk.cli.commands import CasePath, JsonFlag, app
from smsdesk.cli.output import put, put_json, tell, words
from smsdesk.domain.masks import MaskKind, MaskState, ProposedMask
from smsdesk.services import masking
from smsdesk.services.cases import open_case
from smsdesk.wording import say

Words = list[str] | None


@app.command(help=words("help_masks"))
def masks(
    case: CasePath,
    add: Annotated[Words, typer.Option(metavar="WORDS", help=words("help_mask_add"))] = None,
    lift: Annotated[Words, typer.Option(metavar="WORDS", help=words("help_mask_lift"))] = None,
    reset: Annotated[Words, typer.Option(metavar="WORDS", help=words("help_mask_reset"))] = None,
    kind: Annotated[MaskKind, typer.Option(help=words("help_mask_kind"))] = MaskKind.OTHER,
    as_json: JsonFlag = False,
) -> None:
    """List what a masked copy hides; add to it or lift from it."""
    with closing(open_case(case)) as opened:
        for text, state in _choices(add, lift, reset):
            masking.apply(opened, masking.plan_choice(opened, text, state, kind))
        found = masking.masks(opened)
    for one in found:
        if as_json:
            put_json(asdict(one))
        else:
            put(_line(one))
    tell(say("masks.listed", output.language(), count=len(found)))


def _choices(add: Words, lift: Words, reset: Words) -> Iterator[tuple[str, MaskState | None]]:
    for texts, state in ((add, MaskState.ADDED), (lift, MaskState.LIFTED), (reset, None)):
        yield from ((text, state) for text in texts or [])


def _line(mask: ProposedMask) -> str:
    kind = say(f"masks.{mask.kind}", output.language())
    how = say(f"masks.{mask.choice or 'by_rule'}", output.language())
    return f"{mask.words}\t{kind}\t{mask.places}\t{how}"
