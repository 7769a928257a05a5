"""Change the texts and pictures of a COPY of a case, for a masked export.

Never for a case itself: it takes the triggers away that keep originals and log as they were. The
copy is made for one export, and removed after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)

from smsdesk.storage import triggers
from smsdesk.storage.columns import CleanText, JsonDocument
from smsdesk.storage.schema import (
    AttachmentBytesRow,
    AttachmentRow,
    Base,
    CustodyRow,
    MaskChoiceRow,
    OriginalBytesRow,
    OriginalRow,
    ReadingRow,
    RulePackRow,
    ScreenSketchRow,
)

_KEPT_TABLES = {RulePackRow.__tablename__, CustodyRow.__tablename__}
"""Rules are nobody's words, and must be read again; of the log one line is left."""

_KEPT_COLUMNS = ("sha256", "sm3", "hash", "media_type", "rule", "version")
"""What is computed or comes from the program, whatever digits it holds."""


class MaskedPicture(NamedTuple):
    """What stands in a copy in the place of an original's bytes."""

    data: bytes
    media_type: str


def rewrite(
    copy: Path, mask: Callable[[str], str], pictures: Iterable[tuple[int, MaskedPicture]]
) -> None:
    """Mask every text in every table of *copy*, and put *pictures* in the place of originals.

    Of the custody log the last line stays, without its details: its hash tells which state of the
    case was copied. What engines read is emptied: single lines would tell parts of masked words.
    """
    with triggers.unguarded(copy) as connection:
        _empty_readings(connection)
        _shorten_log(connection)
        _empty_attachments(connection)
        for kind in (MaskChoiceRow, ScreenSketchRow):
            connection.execute(delete(kind))
        for table in Base.metadata.sorted_tables:
            if table.name not in _KEPT_TABLES:
                _mask_table(connection, table, mask)
        for original_id, picture in pictures:
            _replace(connection, original_id, picture)


def _empty_readings(connection: Connection) -> None:
    rows = connection.execute(select(ReadingRow.id, ReadingRow.screen)).all()
    for key, screen in rows:
        bare = {**screen, "drafts": [], "other_lines": []}
        values = {ReadingRow.lines: [], ReadingRow.screen: bare}
        connection.execute(update(ReadingRow).where(ReadingRow.id == key).values(values))


def _empty_attachments(connection: Connection) -> None:
    """Leave files of other kinds out: no engine has read what they say."""
    connection.execute(update(AttachmentBytesRow).values(data=b""))
    connection.execute(update(AttachmentRow).values(page_sizes=[]))


def _shorten_log(connection: Connection) -> None:
    newest = select(func.max(CustodyRow.number)).scalar_subquery()
    connection.execute(delete(CustodyRow).where(CustodyRow.number < newest))
    connection.execute(update(CustodyRow).values(details={}, actor=""))


def _mask_table(connection: Connection, table: Table, mask: Callable[[str], str]) -> None:
    columns = [column for column in table.columns if _holds_words(column)]
    if not columns:
        return
    keys = list(table.primary_key.columns)
    rows = connection.execute(select(*keys, *columns)).all()
    single = _single_columns(table)
    taken: set[tuple[str, Any]] = set()
    for row in rows:
        values = dict(zip((column.name for column in columns), row[len(keys) :], strict=True))
        masked = {name: _masked(value, mask) for name, value in values.items()}
        for name in single & masked.keys():
            while masked[name] != values[name] and (name, masked[name]) in taken:
                masked[name] += "'"  # two phones that are called by their numbers, say
            taken.add((name, masked[name]))
        changed = {name: value for name, value in masked.items() if value != values[name]}
        if changed:
            same = (key == value for key, value in zip(keys, row, strict=False))
            connection.execute(update(table).where(*same).values(changed))


def _single_columns(table: Table) -> set[str]:
    """Return the columns that the database keeps distinct; masks could make two values one."""
    kinds = (UniqueConstraint, PrimaryKeyConstraint)
    found = (c for c in table.constraints if isinstance(c, kinds))
    return {column.name for constraint in found for column in constraint.columns}


def _holds_words(column: Column[Any]) -> bool:
    kind = isinstance(column.type, CleanText | JsonDocument)
    return kind and not column.name.endswith(_KEPT_COLUMNS)


def _masked(value: Any, mask: Callable[[str], str]) -> Any:
    """Return JSON *value* with all its strings masked, keys of mappings included."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [_masked(part, mask) for part in value]
    if isinstance(value, Mapping):
        return {mask(key): _masked(part, mask) for key, part in value.items()}
    return value


def _replace(connection: Connection, original_id: int, picture: MaskedPicture) -> None:
    of_bytes = update(OriginalBytesRow).where(OriginalBytesRow.original_id == original_id)
    connection.execute(of_bytes.values(data=picture.data))
    of_original = update(OriginalRow).where(OriginalRow.id == original_id)
    connection.execute(of_original.values(media_type=picture.media_type))
