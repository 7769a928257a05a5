"""The court PDF as it will be, page by page, before it is exported."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.gui import icons
from smsdesk.gui.jobs import Job, JobRunner
from smsdesk.gui.printing import image_of
from smsdesk.gui.theme import Theme
from smsdesk.services.drawing_pages import PageDrawer
from smsdesk.services.jobs import Task

_KEPT = 8
"""Pages kept drawn: those around the one shown, some 60 MB on a dense screen."""

_POINTS_AN_INCH = 72
_STEP = 1.25
SMALLEST, LARGEST = 0.25, 4.0
"""Zoom: 1 is the size on paper, as far as the screen tells its own."""

_Place = tuple[int, float]


class PreviewWindow(QWidget):
    """Draws pages when they are looked at, in the background; keys turn, zoom and close."""

    print_asked = Signal()
    failed = Signal(object)

    def __init__(self, path: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("central")
        self.path = path
        self._drawer = PageDrawer(path)
        self._theme = theme
        self._runner = JobRunner(self)
        self._drawn: OrderedDict[_Place, QImage] = OrderedDict()
        self._asked: _Place | None = None
        self._fit = True
        self._zoom = 1.0
        self._page = 0
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)
        self.resize(900, 1000)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Preview of the court PDF"))
        self.sheet = QLabel(self)
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet.setAccessibleName(self.tr("Page"))
        self.area = QScrollArea(self)
        self.area.setObjectName("reading_area")
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(self.area, 1)

    def _bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 6, 12, 6)
        self.previous_button = self._tool(self.tr("Previous page"), lambda: self.turn(-1))
        self.next_button = self._tool(self.tr("Next page"), lambda: self.turn(1))
        self.page_box = QSpinBox(bar)
        self.page_box.setRange(1, self._drawer.count)
        self.page_box.setKeyboardTracking(False)
        self.page_box.setAccessibleName(self.tr("Page"))
        self.page_box.valueChanged.connect(lambda number: self.show_page(number - 1))
        self.smaller_button = self._tool(self.tr("Smaller"), lambda: self.zoom_by(1 / _STEP))
        self.zoom_label = QLabel(bar)
        self.larger_button = self._tool(self.tr("Larger"), lambda: self.zoom_by(_STEP))
        self.fit_button = QPushButton(self.tr("Fit width  0"), bar)
        self.fit_button.clicked.connect(self.fit)
        self.print_button = QPushButton(self.tr("Print…"), bar)
        self.print_button.clicked.connect(self.print_asked)
        line.addWidget(self.previous_button)
        line.addWidget(self.page_box)
        line.addWidget(QLabel(f"/ {self._drawer.count}", bar))
        line.addWidget(self.next_button)
        line.addStretch(1)
        for widget in (self.smaller_button, self.zoom_label, self.larger_button, self.fit_button):
            line.addWidget(widget)
        line.addWidget(self.print_button)
        return bar

    def _tool(self, name: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(act)
        return button

    # -- what is shown -------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """The page shown, from 0."""
        return self._page

    @property
    def zoom(self) -> float:
        """How large the page is shown; 1 is its size on paper."""
        return self._zoom

    def turn(self, step: int) -> None:
        """Go on by *step* pages."""
        self.show_page(self._page + step)

    def show_page(self, page: int) -> None:
        """Show a page; before the first is the first, behind the last is the last."""
        self._page = min(max(page, 0), self._drawer.count - 1)
        self.page_box.setValue(self._page + 1)
        self.previous_button.setEnabled(self._page > 0)
        self.next_button.setEnabled(self._page < self._drawer.count - 1)
        self.area.verticalScrollBar().setValue(0)
        self._show()

    def zoom_by(self, factor: float) -> None:
        """Show the page larger or smaller."""
        self._fit = False
        self._zoom = min(max(self._zoom * factor, SMALLEST), LARGEST)
        self._show()

    def fit(self) -> None:
        """Show the page as wide as the window, and keep it so."""
        self._fit = True
        self._show()

    def _show(self) -> None:
        if self._fit:
            points = self._drawer.sizes[self._page][0]
            room = self.area.width() - 40
            self._zoom = min(max(room / (points / _POINTS_AN_INCH * self._dots), SMALLEST), LARGEST)
        self.zoom_label.setText(f"{round(self._zoom * 100)} %")
        place = (self._page, round(self._zoom, 3))
        if place in self._drawn:
            self._put(place)
        elif place != self._asked:
            self._ask(place)

    @property
    def _dots(self) -> float:
        """Dots an inch of the screen, as the system counts them."""
        return float(self.logicalDpiX())

    def _ask(self, place: _Place) -> None:
        """Draw a page in the background; those asked for before are not wanted any more."""
        self._asked = place
        self._runner.cancel_all()
        page, zoom = place
        dots = self._dots * zoom * self.devicePixelRatioF()

        def draw(task: Task) -> QImage:
            task.step(0, 1)  # another page may be wanted by the time that this one has its turn
            return image_of(self._drawer.whole(page, dots))

        job = Job(draw)
        job.succeeded.connect(lambda image: self._on_drawn(place, image))
        job.failed.connect(self.failed)
        self._runner.start(job)

    def _on_drawn(self, place: _Place, image: QImage) -> None:
        self._drawn[place] = image
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        if place == self._asked:
            self._asked = None
            self._put(place)

    def _put(self, place: _Place) -> None:
        self._drawn.move_to_end(place)
        pixmap = QPixmap.fromImage(self._drawn[place])
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.sheet.setPixmap(pixmap)

    # -- events --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages, zoom, close."""
        keys = {
            Qt.Key.Key_PageDown: lambda: self.turn(1),
            Qt.Key.Key_Right: lambda: self.turn(1),
            Qt.Key.Key_PageUp: lambda: self.turn(-1),
            Qt.Key.Key_Left: lambda: self.turn(-1),
            Qt.Key.Key_Home: lambda: self.show_page(0),
            Qt.Key.Key_End: lambda: self.show_page(self._drawer.count - 1),
            Qt.Key.Key_Plus: lambda: self.zoom_by(_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom_by(_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom_by(1 / _STEP),
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_Escape: self.close,
        }
        act = keys.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new width."""
        super().resizeEvent(event)
        self._show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what is being drawn end first."""
        self._runner.shut_down()
        super().closeEvent(event)

    def _restyle(self) -> None:
        colour = self._theme.colours.text
        for button, name in (
            (self.previous_button, "previous"),
            (self.next_button, "next"),
            (self.smaller_button, "minus"),
            (self.larger_button, "plus"),
            (self.print_button, "print"),
        ):
            button.setIcon(icons.icon(name, colour))
