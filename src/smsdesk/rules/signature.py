"""The bracketed name by which a commercial message signs (短信签名)."""

from __future__ import annotations

import re

# A signature stands at the very beginning or end; registered ones have 2 to 18 characters, and
# some room is left for what OCR adds.
_SIGNATURE = re.compile(
    r"\A\s{0,8}[【\[]([^【】\[\]]{1,30})[】\]]|[【\[]([^【】\[\]]{1,30})[】\]]\s{0,8}\Z"
)


def signature_of(text: str) -> str | None:
    """Return the name in 【…】 with which *text* begins or ends, None if it is not signed."""
    found = _SIGNATURE.search(text)
    if found is None:
        return None
    return (found.group(1) or found.group(2)).strip() or None
