"""The court PDF: own line breaking and page building, drawn on a reportlab canvas."""

from __future__ import annotations
