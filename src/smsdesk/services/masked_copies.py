"""Export a copy for outsiders: every document of it is written from a masked copy of the case.

So no document needs to know of masks, and none can forget them. The copy lies in a private folder
beside the target while the export runs; the case itself is only read.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from smsdesk.domain.cases import Original, Page
from smsdesk.domain.errors import PictureError
from smsdesk.domain.geometry import Box
from smsdesk.domain.masks import MaskCount, MaskKind, MaskReport
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.ocr.blackening import blackened, blank, encoded
from smsdesk.rules.mask_places import missed, places_in
from smsdesk.rules.masks import Masker
from smsdesk.services.delivering import ExportResult, file_sha256, log_export, write_error
from smsdesk.services.formats import EXPORTERS
from smsdesk.services.jobs import Task
from smsdesk.services.listing import original_bytes
from smsdesk.services.masking import counted, masker_of
from smsdesk.services.reading import upright
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.rewriting import MaskedPicture, rewrite
from smsdesk.wording import say

Exporter = Callable[[CaseFile, Path, MessageQuery, Task], ExportResult]


def export_masked(
    case: CaseFile,
    target: Path,
    query: MessageQuery,
    task: Task,
    export: Exporter | None = None,
) -> ExportResult:
    """Write *target* as *export* would (default: by its ending), from a masked copy of the case.

    Numbers are those of the full copy. The custody log of the case notes the file as masked.
    """
    target = target.absolute()
    export = export or EXPORTERS[target.suffix.lower()]
    with case.view() as work:  # what is asked for may be masked words
        chosen = work.messages.ids(query)
    narrowed = query if query == MessageQuery() else MessageQuery(only=frozenset(chosen))
    with masked_copy(case, target.parent, task) as copy:
        result = export(copy, target, narrowed, task)
        report = copy.masks
    counts = {c.kind.value: [c.texts, c.pictures] for c in report.counts} if report else {}
    log_export(case, result, file_sha256(result.path), masked=counts)
    return result


@contextmanager
def masked_copy(case: CaseFile, folder: Path, task: Task) -> Iterator[CaseFile]:
    """Give a masked copy of *case*, open; it lies in *folder*, and is removed in the end."""
    try:
        with tempfile.TemporaryDirectory(prefix=".smsdesk-masked-", dir=folder) as place:
            path = Path(place) / "masked.smscase"
            case.copy_to(path, lambda done, pages: task.step(done, pages, say("masks.copying")))
            report = _mask(case, path, task)
            with closing(CaseFile.open(path)) as copy:
                copy.masks = report
                yield copy
    except OSError as error:
        raise write_error(error, folder) from error


def _mask(case: CaseFile, path: Path, task: Task) -> MaskReport:
    with case.view() as work:
        masker = masker_of(work)
        texts = counted(work, masker)
        originals = work.originals.all()
        attachments = [masker.mask(one.file_name) for one in work.attachments.all()]
        messages = work.messages.get(work.messages.ids())
    pictures = _Pictures(case, masker, _seen_at(messages))
    rewrite(path, masker.mask, pictures.of(originals, task))
    counts = [MaskCount(kind, texts[kind], pictures.counts[kind]) for kind in MaskKind]
    left_out = (*pictures.left_out, *attachments)
    return MaskReport(tuple(c for c in counts if c.texts or c.pictures), left_out)


_Seen = dict[tuple[int, int], list[tuple[str, Box]]]
"""By original and page: the texts of messages, each with the box in which it stands."""


def _seen_at(messages: list[Message]) -> _Seen:
    seen: _Seen = defaultdict(list)
    for message in messages:
        for sighting in message.sightings:
            place = seen[sighting.original_id, sighting.page]
            place.append((sighting.text, sighting.box))
            if not (sighting.clipped or sighting.snippet):  # these may show less than the message
                place.append((message.text, sighting.box))
    return seen


@dataclass
class _Pictures:
    """Makes the pictures of a masked copy, and counts what it masked in them."""

    case: CaseFile
    masker: Masker
    seen: _Seen
    counts: Counter[MaskKind] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)

    def of(self, originals: list[Original], task: Task) -> Iterator[tuple[int, MaskedPicture]]:
        """Yield a masked picture for each of *originals*, one after another."""
        for done, original in enumerate(originals):
            task.step(done, len(originals), original.file_name)
            data = original_bytes(self.case, original.id)
            images = [self._page(data, page, original) for page in original.pages]
            yield original.id, MaskedPicture(*encoded(images, original.media_type))

    def _page(self, data: bytes, page: Page, original: Original) -> Image.Image:
        with self.case.view() as work:
            read = work.readings.get(page.original_id, page.index)
        try:
            if read is not None:
                places = places_in(self.masker, read[0].lines)
                for text, box in self.seen[page.original_id, page.index]:
                    places += missed(self.masker, text, box, read[0].lines)
                places = list(dict.fromkeys(places))
                image = blackened(upright(data, page.index), (box for _, box in places))
                self.counts.update(kind for kind, _ in places)
                return image
        except PictureError:
            pass
        number = f" ({page.index + 1})" if original.page_sizes else ""
        self.left_out.append(self.masker.mask(original.file_name) + number)
        return blank((page.width, page.height), say("masks.not_shown"))
