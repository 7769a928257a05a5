"""Who sent a message: the value that all else passes on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SenderKind(StrEnum):
    """What the number plan says of a number; never who owns it."""

    MOBILE = "mobile"
    SATELLITE = "satellite"
    IOT = "iot"
    LANDLINE = "landline"
    SP106 = "sp106"
    SERVICE95 = "service95"
    SERVICE400 = "service400"
    SHORT = "short"
    FOREIGN = "foreign"
    EMAIL = "email"
    NAME = "name"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sender:
    """A sender as shown (`raw`), its normal form, and what the number plan says.

    `number` is E.164 for telephone numbers (+86…), bare digits for codes (106…, 95…, 400…);
    None for a name. `carrier` is the operator that the prefix is assigned to (numbers may have been
    carried over); `resale` marks the prefixes of virtual operators; `region` a landline's city, or
    the country or region of a number from abroad. `readings` are what further readings of the same
    place gave, in the form of `number` where they are one: only those that disagree with it.
    """

    raw: str
    number: str | None
    name: str | None
    kind: SenderKind
    carrier: str | None = None
    resale: bool = False
    region: str | None = None
    readings: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells this sender from others: the number, else the name."""
        return self.number or self.name or ""

    @property
    def doubtful(self) -> bool:
        """Whether a further reading disagreed: the number must be compared with the picture."""
        return bool(self.readings)


UNKNOWN_SENDER = Sender("", None, None, SenderKind.UNKNOWN)
