"""The fields of the case card as options of a command."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import Annotated, Any

import typer

from smsdesk.cli.output import language
from smsdesk.domain.cases import CaseCard
from smsdesk.wording import say

CARD_FIELDS = tuple(field.name for field in fields(CaseCard))


def card_word(field: str) -> str:
    """Return what a field of the case card is called."""
    return say(f"card.{field}", language())


def with_card_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* an option for each field of the card that it does not declare itself.

    The command takes them as `**card`; those not given are left out.
    """
    declared = inspect.signature(command, eval_str=True)
    own = [p for p in declared.parameters.values() if p.kind != inspect.Parameter.VAR_KEYWORD]
    names = [name for name in CARD_FIELDS if name not in declared.parameters]
    options = [_option(name) for name in names]

    def run(**values: Any) -> Any:
        given = {name: values.pop(name) for name in names}
        return command(**values, **{k: v for k, v in given.items() if v is not None})

    run.__signature__ = inspect.Signature(own + options)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in own + options}
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


def _option(name: str) -> inspect.Parameter:
    if name == "copies":
        kind: Any = Annotated[int | None, typer.Option(min=1, max=99, help=card_word(name))]
    else:
        kind = Annotated[str | None, typer.Option(help=card_word(name))]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
