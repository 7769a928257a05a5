"""The phones of a case."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select

from smsdesk.domain.cases import SourceDevice
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import DeviceRow


class DeviceRepository(Repository):
    """Phones, each with a name of its own within the case."""

    def add(self, device: SourceDevice) -> SourceDevice:
        """Store a phone; return it with its id."""
        values = asdict(device)
        del values["id"]
        return _device(self._add(DeviceRow(case_id=self._case_id, **values)))

    def describe(self, device: SourceDevice) -> None:
        """Change what is said of a phone; its name and whose it is stay. KeyError if unknown."""
        row = self._row(DeviceRow, device.id)
        row.owner, row.model = device.owner, device.model
        row.own_number, row.kept_by = device.own_number, device.kept_by
        self._session.flush()

    def get(self, device_id: int) -> SourceDevice:
        """Return a phone; KeyError if there is none."""
        return _device(self._row(DeviceRow, device_id))

    def all(self) -> list[SourceDevice]:
        """Return all phones in the order in which they were added."""
        rows = select(DeviceRow).where(DeviceRow.case_id == self._case_id).order_by(DeviceRow.id)
        return [_device(row) for row in self._session.scalars(rows)]

    def by_name(self, name: str) -> SourceDevice | None:
        """Return the phone of that name, None if there is none."""
        same = select(DeviceRow).where(DeviceRow.case_id == self._case_id, DeviceRow.name == name)
        row = self._session.scalar(same)
        return None if row is None else _device(row)


def _device(row: DeviceRow) -> SourceDevice:
    return SourceDevice(
        row.id,
        row.name,
        row.owner,
        row.model,
        row.own_number,
        row.kept_by,
        row.recipient,
        row.relation,
    )
