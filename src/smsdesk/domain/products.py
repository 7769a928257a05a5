"""What can be made of a case, and what a person wishes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from smsdesk.domain.queries import MessageQuery


class Product(StrEnum):
    """Everything that leaves a case; sentences in the catalogue (products.toml)."""

    PDF = "pdf"
    CATALOGUE = "catalogue"
    PACKAGE = "package"
    SHEET = "sheet"
    JSON = "json"
    LENDER = "lender"
    REGULATOR = "12378"
    CENTRAL_BANK = "12363"
    SMS_ABUSE = "12321"
    POLICE = "police"
    DEMAND = "demand"
    SUIT = "suit"


class Choice(StrEnum):
    """What may be chosen of a product."""

    MASKED = "masked"
    SIZE = "size"
    PRINT_SIZE = "print_size"
    SHRINK = "shrink"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a product is made; what it does not offer (`choices_of`) is left alone.

    `limit_mb`, in megabytes of 1,000,000 bytes: of a volume of the court PDF, of a whole pack.
    `print_size` and `shrink` allow smaller copies of pictures.
    """

    query: MessageQuery = field(default_factory=MessageQuery)
    masked: bool = False
    limit_mb: float | None = None
    print_size: bool = False
    shrink: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A finished product: what is in it, what is not, and what a person is still to fill in.

    `left_out` are names of files with the reason; `volumes` all files of a PDF that was split.
    `of_messages` is 0 where it is not counted.
    """

    path: Path
    messages: int
    of_messages: int = 0
    pages: int = 0
    volumes: tuple[Path, ...] = ()
    left_out: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()


_DRAFTS = (Product.DEMAND, Product.SUIT)
_PACKS = (
    Product.LENDER,
    Product.REGULATOR,
    Product.CENTRAL_BANK,
    Product.SMS_ABUSE,
    Product.POLICE,
)


def is_pack(product: Product) -> bool:
    """Say whether a product is a complaint pack."""
    return product in _PACKS


def is_draft(product: Product) -> bool:
    """Say whether a product is a draft that a person finishes."""
    return product in _DRAFTS


def choices_of(product: Product) -> frozenset[Choice]:
    """Return what may be chosen of a product."""
    if is_draft(product):
        return frozenset()
    if is_pack(product):
        return frozenset({Choice.MASKED, Choice.SIZE, Choice.SHRINK})
    if product is Product.PDF:
        return frozenset({Choice.MASKED, Choice.SIZE, Choice.PRINT_SIZE})
    return frozenset({Choice.MASKED})


def ending_of(product: Product) -> str:
    """Return how the name of a product's file ends, with its dot."""
    if is_pack(product) or product is Product.PACKAGE:
        return ".zip"
    if is_draft(product) or product is Product.CATALOGUE:
        return ".docx"
    return {Product.PDF: ".pdf", Product.SHEET: ".xlsx", Product.JSON: ".json"}[product]
