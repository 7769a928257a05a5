"""Everything that the court PDF prints, gathered before the first line is set.

Services fill a CourtFile from the case; the report package knows no storage, no rules and no
engine. Pictures are asked for one at a time, so that a case of thousands stays small in memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PIL import Image

from smsdesk.domain.cases import (
    CaseCard,
    ImportItem,
    Original,
    RemovedOriginal,
    SourceDevice,
)
from smsdesk.domain.custody import CustodyEntry
from smsdesk.domain.exhibits import ExhibitPlan
from smsdesk.domain.figures import CaseFigures
from smsdesk.domain.findings import PackIdentity, Provision, ViolationType
from smsdesk.domain.masks import MaskReport
from smsdesk.domain.messages import Message
from smsdesk.domain.reading import EngineIdentity


@dataclass(frozen=True, slots=True)
class LabelText:
    """How a violation type is named and explained in Chinese."""

    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class PictureSource:
    """Gives a page of an original when it is drawn; both take the original's id and the page.

    `data` returns the exact bytes, as stored or as they lie in a document: JPEGs and plain PNGs
    go into the PDF as they are. `upright` returns the decoded picture (RGB, upright) in the size
    that the original's `pages` tell; it is used where a PDF cannot hold the format, and to find
    where a long screenshot may be cut. Both raise PictureError for a page that cannot be shown.
    """

    data: Callable[[int, int], bytes]
    upright: Callable[[int, int], Image.Image]


@dataclass(frozen=True, slots=True)
class CourtFile:
    """The content of one court file.

    `messages` are those to print, in time order; `total_messages` is how many the case holds.
    `numbers` gives message ids the number (编号) they have in the whole case; where it lacks one,
    messages are numbered from 1 in the order given. `signatures` gives message ids the 【签名】 at
    the head of their text. `originals` are all that belong to the file: every sighting's
    `original_id` is among them. `custody_head` is the newest line of the custody log.
    `figures` count those of `messages` that are collection.
    `plan` is the catalogue of exhibits; `attached` gives the pages of its attachments, by their id.
    `print_size` prints copies of print size of pictures that are no JPEGs, where that makes the
    file smaller. `masks` is what was masked in a masked copy, whose pictures are not those that the
    originals' hashes are of. `removed` are the originals that a person took out of the case: they
    are named, and nothing else. `manifest_sha256` is the SHA-256 of `manifest_text(originals)` of
    all originals of the case, those too.
    """

    card: CaseCard
    generated_at: dt.datetime
    program_version: str
    pack: PackIdentity | None
    devices: Sequence[SourceDevice]
    originals: Sequence[Original]
    messages: Sequence[Message]
    total_messages: int
    set_aside: Sequence[ImportItem]
    provisions: Mapping[str, Provision]
    labels: Mapping[ViolationType, LabelText]
    custody_head: CustodyEntry | None
    figures: CaseFigures
    manifest_sha256: str
    engines: Sequence[EngineIdentity]
    pictures: PictureSource
    submitted_on: dt.date | None = None
    numbers: Mapping[int, int] = field(default_factory=dict)
    signatures: Mapping[int, str] = field(default_factory=dict)
    plan: ExhibitPlan = field(default_factory=ExhibitPlan)
    attached: PictureSource | None = None
    print_size: bool = False
    masks: MaskReport | None = None
    removed: Sequence[RemovedOriginal] = ()


def manifest_text(originals: Sequence[Original]) -> str:
    """Return the list that `sha256sum -c` reads: "HASH  NAME" lines sorted by hash, LF ends.

    The name is the file name as imported; two originals may share one, their hashes differ.
    """
    lines = sorted(f"{original.sha256}  {original.file_name}\n" for original in originals)
    return "".join(lines)


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a finished PDF was found to hold when it was read back."""

    pages: int
    messages: int
    originals: int
