"""What a case still lacks before it goes to court (待补材料): one line for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from smsdesk.domain.queries import MessageQuery


class MissingKind(StrEnum):
    """What is missing or not sure; sentences in the catalogue (completeness.toml)."""

    UNREAD = "unread"
    SET_ASIDE = "set_aside"
    UNREVIEWED = "unreviewed"
    PROPOSALS = "proposals"
    CHARACTERS = "characters"
    NUMBERS = "numbers"
    DAYS = "days"
    CAPTURES = "captures"
    GAPS = "gaps"
    JOINS = "joins"
    CARD = "card"
    CARD_LETTERS = "card_letters"
    PHONES = "phones"
    RELATION = "relation"
    HARM = "harm"


class Remedy(StrEnum):
    """Where a person mends it."""

    MESSAGES = "messages"
    FILES = "files"
    CARD = "card"
    PHONES = "phones"
    EXHIBITS = "exhibits"


@dataclass(frozen=True, slots=True)
class Missing:
    """One line: `count` of what the kind counts, and where it is mended.

    `query` finds the messages concerned where the remedy lies with messages. `subjects` name what
    is concerned: files, phones, fields of the case card (as fields of CaseCard).
    """

    kind: MissingKind
    count: int
    remedy: Remedy
    query: MessageQuery | None = None
    subjects: tuple[str, ...] = ()
