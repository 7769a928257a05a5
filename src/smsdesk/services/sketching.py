"""Sketches of the screens of a thread: those kept, and made where one is missing."""

from __future__ import annotations

from smsdesk.domain.threads import KeptSketch, ThreadKey
from smsdesk.layout.sketches import FORM, kept_of
from smsdesk.storage.unit_of_work import UnitOfWork


def sketches_of(work: UnitOfWork, key: ThreadKey) -> list[KeptSketch]:
    """Return the sketches of all screens of a thread, by capture and import."""
    thread_id = work.messages.thread_id(key)
    missing = work.sketches.missing(thread_id, work.messages.group_of(thread_id), FORM)
    work.sketches.keep(thread_id, FORM, map(kept_of, work.messages.screens_of(key, missing)))
    return work.sketches.of_thread(thread_id, FORM)
