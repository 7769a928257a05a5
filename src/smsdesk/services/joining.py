"""Put the messages of each thread together from the screens that show them."""

from __future__ import annotations

from collections.abc import Iterable

from smsdesk.domain.threads import ThreadKey
from smsdesk.layout.joining import join
from smsdesk.storage.case_file import CaseFile


def unjoined_threads(case: CaseFile) -> list[ThreadKey]:
    """Return the threads with sightings that belong to no message yet."""
    with case.view() as work:
        return work.messages.unjoined_threads()


def join_threads(case: CaseFile, keys: Iterable[ThreadKey]) -> list[int]:
    """Join each thread anew and return the ids of its messages; other threads are not touched."""
    ids: list[int] = []
    for key in keys:
        with case.work() as work:
            joined = join(work.messages.screens_of(key))
            recipient = work.devices.get(key.device_id).recipient
            ids += work.messages.store_thread(key, joined.messages, recipient)
            work.commit()
    return ids
