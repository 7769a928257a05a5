"""What a masked copy hides: found by rules; a person lifts some and adds others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.masks import MaskKind, MaskState, ProposedMask
from smsdesk.gui.language import current_language
from smsdesk.gui.library import Library
from smsdesk.services import masking
from smsdesk.wording import say


class MasksDialog(QDialog):
    """A tick hides the words everywhere; each change is kept at once and noted in the log."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._masks: list[ProposedMask] = []
        self.setWindowTitle(self.tr("What a masked copy hides"))
        self.resize(640, 560)
        self.list = self._make_list()
        self.words_edit = QLineEdit(self)
        self.words_edit.setPlaceholderText(self.tr("More words to hide"))
        self.words_edit.setAccessibleName(self.tr("More words to hide"))
        self.kind_box = QComboBox(self)
        self.kind_box.setAccessibleName(self.tr("Kind"))
        for kind in MaskKind:
            self.kind_box.addItem(_kind(kind), kind)
        self.add_button = QPushButton(self.tr("Hide"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.note = QLabel(say("masks.caution", current_language()), self)
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self._arrange()
        self.list.itemChanged.connect(self._on_ticked)
        self.add_button.clicked.connect(self.add)
        self.words_edit.returnPressed.connect(self.add)
        self.close_button.clicked.connect(self.accept)
        for button in (self.add_button, self.close_button):
            button.setAutoDefault(False)
        library.masks_changed.connect(self._ask)
        self._ask()

    def _make_list(self) -> QTreeWidget:
        listed = QTreeWidget(self)
        listed.setObjectName("exhibit_tree")
        listed.setAccessibleName(self.windowTitle())
        listed.setRootIsDecorated(False)
        listed.setHeaderLabels(
            [self.tr("Hidden words"), self.tr("Kind"), self.tr("Places"), self.tr("Why")]
        )
        listed.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        listed.header().setStretchLastSection(False)
        listed.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        listed.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return listed

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.list, 1)
        adding = QHBoxLayout()
        adding.addWidget(self.words_edit, 1)
        adding.addWidget(self.kind_box)
        adding.addWidget(self.add_button)
        layout.addLayout(adding)
        layout.addWidget(self.note)
        closing = QHBoxLayout()
        closing.addStretch(1)
        closing.addWidget(self.close_button)
        layout.addLayout(closing)

    def add(self) -> None:
        """Hide the words that were typed."""
        words = self.words_edit.text().strip()
        kind = MaskKind(self.kind_box.currentData())
        if words:
            self.words_edit.clear()
            self._choose(words, MaskState.ADDED, kind)

    def _on_ticked(self, row: QTreeWidgetItem) -> None:
        mask = self._masks[self.list.indexOfTopLevelItem(row)]
        hidden = row.checkState(0) is Qt.CheckState.Checked
        by_hand = mask.choice is not None
        state = None if hidden or by_hand else MaskState.LIFTED
        self._choose(mask.words, state, mask.kind)

    def _choose(self, words: str, state: MaskState | None, kind: MaskKind) -> None:
        """Keep a choice, as an undo step."""
        hides = state is MaskState.ADDED or (state is None and not self._is_added(words))
        name = self.tr("hide “{words}”") if hides else self.tr("show “{words}”")
        self._library.change_masks(
            name.format(words=words), lambda case: masking.choose(case, words, state, kind)
        )

    def _is_added(self, words: str) -> bool:
        return any(m.words == words and m.choice is MaskState.ADDED for m in self._masks)

    def _ask(self) -> None:
        self._library.read(masking.masks, self.show_masks)

    def show_masks(self, masks: list[ProposedMask]) -> None:
        """Show what is hidden, and what a person lifted, unticked."""
        self._masks = masks
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for mask in masks:
            how = say(f"masks.{mask.choice or 'by_rule'}", current_language())
            row = QTreeWidgetItem([mask.words, _kind(mask.kind), str(mask.places), how])
            lifted = mask.choice is MaskState.LIFTED
            row.setCheckState(0, Qt.CheckState.Unchecked if lifted else Qt.CheckState.Checked)
            self.list.addTopLevelItem(row)
        self.list.blockSignals(blocked)


def _kind(kind: MaskKind) -> str:
    return say(f"masks.{kind}", current_language())
