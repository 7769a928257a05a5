"""The history of the schema, run by alembic."""

from __future__ import annotations
