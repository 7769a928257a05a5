"""How a product is to be made: which messages, masked or not, how large."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.products import Choice, Product, Wish, choices_of
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.panels.views import QUERIES, View

_USUAL_MB = 10.0
"""What mail boxes and the upload pages of courts and authorities take as a rule."""


STARRED, CONFIRMED = QUERIES[View.STARRED], QUERIES[View.CONFIRMED]


class ScopeCounts(NamedTuple):
    """How many messages a case has, and how many of them each choice would take."""

    all: int = 0
    starred: int = 0
    confirmed: int = 0
    narrowed: int = 0


class WishForm(QWidget):
    """Shows only what the chosen product offers."""

    changed = Signal()
    masks_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = MessageQuery()
        self._ticked: frozenset[int] = frozenset()
        self.chosen = 0
        """How many messages go in."""
        self.all_radio = QRadioButton(self)
        self.starred_radio = QRadioButton(self)
        self.confirmed_radio = QRadioButton(self)
        self.filter_radio = QRadioButton(self)
        self.ticked_radio = QRadioButton(self)
        self.scope_label = QLabel(self)
        self.scope_label.setProperty("role", "muted")
        self.masked_box = QCheckBox(self.tr("Masked copy, for outsiders"), self)
        self.masks_button = QPushButton(self.tr("What is masked…"), self)
        self.masks_button.clicked.connect(self.masks_asked)
        self.size_box = QCheckBox(self.tr("The whole file at most"), self)
        self.size_edit = QDoubleSpinBox(self)
        self.size_edit.setRange(0.5, 2000)
        self.size_edit.setDecimals(1)
        self.size_edit.setSuffix(" MB")
        self.size_edit.setValue(_USUAL_MB)
        self.size_edit.setKeyboardTracking(False)
        self.size_edit.setAccessibleName(self.tr("Largest size in megabytes"))
        self.print_size_box = QCheckBox(self.tr("Smaller pictures, in print size"), self)
        self.shrink_box = QCheckBox(self.tr("Smaller copies where screenshots do not fit"), self)
        self._arrange()
        self._connect()
        self.all_radio.setChecked(True)
        self.show_counts(ScopeCounts())

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.scope_title = self._heading(self.tr("What goes in"))
        layout.addWidget(self.scope_title)
        for radio in self._scopes:
            layout.addWidget(radio)
        layout.addWidget(self.scope_label)
        self.how_title = self._heading(self.tr("How it is made"))
        layout.addSpacing(8)
        layout.addWidget(self.how_title)
        layout.addLayout(_row(self.masked_box, self.masks_button))
        layout.addLayout(_row(self.size_box, self.size_edit))
        layout.addWidget(self.print_size_box)
        layout.addWidget(self.shrink_box)

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "heading")
        return label

    def _connect(self) -> None:
        for button in (
            *self._scopes,
            self.masked_box,
            self.size_box,
            self.print_size_box,
            self.shrink_box,
        ):
            button.clicked.connect(self._on_changed)
        self.size_edit.valueChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        self.size_edit.setEnabled(self.size_box.isChecked())
        self.masks_button.setEnabled(self.masked_box.isChecked())

    # -- what is shown -------------------------------------------------------------------------

    def show_product(self, product: Product) -> None:
        """Offer what may be chosen of *product*."""
        offered = choices_of(product)
        self.how_title.setVisible(bool(offered))
        for choice, widgets in (
            (Choice.MASKED, (self.masked_box, self.masks_button)),
            (Choice.SIZE, (self.size_box, self.size_edit)),
            (Choice.PRINT_SIZE, (self.print_size_box,)),
            (Choice.SHRINK, (self.shrink_box,)),
        ):
            for widget in widgets:
                widget.setVisible(choice in offered)
        self.size_box.setText(
            self.tr("In volumes of at most")
            if product is Product.PDF
            else self.tr("The whole file at most")
        )
        self._product = product
        self._fit()

    def offer(self, narrowed: MessageQuery, ticked: frozenset[int]) -> None:
        """Offer the present view and search, and the messages that a person ticked."""
        self._filter, self._ticked = narrowed, ticked

    def show_counts(self, counts: ScopeCounts) -> None:
        """Say how many messages each choice takes; what would take none is not offered."""
        ticked = len(self._ticked)
        is_narrowed = self._filter not in (MessageQuery(), STARRED, CONFIRMED)
        offered = {
            self.all_radio: counts.all,
            self.starred_radio: counts.starred,
            self.confirmed_radio: counts.confirmed,
            self.filter_radio: counts.narrowed if is_narrowed else 0,
            self.ticked_radio: ticked if ticked > 1 else 0,
        }
        for radio, count in offered.items():
            radio.setVisible(count > 0 or radio is self.all_radio)
        if any(radio.isChecked() and not count for radio, count in offered.items()):
            self.all_radio.setChecked(True)
        self.all_radio.setText(self.tr("All messages (%n)", "", counts.all))
        self.starred_radio.setText(self.tr("Only key messages (%n)", "", counts.starred))
        self.confirmed_radio.setText(
            self.tr("Only those with a confirmed finding (%n)", "", counts.confirmed)
        )
        self.filter_radio.setText(self.tr("The present view and search (%n)", "", counts.narrowed))
        self.ticked_radio.setText(self.tr("Those selected in the review (%n)", "", ticked))
        self.chosen = next(n for radio, n in offered.items() if radio.isChecked())
        words = self.tr("{chosen} of {total} messages chosen")
        self.scope_label.setText(words.format(chosen=self.chosen, total=counts.all))

    @property
    def _scopes(self) -> tuple[QRadioButton, ...]:
        return (
            self.all_radio,
            self.starred_radio,
            self.confirmed_radio,
            self.filter_radio,
            self.ticked_radio,
        )

    # -- what is wished ------------------------------------------------------------------------

    @property
    def query(self) -> MessageQuery:
        """Which messages go in."""
        if self.ticked_radio.isChecked():
            return MessageQuery(only=self._ticked)
        if self.starred_radio.isChecked():
            return STARRED
        if self.confirmed_radio.isChecked():
            return CONFIRMED
        return self._filter if self.filter_radio.isChecked() else MessageQuery()

    @property
    def wish(self) -> Wish:
        """What is wished of the product shown."""
        offered = choices_of(self._product)
        return Wish(
            self.query,
            masked=Choice.MASKED in offered and self.masked_box.isChecked(),
            limit_mb=self._limit if Choice.SIZE in offered else None,
            print_size=Choice.PRINT_SIZE in offered and self.print_size_box.isChecked(),
            shrink=Choice.SHRINK in offered and self.shrink_box.isChecked(),
        )

    @property
    def _limit(self) -> float | None:
        return self.size_edit.value() if self.size_box.isChecked() else None

    def remembered(self) -> str:
        """Return the choices as a line for the settings; which messages go in is not kept."""
        return json.dumps(
            {
                "masked": self.masked_box.isChecked(),
                "sized": self.size_box.isChecked(),
                "size": self.size_edit.value(),
                "print_size": self.print_size_box.isChecked(),
                "shrink": self.shrink_box.isChecked(),
            }
        )

    def remember(self, line: str) -> None:
        """Choose what *line* says; what it does not say, or says wrongly, is as at first."""
        try:
            kept = json.loads(line or "{}")
        except ValueError:
            kept = {}
        kept = kept if isinstance(kept, Mapping) else {}
        for name, box in (
            ("masked", self.masked_box),
            ("sized", self.size_box),
            ("print_size", self.print_size_box),
            ("shrink", self.shrink_box),
        ):
            box.setChecked(kept.get(name) is True)
        size = kept.get("size")
        blocked = self.size_edit.blockSignals(True)
        self.size_edit.setValue(size if isinstance(size, int | float) else _USUAL_MB)
        self.size_edit.blockSignals(blocked)
        self._fit()


def _row(first: QWidget, second: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(first)
    line.addWidget(second)
    line.addStretch(1)
    return line
