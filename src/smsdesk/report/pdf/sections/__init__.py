"""The seven parts of the court PDF, one module each; every part gives a list of blocks."""

from __future__ import annotations
