"""The case and where its pictures come from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from smsdesk.domain.findings import Recipient
from smsdesk.domain.times import CaptureMoment, Contradiction


@dataclass(frozen=True, slots=True)
class CaseCard:
    """The case card (案件): what stands on the cover and in letters. "" where not filled in.

    All is kept as the person wrote it, sums and dates too: letters repeat it, nothing counts with
    it. `lender_complaint` says when and under which number the lender was complained to.
    """

    title: str
    claimant: str = ""
    respondent: str = ""
    cause: str = ""
    case_number: str = ""
    submitter: str = ""
    facts: str = ""
    copies: int = 1
    claimant_id: str = ""
    claimant_phone: str = ""
    claimant_address: str = ""
    respondent_code: str = ""
    respondent_address: str = ""
    product: str = ""
    contract_number: str = ""
    loan_date: str = ""
    loan_amount: str = ""
    requests: str = ""
    lender_complaint: str = ""


@dataclass(frozen=True, slots=True)
class SourceDevice:
    """A phone that screenshots came from (原始载体); `id` is 0 until it is stored.

    `recipient` says whether its owner is the debtor or a third person (`relation`).
    """

    id: int
    name: str
    owner: str = ""
    model: str = ""
    own_number: str = ""
    kept_by: str = ""
    recipient: Recipient = Recipient.SELF
    relation: str = ""


@dataclass(frozen=True, slots=True)
class CardChange:
    """The case card goes from one state to another."""

    before: CaseCard
    after: CaseCard

    def inverse(self) -> CardChange:
        """Return the change that undoes this one."""
        return CardChange(self.after, self.before)


@dataclass(frozen=True, slots=True)
class PhonesChange:
    """What is said of some phones goes from one state to another."""

    before: tuple[SourceDevice, ...]
    after: tuple[SourceDevice, ...]

    def inverse(self) -> PhonesChange:
        """Return the change that undoes this one."""
        return PhonesChange(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Page:
    """One picture of an original: `index` counts from 0, the size is in pixels, upright."""

    original_id: int
    index: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Original:
    """An imported file (原件): what is known of its exact bytes; `id` is 0 until it is stored.

    `width` and `height` are of the upright picture, or of the first one where there are several
    (a PDF, a TIFF of several pages); `page_sizes` is empty unless there are. `source` is the path
    it was imported from (for a ZIP member "archive.zip!/member.png"). `contradictions` is what the
    picture itself says against `captured`, `status_clock` the clock that it shows: both once it has
    been read. `copy_of` is the original of which this one shows the same picture, made smaller or
    compressed anew.
    """

    id: int
    sha256: str
    sm3: str
    size: int
    media_type: str
    file_name: str
    source: str
    width: int
    height: int
    file_time: dt.datetime | None
    exif_time: dt.datetime | None
    captured: CaptureMoment
    imported_at: dt.datetime
    device_id: int
    page_sizes: tuple[tuple[int, int], ...] = ()
    status_clock: str | None = None
    contradictions: tuple[Contradiction, ...] = ()
    copy_of: int | None = None

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every picture of the file, at least one."""
        sizes = self.page_sizes or ((self.width, self.height),)
        return tuple(Page(self.id, index, *size) for index, size in enumerate(sizes))


@dataclass(frozen=True, slots=True)
class RemovedOriginal:
    """An original that a person took out of the case (移出): why, and when.

    Its bytes and all that was read of it stay in the case file; it counts nowhere. A case from an
    evidence package has the record of it alone.
    """

    original: Original
    reason: str
    removed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import as a person asked for it; `id` is 0 until it is kept.

    `paths` are the files, folders and archives as they were given, empty for what never lay on the
    disk; `captured_at` is the moment that a person gave, for every screenshot if
    `captured_for_all`, else for those that tell none themselves. `stored` is set once all its
    files have a line in the queue: until then an import was cut short.
    """

    id: int
    paths: tuple[str, ...]
    device_id: int
    started_at: dt.datetime
    captured_at: dt.datetime | None = None
    captured_for_all: bool = True
    stored: bool = False


class ImportStatus(StrEnum):
    """What became of one file of an import."""

    QUEUED = "queued"
    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One line of the import queue.

    QUEUED: stored, still to be read. DUPLICATE: `twin` names the file that it equals. IMPORTED:
    `twin` names the better picture of which it is a copy, if it is one.
    SET_ASIDE: `reason` is a SetAsideReason value, `detail` technical words for it. A file of
    several pages has a line for each: `page` counts from 0, and is None for all other files.
    `batch_id` names the ImportBatch; cases of earlier versions have none.
    """

    id: int
    path: str
    status: ImportStatus
    original_id: int | None = None
    reason: str | None = None
    detail: str = ""
    twin: str | None = None
    page: int | None = None
    batch_id: int | None = None
