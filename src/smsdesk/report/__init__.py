"""What leaves the program: the court PDF and its parts."""

from __future__ import annotations
