"""The picture of the current message, with its sightings and zoom."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from smsdesk.domain.cases import Original
from smsdesk.domain.errors import SmsdeskError
from smsdesk.domain.messages import Message, Sighting
from smsdesk.gui import icons, words
from smsdesk.gui.forms import load_form
from smsdesk.gui.language import current_language
from smsdesk.gui.library import Library
from smsdesk.gui.picture_view import PictureView
from smsdesk.gui.pictures import DecodedPicture, PictureCache, decode
from smsdesk.gui.theme import Theme
from smsdesk.services import listing
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import explain


class PicturePanel(QWidget):
    """Loads and decodes pictures in the background; a picture that comes too late is not shown."""

    name_label: QLabel
    sightings_label: QLabel
    previous_button: QToolButton
    next_button: QToolButton
    smaller_button: QToolButton
    zoom_button: QToolButton
    larger_button: QToolButton
    stack: QStackedWidget
    note_label: QLabel
    view_layout: QVBoxLayout

    shown = Signal(int)
    """The id of the original that is now on the screen."""

    def __init__(self, library: Library, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("picture_panel", self)
        self._library = library
        self._theme = theme
        self._cache = PictureCache()
        self._originals: dict[int, Original] = {}
        self._sightings: tuple[Sighting, ...] = ()
        self._position = 0
        self._loading: set[int] = set()
        self._wanted: int | None = None
        self.view = PictureView(theme, self)
        self.view.setAccessibleName(self.tr("Screenshot"))
        self.view_layout.addWidget(self.view)
        self._connect()
        self._restyle()
        self.show_message(None)

    @property
    def sighting(self) -> Sighting | None:
        """The place that is shown or on its way."""
        return self._sightings[self._position] if self._sightings else None

    def set_originals(self, originals: list[Original]) -> None:
        """Know the originals of the case; forget decoded pictures of another one."""
        self._originals = {original.id: original for original in originals}

    def forget(self) -> None:
        """Drop everything of the case that was open."""
        self._cache.clear()
        self._originals = {}
        self._loading.clear()
        self.show_message(None)

    def show_message(self, message: Message | None) -> None:
        """Show where *message* is seen best."""
        self._sightings = message.sightings if message else ()
        self._position = 0
        self._show_sighting()

    def step_sighting(self, step: int) -> None:
        """Show another place where the same message is seen, round and round."""
        if self._sightings:
            self._position = (self._position + step) % len(self._sightings)
            self._show_sighting()

    def _connect(self) -> None:
        self.previous_button.clicked.connect(lambda: self.step_sighting(-1))
        self.next_button.clicked.connect(lambda: self.step_sighting(1))
        self.smaller_button.clicked.connect(self.view.zoom_out)
        self.larger_button.clicked.connect(self.view.zoom_in)
        self.zoom_button.clicked.connect(self.view.fit_width)
        self.view.zoom_changed.connect(
            lambda zoom: self.zoom_button.setText(f"{round(zoom * 100)}%")
        )
        self._theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        colour = self._theme.colours.text
        for button, name in (
            (self.previous_button, "previous"),
            (self.next_button, "next"),
            (self.smaller_button, "minus"),
            (self.larger_button, "plus"),
        ):
            button.setIcon(icons.icon(name, colour))

    def _show_sighting(self) -> None:
        sighting = self.sighting
        many = len(self._sightings) > 1
        for widget in (self.previous_button, self.next_button, self.sightings_label):
            widget.setVisible(many)
        self._wanted = sighting.original_id if sighting else None
        if sighting is None:
            self._say("", self.tr("Choose a message to see its screenshot here."))
            return
        self.sightings_label.setText(
            self.tr("seen {place} of {count}").format(
                place=self._position + 1, count=len(self._sightings)
            )
        )
        picture = self._cache.get(sighting.original_id)
        if picture is None:
            self.view.dim()
            title = self._title(sighting.original_id)
            self.name_label.setText(self.tr("{name} · loading…").format(name=title))
            self._load(sighting.original_id)
        else:
            self._show_picture(picture, sighting)

    def _load(self, original_id: int) -> None:
        original = self._originals.get(original_id)
        if original is None or original_id in self._loading:
            return
        self._loading.add(original_id)

        def work(case: CaseFile) -> DecodedPicture | SmsdeskError | None:
            if self._wanted != original_id:  # whoever leafs through fast skips pictures
                return None
            try:
                return decode(original, listing.original_bytes(case, original.id))
            except SmsdeskError as error:
                return error

        self._library.read(work, lambda result: self._on_loaded(original_id, result))

    def _on_loaded(self, original_id: int, result: DecodedPicture | SmsdeskError | None) -> None:
        self._loading.discard(original_id)
        wanted = self.sighting
        is_wanted = wanted is not None and wanted.original_id == original_id
        if result is None:
            if is_wanted:  # it was skipped and came back at the same moment
                self._load(original_id)
            return
        if isinstance(result, SmsdeskError):
            if is_wanted:
                self._say(self._title(original_id), explain(result, current_language()))
            return
        self._cache.put(result)
        if is_wanted and wanted is not None:
            self._show_picture(result, wanted)

    def _show_picture(self, picture: DecodedPicture, sighting: Sighting) -> None:
        self.name_label.setText(self._title(picture.original_id))
        self.name_label.setToolTip(self._details(picture.original_id))
        self.stack.setCurrentIndex(0)
        self._enable_zoom(enabled=True)
        self.view.show_picture(picture, sighting.box)
        self.shown.emit(picture.original_id)

    def _enable_zoom(self, *, enabled: bool) -> None:
        for button in (self.smaller_button, self.zoom_button, self.larger_button):
            button.setEnabled(enabled)

    def _say(self, title: str, note: str) -> None:
        self.view.clear()
        self.name_label.setText(title)
        self.name_label.setToolTip("")
        self.zoom_button.setText("")
        self._enable_zoom(enabled=False)
        self.note_label.setText(note)
        self.stack.setCurrentIndex(1)

    def _title(self, original_id: int) -> str:
        original = self._originals.get(original_id)
        return original.file_name if original else ""

    def _details(self, original_id: int) -> str:
        original = self._originals.get(original_id)
        if original is None:
            return ""
        lines = (
            original.file_name,
            self.tr("{width} × {height} pixels").format(
                width=original.width, height=original.height
            ),
            words.captured_words(original.captured),
            f"SHA-256 {original.sha256}",
        )
        return "<br>".join(escape(line) for line in lines)
