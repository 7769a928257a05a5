"""The two fingerprints of every original."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SM3, Hash


def sha256(data: bytes) -> str:
    """Return the SHA-256 (FIPS 180-4) as lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def sm3(data: bytes) -> str:
    """Return the SM3 (GB/T 32905-2016) as lower-case hex."""
    state = Hash(SM3())
    state.update(data)
    return state.finalize().hex()


def sm3_of_file(path: Path) -> str:
    """Return the SM3 of a file of any size as lower-case hex."""
    state = Hash(SM3())
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            state.update(chunk)
    return state.finalize().hex()
