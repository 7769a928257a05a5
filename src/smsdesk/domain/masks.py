"""What is masked in a copy for outsiders: words of third persons, and what a person said of them.

A mask is a run of words, wherever in the case they stand: a name that is masked in one message and
printed in the next would be no mask.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MaskKind(StrEnum):
    """What the masked words are; `phone` is any number or name by which a person is reached."""

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
class ProposedMask:
    """Words that a masked copy would hide or, where a person lifted them, show.

    `places` counts them in the texts of messages, in the case card and on phones; `choice` is what
    a person said of them, None where rules alone found them.
    """

    words: str
    kind: MaskKind
    places: int
    choice: MaskState | None = None


@dataclass(frozen=True, slots=True)
class MaskCount:
    """So many places of one kind: `texts` in messages and card, `pictures` in screenshots."""

    kind: MaskKind
    texts: int
    pictures: int


@dataclass(frozen=True, slots=True)
class MaskReport:
    """What was masked in a copy, never the words; and the pictures that it does not show.

    `left_out` names originals and attachments (as in the copy) that nobody can mask because no
    engine has read them.
    """

    counts: tuple[MaskCount, ...]
    left_out: tuple[str, ...] = ()
