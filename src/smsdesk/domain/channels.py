"""Where a complaint may go (投诉渠道)."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """The lender itself; the financial regulator; the central bank; SMS abuse; the police."""

    LENDER = "lender"
    REGULATOR = "12378"
    CENTRAL_BANK = "12363"
    SMS_ABUSE = "12321"
    POLICE = "police"


class Draft(StrEnum):
    """A text that a person finishes: a demand to the lender, a statement of claim."""

    DEMAND = "demand"
    SUIT = "suit"
