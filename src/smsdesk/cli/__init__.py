"""The command line: prints, never computes."""

from __future__ import annotations
