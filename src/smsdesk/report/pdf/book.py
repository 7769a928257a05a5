"""What all sections work from: the content, its numbers, and the names of places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from smsdesk.domain.cases import Original, Page, SourceDevice
from smsdesk.domain.days import day_of
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.messages import Message
from smsdesk.domain.night import is_night
from smsdesk.domain.times import CHINA
from smsdesk.report.content import CourtFile
from smsdesk.report.exhibits import Numbering, number_everything, pictures_of
from smsdesk.report.labels import label_name
from smsdesk.report.pdf.binding import Place
from smsdesk.report.pdf.cutting import Piece, pieces_of
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import Style
from smsdesk.report.pdf.tables import Late
from smsdesk.report.phrases import page_of, ranges


@dataclass(frozen=True)
class Book:
    """The content with everything derived from it; `in_volumes` if it is bound in several."""

    content: CourtFile
    numbering: Numbering
    originals: dict[int, Original]
    devices: dict[int, SourceDevice]
    in_volumes: bool = False
    _pieces: dict[Page, list[Piece]] = field(default_factory=dict)

    @staticmethod
    def of(content: CourtFile, *, in_volumes: bool = False) -> Book:
        """Return *content* with its numbers and figures."""
        return Book(
            content,
            number_everything(content),
            {original.id: original for original in content.originals},
            {device.id: device for device in content.devices},
            in_volumes,
        )

    @property
    def made_at(self) -> dt.datetime:
        """When the file was made, in China."""
        return self.content.generated_at.astimezone(CHINA)

    @property
    def period(self) -> tuple[dt.date, dt.date] | None:
        """The first and last day known of any message."""
        days = [day for m in self.content.messages if (day := day_of(m.sent))]
        return (min(days), max(days)) if days else None

    @cached_property
    def above(self) -> dict[int, Message]:
        """Return the message above each in its thread; nothing where the file leaves some out."""
        if len(self.content.messages) < self.content.total_messages:
            return {}
        last: dict[int, Message] = {}
        above: dict[int, Message] = {}
        for message in self.content.messages:
            if message.thread_id in last:
                above[message.id] = last[message.thread_id]
            last[message.thread_id] = message
        return above

    def is_night(self, message: Message) -> bool:
        """Say whether a message surely came in the night, as the figures understand it."""
        lines = self.content.figures.lines
        return is_night(message.sent, lines.night_from, lines.night_to)

    def numbers(self, ids: Iterable[int]) -> str:
        """Return the numbers of messages as runs: "0003–0007、0012"."""
        return ranges([int(self.numbering.messages[i]) for i in ids])

    def number(self, message: Message) -> str:
        """Return a message's number (编号)."""
        return self.numbering.messages[message.id]

    def pieces(self, page: Page) -> list[Piece]:
        """Return how a page of an original is cut; long ones are decoded for it, once."""
        if page not in self._pieces:
            self._pieces[page] = pieces_of(page, pictures_of(self.content).upright)
        return self._pieces[page]

    def page_cell(self, anchor: str, style: Style) -> Late:
        """Return a cell with the page of *anchor*, linked to it; its volume above it."""

        def words(sheet: Sheet) -> list[str]:
            place = sheet.place_of(anchor)
            return [*([f"卷 {place.volume}"] if self.in_volumes else []), str(place.number)]

        return Late(words, style, anchor, 2 if self.in_volumes else 1)

    def page_words(self, place: Place) -> str:
        """Return "第 12 页", with the volume where there are several."""
        volume = f"卷 {place.volume} " if self.in_volumes else ""
        return f"{volume}第 {place.number} 页"

    def label(self, violation: ViolationType) -> str:
        """Return the Chinese name of a label."""
        return label_name(self.content.labels, violation)

    def evidence(self, original_id: int, page: int) -> str:
        """Return the number of an original in the annex, with the page where it has several."""
        original = self.originals.get(original_id)
        which = page_of(original, page) if original else f"第 {page + 1} 页"
        return f"{self.numbering.originals[original_id]}{f' {which}' if which else ''}"

    def device_name(self, original: Original) -> str:
        """Return how an original's phone is called."""
        device = self.devices.get(original.device_id)
        return device_words(device) if device else "未登记"


def device_words(device: SourceDevice) -> str:
    """Return a phone's name with its owner and model as far as they are not in the name."""
    extra = [part for part in (device.owner, device.model) if part and part not in device.name]
    return f"{device.name}（{'，'.join(extra)}）" if extra else device.name


def message_anchor(message_id: int) -> str:
    """Return the name of a message's place in the timeline."""
    return f"message-{message_id}"


def original_anchor(original_id: int, page: int = 0) -> str:
    """Return the name of a file's first place in the annex, or of a later page of it."""
    return _file_anchor(original_id) + (f"-page-{page}" if page else "")


def _file_anchor(file_id: int) -> str:
    return f"original-{file_id}" if file_id > 0 else f"attachment-{-file_id}"


def original_end(original_id: int) -> str:
    """Return the name of a file's last place in the annex."""
    return f"{_file_anchor(original_id)}-end"
