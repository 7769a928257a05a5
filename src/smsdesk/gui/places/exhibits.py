"""Exhibits (证据目录): groups and exhibits in order, their columns, other files added to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
)

from smsdesk.domain.exhibits import (
    ExhibitKind,
    ExhibitPlan,
    PlanChange,
    PlannedExhibit,
    PlannedGroup,
)
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui import icons
from smsdesk.gui.jobs import Job
from smsdesk.gui.language import current_language
from smsdesk.gui.panels.exhibit_form import ExhibitForm
from smsdesk.gui.panels.exhibit_tree import ExhibitTree
from smsdesk.gui.places.export import MOST_LAID_OUT
from smsdesk.gui.places.place import PlaceContext, PlacePage
from smsdesk.services import exhibits, products
from smsdesk.services.attaching import AttachOptions, Refused, add_files
from smsdesk.services.exhibits import Catalogue
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import say

_SPLITTER = "exhibits/splitter"

PAGES_PAUSE_MS = 800
"""The catalogue rests this long before its pages are found: a file is laid out for that."""

_Loaded = tuple[Catalogue, ExhibitPlan]


class ExhibitsPlace(PlacePage):
    """The catalogue as it will be printed; every change of it is an undo step."""

    _refused = Signal(object)
    """Files that were not taken, from the thread that tried."""

    def __init__(self, context: PlaceContext) -> None:
        super().__init__(context)
        self._catalogue: Catalogue | None = None
        self._plan = ExhibitPlan()
        self._stale = True
        self._asked = 0
        self._laying_out: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAGES_PAUSE_MS)
        self._pause.timeout.connect(self._lay_out)
        self._build()
        self._connect()
        self._restyle()

    def _build(self) -> None:
        self.tree = ExhibitTree(self)
        self.form = ExhibitForm(self)
        self.add_button = QPushButton(self.tr("Add files…"), self)
        self.group_button = QPushButton(self.tr("New group…"), self)
        self.rename_button = QPushButton(self.tr("Rename group…"), self)
        self.up_button = QPushButton(self.tr("Up  Alt+↑"), self)
        self.down_button = QPushButton(self.tr("Down  Alt+↓"), self)
        self.remove_button = QPushButton(self.tr("Take out"), self)
        self.remove_button.setToolTip(
            self.tr("Take files out of the catalogue; they stay in the case")
        )
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(self._splitter(), 1)
        self._show_hint()

    def _bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(8)
        for button in (self.add_button, self.up_button, self.down_button, self.remove_button):
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.group_button)
        line.addWidget(self.rename_button)
        return bar

    def _splitter(self) -> QSplitter:
        left = QFrame(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self.tree, 1)
        column.addWidget(self.hint)
        self.hint.setContentsMargins(12, 0, 12, 0)
        area = QScrollArea(self)
        area.setObjectName("reading_area")
        area.setAccessibleName(self.tr("The exhibit chosen"))
        area.setWidgetResizable(True)
        area.setWidget(self.form)
        self.form.setObjectName("reading_body")
        self.splitter = QSplitter(self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(area)
        self.splitter.setSizes([560, 480])
        self.splitter.restoreState(self._settings.state(_SPLITTER))
        return self.splitter

    def _connect(self) -> None:
        library, tree, form = self._library, self.tree, self.form
        for news in (
            library.contents_changed,
            library.messages_changed,
            library.judged,
            library.rulings_changed,
            library.case_changed,
        ):
            news.connect(self._note_stale)
        library.exhibits_changed.connect(self._renew)
        tree.chosen.connect(self._show_current)
        tree.exhibit_moved.connect(self.move_exhibit)
        tree.group_moved.connect(self.move_group)
        tree.files_dropped.connect(self.add_files)
        form.edited.connect(self.edit)
        form.reset_asked.connect(self.reset)
        form.kind_chosen.connect(self.set_kind)
        form.messages_asked.connect(self._ask_messages)
        self.add_button.clicked.connect(self._choose_files)
        self.up_button.clicked.connect(lambda: tree.move_current(-1))
        self.down_button.clicked.connect(lambda: tree.move_current(1))
        self.remove_button.clicked.connect(self.remove)
        self.group_button.clicked.connect(self._ask_group)
        self.rename_button.clicked.connect(self._ask_title)
        self._refused.connect(self._tell_refused)
        self._theme.changed.connect(self._restyle)
        self.splitter.splitterMoved.connect(
            lambda *_: self._settings.set_state(_SPLITTER, self.splitter.saveState())
        )

    # -- what is shown -------------------------------------------------------------------------

    def set_case(self) -> None:
        """Forget the case before."""
        self._asked += 1
        self._stop_laying_out()
        self._catalogue, self._plan, self._stale = None, ExhibitPlan(), True
        self.tree.show_plan(self._plan)
        self._show_hint()

    def refresh(self, _query: MessageQuery) -> None:
        """Show the catalogue of the whole case: its numbers do not follow views and searches."""
        if self._stale:
            self._read(exhibits.catalogue)

    def messages_changed(self, _ids: tuple[int, ...]) -> None:
        """Count anew what the exhibits hold."""
        self.refresh(MessageQuery())

    def take_focus(self) -> None:
        """Put the keyboard into the tree."""
        self.tree.setFocus()

    def _note_stale(self) -> None:
        self._stale = True

    def _renew(self) -> None:
        known = self._catalogue
        if known is not None and not self._stale:
            self._read(known.renewed)

    def _read(self, load: Callable[[CaseFile], Catalogue]) -> None:
        self._stale = False
        self._asked += 1
        asked = self._asked

        def work(case: CaseFile) -> _Loaded:
            loaded = load(case)
            return loaded, loaded.plan()

        def then(loaded: _Loaded) -> None:
            if asked == self._asked:  # a later one is on its way otherwise
                self._on_plan(*loaded)

        self._library.read(work, then)

    def _on_plan(self, catalogue: Catalogue, plan: ExhibitPlan) -> None:
        self._catalogue, self._plan = catalogue, plan
        self.tree.show_plan(plan)
        self.tree.show_pages({})
        self._stop_laying_out()
        self._pause.start()

    def _stop_laying_out(self) -> None:
        self._pause.stop()
        if self._laying_out is not None:
            self._laying_out.cancel()
            self._laying_out = None

    def _lay_out(self) -> None:
        """Find on which pages the exhibits stand, while a person looks at them."""
        too_many = len(self._plan.messages) > MOST_LAID_OUT
        if self._library.case is None or too_many or not self.isVisible():
            return
        job = self._library.run_long(products.exhibit_pages)
        job.succeeded.connect(lambda pages: self._on_pages(job, pages))
        job.finished.connect(lambda: self._on_laid_out(job))
        self._laying_out = job
        self._library.runners.readers.start(job)

    def _on_pages(self, job: Job, pages: dict[str, tuple[int, int]]) -> None:
        if job is self._laying_out:
            self.tree.show_pages(pages)

    def _on_laid_out(self, job: Job) -> None:
        if job is self._laying_out:
            self._laying_out = None

    @property
    def plan(self) -> ExhibitPlan:
        """The catalogue shown."""
        return self._plan

    @property
    def _exhibit(self) -> PlannedExhibit | None:
        return self._plan.find(self.tree.key) if self.tree.key else None

    @property
    def _group(self) -> PlannedGroup | None:
        return next((g for g in self._plan.groups if g.group.id == self.tree.group_id), None)

    def _show_current(self) -> None:
        exhibit, group = self._exhibit, self._group
        self.form.show_exhibit(exhibit)
        self.remove_button.setEnabled(_can_go(exhibit, group))
        self.rename_button.setEnabled(group is not None)
        for button in (self.up_button, self.down_button):
            button.setEnabled(group is not None)

    def _show_hint(self) -> None:
        self.hint.setText(
            self.tr(
                "Messages become exhibits by themselves, one for each sender. Drop contracts, "
                "receipts and other files onto a group; drag rows to put them in order."
            )
        )

    def _restyle(self) -> None:
        self.add_button.setIcon(icons.icon("plus", self._theme.colours.text))

    # -- what a person does --------------------------------------------------------------------

    def edit(self, name: str, value: object) -> None:
        """Write a column of the current exhibit."""
        if isinstance(value, str | int):
            self._on_current(
                self.tr("Edit exhibit"), lambda _, one: exhibits.plan_edit(one, {name: value})
            )

    def reset(self, name: str) -> None:
        """Let a column of the current exhibit follow its proposal again."""
        self._on_current(
            self.tr("Back to the proposal"), lambda _, one: exhibits.plan_reset(one, [name])
        )

    def set_kind(self, kind: ExhibitKind) -> None:
        """Say what the files of the current exhibit are."""
        self._on_current(self.tr("Kind of exhibit"), lambda _, one: exhibits.plan_kind(one, kind))

    def move_exhibit(self, key: str, group_id: int, place: int) -> None:
        """Put an exhibit at a place of a group."""
        self.tree.choose(key)
        self._on_current(
            self.tr("Move exhibit"),
            lambda plan, one: exhibits.plan_move(plan, one, place, _group_of(plan, group_id)),
        )

    def move_group(self, group_id: int, place: int) -> None:
        """Put a group at a place."""
        self._do(
            self.tr("Move group"),
            lambda plan: exhibits.plan_group_move(plan, _group_of(plan, group_id), place),
        )

    def add_group(self, title: str) -> None:
        """Add a group behind the others."""
        self._do(self.tr("New group"), lambda plan: exhibits.plan_new_group(plan, title))

    def rename_group(self, group_id: int, title: str) -> None:
        """Call a group something else."""
        self._do(
            self.tr("Rename group"),
            lambda plan: exhibits.plan_group_title(_group_of(plan, group_id), title),
        )

    def remove(self) -> None:
        """Take the current files out of the catalogue, or the current empty group."""
        group_id = self.tree.group_id
        if self._exhibit is not None:
            self._on_current(self.tr("Take out"), lambda _, one: exhibits.plan_removal(one))
        else:
            self._do(
                self.tr("Remove group"),
                lambda plan: exhibits.plan_group_removal(_group_of(plan, group_id)),
            )

    def add_files(self, paths: Sequence[Path], group_id: int = 0) -> None:
        """Keep files in the case and list each as an exhibit of a group, 0 for where it belongs.

        What kind of paper it is, a person says afterwards.
        """
        options = AttachOptions(group_id=group_id or None)

        def do(case: CaseFile) -> PlanChange:
            report = add_files(case, paths, options, Task())
            if report.refused:
                self._refused.emit(report.refused)
            return report.change

        if paths:
            self._library.change_exhibits(self.tr("Add files"), do)

    def _on_current(
        self, name: str, planned: Callable[[ExhibitPlan, PlannedExhibit], PlanChange]
    ) -> None:
        """Change the current exhibit as it is when the change's turn comes."""
        key = self.tree.key

        def plan_change(plan: ExhibitPlan) -> PlanChange:
            one = plan.find(key)
            return planned(plan, one) if one else PlanChange()

        self._do(name, plan_change)

    def _do(self, name: str, planned: Callable[[ExhibitPlan], PlanChange]) -> None:
        known = self._catalogue
        if known is None:
            return

        def do(case: CaseFile) -> PlanChange:
            return exhibits.apply(case, planned(known.renewed(case).plan()))

        self._library.change_exhibits(name, do)

    # -- what is asked -------------------------------------------------------------------------

    def _choose_files(self) -> None:
        folder = self._settings.folder("attach", Path.home())
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Files to add"), str(folder))
        if chosen:
            self._settings.set_folder("attach", Path(chosen[0]).parent)
            self.add_files([Path(one) for one in chosen], self._group_for_files())

    def _group_for_files(self) -> int:
        """Return the group that is current; beside an exhibit, files go where they belong."""
        return 0 if self.tree.key else self.tree.group_id

    def _ask_group(self) -> None:
        title, ok = QInputDialog.getText(self, self.tr("New group"), self.tr("Title of the group"))
        if ok and title.strip():
            self.add_group(title)

    def _ask_title(self) -> None:
        group = self._group
        if group is None:
            return
        name = self.tr("Title of the group")
        title, ok = QInputDialog.getText(self, self.tr("Rename group"), name, text=group.title)
        if ok and title.strip() and title.strip() != group.title:
            self.rename_group(group.group.id, title)

    def _ask_messages(self) -> None:
        exhibit = self._exhibit
        if exhibit is not None:
            name = self.tr("Exhibit {number}").format(number=exhibit.number)
            self.messages_asked.emit(exhibit.messages, name)

    def _tell_refused(self, refused: Sequence[Refused]) -> None:
        """Say under the tree which files were not taken, and why."""
        language = current_language()
        lines = [
            f"{one.path.name}: "
            + say(f"exhibits.refused_{one.reason}", language, detail=one.detail)
            for one in refused
        ]
        self.hint.setText(self.tr("Not added:") + "\n" + "\n".join(lines))


def _can_go(exhibit: PlannedExhibit | None, group: PlannedGroup | None) -> bool:
    """Say whether files can be taken out, or an empty group that a person added."""
    if exhibit is not None:
        return bool(exhibit.attachments)
    return group is not None and group.group.role == "other" and group.number is None


def _group_of(plan: ExhibitPlan, group_id: int) -> PlannedGroup:
    return next(group for group in plan.groups if group.group.id == group_id)
