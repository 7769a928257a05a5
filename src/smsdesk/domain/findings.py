"""Violation types, what the rules propose, and what a person decided (标记)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ViolationType(StrEnum):
    """The labels of design page law.md 2.3; the last three are hints only."""

    FREQUENT = "frequent"
    FALSE_THREAT = "false_threat"
    PRIVACY_LEAK = "privacy_leak"
    INSULT = "insult"
    IMPERSONATION = "impersonation"
    THIRD_PARTY_CONTACT = "third_party_contact"
    MINOR_THREAT = "minor_threat"
    VIOLENCE_THREAT = "violence_threat"
    DOCTORED_IMAGE = "doctored_image"
    INDUCE_LOAN = "induce_loan"
    NO_IDENTITY = "no_identity"
    PRIVATE_NUMBER = "private_number"
    NUMBER_RISK = "number_risk"


HINTS = frozenset(
    {ViolationType.NO_IDENTITY, ViolationType.PRIVATE_NUMBER, ViolationType.NUMBER_RISK}
)
"""Types that only draw attention and are never counted or printed as a violation."""


SPECIAL = frozenset({ViolationType.THIRD_PARTY_CONTACT})
"""Types that are shown and printed with a mark of their own (特别标注)."""

BY_HAND = "by hand"
"""The rule of a label that a person put on a message; it is confirmed from the start."""

_CASE_RULES = ("frequent.", "context.", "joined.")


def rests_on_case(rule: str) -> bool:
    """Say whether a rule looks at other messages too, and not at one text alone."""
    return rule.startswith(_CASE_RULES)


class FindingState(StrEnum):
    """Proposed by a rule, or decided by a person."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Recipient(StrEnum):
    """To whom a message was sent: the debtor, or a third person."""

    SELF = "self"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class PackIdentity:
    """A rule pack's version ("2026-11") and the SHA-256 of its file."""

    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule says of one message.

    `spans` are (start, end) in the message's text; `reason` one Chinese sentence saying why;
    `provisions` ids of provisions that may apply on the message's date. `pack` is the pack that
    says so where several are in use.
    """

    violation: ViolationType
    rule: str
    spans: tuple[tuple[int, int], ...]
    reason: str
    provisions: tuple[str, ...]
    pack: PackIdentity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A proposal kept in the case with its state; `pack` is None for one set by hand."""

    id: int
    message_id: int
    proposal: Proposal
    state: FindingState
    pack: PackIdentity | None


@dataclass(frozen=True, slots=True)
class ProposalChange:
    """What judging a message anew would do to its open proposals."""

    message_id: int
    added: tuple[Proposal, ...]
    removed: tuple[Proposal, ...]
    reworded: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of law, standard or self-regulation (法条).

    `text` is None where the words were not verified: it may be named, never quoted.
    Dates are ISO (first and last day in force), None where open or unknown.
    """

    id: str
    instrument: str
    rank: str
    article: str | None
    text: str | None
    in_force_from: str | None
    in_force_to: str | None
    verified: bool
    source: str
