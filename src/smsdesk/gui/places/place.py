"""What the case page knows of a place, whatever it shows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.library import Library
from smsdesk.gui.overviews import Overviews
from smsdesk.gui.settings import WindowSettings
from smsdesk.gui.theme import Theme


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What every place is built with."""

    library: Library
    theme: Theme
    settings: WindowSettings
    overviews: Overviews


class PlacePage(QWidget):
    """A page of the case; it reads through the library and never waits for what it asks.

    The case page calls `refresh` when the place comes on the screen, and again for every news
    while it is there; a place that nobody looks at is left alone until then.
    """

    messages_asked = Signal(object, str)
    """Ids of messages (a tuple) that a number on this page counts, and a name for them: show."""
    escaped = Signal()
    """Escape was pressed where nothing on the page was to be left."""
    import_asked = Signal()
    """The case is empty, and the person wants to import something."""

    def __init__(self, context: PlaceContext) -> None:
        super().__init__()
        self._library = context.library
        self._theme = context.theme
        self._settings = context.settings
        self._overviews = context.overviews

    def set_case(self) -> None:
        """Forget the case before; the library has another one, or none."""

    def refresh(self, query: MessageQuery) -> None:
        """Show the case as it is now, narrowed to *query* (the saved view and the search)."""
        raise NotImplementedError

    def messages_changed(self, ids: tuple[int, ...]) -> None:
        """Show these messages anew; they changed in place. Called while the place is shown."""

    def show_messages(self, ids: tuple[int, ...]) -> bool:
        """Go to the first of these messages that is shown; False if none is."""
        return False

    def step_hit(self, step: int) -> None:
        """Go to the next hit of a search (1) or the one before (-1)."""

    def take_focus(self) -> None:
        """Put the keyboard where work goes on."""
        self.setFocus()

    def set_text_size(self, pixels: int) -> None:
        """Set the size of transcripts."""
