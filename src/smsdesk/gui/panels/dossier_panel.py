"""The dossier of a number or an institution: what the messages tell of it, never who owns it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from smsdesk.domain.figures import Dossier, Ids, Lines
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.institutions import Basis, Institution, Tie
from smsdesk.domain.senders import SenderKind
from smsdesk.gui import words
from smsdesk.gui.charts.grids import night_hours
from smsdesk.gui.models.numbers import NumberRow
from smsdesk.gui.panels.figure_strip import Figure, FigureStrip, rhythm_figures
from smsdesk.gui.theme import GRID, Theme

if TYPE_CHECKING:
    from smsdesk.gui.charts.bars import HourBars

_BARS_HEIGHT = 128
_TIES_SHOWN = 6
"""More marks than these say no more; the rest are counted."""


class DossierPanel(QScrollArea):
    """Shows one row of the numbers; its figures are buttons that lead to their messages."""

    asked = Signal(object, str)
    """Ids of messages, and a name for them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row: NumberRow | None = None
        self._hours: dict[int, Ids] = {}
        self.bars: HourBars | None = None
        self.name_label = self._label("heading")
        self.hint_label = self._label("muted")
        self.doubt_label = self._label("doubt")
        self.group_label = self._label("")
        self.figures = FigureStrip(self)
        self.labels_heading = self._label("section", self.tr("Labels, proposed or confirmed"))
        self.labels = FigureStrip(self)
        self.hours_heading = self._label("section", self.tr("Hours of the day"))
        self.reading = self._label("muted")
        self.known_label = self._label("muted")
        self._arrange()
        for strip in (self.figures, self.labels):
            strip.asked.connect(lambda ids, name: self.asked.emit(ids, self._of(name)))

    def _label(self, role: str, text: str = "") -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setWordWrap(True)
        if role != "section":  # which has its own room, as the figures have
            label.setContentsMargins(GRID, 0, GRID, 0)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _arrange(self) -> None:
        body = QWidget(self)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(8, 12, 8, 16)
        self._column.setSpacing(8)
        self._parts = (
            self.name_label,
            self.hint_label,
            self.doubt_label,
            self.group_label,
            self.figures,
            self.labels_heading,
            self.labels,
            self.hours_heading,
            self.reading,
            self.known_label,
        )
        for part in self._parts:
            self._column.addWidget(part)
        self._column.addStretch()
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(320)

    def add_bars(self) -> None:
        """Make the chart of hours; pyqtgraph has been loaded by now."""
        from smsdesk.gui.charts.bars import HourBars

        self.bars = HourBars(self._theme, self._describe_hour, self)
        self.bars.setAccessibleName(self.hours_heading.text())
        self.bars.setFixedHeight(_BARS_HEIGHT)
        self.bars.chosen.connect(self._on_hour)
        self.bars.moved.connect(lambda hour: self.reading.setText(self._describe_hour(hour)))
        self._column.insertWidget(self._column.indexOf(self.reading), self.bars)

    def show_row(self, row: NumberRow | None, lines: Lines | None) -> None:
        """Show a number or an institution; None: nothing is chosen."""
        self._row = row
        for part in self._parts:
            part.setVisible(row is not None)
        if self.bars is not None:
            self.bars.setVisible(row is not None)
        if row is None or lines is None:
            return
        self._show_name(row)
        self.group_label.setText(self._grouped(row))
        self.figures.show_figures(rhythm_figures(row.rhythm))
        self.labels_heading.setVisible(bool(row.labels))
        self.labels.show_figures(
            self._label_figure(violation, ids) for violation, ids in row.labels.items()
        )
        self._show_hours(row, lines)

    def _show_name(self, row: NumberRow) -> None:
        dossier = row.dossier
        institution = row.institution.name if row.institution else ""
        self.name_label.setText(words.sender_name(dossier.sender) if dossier else institution)
        self.hint_label.setText(
            words.sender_hint(dossier.sender) if dossier else words.numbers_counted(len(row.keys))
        )
        self.doubt_label.setVisible(bool(dossier and dossier.doubtful))
        if dossier and dossier.doubtful:
            others = " / ".join(dossier.readings)
            pattern = self.tr("Also read as {others}: compare with the pictures")
            self.doubt_label.setText(pattern.format(others=others))
        self.known_label.setText(self._how_kinds_are_known(dossier) if dossier else "")
        self.known_label.setVisible(dossier is not None)

    def _how_kinds_are_known(self, dossier: Dossier) -> str:
        if dossier.sender.kind in (SenderKind.NAME, SenderKind.UNKNOWN, SenderKind.EMAIL):
            return self.tr("The picture shows no number that the numbering plan knows.")
        return self.tr(
            "Kind, operator and place follow from the number's prefix and the public numbering "
            "plan. Prefixes are resold and numbers carried over: who owns it they do not tell."
        )

    def _grouped(self, row: NumberRow) -> str:
        """Say to which institution a number belongs and why, or why numbers are one (HTML)."""
        institution = row.institution
        if institution is None:
            return ""
        if row.is_group:
            hand = sum(basis is Basis.HAND for basis in institution.basis.values())
            told = [self.tr("%n number(s) placed by you", "", hand)] if hand else []
            told += [self._tie(tie) for tie in institution.ties[:_TIES_SHOWN]]
            if (more := len(institution.ties) - _TIES_SHOWN) > 0:
                told.append(self.tr("and %n more", "", more))
            heading = self.tr("Why these numbers stand together:")
            return "<br>".join([heading, *(f"· {escape(one)}" for one in told)])
        basis = self._basis(institution, row.keys[0])
        pattern = self.tr("Institution: {name} ({why})")
        return escape(pattern.format(name=self._institution_name(institution), why=basis))

    def _institution_name(self, institution: Institution) -> str:
        alone = institution.name in institution.senders
        return self.tr("none") if alone else institution.name

    def _basis(self, institution: Institution, key: str) -> str:
        basis = institution.basis[key]
        if basis is Basis.HAND:
            return self.tr("placed by you")
        own = [tie for tie in institution.ties if key in tie.senders]
        if basis is Basis.SIGNATURE:
            name = f"【{institution.name}】"
            return self.tr("its texts are signed {name}").format(
                name=next((tie.mark for tie in own if tie.is_signature), name)
            )
        if basis is Basis.CALLBACK:
            return "; ".join(map(self._tie, own)) or self.tr("numbers in the texts")
        return self.tr("nothing in its texts ties it to another number")

    def _tie(self, tie: Tie) -> str:
        count = len(tie.senders)
        if tie.is_signature:
            return self.tr("signature {name}: %n number(s)", "", count).format(name=tie.mark)
        return self.tr("number {number} in the texts: %n number(s)", "", count).format(
            number=tie.mark.removeprefix("+86")
        )

    def _label_figure(self, violation: ViolationType, ids: Ids) -> Figure:
        told = f"{words.label_name(violation)} {len(ids)}"
        return Figure(told, ids, told)

    def _show_hours(self, row: NumberRow, lines: Lines) -> None:
        parts = [row] if row.dossier else (row.children or [])
        found: dict[int, list[int]] = {}
        for part in parts:
            for hour, ids in (part.dossier.hours if part.dossier else {}).items():
                found.setdefault(hour, []).extend(ids)
        self._hours = {hour: tuple(ids) for hour, ids in found.items()}
        self.hours_heading.setVisible(bool(found))
        self.reading.setVisible(bool(found))
        if self.bars is not None:
            self.bars.setVisible(bool(found))
            counts = {hour: len(ids) for hour, ids in self._hours.items()}
            self.bars.show_counts(counts, night_hours(lines))

    def _describe_hour(self, hour: int) -> str:
        count = len(self._hours.get(hour, ()))
        return self.tr("{from}:00 to {to}:00: %n message(s)", "", count).format(
            **{"from": hour, "to": hour + 1}
        )

    def _on_hour(self, hour: int) -> None:
        self.asked.emit(self._hours.get(hour, ()), self._of(self._describe_hour(hour)))

    def _of(self, name: str) -> str:
        return f"{self.name_label.text()} · {name}"
