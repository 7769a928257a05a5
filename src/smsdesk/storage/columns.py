"""Column types that all tables share, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Annotated, Any, ParamSpec, TypeVar

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from smsdesk.domain.errors import CaseDamaged
from smsdesk.domain.times import CHINA

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Guarded(TypeDecorator[T]):
    """Base of types whose stored form may be broken: by a failing disk, or by a stranger's hand.

    What cannot be read raises CaseDamaged; the unit of work adds which case it is.
    """

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Return the processor of the type, with its failures told as damage."""
        process = super().result_processor(dialect, coltype)
        return None if process is None else unbroken(process)


def unbroken(process: Callable[P, R]) -> Callable[P, R]:
    """Return *process* with the exceptions that wrong data causes told as CaseDamaged."""

    @wraps(process)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return process(*args, **kwargs)
        except (ValueError, TypeError, KeyError) as error:
            raise CaseDamaged(path="", detail=error) from error

    return guarded


class UtcDateTime(Guarded[dt.datetime]):
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


class EnumText(Guarded[StrEnum]):
    """A StrEnum kept as its value, readable in any database browser."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Return the value; a plain string must be one of the enum's."""
        return None if value is None else self.kind(value).value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Return what finds the member; by a table, since threads have thousands of rows."""
        members: dict[Any, StrEnum] = {member.value: member for member in self.kind}
        return unbroken(
            lambda value: None if value is None else members.get(value) or self.kind(value)
        )


class JsonDocument(Guarded[Any]):
    """JSON values; text on SQLite, JSONB on PostgreSQL."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that the database itself has."""
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())


def clean(text: str) -> str:
    """Return *text* with lone surrogates spelled out, so that UTF-8 can hold it."""
    return text.encode("utf-8", "backslashreplace").decode()


Key = Annotated[int, mapped_column(primary_key=True)]
CaseKey = Annotated[int, mapped_column(ForeignKey("case_card.id"))]
Json = Annotated[Any, mapped_column(JsonDocument())]
