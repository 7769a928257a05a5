"""The picture of the current message, with its sightings and zoom."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from smsdesk.domain.cases import Original, Page
from smsdesk.domain.errors import SmsdeskError
from smsdesk.domain.messages import Message, Sighting
from smsdesk.gui import icons, words
from smsdesk.gui.elided import ElidedText
from smsdesk.gui.forms import load_form
from smsdesk.gui.language import current_language
from smsdesk.gui.library import Library
from smsdesk.gui.panels.removal_bar import RemovalBar
from smsdesk.gui.picture_view import PictureView, Zoom
from smsdesk.gui.pictures import DecodedPicture, PictureCache, decode
from smsdesk.gui.settings import WindowSettings
from smsdesk.gui.theme import Theme
from smsdesk.services import listing
from smsdesk.services.placing import Places, character_places, seen_at
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import explain

_ZOOM = "review/zoom"

_ZOOM_BUTTONS = 420
"""Pixels from which the bar has room for buttons that zoom, beside name and other sightings."""


class PicturePanel(QWidget):
    """Loads and decodes pictures in the background; a picture that comes too late is not shown."""

    list_button: QToolButton
    name_label: QLabel
    warning_label: QLabel
    sightings_label: QLabel
    previous_button: QToolButton
    next_button: QToolButton
    smaller_button: QToolButton
    zoom_button: QToolButton
    larger_button: QToolButton
    remove_button: QToolButton
    removal_layout: QVBoxLayout
    stack: QStackedWidget
    note_label: QLabel
    view_layout: QVBoxLayout

    text_chosen = Signal(int)
    """Which character of the message was clicked."""
    message_chosen = Signal(int)
    """The id of another message that was clicked."""
    shown = Signal(int)
    """The id of the original that is now on the screen."""
    named = Signal()
    """The originals of the message are known by name now."""

    def __init__(
        self,
        library: Library,
        theme: Theme,
        settings: WindowSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        load_form("picture_panel", self)
        self._library = library
        self._theme = theme
        self._cache = PictureCache()
        self._originals: dict[int, Original] = {}
        self._sightings: tuple[Sighting, ...] = ()
        self._position = 0
        self._preferred: frozenset[int] = frozenset()
        self._loading: set[Page] = set()
        self._wanted: Page | None = None
        self._message: Message | None = None
        self._places: Places = ()
        self._waiting_for: int | None = None
        self.name = ElidedText(self.name_label, Qt.TextElideMode.ElideMiddle)
        self.view = PictureView(theme, self)
        self.view.setAccessibleName(self.tr("Screenshot"))
        self.view_layout.addWidget(self.view)
        self.removal = RemovalBar(library, self)
        self.removal_layout.addWidget(self.removal)
        remembered = settings.text(_ZOOM)
        if remembered in (Zoom.MESSAGE, Zoom.WIDTH):
            self.view.choose_mode(Zoom(remembered))
        self.view.mode_chosen.connect(lambda mode: settings.set_text(_ZOOM, mode))
        self._connect()
        self._restyle()
        self.show_message(None)

    @property
    def sighting(self) -> Sighting | None:
        """The place that is shown or on its way."""
        return self._sightings[self._position] if self._sightings else None

    @property
    def names(self) -> dict[int, str]:
        """The file names of the originals looked at so far, by id."""
        return {original.id: original.file_name for original in self._originals.values()}

    def forget(self) -> None:
        """Drop everything of the case that was open."""
        self._cache.clear()
        self._originals = {}
        self._wanted = None
        self._loading.clear()
        self.show_message(None)

    def show_message(self, message: Message | None) -> None:
        """Show where *message* is seen best, or on an original that is preferred."""
        self._message = message
        self._sightings = message.sightings if message else ()
        places = enumerate(self._sightings)
        liked = (n for n, seen in places if seen.original_id in self._preferred)
        self._position = next(liked, 0)
        self._learn({sighting.original_id for sighting in self._sightings} - set(self._originals))
        self._show_sighting()

    def prefer(self, original_ids: Collection[int]) -> None:
        """Show messages on these originals from now on, where they are seen there."""
        self._preferred = frozenset(original_ids)
        self.show_message(self._message)

    def _learn(self, ids: set[int]) -> None:
        """Read what is known of originals; a case has too many to read all beforehand."""
        if not ids:
            return

        def then(found: list[Original]) -> None:
            self._originals.update({original.id: original for original in found})
            if any(sighting.original_id in ids for sighting in self._sightings):
                self._show_sighting()
                self.named.emit()

        self._library.read(lambda case: listing.originals_with(case, sorted(ids)), then)

    def step_sighting(self, step: int) -> None:
        """Show another place where the same message is seen, round and round."""
        if self._sightings:
            self._position = (self._position + step) % len(self._sightings)
            self._show_sighting()

    def ask_removal(self) -> None:
        """Ask why the picture that is shown is to be taken out of the case."""
        sighting = self.sighting
        original = self._originals.get(sighting.original_id) if sighting else None
        if original is not None:
            self.removal.ask(original.id, original.file_name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the name where there is little: keys and wheel zoom as well."""
        super().resizeEvent(event)
        for button in (self.smaller_button, self.zoom_button, self.larger_button):
            button.setVisible(self.width() >= _ZOOM_BUTTONS)

    def _connect(self) -> None:
        self.previous_button.clicked.connect(lambda: self.step_sighting(-1))
        self.next_button.clicked.connect(lambda: self.step_sighting(1))
        self.smaller_button.clicked.connect(self.view.zoom_out)
        self.larger_button.clicked.connect(self.view.zoom_in)
        self.zoom_button.clicked.connect(self.view.fit_width)
        self.view.point_chosen.connect(self._on_point)
        self.view.zoom_changed.connect(
            lambda zoom: self.zoom_button.setText(f"{round(zoom * 100)}%")
        )
        self.remove_button.clicked.connect(self.ask_removal)
        self._theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        colour = self._theme.colours.text
        for button, name in (
            (self.list_button, "list-hide"),
            (self.previous_button, "previous"),
            (self.next_button, "next"),
            (self.smaller_button, "minus"),
            (self.larger_button, "plus"),
            (self.remove_button, "aside"),
        ):
            button.setIcon(icons.icon(name, colour))

    def _show_sighting(self) -> None:
        sighting = self.sighting
        many = len(self._sightings) > 1
        for widget in (self.previous_button, self.next_button):
            widget.setVisible(many)
        self.remove_button.setEnabled(sighting is not None)
        self.sightings_label.setVisible(sighting is not None)
        page = self._wanted = self._page_of(sighting) if sighting else None
        if sighting is None:
            self._say("", self.tr("Choose a message to see its screenshot here."))
            return
        self.sightings_label.setText(
            self.tr("seen {place} of {count}").format(
                place=self._position + 1, count=len(self._sightings)
            )
        )
        if page is None:  # the originals are still on their way
            return
        picture = self._cache.get(page)
        if picture is None:
            self.view.dim()
            self.name.set_text(self.tr("{name} · loading…").format(name=self._title(page)))
            self._load(page)
        else:
            self._show_picture(picture, sighting)

    def _page_of(self, sighting: Sighting) -> Page | None:
        original = self._originals.get(sighting.original_id)
        return original.pages[sighting.page] if original else None

    def _load(self, page: Page) -> None:
        if page in self._loading:
            return
        self._loading.add(page)

        def work(case: CaseFile) -> DecodedPicture | SmsdeskError | None:
            if self._wanted != page:  # whoever leafs through fast skips pictures
                return None
            try:
                return decode(page, listing.original_bytes(case, page.original_id))
            except SmsdeskError as error:
                return error

        self._library.read(work, lambda result: self._on_loaded(page, result))

    def _on_loaded(self, page: Page, result: DecodedPicture | SmsdeskError | None) -> None:
        self._loading.discard(page)
        sighting = self.sighting
        is_wanted = sighting is not None and self._wanted == page
        if result is None:
            if is_wanted:  # it was skipped and came back at the same moment
                self._load(page)
            return
        if isinstance(result, SmsdeskError):
            if is_wanted:
                self._say(self._title(page), explain(result, current_language()))
            return
        self._cache.put(result)
        if is_wanted and sighting is not None:
            self._show_picture(result, sighting)

    def _show_picture(self, picture: DecodedPicture, sighting: Sighting) -> None:
        self.name.set_text(self._title(picture.page), self._details(picture.page))
        self._warn(picture.page.original_id)
        self.stack.setCurrentIndex(0)
        self._enable_zoom(enabled=True)
        self.view.show_picture(picture, sighting.box)
        self._place_characters(sighting)
        self.shown.emit(picture.page.original_id)

    # -- characters ------------------------------------------------------------------------------

    def show_character(self, index: int) -> None:
        """Zoom to a character of the message's text; as soon as it is known where it stands."""
        if not self._places:
            self._waiting_for = index
            return
        self._waiting_for = None
        box = self._places[index] if index < len(self._places) else None
        if box is not None:
            self.view.show_spot(box)

    def _place_characters(self, sighting: Sighting) -> None:
        message, self._places = self._message, ()
        if message is None:
            return

        def then(places: Places) -> None:
            if self._message is message and self.sighting == sighting:
                self._places = places
                if self._waiting_for is not None:
                    self.show_character(self._waiting_for)

        self._library.read(lambda case: character_places(case, sighting, message.text), then)

    def _on_point(self, x: float, y: float) -> None:
        index = _index_at(self._places, x, y)
        if index is not None:
            self.text_chosen.emit(index)
            return
        page, message = self._wanted, self._message

        def then(found: tuple[int, Sighting] | None) -> None:
            if found is not None and message is not None and found[0] != message.id:
                self.message_chosen.emit(found[0])

        if page is not None:
            self._library.read(lambda case: seen_at(case, page.original_id, page.index, x, y), then)

    def _enable_zoom(self, *, enabled: bool) -> None:
        for button in (self.smaller_button, self.zoom_button, self.larger_button):
            button.setEnabled(enabled)

    def _say(self, title: str, note: str) -> None:
        self.view.clear()
        self.name.set_text(title)
        self.warning_label.hide()
        self.zoom_button.setText("")
        self._enable_zoom(enabled=False)
        self.note_label.setText(note)
        self.stack.setCurrentIndex(1)

    def _title(self, page: Page) -> str:
        original = self._originals.get(page.original_id)
        if original is None:
            return ""
        if not original.page_sizes:
            return original.file_name
        return self.tr("page {number} of {count} · {name}").format(  # first: names may be long
            number=page.index + 1, count=len(original.pages), name=original.file_name
        )

    def _warn(self, original_id: int) -> None:
        """Say in the open, not only in the hint, that the picture contradicts its moment."""
        original = self._originals.get(original_id)
        warning = words.contradicted(original) if original else ""
        self.warning_label.setText(
            f'<span style="color:{self._theme.colours.doubt}">●</span> {escape(warning)}'
        )
        self.warning_label.setVisible(bool(warning))

    def _details(self, page: Page) -> str:
        original = self._originals.get(page.original_id)
        if original is None:
            return ""
        lines = (
            self._title(page),
            self.tr("{width} × {height} pixels").format(width=page.width, height=page.height),
            words.captured_words(original.captured),
            *filter(None, [words.contradicted(original)]),
            f"SHA-256 {original.sha256}",
        )
        return "<br>".join(escape(line) for line in lines)


def _index_at(places: Places, x: float, y: float) -> int | None:
    """Return the character that stands at a point, None where none does."""
    for index, box in enumerate(places):
        if box is not None and box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
            return index
    return None
