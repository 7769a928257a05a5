"""Timeline: what came when, as figures, calendar and hours, beside the messages by day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.changes import Change
from smsdesk.domain.figures import Figures, Ids, Overview, OwnLines
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.panels.empty_side import EmptySide
from smsdesk.gui.panels.figure_strip import FigureStrip, rhythm_figures
from smsdesk.gui.panels.listed_messages import ListedMessages
from smsdesk.gui.panels.own_lines_bar import OwnLinesBar
from smsdesk.gui.places.place import PlaceContext, PlacePage
from smsdesk.services.own_lines import plan_lines
from smsdesk.storage.case_file import CaseFile

if TYPE_CHECKING:
    from smsdesk.gui.panels.calendar_panel import CalendarPanel, HoursPanel

_SPLITTER = "timeline/splitter"
COLLECTION = "figures/collection"
"""Remembered for all places with figures: count collection messages only."""


class TimelinePlace(PlacePage):
    """Charts on the left choose what the list on the right shows; Escape shows all again."""

    def __init__(self, context: PlaceContext) -> None:
        super().__init__(context)
        self._query = MessageQuery()
        self._overview: Overview | None = None
        self._drawn: Figures | None = None
        self._chosen: tuple[Ids, str] | None = None
        self.calendar: CalendarPanel | None = None
        self.hours: HoursPanel | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.figures = FigureStrip(self)
        self.scope_box = QToolButton(self)
        self.scope_box.setText(self.tr("Collection messages only, as the court file counts"))
        self.scope_box.setCheckable(True)
        self.scope_box.setToolTip(
            self.tr("Leaves out ordinary ones, verification codes for instance, and sent ones")
        )
        self.scope_box.setChecked(bool(self._settings.number(COLLECTION, 0)))
        self.waiting_label = QLabel(self.tr("Counting…"), self)
        self.waiting_label.setProperty("role", "muted")
        self.lines_bar = OwnLinesBar(self)
        self.list = ListedMessages(self._library, self._theme, self)
        self._charts = QVBoxLayout()
        self._charts.setSpacing(8)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._figures_side())
        self.splitter.addWidget(self.list)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([660, 440])
        self.splitter.restoreState(self._settings.state(_SPLITTER))
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.splitter)
        empty = EmptySide(
            self.tr("The timeline shows when messages came, once pictures are read."), self
        )
        empty.import_asked.connect(self.import_asked)
        self.stack.addWidget(empty)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _figures_side(self) -> QScrollArea:
        """Return the left side; it scrolls where a window is too low for both charts."""
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 8, 0, 8)
        column.setSpacing(8)
        column.addWidget(self.figures)
        scope = QHBoxLayout()
        scope.setContentsMargins(8, 0, 8, 0)
        scope.addWidget(self.scope_box)
        scope.addStretch()
        scope.addWidget(self.waiting_label)
        column.addLayout(scope)
        column.addLayout(self._charts)
        column.addWidget(self.lines_bar)
        column.addStretch()
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(440)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(side)
        return area

    def _connect(self) -> None:
        self.figures.asked.connect(self.choose)
        self.scope_box.toggled.connect(self._on_scope)
        self.lines_bar.drawn.connect(self._draw_lines)
        self.list.left.connect(self.leave)
        self.list.opened.connect(self._open)
        self._overviews.stale.connect(self._on_stale)
        self.splitter.splitterMoved.connect(
            lambda *_: self._settings.set_state(_SPLITTER, self.splitter.saveState())
        )

    # -- what is shown -------------------------------------------------------------------------

    def set_case(self) -> None:
        """Forget the case before."""
        self._overview = self._drawn = None
        self._chosen = None
        self.lines_bar.forget()
        self.list.forget()
        self.figures.show_figures(())
        for panel in (self.calendar, self.hours):
            if panel is not None:
                panel.hide()

    def refresh(self, query: MessageQuery) -> None:
        """Show what *query* leaves; what was chosen of another narrowing is let go."""
        if query != self._query:
            self._let_go()
            self._overview = None
        self._query = query
        self.scope_box.setChecked(bool(self._settings.number(COLLECTION, 0)))
        self.list.view.light(query.search or "")
        self._load_list()
        self._ask()

    def messages_changed(self, ids: tuple[int, ...]) -> None:
        """Show these messages anew, in their rows."""
        self.list.model.refresh(ids)

    def show_messages(self, ids: tuple[int, ...]) -> bool:
        """Go to the first of these messages that is listed."""
        return self.list.show_messages(ids)

    def step_hit(self, step: int) -> None:
        """Go to the next message that a search found, or the one before."""
        self.list.view.step(step)

    def take_focus(self) -> None:
        """Put the keyboard into the calendar, into the list while there is none."""
        shown = self.calendar is not None and self.calendar.isVisible()
        (self.calendar.chart if shown and self.calendar else self.list.view).setFocus()

    @property
    def counted(self) -> Figures | None:
        """The figures shown: of all messages of the list, or of those that are collection."""
        if self._overview is None:
            return None
        only = self.scope_box.isChecked()
        return self._overview.collection if only else self._overview.listed

    def choose(self, ids: Ids, name: str) -> None:
        """List these messages beside the charts."""
        if not name:
            self.leave()
            return
        self._chosen = ids, name
        self._load_list()

    def leave(self) -> None:
        """List all messages again."""
        self._let_go()
        self._load_list()

    def _let_go(self) -> None:
        self._chosen = None
        for panel in (self.calendar, self.hours):
            if panel is not None:
                panel.leave()

    def _load_list(self) -> None:
        if self._chosen is not None:
            ids, name = self._chosen
            self.list.show_query(MessageQuery(only=frozenset(ids)), name, narrowed=True)
            return
        query, counted = self._query, self.counted
        if self.scope_box.isChecked() and counted is not None:
            query = replace(query, only=frozenset(counted.overall.ids))
        self.list.show_query(query, self._name_of_all(), narrowed=False)

    def _name_of_all(self) -> str:
        if self.counted is None:
            return self.tr("All")
        return self.tr("All, %n message(s)", "", len(self.counted.overall.ids))

    def _ask(self) -> None:
        self.waiting_label.setVisible(self._overview is None)
        self._overviews.ask(self._query, self._on_overview)

    def _on_stale(self) -> None:
        if self.isVisible():
            self._ask()

    def _on_overview(self, overview: Overview) -> None:
        self._overview = overview
        if self.calendar is None:
            self._library.read(_load_charts, lambda _none: self._make_charts())
        else:
            self._show_figures()

    def _make_charts(self) -> None:
        """Make the charts one after the other, so that neither holds up the window for long."""
        from smsdesk.gui.panels.calendar_panel import CalendarPanel, HoursPanel

        if self.calendar is None:
            self.calendar = CalendarPanel(self._theme, self)
            self._add_chart(self.calendar)
            QTimer.singleShot(0, self, self._make_charts)
        elif self.hours is None:
            self.hours = HoursPanel(self._theme, self)
            self._add_chart(self.hours)
            self._show_figures()

    def _add_chart(self, panel: CalendarPanel | HoursPanel) -> None:
        self._charts.addWidget(panel)
        panel.hide()
        panel.chosen.connect(lambda ids, name: self._choose_from(panel, ids, name))

    def _choose_from(self, panel: CalendarPanel | HoursPanel, ids: Ids, name: str) -> None:
        for other in (self.calendar, self.hours):
            if other is not None and other is not panel:
                other.leave()
        self.choose(ids, name)

    def _show_figures(self) -> None:
        overview, counted = self._overview, self.counted
        if overview is None or counted is None or self.calendar is None or self.hours is None:
            return
        self.waiting_label.hide()
        nothing = not overview.listed.overall.ids and self._query == MessageQuery()
        self.stack.setCurrentIndex(1 if nothing else 0)
        focused = self.list.view.hasFocus() and self._chosen is None
        if counted is not self._drawn:  # whoever comes back finds the charts as they were
            self._drawn = counted
            self.figures.show_figures(rhythm_figures(counted.overall))
            self.lines_bar.show_lines(overview.lines)
            self.calendar.show_figures(counted, overview.lines)
            self.hours.show_figures(counted, overview.lines)
        if self._chosen is None:
            if self.scope_box.isChecked():
                self._load_list()  # which messages these are was not known before
            self.list.name_label.setText(self._name_of_all())
        if focused:
            self.take_focus()

    # -- what a person does --------------------------------------------------------------------

    def _on_scope(self, checked: bool) -> None:
        self._settings.set_text(COLLECTION, str(int(checked)))
        self._let_go()
        self._load_list()
        self._show_figures()

    def _draw_lines(self, lines: OwnLines) -> None:
        name = self.tr("own lines: {notice} and {many} a day").format(
            notice=lines.notice_a_day, many=lines.many_a_day
        )

        def carry_out(change: Change) -> None:
            self._library.change(name, change)

        self._library.read(lambda case: plan_lines(case, lines), carry_out)

    def _open(self, ids: Ids) -> None:
        self.messages_asked.emit(ids, self.list.name_label.text())


def _load_charts(_case: CaseFile) -> None:
    """Load pyqtgraph in a reader's thread: it takes most of a second."""
    from smsdesk.gui.panels import calendar_panel  # noqa: F401
