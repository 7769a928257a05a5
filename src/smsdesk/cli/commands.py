"""The commands of the contract (docs/cli.md): each calls a service and prints what comes back.

Imported once the language is known, because the help texts are fixed when commands are declared.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from smsdesk import __version__
from smsdesk.cli import output
from smsdesk.cli.card_options import card_word, with_card_options
from smsdesk.cli.output import put, put_json, shown_task, tell, words
from smsdesk.cli.tables import (
    continuity_line,
    contradicted_lines,
    custody_line,
    import_summary,
    joining_words,
    message_lines,
    place_words,
    reading_lines,
    reason_line,
    removed_twin_line,
)
from smsdesk.domain.cases import CaseCard, ImportStatus, Original, SourceDevice
from smsdesk.domain.errors import CannotJoin, WrongUse
from smsdesk.domain.findings import FindingState, ViolationType
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.times import CHINA
from smsdesk.services import joining, listing, reviewing, rows
from smsdesk.services.cases import create_case, open_case
from smsdesk.services.classifying import classify_line
from smsdesk.services.demo import make_demo
from smsdesk.services.exporting import PdfOptions, export_pdf
from smsdesk.services.formats import EXPORTERS
from smsdesk.services.importing import (
    ImportOptions,
    ImportReport,
    import_paths,
    resume_import,
    try_again,
)
from smsdesk.services.masked_copies import export_masked
from smsdesk.services.reading import read_files
from smsdesk.services.removing import removed_twins
from smsdesk.services.verdict_words import case_verdict, package_verdict
from smsdesk.services.verifying import verify as verify_case
from smsdesk.services.verifying_packages import is_package, verify_package
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import explain

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

JsonFlag = Annotated[bool, typer.Option("--json", help=words("help_json"))]
CasePath = Annotated[Path, typer.Argument(metavar="CASE", help=words("help_case"))]
Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help=words("help_paths"))]
EngineName = Annotated[str, typer.Option(help=words("help_engine"))]
Jobs = Annotated[int | None, typer.Option(min=1, max=64, help=words("help_jobs"))]
Search = Annotated[str | None, typer.Option(help=words("help_search"))]
Label = Annotated[ViolationType | None, typer.Option(help=words("help_label"))]
State = Annotated[FindingState | None, typer.Option(help=words("help_state"))]
SenderPart = Annotated[str | None, typer.Option("--sender", help=words("help_sender"))]
Since = Annotated[str | None, typer.Option("--from", metavar="D", help=words("help_from"))]
Until = Annotated[str | None, typer.Option("--to", metavar="D", help=words("help_to"))]
MessageIds = Annotated[list[int], typer.Argument(metavar="ID...", help=words("help_message"))]
OnlyConditions = Annotated[list[str] | None, typer.Option("--only", help=words("help_only"))]
CardTitle = Annotated[str, typer.Option(help=card_word("title"))]


def _print_version(wanted: bool) -> None:
    if wanted:
        put(f"smsdesk {__version__}")
        raise typer.Exit


@app.callback(help=words("help_program"))
def _program(
    _version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Hold what stands before a command."""


@app.command(help=words("help_demo"))
def demo(folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Make the sample case and its court PDF."""
    with shown_task() as task:
        made = make_demo(folder, task)
    tell(words("demo_made", originals=made.originals, messages=made.messages, pages=made.pages))
    put(str(made.case_path))
    put(str(made.pdf_path))


@app.command(help=words("help_new"))
@with_card_options
def new(case: CasePath, title: CardTitle, **card: Any) -> None:
    """Make an empty case file."""
    create_case(case, CaseCard(title, **card)).close()
    put(str(case))


@app.command("import", help=words("help_import"))
def import_(
    case: CasePath,
    paths: Paths,
    device: Annotated[str | None, typer.Option(help=words("help_device"))] = None,
    captured_at: Annotated[str | None, typer.Option(help=words("help_captured"))] = None,
    jobs: Jobs = None,
    engine: EngineName = "ppocr",
    as_json: JsonFlag = False,
) -> int:
    """Import pictures, read them, join and judge what they show."""
    options = ImportOptions(
        SourceDevice(0, device) if device else None, _moment(captured_at), jobs, engine
    )
    with closing(open_case(case)) as opened:
        with shown_task() as task:
            report = import_paths(opened, paths, options, task)
        return _tell_import(opened, report, as_json=as_json)


@app.command(help=words("help_resume"))
def resume(
    case: CasePath,
    again: Annotated[bool, typer.Option("--again", help=words("help_again"))] = False,
    jobs: Jobs = None,
    engine: EngineName = "ppocr",
    as_json: JsonFlag = False,
) -> int:
    """Go on with an import that was cut short; with --again try what was set aside anew."""
    options = ImportOptions(jobs=jobs, engine=engine)
    with closing(open_case(case)) as opened:
        with shown_task() as task:
            report = resume_import(opened, options, task)
            if again:
                aside = [item.id for item in listing.set_aside(opened)]
                report = report.followed_by(try_again(opened, aside, options, task))
        return _tell_import(opened, report, as_json=as_json)


def _tell_import(opened: CaseFile, report: ImportReport, *, as_json: bool) -> int:
    """Print what became of every file; return the exit code."""
    summary = listing.summary(opened)
    originals = listing.originals(opened)
    out = removed_twins(opened, report.files)
    for item in report.files:
        if as_json:
            put_json(rows.import_row(item, output.language(), out.get(item.id)))
        elif item.status == ImportStatus.SET_ASIDE:
            put(f"{place_words(item.path, item.page)}：{rows.reason_of(item, output.language())}")
        elif item.id in out:
            put(removed_twin_line(opened, item, out[item.id]))
        elif item.status == ImportStatus.DUPLICATE:
            put(words("duplicate", path=item.path, twin=item.twin))
        elif item.twin is not None:
            put(words("near_copy", path=item.path, twin=item.twin))
    tell(import_summary(report, summary))
    _tell_contradictions(_originals_of(report, originals))
    return output.SET_ASIDE if report.with_status(ImportStatus.SET_ASIDE) else output.DONE


@app.command(help=words("help_read"))
def read(
    paths: Paths, engine: EngineName = "ppocr", jobs: Jobs = None, as_json: JsonFlag = False
) -> int:
    """Read pictures without a case."""
    refused = 0
    with shown_task() as task:
        for file, page, result in read_files(paths, engine, jobs, task):
            if isinstance(result, Exception):
                refused += 1
                reason = explain(result, output.language())
                tell(f"{place_words(file.source, page)}：{reason}")
                if as_json:
                    put_json({**rows.unread_row(file.name, page), "error": reason})
            elif as_json:
                put_json(rows.read_row(file.name, page, result))
            else:
                put("\n".join(reading_lines(place_words(file.name, page), result)))
    return output.SET_ASIDE if refused else output.DONE


@app.command(help=words("help_classify"))
def classify(
    file: Annotated[typer.FileText | None, typer.Argument(encoding="utf-8")] = None,
    as_json: JsonFlag = False,
) -> int:
    """Judge texts, one JSON object a line."""
    refused = 0
    for number, line in enumerate(file or sys.stdin, 1):
        if not line.strip():
            continue
        try:
            name, proposals = classify_line(line)
        except WrongUse as error:
            refused += 1
            tell(words("bad_line", number=number, detail=error.fields["detail"]))
            continue
        row = rows.classified_row(name, proposals)
        if as_json:
            put_json(row)
        else:
            put(f"{name}\t{' '.join(map(str, row['labels']))}")  # type: ignore[call-overload]
    return output.SET_ASIDE if refused else output.DONE


@app.command("list", help=words("help_list"))
def list_(
    case: CasePath,
    as_json: JsonFlag = False,
    search: Search = None,
    label: Label = None,
    sender: SenderPart = None,
    since: Since = None,
    until: Until = None,
    state: State = None,
) -> None:
    """List messages in time order."""
    query = MessageQuery(search, label, state, sender, _day(since), _day(until))
    with closing(open_case(case)) as opened:
        originals = {original.id: original for original in listing.originals(opened)}
        ids = listing.message_ids(opened, query)
        for start in range(0, len(ids), 200):  # a page at a time: memory stays small
            for message in listing.messages(opened, ids[start : start + 200]):
                if as_json:
                    put_json(rows.message_row(message, originals))
                else:
                    put("\n".join((*continuity_line(message), *message_lines(message))))
        questions = listing.summary(opened).in_question
    tell(words("listed", count=len(ids)))
    _tell_contradictions(originals.values())
    if questions:
        tell(joining_words("open_points_hint", questions=questions))


@app.command(help=words("help_joins"))
def joins(
    case: CasePath,
    message: Annotated[int | None, typer.Argument(metavar="ID", help=words("help_message"))] = None,
    as_json: JsonFlag = False,
) -> None:
    """Say why sightings are one message, or list what only a person can settle."""
    with closing(open_case(case)) as opened:
        originals = {original.id: original for original in listing.originals(opened)}
        if message is not None:
            found = _message(opened, message)
            for reason in joining.reasons(opened, found):
                if as_json:
                    put_json(rows.reason_row(found, reason, originals))
                else:
                    put(reason_line(reason, originals))
            return
        points = joining.open_points(opened)
    for kind, messages in points.by_kind():
        for found in messages:
            if as_json:
                put_json({"kind": kind, **rows.message_row(found, originals)})
            else:
                put("\n".join((joining_words(kind, id=found.id), *message_lines(found))))
    counts = {kind: len(found) for kind, found in points.by_kind()}
    tell(joining_words("open_points", questions=counts["in_question"], times=counts["two_times"]))


@app.command(help=words("help_join"))
def join(case: CasePath, messages: MessageIds) -> None:
    """Make several messages one, or confirm one that is in question."""
    with closing(open_case(case)) as opened:
        reviewing.apply(opened, joining.plan_join(opened, messages))
        tell_count(opened)


@app.command(help=words("help_split"))
def split(
    case: CasePath,
    message: Annotated[int, typer.Argument(metavar="ID", help=words("help_message"))],
    image: Annotated[list[str] | None, typer.Option(help=words("help_split_image"))] = None,
) -> None:
    """Take what some screenshots show for another message."""
    with closing(open_case(case)) as opened:
        names = set(image or [])
        found = _message(opened, message)
        name_of = {original.id: original.file_name for original in listing.originals(opened)}
        if names - set(name_of.values()):
            raise WrongUse(detail=words("no_image", names="、".join(sorted(names))))
        chosen = [s.id for s in found.sightings if name_of[s.original_id] in names]
        if names and not chosen:
            raise CannotJoin(why="nothing")
        reviewing.apply(opened, joining.plan_split(opened, message, chosen))
        tell_count(opened)


def _message(case: CaseFile, message_id: int) -> Message:
    found = listing.messages(case, [message_id])
    if not found:
        raise CannotJoin(why="no_message")
    return found[0]


def tell_count(case: CaseFile) -> None:
    """Say how many messages there are now, and how many may each be two."""
    summary = listing.summary(case)
    tell(joining_words("count", total=summary.messages.total, questions=summary.in_question))


@app.command(help=words("help_export"))
def export(
    case: CasePath,
    target: Annotated[Path, typer.Argument(metavar="OUT", help=words("help_out"))],
    only: OnlyConditions = None,
    volume_mb: Annotated[float | None, typer.Option(min=0.1, help=words("help_volume_mb"))] = None,
    print_size: Annotated[bool, typer.Option(help=words("help_print_size"))] = False,
    masked: Annotated[bool, typer.Option("--masked", help=words("help_masked"))] = False,
) -> None:
    """Write a document of the case, or an evidence package."""
    ending = target.suffix.lower()
    options = PdfOptions(volume_mb, print_size)
    if ending not in EXPORTERS:
        raise WrongUse(detail=words("no_format", formats="、".join(EXPORTERS)))
    if options != PdfOptions() and ending != ".pdf":
        raise WrongUse(detail=words("pdf_only"))
    query = query_of(only)
    with closing(open_case(case)) as opened, shown_task() as task:
        export = partial(export_pdf, options=options) if ending == ".pdf" else EXPORTERS[ending]
        if masked:
            result = export_masked(opened, target, query, task, export)
        else:
            result = export(opened, target, query, task)
    tell(words("exported", messages=result.messages, total=result.of_messages))
    if masked:
        tell(words("look_through"))
    for path in result.volumes or (result.path,):
        put(str(path))


@app.command(help=words("help_verify"))
def verify(
    case: Annotated[Path, typer.Argument(metavar="CASE|PACKAGE", help=words("help_verified"))],
) -> int:
    """Recompute every hash of a case or package, and the log's chain."""
    with shown_task() as task:
        if is_package(case):
            package = verify_package(case, task)
            return _put_verdict(package_verdict(package, output.language()), package.ok)
        with closing(open_case(case)) as opened:
            verdict = verify_case(opened, task)
        return _put_verdict(case_verdict(verdict, output.language()), verdict.ok)


def _put_verdict(lines: Iterable[str], whole: bool) -> int:
    for line in lines:
        put(line)
    return output.DONE if whole else output.MISMATCH


@app.command(help=words("help_log"))
def log(case: CasePath, as_json: JsonFlag = False) -> None:
    """Print the custody log."""
    with closing(open_case(case)) as opened:
        for entry in listing.custody(opened):
            if as_json:
                put_json(rows.custody_row(entry))
            else:
                put(custody_line(entry))


def _tell_contradictions(originals: Iterable[Original]) -> None:
    for line in contradicted_lines(originals):
        tell(line)


def _originals_of(report: ImportReport, originals: Iterable[Original]) -> list[Original]:
    """Return those of *originals* that an import was about."""
    ids = {item.original_id for item in report.files}
    return [original for original in originals if original.id in ids]


def _moment(text: str | None) -> dt.datetime | None:
    """Read a moment as people type it; without an offset it is China time."""
    if text is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongUse(detail=words("bad_moment", text=text)) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise WrongUse(detail=words("bad_day", text=text)) from error


def query_of(conditions: list[str] | None) -> MessageQuery:
    """Read `--only key=value` conditions, whose keys are the options of `list`."""
    values: dict[str, Any] = {}
    for key, value in _pairs(conditions or []):
        if key not in _CONDITIONS:
            raise WrongUse(detail=words("bad_only", text=key, keys="、".join(_CONDITIONS)))
        name, convert = _CONDITIONS[key]
        try:
            values[name] = convert(value)
        except ValueError as error:
            raise WrongUse(detail=f"{key}={value}") from error
    return MessageQuery(**values)


def _pairs(conditions: list[str]) -> Iterator[tuple[str, str]]:
    for condition in conditions:
        key, found, value = condition.partition("=")
        if not found:
            raise WrongUse(detail=words("bad_only", text=condition, keys="、".join(_CONDITIONS)))
        yield key.strip(), value.strip()


def _ids(text: str) -> frozenset[int]:
    """Read "3,7,12-15"; ValueError for anything else."""
    ids: set[int] = set()
    for part in text.replace("，", ",").split(","):
        first, _, last = part.partition("-")
        run = range(int(first), min(int(last or first), _HIGHEST_ID) + 1)
        if not run:
            raise ValueError(text)
        ids.update(run)
    return frozenset(ids)


_HIGHEST_ID = 1_000_000
"""No case has as many messages; a slip such as 1-99999999999 must not fill the memory."""

_CONDITIONS: dict[str, tuple[str, Any]] = {
    "search": ("search", str),
    "label": ("label", ViolationType),
    "state": ("state", FindingState),
    "sender": ("sender", str),
    "from": ("since", _day),
    "to": ("until", _day),
    "id": ("only", _ids),
}
