"""Column types that all tables share, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from smsdesk.domain.times import CHINA


class UtcDateTime(TypeDecorator[dt.datetime]):
    """Moments: stored in UTC, handed out in China's time; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Return *value* in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without time zone: {value!r}")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Return the stored moment; SQLite hands it back without its zone."""
        if value is None:
            return None
        moment: dt.datetime = value
        aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return aware.astimezone(CHINA)


class CleanText(TypeDecorator[str]):
    r"""Text that UTF-8 can hold.

    File names of other systems may hold bytes that are no UTF-8; Python keeps them as lone
    surrogates, which no database takes. They are stored spelled out (\udcff).
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return *value* with lone surrogates spelled out."""
        return None if value is None else clean(value)


class EnumText(TypeDecorator[StrEnum]):
    """A StrEnum kept as its value, readable in any database browser."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Return the value; a plain string must be one of the enum's."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        """Return the member."""
        return None if value is None else self.kind(value)


def clean(text: str) -> str:
    """Return *text* with lone surrogates spelled out, so that UTF-8 can hold it."""
    return text.encode("utf-8", "backslashreplace").decode()


JSON_DOCUMENT = JSON().with_variant(JSONB(), "postgresql")

Key = Annotated[int, mapped_column(primary_key=True)]
CaseKey = Annotated[int, mapped_column(ForeignKey("case_card.id"))]
Json = Annotated[Any, mapped_column(JSON_DOCUMENT)]
