"""Rule packs: judging messages by words, time and count."""

from __future__ import annotations
