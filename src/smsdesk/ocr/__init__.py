"""Text recognition engines: pixels in, lines of text with boxes and confidences out."""

from __future__ import annotations
