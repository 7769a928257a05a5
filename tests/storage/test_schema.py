from __future__ import annotations

import datetime as dt
import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import StatementError
from sqlalchemy.schema import CreateIndex, CreateTable

from smsdesk.storage import upgrade
from smsdesk.storage.schema import Base, CaseRow
from tests.storage.builders import NOON


def _tables(connection):
    rows = connection.execute(
        text(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql NOT NULL"
        )
    )
    ours = {name: sql for name, sql in rows if not name.startswith(("sqlite_", "alembic_"))}
    # SQLite quotes the name of a table that a migration made anew.
    return {name: sorted(re.split(r"[\s,()\"]+", sql)) for name, sql in ours.items()}


def test_migrations_make_what_the_mapped_classes_say(case):
    with case._engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_name_and_declare_all_as_the_mapped_classes_do(case):
    mapped = create_engine("sqlite://")
    Base.metadata.create_all(mapped)
    with case._engine.connect() as migrated, mapped.connect() as wanted:
        assert _tables(migrated) == _tables(wanted)
    mapped.dispose()


def test_the_listed_revisions_are_those_of_the_package():
    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS))
    history = ScriptDirectory.from_config(config).walk_revisions()
    assert [script.revision for script in history][::-1] == upgrade.REVISIONS


def test_every_constraint_has_a_name_for_later_migrations(case):
    inspector = inspect(case._engine)
    for table in Base.metadata.tables:
        keys = inspector.get_foreign_keys(table) + inspector.get_unique_constraints(table)
        assert all(key["name"] for key in keys)


def test_every_row_names_its_case():
    for table in Base.metadata.tables.values():
        assert "case_id" in table.columns or table.name == "case_card"


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_the_same_tables_can_be_made_on_postgresql(table):
    dialect = postgresql.dialect()
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
    for index in table.indexes:
        assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))


def test_a_moment_without_zone_is_refused(case):
    with case.work() as work:
        work._session.get(CaseRow, 1).created_at = NOON.replace(tzinfo=None)
        with pytest.raises(StatementError, match="without time zone"):
            work._session.flush()


def test_moments_are_stored_in_utc_and_come_back_in_china_time(case):
    with case.view() as view:
        made = view._session.get(CaseRow, 1).created_at
        stored = view._session.scalar(text("SELECT created_at FROM case_card"))
    assert made == NOON
    assert made.utcoffset() == dt.timedelta(hours=8)
    assert stored == "2025-12-18 04:00:00.000000"
