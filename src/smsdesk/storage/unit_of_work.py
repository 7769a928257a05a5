"""One piece of work on a case: all of it is kept, or nothing."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from smsdesk.domain.errors import CaseDamaged
from smsdesk.storage.bearings import BearingRepository
from smsdesk.storage.cases import CaseRepository
from smsdesk.storage.custody import CustodyRepository
from smsdesk.storage.devices import DeviceRepository
from smsdesk.storage.exhibits import AttachmentRepository, ExhibitRepository
from smsdesk.storage.facts import FactRepository
from smsdesk.storage.findings import FindingRepository
from smsdesk.storage.joins import JoinRepository
from smsdesk.storage.mask_choices import MaskChoiceRepository
from smsdesk.storage.messages import MessageRepository
from smsdesk.storage.originals import OriginalRepository
from smsdesk.storage.queue import QueueRepository
from smsdesk.storage.readings import ReadingRepository
from smsdesk.storage.removals import RemovalRepository
from smsdesk.storage.rulings import RulingRepository
from smsdesk.storage.sightings import SightingRepository
from smsdesk.storage.sketches import SketchRepository


class WriterLock:
    """Lets one thread of this program write at a time, however long the others must wait.

    SQLite would make them wait as well, but give up after a while.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None

    def __enter__(self) -> None:
        if self._owner == threading.get_ident():
            raise RuntimeError("a unit of work inside another one of the same thread")
        self._lock.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        self._owner = None
        self._lock.release()


class UnitOfWork:
    """A context manager that rolls back what was not committed when it is left.

    Work may go on after `commit()`; it then belongs to the next commit. A unit belongs to one
    thread. One without *lock* sees a frozen moment of the case and cannot write.
    """

    def __init__(self, session: Session, path: Path, case_id: int, lock: WriterLock | None) -> None:
        self._session = session
        self._path = path
        self._lock = lock
        self.case = CaseRepository(session, case_id)
        self.devices = DeviceRepository(session, case_id)
        self.originals = OriginalRepository(session, case_id)
        self.queue = QueueRepository(session, case_id)
        self.readings = ReadingRepository(session, case_id)
        self.sightings = SightingRepository(session, case_id)
        self.messages = MessageRepository(session, case_id)
        self.sketches = SketchRepository(session, case_id)
        self.joins = JoinRepository(session, case_id)
        self.removals = RemovalRepository(session, case_id)
        self.findings = FindingRepository(session, case_id)
        self.rulings = RulingRepository(session, case_id)
        self.attachments = AttachmentRepository(session, case_id)
        self.exhibits = ExhibitRepository(session, case_id)
        self.facts = FactRepository(session, case_id)
        self.bearings = BearingRepository(session, case_id)
        self.mask_choices = MaskChoiceRepository(session, case_id)
        self.custody = CustodyRepository(session, case_id)

    def __enter__(self) -> Self:
        if self._lock:
            self._lock.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, CaseDamaged):  # who found the damage may not have known where
            error.fields["path"] = str(self._path)
        try:
            self._session.close()
        finally:
            if self._lock:
                self._lock.__exit__()

    def commit(self) -> None:
        """Keep everything done so far; when this returns, it is on the disk."""
        if self._lock is None:
            raise RuntimeError("a view cannot commit")
        self._session.commit()
