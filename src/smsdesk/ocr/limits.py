"""What is refused before it can exhaust the computer."""

from __future__ import annotations

MAX_PIXELS = 89_000_000
"""More pixels than this are refused before decoding (268 MB as RGB).

A scroll of 82,000 rows of a 1080-wide phone fits. Pillow's own bomb warning starts just above.
"""

MAX_PAGES = 2_000
"""More pages than this in one file are refused.

Each is a picture to be read, for some seconds, and to be printed whole: the largest cases have
5,000 messages, which is about as many screenshots. A file of a million empty pages, a few bytes
each, would fill the case with lines that say nothing.
"""
