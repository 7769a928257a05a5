"""Export: everything that can be made of the case, what goes in, and what is still missing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.missing import Missing, Remedy
from smsdesk.domain.products import Product
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui import icons
from smsdesk.gui.jobs import Job
from smsdesk.gui.language import current_language
from smsdesk.gui.panels.missing_list import MissingList
from smsdesk.gui.panels.wish_form import CONFIRMED, STARRED, ScopeCounts, WishForm
from smsdesk.gui.places.place import PlaceContext, PlacePage
from smsdesk.services import completeness, listing, products
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import say

COUNT_PAUSE_MS = 600
"""Choices rest this long before pages are counted: laying out a file takes a second or more."""

MOST_LAID_OUT = 5_000
"""Messages that are laid out unasked: some ten seconds of work in the background. A larger file
would slow down the window for minutes to show one number."""

_PRODUCT = Qt.ItemDataRole.UserRole

_Counted = tuple[ScopeCounts, list[Missing]]


class ExportPlace(PlacePage):
    """Asks what to make; making it is the export desk's."""

    export_asked = Signal(object, object)
    """Product and Wish."""
    preview_asked = Signal(object)
    print_asked = Signal(object)
    masks_asked = Signal()
    remedy_asked = Signal(object)
    """A Remedy that lies outside the messages."""

    def __init__(self, context: PlaceContext) -> None:
        super().__init__(context)
        self._asked = 0
        self._counting: Job | None = None
        self._counts = ScopeCounts()
        self._narrowed = MessageQuery()
        self.ticked: Callable[[], frozenset[int]] = frozenset
        """Asked for the messages that are selected in the review."""
        self._build()
        self._connect()
        self._restyle()

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.product_list = self._make_products()
        self.missing = MissingList(self._theme, self)
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.form = WishForm(self)
        self.pages_label = QLabel(self)
        self.pages_label.setProperty("role", "muted")
        self.preview_button = QPushButton(self.tr("Preview"), self)
        self.print_button = QPushButton(self.tr("Print…"), self)
        self.export_button = QPushButton(self.tr("Export…"), self)
        self.export_button.setProperty("role", "primary")
        splitter = QSplitter(self)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.product_list)
        splitter.addWidget(self._right())
        splitter.setSizes([280, 830])
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _make_products(self) -> QListWidget:
        listed = QListWidget(self)
        listed.setObjectName("product_list")
        listed.setAccessibleName(self.tr("What to make"))
        listed.setMinimumWidth(240)
        for title, some in (
            (self.tr("For the court"), list(Product)[:5]),
            (self.tr("Complaints"), list(Product)[5:10]),
            (self.tr("Drafts to be finished by you"), list(Product)[10:]),
        ):
            head = QListWidgetItem(title, listed)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            for product in some:
                row = QListWidgetItem(_name(product), listed)
                row.setData(_PRODUCT, product)
                row.setToolTip(_sentence(product))
        return listed

    def _right(self) -> QWidget:
        body = QWidget(self)
        body.setObjectName("reading_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.missing)
        column.addSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addSpacing(8)
        column.addWidget(self.form)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("reading_area")
        area.setAccessibleName(self.tr("What goes in"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        right = QWidget(self)
        whole = QVBoxLayout(right)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(self._bar())
        return right

    def _bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("role", "strip")
        line = QHBoxLayout(bar)
        line.setContentsMargins(24, 8, 16, 8)
        line.addWidget(self.pages_label, 1)
        for button in (self.preview_button, self.print_button, self.export_button):
            line.addWidget(button)
        return bar

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(COUNT_PAUSE_MS)
        self._pause.timeout.connect(self._count_pages)
        self.product_list.currentItemChanged.connect(lambda *_: self._show_product())
        self.form.changed.connect(self._on_wish)
        self.form.masks_asked.connect(self.masks_asked)
        self.missing.asked.connect(self._lead_to)
        self.preview_button.clicked.connect(lambda: self.preview_asked.emit(self.form.wish))
        self.print_button.clicked.connect(lambda: self.print_asked.emit(self.form.wish))
        self.export_button.clicked.connect(
            lambda: self.export_asked.emit(self.product, self.form.wish)
        )
        self._library.exhibits_changed.connect(self._on_exhibits)
        self._theme.changed.connect(self._restyle)
        self.choose(Product.PDF)

    # -- what is shown -------------------------------------------------------------------------

    @property
    def product(self) -> Product:
        """What is to be made."""
        row = self.product_list.currentItem()
        return Product(row.data(_PRODUCT)) if row is not None else Product.PDF

    def choose(self, product: Product) -> None:
        """Choose what is to be made."""
        for number in range(self.product_list.count()):
            if self.product_list.item(number).data(_PRODUCT) == product:
                self.product_list.setCurrentRow(number)

    def set_case(self) -> None:
        """Choose what was chosen for this case the last time."""
        self._asked += 1
        self._stop_counting()
        self.form.all_radio.setChecked(True)
        if self._library.case is not None:
            kept = self._settings.text(self._key("product"), Product.PDF)
            self.choose(Product(kept) if kept in set(Product) else Product.PDF)
            self._show_product()

    def refresh(self, query: MessageQuery) -> None:
        """Count anew what goes in and what is missing; *query* is offered beside all messages."""
        self._narrowed = query
        self.form.offer(query, self.ticked())
        self._asked += 1
        asked = self._asked

        def work(case: CaseFile) -> _Counted:
            queries = {"all": MessageQuery(), "starred": STARRED, "confirmed": CONFIRMED}
            counts = listing.counts(case, {**queries, "narrowed": query})
            return ScopeCounts(**counts), completeness.missing(case)

        def then(counted: _Counted) -> None:
            if asked == self._asked:
                self._on_counted(*counted)

        self._library.read(work, then)

    def messages_changed(self, _ids: tuple[int, ...]) -> None:
        """Count anew."""
        self.refresh(self._narrowed)

    def take_focus(self) -> None:
        """Put the keyboard into the list of what can be made."""
        self.product_list.setFocus()

    def _on_exhibits(self) -> None:
        if self.isVisible():
            self.refresh(self._narrowed)

    def _on_counted(self, counts: ScopeCounts, missing: list[Missing]) -> None:
        self._counts = counts
        self.form.show_counts(counts)
        self.missing.show_lines(missing)
        self._on_wish_shown()

    def _show_product(self) -> None:
        product = self.product
        self.title.setText(_name(product))
        self.sentence.setText(_sentence(product))
        self.form.show_product(product)
        if self._library.case is not None:
            self.form.remember(self._settings.text(self._key(product)))
            self._settings.set_text(self._key("product"), product)
        is_pdf = product is Product.PDF
        self.preview_button.setVisible(is_pdf)
        self.print_button.setVisible(is_pdf)
        self._on_wish_shown()

    def _key(self, name: str) -> str:
        """Return where something chosen for this case is remembered; paths make no good keys."""
        case = self._library.case
        digest = hashlib.sha256(str(case.path if case else "").encode()).hexdigest()
        return f"export/{digest[:16]}/{name}"

    def _on_wish(self) -> None:
        """Remember what was chosen, and count anew."""
        self._settings.set_text(self._key(self.product), self.form.remembered())
        self.form.show_counts(self._counts)
        self._on_wish_shown()

    # -- pages ---------------------------------------------------------------------------------

    def _on_wish_shown(self) -> None:
        self._stop_counting()
        self.pages_label.setText("")
        if self.product is not Product.PDF or self._library.case is None:
            return
        if self.form.chosen > MOST_LAID_OUT:
            self.pages_label.setText(self.tr("So many messages: pages are counted on export"))
        else:
            self.pages_label.setText(self.tr("Counting pages…"))
            self._pause.start()

    def _stop_counting(self) -> None:
        self._pause.stop()
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None

    def _count_pages(self) -> None:
        """Lay the file out in the background, to say how many pages it has."""
        if self._library.case is None or not self.isVisible():
            return
        query = self.form.query
        job = self._library.run_long(lambda case, task: products.court_pages(case, query, task))
        job.succeeded.connect(lambda pages: self._on_pages(job, pages))
        job.cancelled.connect(lambda: self._on_pages(job, 0))
        job.failed.connect(lambda _error: self._on_pages(job, 0))  # exporting says what is wrong
        self._counting = job
        self._library.runners.readers.start(job)

    def _on_pages(self, job: Job, pages: int) -> None:
        if job is self._counting:  # another one is on its way otherwise
            self._counting = None
            self.pages_label.setText(self.tr("%n page(s) in A4", "", pages) if pages else "")

    # -- where lines lead ----------------------------------------------------------------------

    def _lead_to(self, line: Missing) -> None:
        """Show the messages of a line in the review, or ask for the place that mends it."""
        query = line.query
        if line.remedy is not Remedy.MESSAGES or query is None:
            self.remedy_asked.emit(line.remedy)
            return
        name = completeness.sentence(line, current_language())
        self._library.read(
            lambda case: listing.message_ids(case, query),
            lambda ids: self.messages_asked.emit(tuple(ids), name),
        )

    def _restyle(self) -> None:
        colours = self._theme.colours
        self.export_button.setIcon(icons.icon("export", colours.on_accent))
        self.print_button.setIcon(icons.icon("print", colours.text))
        self.preview_button.setIcon(icons.icon("picture", colours.text))


def _name(product: Product) -> str:
    return say(f"products.{product}", current_language())


def _sentence(product: Product) -> str:
    return say(f"products.{product}_says", current_language())
