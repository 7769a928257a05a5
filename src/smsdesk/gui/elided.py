"""Text of one line that ends in "…" where its room ends, and is whole in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel

_Elide = Qt.TextElideMode
_LEAST = 4
"""So few characters, the "…" among them, tell nothing: better none, and the tool tip."""


class ElidedText(QObject):
    """Keeps a label's text fitted to its room; the label must not ask for room of its own."""

    def __init__(self, label: QLabel, elide: _Elide = _Elide.ElideRight) -> None:
        super().__init__(label)
        self._label = label
        self._elide = elide
        self._text = ""
        label.installEventFilter(self)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str, hint: str = "") -> None:
        """Show *text*, with *hint* (or the whole text) as tool tip."""
        self._text = text
        self._label.setToolTip(hint or text)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the text to a new width."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        metrics, room = self._label.fontMetrics(), self._label.contentsRect().width()
        shown = metrics.elidedText(self._text, self._elide, room)
        told = shown == self._text or len(shown) > _LEAST
        self._label.setText(shown if told else "")
