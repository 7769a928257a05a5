"""What a case still lacks before it goes to court (待补材料), counted from the case as it is.

Nothing here judges: a line says what is unsure or empty, a person decides whether it matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smsdesk.domain.cases import CaseCard, ImportItem, ImportStatus, SourceDevice
from smsdesk.domain.exhibits import ROLE_OF, ExhibitRecord, GroupRole
from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import Continuity, Listed, ReviewState
from smsdesk.domain.missing import Missing, MissingKind, Remedy
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.times import CHINA
from smsdesk.services.cases import DESCRIBED
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.repository import slices
from smsdesk.storage.unit_of_work import UnitOfWork
from smsdesk.wording import say

_COUNTED: dict[str, MessageQuery] = {
    MissingKind.UNREVIEWED: MessageQuery(review=ReviewState.NEW),
    MissingKind.PROPOSALS: MessageQuery(state=FindingState.PROPOSED),
    MissingKind.CHARACTERS: MessageQuery(doubtful=True),
    MissingKind.NUMBERS: MessageQuery(sender_doubtful=True),
}

_ON_THE_COVER = ("claimant", "respondent", "cause", "facts")
"""Fields that the court PDF prints on its first pages."""

_IN_LETTERS = (
    "claimant_id", "claimant_phone", "claimant_address",
    "respondent_code", "respondent_address",
    "product", "contract_number", "loan_date", "loan_amount", "requests",
)  # fmt: skip
"""Fields that letters and drafts ask for; where empty they print 【请填写】."""

_SHOWN_BY = {MissingKind.RELATION: GroupRole.RELATION, MissingKind.HARM: GroupRole.HARM}
"""What only other files than messages can show, and the group that holds them."""


def missing(case: CaseFile) -> list[Missing]:
    """Return what is missing, in the order in which it is best mended; empty if nothing is."""
    with case.view() as work:
        lines = [*_files(work), *_messages(work), *_papers(work)]
    return [line for line in lines if line.count]


def sentence(line: Missing, language: str = "zh") -> str:
    """Return a line in words, with the names of what it is about."""
    names = say("completeness.comma", language).join(_names(line, language))
    if len(line.subjects) > _NAMED:
        names += say("completeness.and_more", language)
    return say(f"completeness.{line.kind}", language, count=line.count, names=names)


_NAMED = 5
"""Names told in one sentence; more would be a list, and the place it leads to has that."""


def _names(line: Missing, language: str) -> Iterator[str]:
    for subject in line.subjects[:_NAMED]:
        in_card = line.remedy is Remedy.CARD
        yield say(f"completeness.field_{subject}", language) if in_card else subject


def _files(work: UnitOfWork) -> Iterator[Missing]:
    items = work.queue.all()
    waiting = [item for item in items if item.status == ImportStatus.QUEUED]
    yield _of_files(MissingKind.UNREAD, waiting)
    aside = [item for item in items if item.status == ImportStatus.SET_ASIDE]
    yield _of_files(MissingKind.SET_ASIDE, aside)


def _of_files(kind: MissingKind, items: Iterable[ImportItem]) -> Missing:
    names = tuple(dict.fromkeys(_file_name(item.path) for item in items))
    return Missing(kind, len(names), Remedy.FILES, subjects=names)


def _file_name(path: str) -> str:
    """Return the last part of a path of any system, or of a place in an archive."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _messages(work: UnitOfWork) -> Iterator[Missing]:
    counts = work.messages.count_each(_COUNTED)
    for kind, query in _COUNTED.items():
        yield Missing(MissingKind(kind), counts[kind], Remedy.MESSAGES, query)
    days, gaps = [], []
    for listed in work.messages.listed():
        if not _day_is_sure(listed):
            days.append(listed.id)
        if listed.before.taken_for is Continuity.GAP:
            gaps.append(listed.id)
    yield _of_messages(MissingKind.DAYS, days)
    yield _captures(work)
    yield _of_messages(MissingKind.GAPS, gaps)
    yield _of_messages(MissingKind.JOINS, work.joins.messages_in_question())


def _day_is_sure(listed: Listed) -> bool:
    """Say whether both ends of a message's time lie on one day in China."""
    if listed.earliest is None or listed.latest is None:
        return False
    return listed.earliest.astimezone(CHINA).date() == listed.latest.astimezone(CHINA).date()


def _of_messages(kind: MissingKind, ids: Iterable[int]) -> Missing:
    chosen = frozenset(ids)
    return Missing(kind, len(chosen), Remedy.MESSAGES, MessageQuery(only=chosen))


def _captures(work: UnitOfWork) -> Missing:
    """Return the messages on screenshots that show another moment than their files tell."""
    doubted = [o.id for o in work.originals.all() if o.contradictions]
    shown: set[int] = set()
    for part in slices(doubted):
        for ids in work.sightings.shown_together(part).values():
            shown.update(ids)
    return _of_messages(MissingKind.CAPTURES, shown)


def _papers(work: UnitOfWork) -> Iterator[Missing]:
    card = work.case.card()
    yield _of_card(MissingKind.CARD, card, _ON_THE_COVER)
    yield _of_card(MissingKind.CARD_LETTERS, card, _IN_LETTERS)
    phones = [device.name for device in work.devices.all() if not _is_described(device)]
    yield Missing(MissingKind.PHONES, len(phones), Remedy.PHONES, subjects=tuple(phones))
    roles = {_role(record, work) for record in work.exhibits.records() if record.files}
    for kind, role in _SHOWN_BY.items():
        yield Missing(kind, int(role not in roles), Remedy.EXHIBITS)


def _of_card(kind: MissingKind, card: CaseCard, names: Iterable[str]) -> Missing:
    empty = tuple(name for name in names if not str(getattr(card, name)).strip())
    return Missing(kind, len(empty), Remedy.CARD, subjects=empty)


def _is_described(device: SourceDevice) -> bool:
    return all(getattr(device, name).strip() for name in DESCRIBED)


def _role(record: ExhibitRecord, work: UnitOfWork) -> GroupRole:
    """Return the role of the group in which files stand: the one they were put in, or their own."""
    groups = {group.id: group.role for group in work.exhibits.groups()}
    return groups.get(record.group_id or 0, ROLE_OF[record.kind])
