"""What is masked in a copy for outsiders: words of third persons, and what a person said of them.

A mask is a run of words, wherever in the case they stand: a name that is masked in one message and
printed in the next would be no mask.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MaskKind(StrEnum):
    """What the masked words are."""

    NAME = "name"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    CARD = "card"
    ADDRESS = "address"
    OTHER = "other"


class MaskState(StrEnum):
    """What a person said of words: to be masked, or not to be."""

    ADDED = "added"
    LIFTED = "lifted"


@dataclass(frozen=True, slots=True)
class MaskChoice:
    """A person's word on some words, which no rule overrules."""

    words: str
    state: MaskState
    kind: MaskKind = MaskKind.OTHER


@dataclass(frozen=True, slots=True)
class MaskChange:
    """What is said of *words* goes from one choice to another; None is none at all."""

    words: str
    before: MaskChoice | None
    after: MaskChoice | None

    def inverse(self) -> MaskChange:
        """Return the change that undoes this one."""
        return MaskChange(self.words, self.after, self.before)


@dataclass(frozen=True, slots=True)
class MaskCount:
    """So many places of one kind in one part of a masked copy; never what stood there.

    `where` is "texts" or "pictures".
    """

    kind: MaskKind
    where: str
    count: int
