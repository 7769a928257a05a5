"""How the window looks: one palette for light, one for dark, the fonts, and the style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from smsdesk.domain.findings import ViolationType
from smsdesk.resources import resource

GRID = 8
"""Every distance in the window is a multiple or half of this many pixels."""


class Look(StrEnum):
    """What the person chose: follow the system, or always light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one palette, as #rrggbb; `shade` lies over the parts of a picture not lit."""

    dark: bool
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    handle: str
    accent: str
    on_accent: str
    selected: str
    danger: str
    doubt: str
    good: str
    match: str
    shade: str


LIGHT = Colours(
    dark=False,
    window="#f2f3f5",
    surface="#ffffff",
    raised="#f7f8f9",
    text="#1d2329",
    muted="#5a646e",
    line="#d8dce1",
    handle="#828b95",
    accent="#1f5fa8",
    on_accent="#ffffff",
    selected="#dfeaf7",
    danger="#b3261e",
    doubt="#945200",
    good="#1d7044",
    match="#ffe9a8",
    shade="#22000000",
)
DARK = Colours(
    dark=True,
    window="#1b1e22",
    surface="#22262b",
    raised="#2a2f35",
    text="#e4e7ea",
    muted="#a4adb7",
    line="#3a4047",
    handle="#6f7985",
    accent="#6ea8e8",
    on_accent="#0d1a29",
    selected="#273a51",
    danger="#f28b82",
    doubt="#f0b45a",
    good="#7cc79b",
    match="#5c4a12",
    shade="#78000000",
)

# Violation types are told apart by their word and icon; the colours differ in lightness as well,
# so that neighbours stay distinct for colour-blind eyes and on a grey printer.
_CHIPS: dict[ViolationType, tuple[str, str]] = {
    ViolationType.FREQUENT: ("#5b4b9a", "#b9adf0"),
    ViolationType.FALSE_THREAT: ("#8a4b00", "#f0b470"),
    ViolationType.PRIVACY_LEAK: ("#006d77", "#6fd0d8"),
    ViolationType.INSULT: ("#8e2f6b", "#f0a3d2"),
    ViolationType.IMPERSONATION: ("#2c3f8f", "#a3b4f7"),
    ViolationType.THIRD_PARTY_CONTACT: ("#00628f", "#7cc5ec"),
    ViolationType.MINOR_THREAT: ("#9c1f3d", "#ff9fb0"),
    ViolationType.VIOLENCE_THREAT: ("#7a1010", "#ff8a80"),
    ViolationType.DOCTORED_IMAGE: ("#5f6b00", "#ccd76a"),
    ViolationType.INDUCE_LOAN: ("#2c6e2f", "#93d696"),
    ViolationType.NO_IDENTITY: ("#5a636c", "#b4bcc4"),
    ViolationType.PRIVATE_NUMBER: ("#5a636c", "#b4bcc4"),
    ViolationType.NUMBER_RISK: ("#5a636c", "#b4bcc4"),
}

# The system's own Chinese interface font comes first; the bundled one stands in where there is
# none. Without the list Qt picks any font with Han glyphs, often one with Japanese forms.
FAMILIES = ["Microsoft YaHei UI", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC"]

_SHEET = """
QWidget#central, QWidget#start_page, QWidget#case_page {{ background: {window}; }}
QLabel[role="title"] {{ font-size: {title}px; font-weight: bold; }}
QLabel[role="heading"] {{ font-size: {heading}px; font-weight: bold; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="special"] {{ color: {danger}; font-weight: bold; }}
QLabel[role="error"] {{ color: {danger}; }}
QLabel[role="doubt"] {{ color: {doubt}; }}
QLabel[role="section"] {{ color: {muted}; padding: 8px 8px 4px 8px; }}
QFrame[role="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: 6px; }}
QFrame[role="current"] {{
    background: {surface}; border: 1px solid {accent}; border-radius: 6px; }}
QFrame[role="bar"] {{ background: {surface}; border: none; border-bottom: 1px solid {line}; }}
QFrame[role="strip"] {{ background: {surface}; border: none; border-top: 1px solid {line}; }}
QFrame[role="line"] {{ background: {line}; border: none; }}
QFrame[role="info"] {{ background: {selected}; border: none; border-bottom: 1px solid {line}; }}
QFrame[role="good"] {{
    background: {surface}; border: none; border-bottom: 1px solid {line};
    border-left: 4px solid {good}; }}
QFrame[role="danger"] {{
    background: {surface}; border: none; border-bottom: 1px solid {line};
    border-left: 4px solid {danger}; }}
QFrame[role="sheet"] {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; }}
QPushButton, QToolButton {{
    background: {raised}; border: 1px solid {line}; border-radius: 4px;
    padding: 4px 12px; min-height: 20px; }}
QToolButton {{ padding: 4px 8px; }}
QPushButton:hover, QToolButton:hover {{ border-color: {accent}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {selected}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; padding: 3px 11px; }}
QToolButton:focus {{ padding: 3px 7px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {muted}; background: {window}; }}
QPushButton[role="primary"] {{
    background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: bold; }}
QPushButton[role="primary"]:disabled {{
    background: {line}; color: {muted}; border-color: {line}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[role="link"], QToolButton[role="link"] {{
    background: transparent; border: 1px solid transparent; color: {accent}; padding: 4px 4px; }}
QPushButton[role="link"]:hover, QToolButton[role="link"]:hover {{ border-color: {line}; }}
QPushButton[role="link"]:focus, QToolButton[role="link"]:focus {{
    border: 2px solid {accent}; padding: 3px 3px; }}
QToolButton[role="dense"], QPushButton[role="dense"] {{
    background: transparent; border: 1px solid transparent; color: {accent};
    padding: 0 3px; min-height: 18px; }}
QPushButton[role="dense"] {{ border-color: {line}; padding: 0 8px; }}
QPushButton[role="small"] {{ padding: 0 8px; min-height: 20px; }}
QPushButton[role="small"]:focus {{ padding: 0 7px; }}
QToolButton[role="dense"]:hover, QPushButton[role="dense"]:hover {{ border-color: {accent}; }}
QToolButton[role="dense"]:focus {{ border: 2px solid {accent}; padding: 0 2px; }}
QPushButton[role="dense"]:focus {{ border: 2px solid {accent}; padding: 0 7px; }}
QToolButton[role="flat"] {{
    background: transparent; border: 1px solid transparent; padding: 4px 6px; }}
QToolButton[role="flat"]:focus {{ border: 2px solid {accent}; padding: 3px 5px; }}
QToolButton:checked {{ border-color: {accent}; background: {selected}; }}
QToolButton[role="flat"]:hover {{ border-color: {line}; }}
QLineEdit, QPlainTextEdit {{
    background: {surface}; border: 1px solid {line}; border-radius: 4px;
    padding: 4px 8px; min-height: 20px; selection-background-color: {accent};
    selection-color: {on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus {{
    border: 2px solid {accent}; padding: 3px 7px; }}
QLineEdit QToolButton {{ background: transparent; border: none; padding: 0; min-height: 0; }}
QComboBox, QAbstractSpinBox {{
    background: {surface}; border: 1px solid {line}; border-radius: 4px; padding: 4px 8px;
    min-height: 20px; selection-background-color: {accent}; selection-color: {on_accent}; }}
QComboBox:hover, QAbstractSpinBox:hover {{ border-color: {muted}; }}
QComboBox:focus, QAbstractSpinBox:focus {{ border: 2px solid {accent}; padding: 3px 7px; }}
QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {muted}; background: {window}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow, QAbstractSpinBox::down-arrow {{
    image: url("{down}"); width: 12px; height: 12px; }}
QAbstractSpinBox::up-arrow {{ image: url("{up}"); width: 12px; height: 12px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    subcontrol-origin: border; width: 22px; border: none; background: transparent; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin: 2px 1px 0 0; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin: 0 1px 2px 0; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{
    background: {selected}; }}
QComboBox QAbstractItemView {{
    background: {surface}; color: {text}; border: 1px solid {line};
    selection-background-color: {selected}; selection-color: {text}; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus, QAbstractSpinBox QLineEdit {{
    background: transparent; border: none; padding: 0; min-height: 0; }}
QAbstractSpinBox {{ padding: 2px 8px; qproperty-alignment: "AlignRight | AlignVCenter"; }}
QAbstractSpinBox:focus {{ padding: 1px 7px; }}
QListWidget#places_list, QListWidget#views_list {{
    background: transparent; border: none; outline: none; }}
QTableView#message_list {{ background: {surface}; border: none; outline: none; }}
QTextEdit {{ background: {surface}; border: 1px solid {surface}; outline: none; }}
QScrollArea#reading_area {{ background: {window}; border: 1px solid {window}; }}
QTextEdit:focus, QScrollArea#reading_area:focus, QGraphicsView:focus,
QTreeWidget#exhibit_tree:focus, QListWidget#product_list:focus, QListWidget#missing_list:focus {{
    border: 1px solid {accent}; }}
QWidget#reading_body {{ background: {window}; }}
QListWidget#recent_list {{ background: transparent; border: none; outline: none; }}
QListWidget#recent_list::item {{
    background: {surface}; border: 1px solid {line}; border-radius: 6px; margin-bottom: 8px; }}
QListWidget#recent_list::item:hover {{ border-color: {accent}; }}
QListWidget#recent_list::item:selected {{ background: {selected}; border-color: {accent}; }}
QScrollArea#scroll, QWidget#scrolled {{ background: transparent; }}
QToolButton[role="fold"], QToolButton[role="fold"]:checked {{
    background: transparent; border: 1px solid transparent; color: {accent}; padding: 4px 0; }}
QToolButton[role="fold"]:focus {{ border: 2px solid {accent}; }}
QPlainTextEdit#facts_edit {{ min-height: 88px; }}
QTreeView#numbers_tree, QListView#queue_list, QTableView#custody_table {{
    background: {surface}; border: 1px solid {surface}; outline: none; }}
QTreeView#numbers_tree:focus, QListView#queue_list:focus, QTableView#custody_table:focus {{
    border: 1px solid {accent}; }}
QTreeView#numbers_tree::item {{ height: 28px; padding-right: 12px; }}
QTreeView#numbers_tree::item:hover {{ background: {raised}; }}
QTreeView#numbers_tree::item:selected {{ background: {selected}; color: {text}; }}
QTreeView#numbers_tree {{ show-decoration-selected: 0; }}
QHeaderView {{ background: {window}; border: none; }}
QHeaderView::section {{
    background: {window}; color: {muted}; border: none; border-bottom: 1px solid {line};
    padding: 4px 8px; }}
QTreeView#numbers_tree QHeaderView::section {{ padding: 4px 16px 4px 4px; }}
QTreeWidget#exhibit_tree, QListWidget#missing_list, QListWidget#product_list {{
    background: {surface}; border: 1px solid {surface}; outline: none; }}
QTreeWidget#exhibit_tree::item {{ min-height: 28px; padding-right: 12px; }}
QTreeWidget#exhibit_tree::item:selected, QListWidget#missing_list::item:selected,
QListWidget#product_list::item:selected {{ background: {selected}; color: {text}; }}
QListWidget#product_list::item {{ padding: 7px 12px; }}
QPushButton:checked {{ background: {selected}; border-color: {accent}; }}
QGraphicsView {{ background: {window}; border: 1px solid {window}; }}
QCheckBox, QRadioButton {{ border: 1px solid transparent; border-radius: 4px; padding: 1px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
QCheckBox::indicator, QRadioButton::indicator, QTreeView::indicator {{
    background: {surface}; border: 1px solid {muted}; border-radius: 3px;
    width: 14px; height: 14px; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QTreeView::indicator:hover,
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {accent}; }}
QCheckBox::indicator:checked, QTreeView::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QRadioButton::indicator:checked {{
    background: {on_accent}; border: 4px solid {accent}; width: 8px; height: 8px; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{
    background: {window}; border-color: {line}; }}
QSplitter::handle {{ background: {line}; }}
QProgressBar {{
    background: {line}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {handle}; border-radius: 4px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ background: {surface}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selected}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px; }}
"""


def chip_colour(violation: ViolationType, dark: bool) -> str:
    """Return the colour of a violation type's outline and word, as #rrggbb."""
    return _CHIPS[violation][dark]


def make_palette(colours: Colours) -> QPalette:
    """Return the Qt palette of *colours*."""
    palette = QPalette()
    for role, colour in _roles(colours).items():
        palette.setColor(role, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(disabled, role, QColor(colours.muted))
    palette.setColor(disabled, QPalette.ColorRole.ButtonText, QColor(colours.muted))
    return palette


def _roles(colours: Colours) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.raised,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.Mid: colours.line,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
    }


class Theme(QObject):
    """Applies the look to the application, and follows the system where asked to."""

    changed = Signal()

    def __init__(self, app: QApplication, look: Look = Look.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self.look = look
        self.colours = LIGHT
        if not app.styleSheet():  # else the application looks as it shall already
            app.setStyle(QStyleFactory.create("Fusion"))
            _set_font(app)
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self.apply())
        self.apply()

    def choose(self, look: Look) -> None:
        """Show *look* from now on."""
        self.look = look
        self.apply()

    def apply(self) -> None:
        """Put palette and style sheet in place."""
        dark = self.look == Look.DARK or (self.look == Look.SYSTEM and self._system_is_dark())
        self.colours = DARK if dark else LIGHT
        self._app.setPalette(make_palette(self.colours))
        size = self._app.font().pixelSize()
        words = {name: getattr(self.colours, name) for name in Colours.__slots__}
        sizes = {"title": round(size * 1.7), "heading": round(size * 1.15)}
        drawn = {"tick": "tick", "down": "arrow-down", "up": "arrow-up"}
        files = {key: _drawing(name, dark=dark) for key, name in drawn.items()}
        sheet = _SHEET.format(**words, **sizes, **files)
        if sheet != self._app.styleSheet():  # every widget there is would be dressed anew
            self._app.setStyleSheet(sheet)
        self.changed.emit()

    def _system_is_dark(self) -> bool:
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _drawing(name: str, *, dark: bool) -> str:
    """Return where a drawing lies that style sheets cannot colour themselves."""
    return resource("icons", f"{name}-{'dark' if dark else 'light'}.svg").as_posix()


def _set_font(app: QApplication) -> None:
    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(13)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    app.setFont(font)
