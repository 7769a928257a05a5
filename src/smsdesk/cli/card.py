"""The command about the case card."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, replace
from typing import Any

from smsdesk.cli.card_options import CARD_FIELDS, card_word, with_card_options
from smsdesk.cli.commands import CasePath, JsonFlag, app
from smsdesk.cli.output import put, put_json, words
from smsdesk.domain.cases import CaseCard
from smsdesk.domain.errors import WrongUse
from smsdesk.services import cases
from smsdesk.services.cases import open_case


@app.command(help=words("help_card_command"))
@with_card_options
def card(case: CasePath, as_json: JsonFlag = False, **changes: Any) -> None:
    """Show the case card; change the fields that are given."""
    if not changes.get("title", "-").strip():
        raise WrongUse(detail=words("no_title"))
    with closing(open_case(case)) as opened:
        now = replace(cases.card(opened), **changes)
        cases.update_card(opened, now)
    _show(now, as_json)


def _show(now: CaseCard, as_json: bool) -> None:
    if as_json:
        put_json(asdict(now))
        return
    for name in CARD_FIELDS:
        put(f"{card_word(name)}  --{name.replace('_', '-')}  {getattr(now, name)}".rstrip())
