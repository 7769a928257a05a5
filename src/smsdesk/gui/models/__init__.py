"""What the views show."""

from __future__ import annotations
