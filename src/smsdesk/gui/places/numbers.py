"""Numbers: who wrote how often, which numbers act as one, and a dossier of each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.changes import Change
from smsdesk.domain.figures import Figures, Overview
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui import words
from smsdesk.gui.models.numbers import Column, NumberRow, NumbersModel, rows_of
from smsdesk.gui.panels.dossier_panel import DossierPanel
from smsdesk.gui.panels.empty_side import EmptySide
from smsdesk.gui.panels.grouping_bar import GroupingBar, Wanted
from smsdesk.gui.places.place import PlaceContext, PlacePage
from smsdesk.gui.places.timeline import COLLECTION
from smsdesk.services import grouping
from smsdesk.storage.case_file import CaseFile

_SPLITTER, _HEADER = "numbers/splitter", "numbers/header"
_FILTER_PAUSE_MS = 200
_EXPANDED_UP_TO = 12
"""Institutions: that many are shown with their numbers, more would bury what stands alone."""

_WIDTHS = {
    Column.NAME: 200,
    Column.COUNT: 64,
    Column.NIGHT: 72,
    Column.FIRST: 88,
    Column.LAST: 88,
    Column.KIND: 112,
    Column.LABELS: 60,
}


class NumbersPlace(PlacePage):
    """A tree of numbers on the left, the dossier of the current one on the right."""

    def __init__(self, context: PlaceContext) -> None:
        super().__init__(context)
        self._query = MessageQuery()
        self._overview: Overview | None = None
        self._rows_asked = 0
        self._wanted_key = ""
        self._known_groups: set[str] = set()
        self._build()
        self._connect()
        self._add_keys()

    def _build(self) -> None:
        self.filter_edit = QLineEdit(self)
        self.filter_edit.setPlaceholderText(self.tr("Filter by number, name, kind or label"))
        self.filter_edit.setAccessibleName(self.tr("Filter the numbers"))
        self.filter_edit.setClearButtonEnabled(True)
        self.scope_box = QToolButton(self)
        self.scope_box.setText(self.tr("Collection messages only"))
        self.scope_box.setCheckable(True)
        self.waiting_label = QLabel(self.tr("Counting…"), self)
        self.waiting_label.setProperty("role", "muted")
        self.model = NumbersModel(self)
        self.tree = QTreeView(self)
        self.bar = GroupingBar(self)
        self.dossier = DossierPanel(self._theme, self)
        self._set_up_tree()
        self._arrange()

    def _set_up_tree(self) -> None:
        tree = self.tree
        tree.setObjectName("numbers_tree")
        tree.setModel(self.model)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setAccessibleName(self.tr("Numbers and institutions"))
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setToolTip(self.tr("Drag a number onto another one, or onto an institution"))
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        tree.setSortingEnabled(True)
        header = tree.header()
        header.setSortIndicator(Column.COUNT, Qt.SortOrder.DescendingOrder)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, max(width, header.sectionSizeHint(column)))
        header.restoreState(self._settings.state(_HEADER))

    def _arrange(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 8)
        top.setSpacing(12)
        top.addWidget(self.filter_edit, 1)
        top.addWidget(self.scope_box)
        top.addWidget(self.waiting_label)
        column.addLayout(top)
        column.addWidget(self.tree, 1)
        column.addWidget(self.bar)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.dossier)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([790, 320])
        self.splitter.restoreState(self._settings.state(_SPLITTER))
        empty = EmptySide(
            self.tr("Every number is listed here with what it sent, once pictures are read."), self
        )
        empty.import_asked.connect(self.import_asked)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(empty)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _connect(self) -> None:
        self._filter_pause = QTimer(self)
        self._filter_pause.setSingleShot(True)
        self._filter_pause.setInterval(_FILTER_PAUSE_MS)
        self._filter_pause.timeout.connect(self._ask_rows)
        self.filter_edit.textChanged.connect(lambda _text: self._filter_pause.start())
        self.scope_box.toggled.connect(self._on_scope)
        self.model.dropped.connect(self._on_dropped)
        selection = self.tree.selectionModel()
        selection.currentChanged.connect(lambda *_: self._show_dossier())
        selection.selectionChanged.connect(lambda *_: self._allow())
        self.tree.doubleClicked.connect(lambda _index: self.show_current())
        self.dossier.asked.connect(self.messages_asked)
        self.bar.named.connect(self._on_named)
        self.bar.parted.connect(self.take_out)
        self.bar.left.connect(self.tree.setFocus)
        self.bar.assign_button.clicked.connect(self.begin_assigning)
        self.bar.rename_button.clicked.connect(self.begin_renaming)
        self._overviews.stale.connect(self._on_stale)
        self.splitter.splitterMoved.connect(
            lambda *_: self._settings.set_state(_SPLITTER, self.splitter.saveState())
        )
        self.tree.header().sectionResized.connect(
            lambda *_: self._settings.set_state(_HEADER, self.tree.header().saveState())
        )

    # -- what is shown -------------------------------------------------------------------------

    def set_case(self) -> None:
        """Forget the case before."""
        self._overview = None
        self._rows_asked += 1
        self._wanted_key = ""
        self._known_groups = set()
        self.filter_edit.clear()
        self.bar.end()
        self.model.set_rows([])
        self.dossier.show_row(None, None)

    def refresh(self, query: MessageQuery) -> None:
        """Show the numbers of what *query* leaves."""
        self._query = query
        self.scope_box.setChecked(bool(self._settings.number(COLLECTION, 0)))
        self._ask()

    def messages_changed(self, ids: tuple[int, ...]) -> None:
        """Leave it to the figures, which follow every change."""

    def show_messages(self, ids: tuple[int, ...]) -> bool:
        """Stay here where what changed is among the numbers: the undo of a grouping."""
        dossiers = self._overview.received.numbers if self._overview else ()
        wanted = set(ids)
        return any(not wanted.isdisjoint(one.rhythm.ids) for one in dossiers)

    def take_focus(self) -> None:
        """Put the keyboard into the tree."""
        self.tree.setFocus()

    @property
    def current(self) -> NumberRow | None:
        """The row that the keyboard is on."""
        return self.model.row_at(self.tree.currentIndex())

    def _ask(self) -> None:
        self.waiting_label.setVisible(self._overview is None)
        self._overviews.ask(self._query, self._on_overview)

    def _on_stale(self) -> None:
        if self.isVisible():
            self._ask()

    def _on_overview(self, overview: Overview) -> None:
        self._overview = overview
        if self.dossier.bars is None:
            self._library.read(_load_bars, lambda _none: self._add_bars())
        self._ask_rows()

    def _add_bars(self) -> None:
        if self.dossier.bars is None:
            self.dossier.add_bars()
            QTimer.singleShot(0, self, self._show_dossier)  # the chart alone takes its time

    @property
    def _counted(self) -> Figures | None:
        if self._overview is None:
            return None
        only = self.scope_box.isChecked()
        return self._overview.collection if only else self._overview.received

    def _ask_rows(self) -> None:
        """Make the rows in the background: a case may have thousands of numbers."""
        counted = self._counted
        if counted is None:
            return
        searched = self.filter_edit.text()
        self._rows_asked += 1
        asked = self._rows_asked

        def then(rows: list[NumberRow]) -> None:
            if asked == self._rows_asked:
                self._show_rows(rows)

        self._library.read(lambda _case: rows_of(counted, searched), then)

    def _show_rows(self, rows: list[NumberRow]) -> None:
        """Show rows; what was open, closed and current stays so where it is still there."""
        self.waiting_label.hide()
        is_whole = not self.filter_edit.text() and self._query == MessageQuery()
        only = self.scope_box.isChecked()
        self.stack.setCurrentIndex(0 if rows or only or not is_whole else 1)
        current = self._wanted_key or (self.current.key if self.current else "")
        closed = {key for key in self._known_groups if not self._is_open(key)}
        self.model.set_rows(rows)
        groups = [row.key for row in self.model.rows if row.is_group]
        few = len(groups) <= _EXPANDED_UP_TO or bool(self.filter_edit.text().strip())
        for key in groups:
            if key not in closed and few:
                self.tree.expand(self.model.index_of(key))
        self._known_groups = set(groups)
        index = self.model.index_of(current)
        self._go_to(index if index.isValid() else self.model.index(0, 0))
        self._show_dossier()

    def _is_open(self, key: str) -> bool:
        index = self.model.index_of(key)
        return not index.isValid() or self.tree.isExpanded(index)

    def _go_to(self, index: QModelIndex) -> None:
        self._wanted_key = ""
        flags = QItemSelectionModel.SelectionFlag
        self.tree.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.tree.scrollTo(index)

    def _show_dossier(self) -> None:
        lines = self._overview.lines if self._overview else None
        self.dossier.show_row(self.current, lines)
        self._allow()

    def _allow(self) -> None:
        rows = self.selected()
        self.bar.allow(
            assign=bool(rows),
            rename=len(rows) == 1 and rows[0].is_group,
            part=any(self._can_part(row) for row in rows),
        )

    def _can_part(self, row: NumberRow) -> bool:
        institution = row.institution
        hand = self._overview.by_hand if self._overview else {}
        together = institution is not None and len(institution.senders) > 1
        return together or any(key in hand for key in row.keys)

    def selected(self) -> list[NumberRow]:
        """Return the rows selected."""
        indexes = self.tree.selectionModel().selectedRows(Column.NAME)
        return [row for index in indexes if (row := self.model.row_at(index))]

    # -- what a person does --------------------------------------------------------------------

    def show_current(self) -> None:
        """Show the messages of the current row in the review."""
        row = self.current
        if row is not None:
            self.messages_asked.emit(row.rhythm.ids, f"{row.words[0]} · {row.words[1]}")

    def begin_assigning(self) -> None:
        """Ask under which institution the numbers selected belong."""
        keys = self._keys()
        if keys and self._overview is not None:
            about = self.tr("%n number(s) belong to", "", len(keys))
            self.bar.begin(Wanted.ASSIGN, about, grouping.names_of(self._overview), "")

    def begin_renaming(self) -> None:
        """Ask for another name of the institution selected."""
        row = self.current
        if row is not None and row.is_group and row.institution and self._overview is not None:
            names = grouping.names_of(self._overview)
            self.bar.begin(Wanted.RENAME, self.tr("Call it"), names, row.institution.name)

    def take_out(self) -> None:
        """Take the numbers selected out of their institutions."""
        keys = [key for row in self.selected() if self._can_part(row) for key in row.keys]
        overview = self._overview
        if keys and overview is not None:
            self._wanted_key = keys[0]
            name = self.tr("take %n number(s) out of their institution", "", len(keys))
            self._plan(name, lambda case: grouping.plan_parting(case, overview, keys))

    def _keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for row in self.selected() for key in row.keys if key))

    def _on_named(self, wanted: Wanted, name: str) -> None:
        row = self.current
        if wanted is Wanted.ASSIGN:
            self._assign(self._keys(), name)
        elif row is not None and row.institution is not None and row.institution.name != name:
            overview, institution = self._overview, row.institution
            if overview is not None:
                self._wanted_key = f"={name}"
                self._plan(
                    self.tr("rename institution: {name}").format(name=name),
                    lambda case: grouping.plan_renaming(case, overview, institution, name),
                )

    def _on_dropped(self, keys: tuple[str, ...], target: NumberRow) -> None:
        """Group what was dropped with the row it was dropped on, or with that one's institution."""
        if target.institution is None:
            return
        alone = target.institution.name in target.institution.senders
        if not set(keys) <= set(target.institution.senders):
            name = target.institution.name
            if alone and target.dossier is not None:
                name = words.sender_name(target.dossier.sender)
            self._assign((*target.keys, *keys) if alone else keys, name)

    def _assign(self, keys: tuple[str, ...], name: str) -> None:
        overview = self._overview
        if not keys or overview is None:
            return
        self._wanted_key = f"={name}"
        pattern = self.tr("%n number(s) to institution {name}", "", len(keys))
        self._plan(
            pattern.format(name=name),
            lambda case: grouping.plan_assignment(case, overview, keys, name),
        )

    def _plan(self, name: str, plan: Callable[[CaseFile], Change]) -> None:
        def carry_out(change: Change) -> None:
            self._library.change(name, change)

        self._library.read(plan, carry_out)

    def _on_scope(self, checked: bool) -> None:
        self._settings.set_text(COLLECTION, str(int(checked)))
        self._ask_rows()

    def _add_keys(self) -> None:
        for keys, act in (
            (["Return", "Enter"], self.show_current),
            (["I"], self.begin_assigning),
            (["F2"], self.begin_renaming),
            (["Delete"], self.take_out),
        ):
            action = QAction(self.tree)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda *_, act=act: act())
            self.tree.addAction(action)


def _load_bars(_case: CaseFile) -> None:
    """Load pyqtgraph in a reader's thread: it takes most of a second."""
    from smsdesk.gui.charts import bars  # noqa: F401
