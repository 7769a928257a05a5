"""The catalogue of exhibits of a case: the plan, and what a person may change of it.

Planners return a PlanChange and change nothing; `apply` carries one out, its inverse undoes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from smsdesk.domain.arranging import CaseContents, MessageFacts, arrange, written_fields
from smsdesk.domain.errors import CannotArrange
from smsdesk.domain.exhibits import (
    TEXT_FIELDS,
    ExhibitGroup,
    ExhibitKind,
    ExhibitPlan,
    ExhibitRecord,
    GroupChange,
    GroupRole,
    PlanChange,
    PlannedExhibit,
    PlannedGroup,
    RecordChange,
)
from smsdesk.domain.findings import SPECIAL, ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.rules.pack import load_pack
from smsdesk.services.cases import actor, now
from smsdesk.services.describing import Describer
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.repository import slices
from smsdesk.storage.unit_of_work import UnitOfWork

MOST_COPIES = 999
"""More copies than any court has parties: a slip of the finger."""


def plan(case: CaseFile, query: MessageQuery | None = None) -> ExhibitPlan:
    """Return the exhibits of a case with numbers and columns.

    With *query*, only those that show the messages it leaves; the numbers stay as they are.
    """
    with case.view() as work:
        return plan_within(work, query)


def plan_within(
    work: UnitOfWork,
    query: MessageQuery | None = None,
    notify: Callable[[], None] = lambda: None,
) -> ExhibitPlan:
    """Return the plan as *work* sees the case; what *notify* raises between messages stops it."""
    return _catalogue_within(work, query, notify).plan()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the exhibits are arranged from, for whoever arranges them again and again.

    The messages are read once; what a person changes of the catalogue is small and read anew.
    """

    contents: CaseContents
    describe: Describer
    chosen: frozenset[int] | None = None

    def plan(self) -> ExhibitPlan:
        """Return the exhibits with numbers and columns."""
        return arrange(self.contents, self.describe, self.chosen)

    def renewed(self, case: CaseFile) -> Catalogue:
        """Return the same with the groups, records and files as they are now in *case*."""
        with case.view() as work:
            contents = replace(
                self.contents,
                groups=work.exhibits.groups(),
                records=work.exhibits.records(),
                attachments=work.attachments.all(),
            )
        return replace(self, contents=contents)


def catalogue(case: CaseFile) -> Catalogue:
    """Return what the exhibits of the whole case are arranged from."""
    with case.view() as work:
        return _catalogue_within(work, None, lambda: None)


def _catalogue_within(
    work: UnitOfWork, query: MessageQuery | None, notify: Callable[[], None]
) -> Catalogue:
    ids = work.messages.ids()
    chosen = frozenset(ids if query is None else work.messages.ids(query))
    narrowed = len(chosen) < len(ids)
    devices, originals = work.devices.all(), work.originals.all()
    describe = Describer(
        work.case.card(),
        {device.id: device for device in devices},
        {original.id: original for original in originals},
        label_words,
        narrowed,
    )
    contents = CaseContents(
        [device.id for device in devices],
        originals,
        list(_facts(work, ids, notify)),
        work.exhibits.groups(),
        work.exhibits.records(),
        work.attachments.all(),
    )
    return Catalogue(contents, describe, chosen if narrowed else None)


def _facts(
    work: UnitOfWork, ids: Sequence[int], notify: Callable[[], None]
) -> Iterator[MessageFacts]:
    """Yield the facts of messages; the messages themselves are let go slice by slice."""
    number = 0
    for part in slices(ids):
        for message in work.messages.get(part):
            notify()
            number += 1
            yield MessageFacts.of(message, number)


def label_words(violation: ViolationType) -> str:
    """Return the Chinese name of a violation type, with its mark where it has one (特别标注)."""
    name = load_pack().labels[violation].name_zh
    return f"{name}（特别标注）" if violation in SPECIAL else name


def plan_edit(exhibit: PlannedExhibit, fields: Mapping[str, str | int | None]) -> PlanChange:
    """Return the change that writes columns of an exhibit; what is blank or None stays as it is.

    CannotArrange if `copies` is no sensible number.
    """
    written: dict[str, Any] = {n: v for n, v in _cleaned(fields) if v is not None}
    return _rewritten(exhibit, replace(_record(exhibit), **written))


def _cleaned(fields: Mapping[str, str | int | None]) -> Iterator[tuple[str, str | int | None]]:
    for name, value in fields.items():
        if name not in TEXT_FIELDS:
            raise ValueError(f"no column of the catalogue: {name}")
        if isinstance(value, int) and not 1 <= value <= MOST_COPIES:
            raise CannotArrange(why="copies", most=MOST_COPIES)
        yield name, (value.strip() or None) if isinstance(value, str) else value


def plan_reset(exhibit: PlannedExhibit, fields: Sequence[str] = TEXT_FIELDS) -> PlanChange:
    """Return the change that lets columns follow their proposals again."""
    proposed: dict[str, Any] = dict.fromkeys(fields)
    return _rewritten(exhibit, replace(_record(exhibit), **proposed))


def plan_kind(exhibit: PlannedExhibit, kind: ExhibitKind) -> PlanChange:
    """Return the change that calls files something else; CannotArrange for exhibits of messages."""
    if not exhibit.attachments or kind is ExhibitKind.MESSAGES:
        raise CannotArrange(why="kind_of_messages", number=exhibit.number)
    return _rewritten(exhibit, replace(_record(exhibit), kind=kind))


def plan_move(
    plan: ExhibitPlan, exhibit: PlannedExhibit, place: int, group: PlannedGroup | None = None
) -> PlanChange:
    """Return the change that makes an exhibit the one at *place* (from 1) of its, or a, group.

    A place beyond the last is the last. All exhibits of the group are then kept in their order.
    """
    target = group or plan.group_of(exhibit)
    others = [other for other in target.exhibits if other.key != exhibit.key]
    at = max(place - 1, 0)
    ordered = [*others[:at], exhibit, *others[at:]]
    changes: list[RecordChange] = []
    for position, member in enumerate(ordered, 1):
        placed = replace(_record(member), position=position)
        if member is exhibit:
            placed = replace(placed, group_id=target.group.id)
        changes += _rewritten(member, placed).records
    return PlanChange(records=tuple(changes))


def plan_removal(exhibit: PlannedExhibit) -> PlanChange:
    """Return the change that takes files out of the catalogue; their bytes stay in the case.

    CannotArrange for exhibits of messages: they follow the originals.
    """
    if not exhibit.attachments:
        raise CannotArrange(why="follows_originals", number=exhibit.number)
    return PlanChange(records=(RecordChange(exhibit.record, None),))


def plan_new_group(plan: ExhibitPlan, title: str) -> PlanChange:
    """Return the change that adds a group behind the others."""
    last = max((group.group.position for group in plan.groups), default=0)
    return PlanChange((GroupChange(None, ExhibitGroup(0, _title(title), last + 1)),))


def plan_group_title(group: PlannedGroup, title: str) -> PlanChange:
    """Return the change that calls a group something else."""
    return _regrouped([(group.group, replace(group.group, title=_title(title)))])


def plan_group_move(plan: ExhibitPlan, group: PlannedGroup, place: int) -> PlanChange:
    """Return the change that makes a group the one at *place* (from 1) of all groups."""
    others = [other.group for other in plan.groups if other.group.id != group.group.id]
    at = max(place - 1, 0)
    ordered = [*others[:at], group.group, *others[at:]]
    return _regrouped([(g, replace(g, position=n)) for n, g in enumerate(ordered, 1)])


def plan_group_removal(group: PlannedGroup) -> PlanChange:
    """Return the change that removes a group; CannotArrange unless a person added it, or filled."""
    if group.group.role != GroupRole.OTHER:
        raise CannotArrange(why="standard_group", title=group.title)
    if group.number is not None:
        raise CannotArrange(why="filled_group", title=group.title)
    return PlanChange((GroupChange(group.group, None),))


def _title(title: str) -> str:
    if not title.strip():
        raise CannotArrange(why="no_title")
    return title.strip()


def _regrouped(pairs: Sequence[tuple[ExhibitGroup, ExhibitGroup]]) -> PlanChange:
    return PlanChange(tuple(GroupChange(a, b) for a, b in pairs if a != b))


def _record(exhibit: PlannedExhibit) -> ExhibitRecord:
    """Return what is kept of an exhibit, under the key that it has now."""
    if exhibit.record is not None:
        return replace(exhibit.record, key=exhibit.key)
    anchor = exhibit.originals[0] if exhibit.originals else None
    return ExhibitRecord(exhibit.key, exhibit.kind, anchor=anchor)


def _rewritten(exhibit: PlannedExhibit, record: ExhibitRecord) -> PlanChange:
    after = record if _says_anything(record) else None
    if after == exhibit.record:
        return PlanChange()
    return PlanChange(records=(RecordChange(exhibit.record, after),))


def _says_anything(record: ExhibitRecord) -> bool:
    placed = record.group_id is not None or record.position is not None
    return placed or bool(record.files) or bool(written_fields(record))


def apply(case: CaseFile, change: PlanChange) -> PlanChange:
    """Carry out *change* in one transaction with its custody entry; return it as it was done.

    A group that was new has its id in what is returned: undo goes by that.
    """
    if not change:
        return change
    with case.work() as work:
        done = apply_within(work, change)
        work.custody.append("exhibits_changed", details(done), actor(), now())
        work.commit()
    return done


def apply_within(work: UnitOfWork, change: PlanChange) -> PlanChange:
    """Carry out *change* in *work*, without an entry in the log."""
    groups = [
        replace(step, after=work.exhibits.put_group(step.after)) if step.after else step
        for step in change.groups
    ]
    for record in change.records:
        if record.before and (record.after is None or record.after.key != record.before.key):
            work.exhibits.drop_record(record.before.key)
        if record.after:
            work.exhibits.put_record(record.after)
    for step in groups:
        if step.before and step.after is None:
            work.exhibits.drop_group(step.before.id)
    return replace(change, groups=tuple(groups))


def details(change: PlanChange) -> dict[str, object]:
    """Return what the custody log says of a change."""
    steps: tuple[GroupChange | RecordChange, ...] = (*change.groups, *change.records)
    return {
        "changed": [
            {
                "before": step.before and asdict(step.before),
                "after": step.after and asdict(step.after),
            }
            for step in steps
        ]
    }
