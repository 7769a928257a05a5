"""Leads from a file that was there already to the screenshot that was kept, and its messages."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject

from smsdesk.domain.cases import ImportStatus
from smsdesk.gui.library import Library
from smsdesk.gui.message_bar import MessageBar
from smsdesk.gui.panels.case_page import CasePage
from smsdesk.gui.panels.import_tray import ImportTray
from smsdesk.gui.workbench import LINK_TWINS
from smsdesk.services import listing
from smsdesk.services.importing import ImportReport
from smsdesk.services.listing import Kept

_MOST_NAMES = 3
"""File names that the line above the list has room for."""


class TwinDesk(QObject):
    """Listens to the tray; knows the twins of the last import for the link in the message bar."""

    def __init__(
        self, library: Library, page: CasePage, tray: ImportTray, bar: MessageBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library, self._page, self._tray, self._bar = library, page, tray, bar
        self._twins: tuple[int, ...] = ()
        tray.kept_asked.connect(self.show_kept)

    def note(self, report: ImportReport) -> None:
        """Remember of which screenshots an import brought duplicates."""
        found = (item.original_id for item in report.with_status(ImportStatus.DUPLICATE))
        self._twins = tuple(dict.fromkeys(i for i in found if i is not None))

    def follow(self, link: str) -> bool:
        """Go where *link* leads; False if that is not here."""
        if link == LINK_TWINS:
            self.show_kept(self._twins)
        return link == LINK_TWINS

    def show_kept(self, original_ids: Collection[int]) -> None:
        """List the messages of these screenshots, or of the better ones that they are copies of."""

        def show(kept: Kept) -> None:
            self._show(kept, original_ids)

        self._library.read(lambda case: listing.kept(case, original_ids), show)

    def _show(self, kept: Kept, asked: Collection[int]) -> None:
        if not kept.messages:
            self._tray.show_line_of(asked)
            self._bar.inform(self.tr("No message counts on that screenshot: see its line below."))
            return
        pattern = self.tr("Messages on %n screenshot(s): {names}", "", len(kept.names))
        names = self.tr(", ").join(kept.names[:_MOST_NAMES])
        if len(kept.names) > _MOST_NAMES:
            names += "…"
        self._page.show_listed(kept.messages, pattern.format(names=names))
        self._page.review.picture.prefer(kept.originals)
