"""Commands about the catalogue of exhibits, and the files in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from smsdesk.cli import output
from smsdesk.cli.commands import CasePath, JsonFlag, app
from smsdesk.cli.output import language, put, put_json, shown_task, tell, words
from smsdesk.domain.errors import CannotArrange, WrongUse
from smsdesk.domain.exhibits import (
    ExhibitKind,
    ExhibitPlan,
    PlanChange,
    PlannedExhibit,
    PlannedGroup,
)
from smsdesk.services import exhibit_rows, exhibits, listing
from smsdesk.services.attaching import AttachOptions, AttachReport, Refused, add_files
from smsdesk.services.cases import open_case
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import say

Number = Annotated[str, typer.Argument(metavar="NUMBER", help=words("help_exhibit_number"))]
Group = Annotated[str | None, typer.Option(metavar="G", help=words("help_group"))]
Column = Annotated[str | None, typer.Option(help=words("help_column"))]
GroupAndValue = Annotated[list[str] | None, typer.Option(metavar="G=...", help=words("help_pair"))]
Kind = Annotated[ExhibitKind, typer.Option(help=words("help_kind"))]


@app.command("exhibits", help=words("help_exhibits"))
def list_(
    case: CasePath,
    as_json: JsonFlag = False,
    new_group: Annotated[list[str] | None, typer.Option(help=words("help_new_group"))] = None,
    rename_group: GroupAndValue = None,
    move_group: GroupAndValue = None,
    drop_group: Annotated[list[str] | None, typer.Option(help=words("help_drop_group"))] = None,
) -> None:
    """Print the catalogue; change its groups where asked."""
    with closing(open_case(case)) as opened:
        for title in new_group or []:
            _change(opened, _adding(title))
        for name, title in _pairs(rename_group):
            _change(opened, _renaming(name, title))
        for name, place in _pairs(move_group):
            _change(opened, _moving(name, _place(place)))
        for name in drop_group or []:
            _change(opened, _dropping(name))
        _show(opened, as_json)


@app.command(help=words("help_attach"))
def attach(
    case: CasePath,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=words("help_files"))],
    kind: Kind = ExhibitKind.OTHER,
    group: Group = None,
    name: Annotated[str | None, typer.Option(help=words("help_attach_name"))] = None,
    as_json: JsonFlag = False,
) -> int:
    """Keep files of other kinds in the case and list them as exhibits."""
    if kind == ExhibitKind.MESSAGES:
        raise WrongUse(detail=words("attach_messages"))
    with closing(open_case(case)) as opened:
        group_id = _group(exhibits.plan(opened), group).group.id if group else None
        options = AttachOptions(kind, group_id, name, together=name is not None)
        with shown_task() as task:
            report = add_files(opened, files, options, task)
        plan = exhibits.plan(opened)
    _tell_attached(report, plan, as_json)
    return output.SET_ASIDE if report.refused else output.DONE


def _tell_attached(report: AttachReport, plan: ExhibitPlan, as_json: bool) -> None:
    for file in report.added:
        number = plan.attachments[file.id]
        if as_json:
            put_json({"status": "added", **exhibit_rows.attachment_row(file, number)})
        else:
            put(f"{number}  {file.file_name}  SHA-256 {file.sha256}")
    for refused in report.refused:
        if as_json:
            put_json({"status": "refused", "source": str(refused.path), "reason": _why(refused)})
        else:
            put(f"{refused.path}：{_why(refused)}")
    tell(words("attached", added=len(report.added), refused=len(report.refused)))


def _why(refused: Refused) -> str:
    return say(f"exhibits.refused_{refused.reason}", language(), detail=refused.detail)


@app.command(help=words("help_exhibit"))
def exhibit(
    case: CasePath,
    number: Number,
    name: Column = None,
    source: Column = None,
    proves: Column = None,
    summary: Column = None,
    remark: Column = None,
    copies: Annotated[int | None, typer.Option(help=words("help_copies"))] = None,
    group: Group = None,
    move: Annotated[int | None, typer.Option(min=1, metavar="N", help=words("help_move"))] = None,
    reset: Annotated[bool, typer.Option("--reset", help=words("help_reset"))] = False,
    as_json: JsonFlag = False,
) -> None:
    """Change the columns of an exhibit or its place; print it."""
    columns = {"name": name, "source": source, "proves": proves, "summary": summary}
    fields: dict[str, str | int | None] = {**columns, "remark": remark, "copies": copies}
    with closing(open_case(case)) as opened:
        plan = exhibits.plan(opened)
        key = _find(plan, number).key
        _check(plan, key, fields, group)
        if reset:
            _change(opened, lambda plan: exhibits.plan_reset(_find(plan, key)))
        _change(opened, lambda plan: exhibits.plan_edit(_find(plan, key), fields))
        if group is not None or move is not None:
            _change(opened, _placing(key, group, move))
        _show(opened, as_json, only=key)


def _check(
    plan: ExhibitPlan, key: str, fields: dict[str, str | int | None], group: str | None
) -> None:
    """Raise what any step would raise, before the first one is done."""
    exhibits.plan_edit(_find(plan, key), fields)
    if group is not None:
        _group(plan, group)


def _placing(key: str, group: str | None, place: int | None) -> Callable[[ExhibitPlan], PlanChange]:
    def planned(plan: ExhibitPlan) -> PlanChange:
        found = _find(plan, key)
        target = _group(plan, group) if group else plan.group_of(found)
        last = len(target.exhibits) + 1
        return exhibits.plan_move(plan, found, place or last, target)

    return planned


@app.command(help=words("help_detach"))
def detach(
    case: CasePath,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER...")],
) -> None:
    """Take files out of the catalogue; they stay in the case."""
    with closing(open_case(case)) as opened:
        plan = exhibits.plan(opened)
        changes = [exhibits.plan_removal(_find(plan, number)) for number in numbers]
        records = tuple(record for change in changes for record in change.records)
        exhibits.apply(opened, PlanChange(records=records))
    tell(words("detached", count=len(records)))


def _show(case: CaseFile, as_json: bool, only: str | None = None) -> None:
    plan = exhibits.plan(case)
    if not as_json:
        put("\n".join(exhibit_rows.exhibit_lines(plan, language(), only)))
        return
    originals = {original.id: original for original in listing.originals(case)}
    for row in exhibit_rows.exhibit_rows(plan, originals):
        if only in (None, row.get("key")):
            put_json(row)


def _change(case: CaseFile, planned: Callable[[ExhibitPlan], PlanChange]) -> None:
    exhibits.apply(case, planned(exhibits.plan(case)))


def _find(plan: ExhibitPlan, name: str) -> PlannedExhibit:
    found = plan.find(name)
    if found is None:
        raise CannotArrange(why="no_exhibit", number=name)
    return found


def _group(plan: ExhibitPlan, name: str) -> PlannedGroup:
    """Return the group by its place as printed, its title, or a part that only its title has."""
    exact = [g for g in plan.groups if name.strip() in (str(g.place), g.title)]
    found = exact or [g for g in plan.groups if name.strip() and name.strip() in g.title]
    if len(found) != 1:
        raise CannotArrange(why="no_group", group=name)
    return found[0]


def _adding(title: str) -> Callable[[ExhibitPlan], PlanChange]:
    return lambda plan: exhibits.plan_new_group(plan, title)


def _renaming(name: str, title: str) -> Callable[[ExhibitPlan], PlanChange]:
    return lambda plan: exhibits.plan_group_title(_group(plan, name), title)


def _moving(name: str, place: int) -> Callable[[ExhibitPlan], PlanChange]:
    return lambda plan: exhibits.plan_group_move(plan, _group(plan, name), place)


def _dropping(name: str) -> Callable[[ExhibitPlan], PlanChange]:
    return lambda plan: exhibits.plan_group_removal(_group(plan, name))


def _pairs(values: list[str] | None) -> Iterator[tuple[str, str]]:
    for value in values or []:
        group, found, rest = value.partition("=")
        if not found:
            raise WrongUse(detail=words("bad_pair", text=value))
        yield group, rest


def _place(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10_000):
        raise WrongUse(detail=words("bad_place", text=text))
    return int(text)
