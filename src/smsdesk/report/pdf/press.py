"""The press draws the pages, volume by volume, and writes, finishes and checks the files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil
from pathlib import Path

from smsdesk.domain.errors import ExportMismatch, VolumeTooSmall
from smsdesk.report.content import CourtFile, PdfFacts
from smsdesk.report.exhibits import file_id, pictures_of
from smsdesk.report.pdf.archive import Identity, finish
from smsdesk.report.pdf.binding import Binding, Place, Volume, split
from smsdesk.report.pdf.blocks import Shown
from smsdesk.report.pdf.book import Book
from smsdesk.report.pdf.checking import check_content, check_file
from smsdesk.report.pdf.draft import Draft
from smsdesk.report.pdf.furniture import Furniture
from smsdesk.report.pdf.ledger import Ledger
from smsdesk.report.pdf.pages import Layout, Page, part_end
from smsdesk.report.pdf.pictures import PictureStore
from smsdesk.report.pdf.sections.volume import Entry, front
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import BODY_WIDTH, MARGIN_LEFT
from smsdesk.report.pdf.surveying import Notify, Stage, Survey, lay_out, take_survey
from smsdesk.report.pdf.text import plain
from smsdesk.report.pdf.vault import Vault
from smsdesk.report.pdf.weighing import Scales, Weights
from smsdesk.report.phrases import moment

MB = 1_000_000
"""Courts and mailboxes count decimal megabytes, the smaller of the two kinds."""


def too_small(limit: int, needed: float, held: str) -> VolumeTooSmall:
    """Return the refusal of volumes of *limit* bytes where *held* needs *needed*."""
    return VolumeTooSmall(
        limit_mb=f"{limit / MB:g}", needed_mb=ceil(10 * needed / MB) / 10, held=held
    )


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is reckoned beside what was weighed: bytes a volume and bytes a page.

    A volume has a colour profile, metadata and the tables of some fonts, a page its objects and
    bookmarks. A first guess on the safe side; `corrected` takes what the volumes really took.
    """

    volume: int = 30_000
    page: int = 1_000

    def corrected(self, binding: Binding, survey: Survey, sizes: list[int]) -> Allowance:
        """Return what would have been enough, and a little more."""
        beside = [
            (size - _weighed(survey, v)) / (self.volume + self.page * v.pages)
            for v, size in zip(binding.volumes, sizes, strict=True)
        ]
        factor = 1.1 * max(1.0, *beside)
        return replace(self, volume=int(self.volume * factor), page=int(self.page * factor))


def _weighed(survey: Survey, volume: Volume) -> int:
    """Return how many bytes the pages of a volume take, what they share counted once."""
    held: Weights = {}
    for weights in survey.weights[volume.first - 1 : volume.last]:
        held |= weights
    return sum(held.values())


@contextmanager
def press(content: CourtFile, folder: Path, notify: Notify, *, in_volumes: bool) -> Iterator[Press]:
    """Give what prints *content*, with a place for its pictures beside the result."""
    with (
        tempfile.TemporaryDirectory(prefix=".press-", dir=folder) as name,
        Vault(Path(name) / "pictures") as vault,
    ):
        store = PictureStore(
            pictures_of(content),
            vault,
            _hashes(content),
            apart=in_volumes,
            print_size=content.print_size,
        )
        yield Press(Book.of(content, in_volumes=in_volumes), store, notify, Path(name))


def _hashes(content: CourtFile) -> dict[int, str]:
    """Return the SHA-256 of the files whose data are the picture itself."""
    if content.masks is not None:  # masked pictures are new ones
        return {}
    hashes = {o.id: o.sha256 for o in content.originals if not o.page_sizes}
    files = [file for exhibit in content.plan.exhibits for file in exhibit.attachments]
    return hashes | {
        file_id(file): file.sha256 for file in files if file.media_type.startswith("image/")
    }


@dataclass(slots=True)
class Press:
    """One file to print: its content, its pictures, and a folder for drafts."""

    book: Book
    store: PictureStore
    notify: Notify
    scratch: Path

    def survey(self, *, with_sizes: bool = False) -> Survey:
        """Lay everything out once; *with_sizes* weighs the pages as well."""
        if not with_sizes:
            return take_survey(self.book, self.notify)
        unknown = Binding(tuple(Volume(n, 1, 9_999) for n in range(1, 100)))
        with Scales(self.furniture(unknown), self.store, self.scratch) as scales:
            return take_survey(self.book, self.notify, scales)

    def furniture(self, binding: Binding) -> Furniture:
        """Return what stands at the head and foot of every page."""
        content = self.book.content
        return Furniture(
            ("〔脱敏副本〕" if content.masks else "") + content.card.title,
            f"原件清单 {content.manifest_sha256[:12]}",
            f"编制于 {moment(self.book.made_at)}",
            binding.pages,
            len(binding.volumes),
        )

    def bind(self, survey: Survey, limit: int, allowance: Allowance) -> Binding:
        """Divide the pages so that no volume should exceed *limit* bytes."""
        room = limit - allowance.volume - allowance.page  # a page of the front belongs to it
        heaviest = max(survey.weights, key=lambda weights: sum(weights.values()))
        largest = allowance.page + sum(heaviest.values())
        if largest > room:
            raise too_small(limit, largest + limit - room, self._held(heaviest))
        runs = split(survey.weights, allowance.page, room)
        volumes = tuple(Volume(n, *run) for n, run in enumerate(runs, 1))
        if len(volumes) == 1:
            return Binding(volumes)
        return self._with_fronts(Binding(volumes), survey)

    def _held(self, weights: Weights) -> str:
        """Return the numbers of the originals on a page, "文字页" where there are none."""
        ids = dict.fromkeys(name.page.original_id for name in weights if isinstance(name, Shown))
        numbers = [self.book.numbering.originals[original_id] for original_id in ids]
        return f"证据 {'、'.join(numbers)}" if numbers else "文字页"

    def _with_fronts(self, binding: Binding, survey: Survey) -> Binding:
        """Return the binding with the front pages that each volume needs.

        How many they are does not depend on the numbers printed on them.
        """
        made = []
        for volume in binding.volumes:
            behind = (
                survey.layout.anchors[part_end("cover")] if volume.number == 1 else volume.first - 1
            )
            part = front(self.book, binding, volume, survey.entries)
            made.append(
                replace(volume, fronts=sum(1 for _ in Layout().lay(part)), front_behind=behind)
            )
        return Binding(tuple(made))

    def print(self, binding: Binding, survey: Survey, paths: list[Path]) -> PdfFacts:
        """Draw, finish and check every volume."""
        ledger = Ledger()
        places = binding.places(survey.layout.anchors)
        layout = Layout()
        pages = lay_out(self.book, layout)
        drafts = [
            self._draw(volume, pages, binding, places, ledger, survey.entries)
            for volume in binding.volumes
        ]
        if layout.anchors != survey.layout.anchors:
            raise ExportMismatch(detail="两次排版的页码不一致")
        rest = iter(ledger.pages)
        for volume, draft, path in zip(binding.volumes, drafts, paths, strict=True):
            self._finish(volume, draft, path, titled=binding.in_volumes)
            check_file(path, list(islice(rest, volume.pages)), places, self._checking(binding))
        return check_content(self.book.content, ledger, places)

    def _draw(
        self,
        volume: Volume,
        pages: Iterator[Page],
        binding: Binding,
        places: Mapping[str, Place],
        ledger: Ledger,
        entries: Sequence[Entry],
    ) -> Path:
        """Draw a volume; return its draft."""
        with Draft(self.scratch / f"{volume.number}.draft") as draft:
            desk = _Desk(self, binding, places, ledger, draft, self.furniture(binding))
            desk.draw(volume, islice(pages, volume.last - volume.first + 1), entries)
            draft.save(lambda: self.notify(Stage.WRITING, 0, 100))
        return draft.path

    def _finish(self, volume: Volume, draft: Path, path: Path, *, titled: bool) -> None:
        content = self.book.content
        title = plain(content.card.title) + (f"　第 {volume.number} 卷" if titled else "")
        author = plain(content.card.submitter or content.card.claimant)
        identity = Identity(title, author, content.program_version, self.book.made_at)
        finish(draft, path, identity, lambda done: self.notify(Stage.WRITING, done, 100))
        draft.unlink()

    def _checking(self, binding: Binding) -> Callable[[Place], None]:
        return lambda place: self.notify(Stage.CHECKING, place.number, binding.pages)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Draws the pages of one volume on a canvas."""

    press: Press
    binding: Binding
    places: Mapping[str, Place]
    ledger: Ledger
    draft: Draft
    furniture: Furniture

    def draw(self, volume: Volume, pages: Iterable[Page], entries: Sequence[Entry]) -> None:
        """Draw *pages* with the front of the volume where it belongs."""
        if volume.front_behind < volume.first:
            self._draw_front(volume, entries)
        for page in pages:
            self._draw_page(page, self.binding.place(page.index))
            if page.index == volume.front_behind:
                self._draw_front(volume, entries)

    def _draw_front(self, volume: Volume, entries: Sequence[Entry]) -> None:
        if not volume.fronts:
            return
        part = front(self.press.book, self.binding, volume, entries)
        places = self.binding.front_places(volume)
        for page, place in zip(Layout().lay(part), places, strict=True):
            self._draw_page(page, place)

    def _draw_page(self, page: Page, place: Place) -> None:
        self.press.notify(Stage.DRAWING, place.number - 1, self.binding.pages)
        sheet = Sheet(self.draft, place, self.places, self.press.store, self.ledger)
        self.furniture.draw(sheet, page.part)
        for placed in page.placed:
            placing = placed.block.placing
            for anchor in placing.anchors:
                sheet.anchor(anchor, placed.y - 6)
            for title, level, anchor in placing.bookmarks:
                sheet.bookmark(plain(title), level, anchor)
            placed.block.draw(sheet, MARGIN_LEFT, placed.y, BODY_WIDTH)
        self.draft.close_page()
