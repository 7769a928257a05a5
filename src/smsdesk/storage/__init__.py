"""The case file: a SQLite database opened through SQLAlchemy."""

from __future__ import annotations
