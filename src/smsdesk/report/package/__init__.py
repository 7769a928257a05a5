"""The evidence package: a BagIt bag in a ZIP file, written, read back and checked."""

from __future__ import annotations
