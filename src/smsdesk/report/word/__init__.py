"""Word files: the catalogue of exhibits, letters and drafts, which people go on writing."""

from __future__ import annotations
