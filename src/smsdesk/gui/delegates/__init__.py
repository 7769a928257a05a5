"""How rows are drawn."""

from __future__ import annotations
