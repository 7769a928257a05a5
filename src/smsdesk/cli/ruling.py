"""Commands about rules: packs, what would change, recipients, institutions, figures."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from smsdesk.cli import output
from smsdesk.cli.commands import CasePath, JsonFlag, app
from smsdesk.cli.output import put, put_json, shown_task, tell, words
from smsdesk.domain.errors import WrongUse
from smsdesk.domain.findings import ProposalChange
from smsdesk.domain.rulings import Answer
from smsdesk.services import asking, figure_rows, packs, proposing
from smsdesk.services.cases import open_case
from smsdesk.services.classifying import RECIPIENTS
from smsdesk.services.figuring import case_figures
from smsdesk.services.listing import label_name
from smsdesk.storage.case_file import CaseFile

PackFile = Annotated[Path, typer.Argument(metavar="FILE", help=words("help_pack_file"))]


@app.command("pack", help=words("help_pack"))
def check(file: PackFile) -> None:
    """Check an office's rule pack."""
    pack = packs.check_pack(file)
    put(words("pack_fits", version=pack.identity.version, rules=len(pack.rules)))
    put(pack.identity.sha256)


@app.command(help=words("help_judge"))
def judge(
    case: CasePath,
    add: Annotated[Path | None, typer.Option(metavar="FILE", help=words("help_add"))] = None,
    remove: Annotated[str | None, typer.Option(metavar="V", help=words("help_remove"))] = None,
    apply: Annotated[bool, typer.Option("--apply", help=words("help_apply"))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Show what judging all messages anew would change; change it with --apply."""
    plan = packs.PackPlan(packs.kept_pack(add) if add else None, remove)
    with closing(open_case(case)) as opened, shown_task() as task:
        changes = proposing.preview(opened, task, plan)
        if apply:
            packs.carry_out(opened, plan)
            proposing.adopt(opened, task)
    for change in changes:
        if as_json:
            put_json(figure_rows.change_row(change))
        else:
            put(_change_line(change))
    tell(words("changed" if apply else "would_change", count=len(changes)))


def _change_line(change: ProposalChange) -> str:
    kinds = (("+", change.added), ("-", change.removed), ("~", change.reworded))
    parts = [f"{sign}{label_name(p.violation)}（{p.rule}）" for sign, ps in kinds for p in ps]
    return f"{change.message_id}\t{' '.join(parts)}"


@app.command(help=words("help_recipient"))
def recipient(
    case: CasePath,
    thread: Annotated[int | None, typer.Argument(metavar="THREAD")] = None,
    who: Annotated[str | None, typer.Argument(metavar="self|third")] = None,
    relation: Annotated[str, typer.Option(help=words("help_relation"))] = "",
) -> None:
    """Say whom a thread was sent to; without THREAD, list the threads nobody was asked about."""
    with closing(open_case(case)) as opened:
        if thread is None:
            for number in asking.unanswered_threads(opened):
                put(str(number))
            return
        _answer(opened, thread, who, relation)


def _answer(case: CaseFile, thread: int, who: str | None, relation: str) -> None:
    if who not in RECIPIENTS:
        raise WrongUse(detail=words("bad_recipient", text=who, known="、".join(RECIPIENTS)))
    try:
        asking.set_recipient(case, thread, Answer(RECIPIENTS[who], relation))
    except KeyError as error:
        raise WrongUse(detail=words("no_such_thread", thread=thread)) from error
    with shown_task() as task:
        changed = proposing.propose(case, task)
    tell(words("changed", count=changed))


@app.command(help=words("help_institution"))
def institution(
    case: CasePath,
    name: Annotated[str, typer.Argument(metavar="NAME", help=words("help_institution_name"))],
    senders: Annotated[list[str], typer.Argument(metavar="SENDER...")],
) -> None:
    """Put senders under one institution by hand; NAME "-" takes them out again."""
    with closing(open_case(case)) as opened:
        known = {key for one in case_figures(opened).institutions for key in one.senders}
        for unknown in (sender for sender in senders if sender not in known):
            raise WrongUse(detail=words("no_such_sender", sender=unknown))
        asking.set_institution(opened, senders, None if name == "-" else name)
        with shown_task() as task:
            tell(words("changed", count=proposing.propose(opened, task)))


@app.command(help=words("help_figures"))
def figures(case: CasePath, as_json: JsonFlag = False) -> int:
    """Print the figures, each with the messages it counts."""
    with closing(open_case(case)) as opened:
        counted = case_figures(opened)
    row = figure_rows.figures_row(counted)
    if as_json:
        put_json(row)
    else:
        put("\n".join(figure_rows.figure_lines(counted, label_name)))
    return output.DONE
