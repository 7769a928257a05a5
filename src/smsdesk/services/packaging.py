"""Write the evidence package: documents, originals, the log and the case itself in one ZIP.

It is put together in a folder beside its place, sealed as a bag, packed, read back, and only then
moved to its name. A package of a choice or of a masked copy holds neither case nor log: both would
tell what was left out. Where originals were taken out of the case, the case inside goes without
their bytes and all that was read of them, and its log says so.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from smsdesk.domain.cases import Original, RemovedOriginal
from smsdesk.domain.custody import CustodyEntry, canonical_json
from smsdesk.domain.errors import CannotWrite, CaseChanged, DiskFull, ExportMismatch
from smsdesk.domain.exhibits import Attachment, ExhibitPlan, PlannedExhibit
from smsdesk.domain.queries import MessageQuery
from smsdesk.ocr.blackening import JPEG, PNG, TIFF
from smsdesk.report.content import CourtFile
from smsdesk.report.masks import mask_note
from smsdesk.report.package import layout
from smsdesk.report.package.archive import write_zip
from smsdesk.report.package.bag import PAYLOAD, payload_files, seal
from smsdesk.report.package.checking import check
from smsdesk.report.package.layout import ListedFile
from smsdesk.report.package.names import distinct, safe_name
from smsdesk.report.package.reading import ZippedPackage
from smsdesk.report.phrases import captured, sender_name
from smsdesk.report.removed import removed_words
from smsdesk.resources import resource
from smsdesk.services.cases import PROGRAM, actor, now
from smsdesk.services.delivering import (
    ExportResult,
    delivered,
    file_sha256,
    log_export,
    write_error,
)
from smsdesk.services.documents import DOCUMENTS
from smsdesk.services.exhibits import plan as exhibit_plan
from smsdesk.services.exporting import court_file
from smsdesk.services.hashing import sm3_of_file
from smsdesk.services.jobs import Task
from smsdesk.services.listing import attachment_bytes, custody, original_bytes
from smsdesk.services.rows import custody_row
from smsdesk.services.verifying import WITHHELD
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.withholding import withhold
from smsdesk.wording import say

_ENDINGS = {
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    TIFF: (".tif", ".tiff"),
}
"""How the names of masked pictures end, by what they were encoded as."""

_SPARE_BYTES = 64 << 20
"""Room for lists, JSON and the pages of documents beside the pictures in them."""


_File = Original | Attachment


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is being packed where; `whole` says that nothing of the case is left out."""

    case: CaseFile
    folder: Path
    query: MessageQuery
    content: CourtFile
    exhibits: ExhibitPlan

    @property
    def everything(self) -> bool:
        return self.query == MessageQuery()

    @property
    def whole(self) -> bool:
        return self.everything and self.case.masks is None

    @property
    def devices(self) -> dict[int, str]:
        return {device.id: device.name for device in self.content.devices}


def export_package(case: CaseFile, target: Path, query: MessageQuery, task: Task) -> ExportResult:
    """Write the evidence package of the messages that *query* leaves.

    DiskFull before anything is written if the disk has no room; CaseChanged if somebody worked on
    the case meanwhile; ExportMismatch if the finished file did not hold what it should. Whatever
    goes wrong, an older file at *target* stays as it was.
    """
    target = target.absolute()
    known = len(custody(case))
    content = court_file(case, query)
    _check_room(case, content.originals, target)
    with _workshop(target) as folder:
        plan = _Plan(case, folder, query, content, exhibit_plan(case, query))
        _fill(plan, known, task)
        _seal(plan, task)
        with delivered(target) as draft:
            root = safe_name(target.stem)
            write_zip(folder, root, draft, content.generated_at, task.step)
            _read_back(draft, task)
            digest = file_sha256(draft)
    messages, originals = len(content.messages), len(content.originals)
    result = ExportResult(target, messages, content.total_messages, originals)
    log_export(case, result, digest)
    return result


def _check_room(case: CaseFile, originals: Sequence[Original], target: Path) -> None:
    """Raise DiskFull unless folder and ZIP fit: originals, the PDF that shows them, the case."""
    pictures = sum(original.size for original in originals)
    try:
        needed = 2 * (2 * pictures + case.path.stat().st_size) + _SPARE_BYTES
        if shutil.disk_usage(target.parent).free < needed:
            raise DiskFull(path=target)
    except OSError as error:
        raise CannotWrite(path=target, detail=error.strerror or error) from error


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """Give a private folder beside *target*, and remove it with all that is in it."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.stem}-", dir=target.parent) as name:
            (Path(name) / layout.ORIGINALS).mkdir(parents=True)
            yield Path(name)
    except OSError as error:
        raise write_error(error, target) from error


def _fill(plan: _Plan, known: int, task: Task) -> None:
    """Write the payload; *known* is how many lines the log had before."""
    for ending, export in DOCUMENTS.items():
        name = layout.DOCUMENT_NAMES.get(ending, "导出") + ending
        export(plan.case, plan.folder / PAYLOAD / name, plan.query, task)
    if plan.whole:
        packed = _add_case(plan, task)
        _refuse_changes(plan.case, custody(plan.case)[known:])
        entries = _note_withheld(packed, plan.content.removed)
        _write(plan, layout.LOG, _log_json(entries))
        _write(plan, layout.LOG_TEXT, _log_text(entries))
    listed = [*_add_files(plan, task), *(_removed_file(plan, one) for one in plan.content.removed)]
    masked = plan.case.masks is not None
    _write(plan, layout.ORIGINAL_LIST, layout.list_json(listed, masked=masked))
    _write(plan, layout.ORIGINAL_TABLE, layout.list_csv(listed))


def _add_case(plan: _Plan, task: Task) -> Path:
    name = f"{safe_name(plan.case.path.stem)}.smscase"
    target = plan.folder / layout.CASE_FOLDER / name
    target.parent.mkdir()
    plan.case.copy_to(target, lambda done, pages: task.step(done, pages, name))
    if plan.content.removed:
        withhold(target)
    return target


def _note_withheld(packed: Path, removed: Sequence[RemovedOriginal]) -> list[CustodyEntry]:
    """Say in the log of the packed case what it goes without, if anything; return that log."""
    with closing(CaseFile.open(packed)) as case:
        if removed:
            files = [
                {"file_name": o.file_name, "sha256": o.sha256, "sm3": o.sm3}
                for o in (one.original for one in removed)
            ]
            with case.work() as work:
                details = {"count": len(files), "originals": files}
                work.custody.append(WITHHELD, details, actor(), now())
                work.commit()
        return custody(case)


def _refuse_changes(case: CaseFile, since: Sequence[CustodyEntry]) -> None:
    """Raise CaseChanged if anything but our own documents was noted in the log *since*."""
    if any(entry.action != "exported" for entry in since):
        raise CaseChanged(path=case.path)


def _add_files(plan: _Plan, task: Task) -> Iterator[ListedFile]:
    """Write originals and attachments into a folder for each exhibit; yield their lines."""
    done, total = 0, len(plan.content.originals)
    for folder, files in _folders(plan):
        (plan.folder / folder).mkdir()
        names = distinct(_name_in(plan, file) for file in files)
        for file, name in zip(files, names, strict=True):
            task.step(min(done, total), total, file.file_name)
            done += 1
            yield _add_file(plan, file, f"{folder}/{name}")


def _folders(plan: _Plan) -> Iterator[tuple[str, list[_File]]]:
    """Yield each folder with its files: those of an exhibit, then what no exhibit holds."""
    left = {original.id: original for original in plan.content.originals}
    for exhibit in plan.exhibits.exhibits:
        shown = [left.pop(key) for key in exhibit.originals if key in left]
        files: list[_File] = [*shown, *exhibit.attachments]
        if files:
            yield f"{layout.ORIGINALS}/{_folder_name(exhibit)}", files
    rest: list[_File] = [*left.values()]
    if plan.everything:
        rest += plan.exhibits.unlisted
    if rest:
        yield f"{layout.ORIGINALS}/{say('package.unlisted')}", rest


def _folder_name(exhibit: PlannedExhibit) -> str:
    whose = sender_name(exhibit.sender) if exhibit.sender else exhibit.texts.name
    return safe_name(f"{exhibit.number} {whose}".strip())


def _name_in(plan: _Plan, file: _File) -> str:
    """Return the name as imported; with the ending of what a masked picture has become."""
    if plan.case.masks is None or isinstance(file, Attachment):
        return file.file_name
    endings = _ENDINGS[file.media_type]
    fits = file.file_name.lower().endswith(endings)
    return file.file_name if fits else file.file_name + endings[0]


def _add_file(plan: _Plan, file: _File, place: str) -> ListedFile:
    if isinstance(file, Attachment):
        number = plan.exhibits.attachments.get(file.id, "")
        data = attachment_bytes(plan.case, file.id)
        taken, device = "", ""
    else:
        number, data = plan.exhibits.originals.get(file.id, ""), original_bytes(plan.case, file.id)
        taken, device = captured(file.captured), plan.devices.get(file.device_id, "")
    left_out = plan.case.masks is not None and isinstance(file, Attachment)
    if not left_out:
        (plan.folder / place).write_bytes(data)
    return ListedFile(
        number,
        None if left_out else place,
        file.file_name,
        file.size,
        file.sha256,
        file.sm3,
        taken,
        device,
        say("package.left_out") if left_out else "",
    )


def _removed_file(plan: _Plan, one: RemovedOriginal) -> ListedFile:
    """Return the line of an original that was taken out of the case, and so is not inside."""
    original = one.original
    return ListedFile(
        "",
        None,
        original.file_name,
        original.size,
        original.sha256,
        original.sm3,
        captured(original.captured),
        plan.devices.get(original.device_id, ""),
        removed_words(one),
    )


def _log_json(entries: Sequence[CustodyEntry]) -> str:
    rows = ",\n".join(canonical_json(custody_row(entry)) for entry in entries)
    return f"[\n{rows}\n]\n"


def _log_text(entries: Sequence[CustodyEntry]) -> str:
    return "".join(f"{_log_line(entry)}\n" for entry in entries)


def _log_line(entry: CustodyEntry) -> str:
    at = entry.at.astimezone(dt.UTC).isoformat(timespec="seconds")
    try:
        action = say(f"cli.action_{entry.action}")
    except KeyError:  # written by a later version
        action = entry.action
    parts = (entry.number, at, entry.actor, action, canonical_json(dict(entry.details)), entry.hash)
    return "  ".join(map(str, parts))


def _write(plan: _Plan, name: str, text: str) -> None:
    (plan.folder / name).write_text(text, encoding="utf-8", newline="")


def _seal(plan: _Plan, task: Task) -> None:
    """Add the package's own files and all lists of hashes."""
    names = payload_files(plan.folder)
    lines = []
    for done, name in enumerate(names):
        task.step(done, len(names), Path(name).name)
        lines.append(f"{sm3_of_file(plan.folder / name)}  {name}\n")
    tags = {
        layout.CHECKER: resource("package", "verify.py").read_bytes(),
        layout.NOTICE: _for_any_editor(_notice(plan)),
        layout.SM3_LIST: "".join(lines).encode(),
    }
    seal(plan.folder, _bag_info(plan), tags, task.step)


def _for_any_editor(text: str) -> bytes:
    """Return *text* as even the Notepad of older Windows shows it."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _bag_info(plan: _Plan) -> dict[str, str]:
    content = plan.content
    card = content.card
    made = content.generated_at
    info = {
        "Source-Organization": card.submitter or card.claimant,
        "External-Description": card.title,
        "External-Identifier": content.manifest_sha256,
        "Internal-Sender-Description": _content_words(plan),
        "Bagging-Date": made.date().isoformat(),
        "Bag-Software-Agent": PROGRAM,
    }
    return {key: value for key, value in info.items() if value}


def _content_words(plan: _Plan) -> str:
    content = plan.content
    key = "content_whole" if plan.everything else "content_choice"
    return say(
        f"package.{key}",
        messages=len(content.messages),
        total=content.total_messages,
        originals=len(content.originals),
    )


def _notice(plan: _Plan) -> str:
    """Return 说明.txt: what is inside, how to check it, and what that proves."""
    documents = sorted(
        path.name
        for path in (plan.folder / PAYLOAD).iterdir()
        if path.suffix in layout.DOCUMENT_NAMES and path.stem in layout.DOCUMENT_NAMES.values()
    )
    text = say(
        "package.notice",
        title=plan.content.card.title,
        at=plan.content.generated_at.isoformat(timespec="seconds"),
        program=PROGRAM,
        content=_content_words(plan),
        originals=say(f"package.{'originals' if plan.case.masks is None else 'masked'}_line"),
        documents="".join(say("package.document_line", name=name) for name in documents),
        log=say("package.log_line") if plan.whole else "",
        case=say("package.case_line") if plan.whole else "",
        reduced=_reduced(plan),
    )
    return text.lstrip("\n")


def _reduced(plan: _Plan) -> str:
    """Say what a choice, or a masked copy, lacks."""
    inside = say("package.reduced_removed_case") if plan.whole else "\n"
    removed = say("package.reduced_removed", count=len(plan.content.removed), case=inside)
    told = removed if plan.content.removed else ""
    if plan.case.masks is None:
        return told if plan.everything else say("package.reduced_choice") + told
    note = "\n".join(f"  {line}" for line in mask_note(plan.case.masks))
    return say("package.reduced_masked", note=note) + told


def _read_back(draft: Path, task: Task) -> None:
    """Check the finished file as whoever receives it will."""
    with ZippedPackage(draft) as package:
        found = check(package, task.step)
    if found:
        subjects = "; ".join(f"{one.kind}: {one.subject}" for one in found[:5])
        raise ExportMismatch(detail=subjects)
