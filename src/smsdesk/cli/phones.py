"""The command about the phones that the screenshots come from (原始载体)."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, replace
from typing import Annotated, Any

import typer

from smsdesk.cli.commands import CasePath, JsonFlag, app
from smsdesk.cli.output import put, put_json, words
from smsdesk.domain.cases import SourceDevice
from smsdesk.domain.errors import WrongUse
from smsdesk.services import cases
from smsdesk.services.cases import DESCRIBED, open_case

Text = str | None


@app.command(help=words("help_phones"))
def phones(
    case: CasePath,
    phone: Annotated[Text, typer.Option(metavar="NAME", help=words("help_phone"))] = None,
    owner: Annotated[Text, typer.Option(help=words("help_phone_owner"))] = None,
    model: Annotated[Text, typer.Option(help=words("help_phone_model"))] = None,
    own_number: Annotated[Text, typer.Option(help=words("help_phone_number"))] = None,
    kept_by: Annotated[Text, typer.Option(help=words("help_phone_kept_by"))] = None,
    as_json: JsonFlag = False,
) -> None:
    """List the phones of the case; describe one of them."""
    told = {"owner": owner, "model": model, "own_number": own_number, "kept_by": kept_by}
    news: dict[str, Any] = {name: text.strip() for name, text in told.items() if text is not None}
    with closing(open_case(case)) as opened:
        if news:
            chosen = _chosen(cases.devices(opened), phone)
            cases.describe_devices(opened, [replace(chosen, **news)])
        found = cases.devices(opened)
    for one in found:
        if as_json:
            put_json(asdict(one))
        else:
            put(_line(one))


def _chosen(known: list[SourceDevice], name: str | None) -> SourceDevice:
    """Return the phone of that name; without a name the only one. WrongUse if that is none."""
    found = [one for one in known if name is None or one.name == name]
    if len(found) != 1:
        names = "、".join(one.name for one in known)
        raise WrongUse(detail=words("phone_unknown", names=names))
    return found[0]


def _line(phone: SourceDevice) -> str:
    fields = (f"{words(f'phone_{name}')} {getattr(phone, name) or '-'}" for name in DESCRIBED)
    return "\t".join([phone.name, *fields])
