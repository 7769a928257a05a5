"""From recognised lines and pixels to the messages that a screen shows."""

from __future__ import annotations
