"""What the window asks, returned as data."""

from __future__ import annotations
