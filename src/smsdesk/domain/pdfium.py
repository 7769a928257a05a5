"""PDFium is not made for threads: one lock for all who read PDFs with it, in whatever layer."""

from __future__ import annotations

import threading

PDFIUM = threading.RLock()
"""Held around every call into PDFium, and around everything that must be closed before the next."""
