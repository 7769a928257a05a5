"""Senders that act as one, and how that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """How it is known that a sender belongs to its institution."""

    HAND = "hand"
    SIGNATURE = "signature"
    CALLBACK = "callback"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Tie:
    """A mark (【signature】 or a number in the texts) that ties senders to one another."""

    mark: str
    senders: tuple[str, ...]

    @property
    def is_signature(self) -> bool:
        """Whether the mark is a signature; else it is a number."""
        return self.mark.startswith("【")


@dataclass(frozen=True, slots=True)
class Institution:
    """Senders (keys, in order of appearance) that act as one; `basis` says how each is known.

    `name` is what a person called it, else its commonest signature, else its first sender. `ties`
    are the marks for which the program took senders together, none where a person did.
    """

    name: str
    senders: tuple[str, ...]
    basis: Mapping[str, Basis]
    ties: tuple[Tie, ...] = ()
